namespace GitOpsPolicy.Script.Syntax;

/// <summary>
/// What a text is read for. The two that are not rules show whether the evaluator conforms to the standard. There, what rules do
/// without is read where that costs little (<c>var</c>, <c>arguments</c>, assigning to the variables of a module), and what rules
/// hear of when they are loaded is an error at run time, as in the standard: unknown names, assigning to a <c>const</c>.
/// </summary>
internal enum Dialect : byte
{
    /// <summary>A rule or an expression in one. What is likely a mistake is one, found when it is loaded.</summary>
    Rule,

    /// <summary>A module as the standard has it.</summary>
    Module,

    /// <summary>A script in strict mode as the standard has it.</summary>
    Script,
}
