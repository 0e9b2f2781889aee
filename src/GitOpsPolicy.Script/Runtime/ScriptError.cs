using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>An instance of <c>Error</c> or one of its kinds. It remembers where in the rule it was made.</summary>
internal sealed class ScriptError(ScriptObject prototype, SourceLocation location) : ScriptObject(prototype)
{
    internal override string ClassName => "Error";

    /// <summary>Where in the rule it was made.</summary>
    public SourceLocation Location => location;
}

/// <summary>
/// A value thrown by a script, on its way to a <c>catch</c> of the script's. Hosts see <see cref="ScriptException"/>.
/// </summary>
#pragma warning disable CA1064 // Internal on purpose: it never leaves the evaluator.
internal sealed class ScriptThrow(Value value, SourceLocation location) : Exception
#pragma warning restore CA1064
{
    /// <summary>The value thrown.</summary>
    public Value Value => value;

    /// <summary>Where in the rule it was thrown.</summary>
    public SourceLocation Location => location;
}
