namespace GitOpsPolicy.Script.Runtime;

public sealed partial class ScriptRun
{
    /// <summary>What functions of the host's work on while a rule runs; the script has no way to it.</summary>
    public object? Host { get; set; }

    /// <summary>
    /// Starts a run anew with a whole budget: nothing of the one before is left but the room that its frames took.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run before has not ended.</exception>
    public void Restart(ScriptBudget anew)
    {
        if (isEntered) throw new InvalidOperationException("A run cannot be started anew from within.");
        (Budget, fuel, memory) = (anew, anew.Fuel, anew.MemoryBytes);
    }

    /// <summary>
    /// What code of the host's throws when a script calls it with something else than it takes: the script sees a TypeError.
    /// </summary>
    /// <param name="message">What it takes; holds no value of the script's in clear.</param>
    public Exception WrongArgument(string message) => TypeError(message);
}
