namespace GitOpsPolicy.Script.Runtime;

public sealed partial class ScriptRun
{
    /// <summary>What code of the host's throws when a script calls it with something else than it takes: the script sees a TypeError.</summary>
    /// <param name="message">What it takes; holds no value of the script's in clear.</param>
    public Exception WrongArgument(string message) => TypeError(message);
}
