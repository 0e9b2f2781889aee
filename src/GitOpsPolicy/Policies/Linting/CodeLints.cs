using GitOpsPolicy.Script.Analysis;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>What is wrong with code whatever rule it belongs to.</summary>
internal static class CodeLints
{
    /// <summary>What is to be said about a script or an expression.</summary>
    /// <param name="facts">What can be told of it.</param>
    /// <param name="rule">The rule it belongs to; null for a module of its own.</param>
    public static IEnumerable<LintFinding> Of(ScriptFacts facts, string? rule) =>
    [
        .. facts.UnusedNames.Select(name => new LintFinding(
            LintRule.Of("unused-name"), name.Location, $"nothing uses the {name.Kind} `{name.Name}`", rule)),
        .. facts.LooseComparisons.Select(at => new LintFinding(
            LintRule.Of("loose-equality"), at, "`==` takes different things for the same", rule)),
        .. facts.Unreachable.Select(at => new LintFinding(LintRule.Of("unreachable-code"), at, "no run gets here", rule)),
        .. facts.ConstantConditions.Select(condition => new LintFinding(
            LintRule.Of(condition.IsTrue ? "always-true" : "never-true"), condition.Location,
            $"the condition is {(condition.IsTrue ? "true" : "false")} whatever is judged", rule)),
        .. facts.Patterns.Select(pattern => OfPattern(pattern, rule)).OfType<LintFinding>(),
    ];

    private static LintFinding? OfPattern(WrittenPattern pattern, string? rule) => PatternVerdict.Of(
        pattern.Pattern, pattern.Flags) switch
    {
        true => new(LintRule.Of("pattern-always-matches"), pattern.Location, $"`{pattern.Pattern}` matches every text", rule),
        false => new(LintRule.Of("pattern-never-matches"), pattern.Location, $"`{pattern.Pattern}` matches no text", rule),
        null => null,
    };
}
