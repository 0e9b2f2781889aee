using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>What one run may use. Fuel and memory are charged before the work is done.</summary>
/// <param name="Fuel">Steps: one per statement, call, loop round and element or 16 bytes handled by a built-in.</param>
/// <param name="MemoryBytes">Estimated bytes that the run may allocate in all.</param>
/// <param name="CallDepth">Calls that may be open at once.</param>
public sealed record ScriptBudget(long Fuel = 1_000_000, long MemoryBytes = 32 << 20, int CallDepth = 200);

/// <summary>Why a script stopped without an answer.</summary>
public enum ScriptFailure
{
    /// <summary>It threw a value that nothing caught, its own or the language's (TypeError, RangeError and so on).</summary>
    Thrown,

    /// <summary>It used up its fuel.</summary>
    OutOfFuel,

    /// <summary>It used up its memory.</summary>
    OutOfMemory,

    /// <summary>Its calls were nested too deep.</summary>
    TooDeep,
}

/// <summary>A script stopped without an answer. The message may be shown: sensitive text in it is masked.</summary>
public sealed class ScriptException(ScriptFailure failure, string message, SourceLocation location) : Exception(message)
{
    /// <summary>Why.</summary>
    public ScriptFailure Failure { get; } = failure;

    /// <summary>Where in the rule.</summary>
    public SourceLocation Location { get; } = location;
}

/// <summary>
/// A script had to know an unknown value to go on. No script can catch it; the evaluator makes the decision undetermined.
/// </summary>
public sealed class UndeterminedException(IReadOnlyList<Node> unknowns, SourceLocation location)
    : Exception("the rule depends on a value that is not known yet")
{
    /// <summary>The nodes that would have to be known.</summary>
    public IReadOnlyList<Node> Unknowns { get; } = unknowns;

    /// <summary>Where in the rule.</summary>
    public SourceLocation Location { get; } = location;
}
