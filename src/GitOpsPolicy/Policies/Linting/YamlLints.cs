using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>What only YAML rules can get wrong.</summary>
internal static class YamlLints
{
    private static readonly ImmutableArray<string> Actions = ["deny", "warn", "audit"];

    /// <summary>What is to be said about a rule; nothing about a JavaScript rule.</summary>
    public static IEnumerable<LintFinding> Of(LintSubject subject) =>
        subject.Spec is not { } spec
            ? []
            : [.. UnusedVariables(subject, spec), .. Checks(subject, spec), .. Patterns(subject, spec)];

    private static IEnumerable<LintFinding> UnusedVariables(LintSubject subject, MappingNode spec)
    {
        if (spec["variables"] is not MappingNode variables) yield break;
        foreach (var name in variables.Entries.ToArray().Select(static entry => entry.Key))
            if (!subject.Expressions.Any(expression => expression.Facts.UsedNames.Contains(name)))
                yield return subject.Find(
                    "unused-name", subject.PlaceOf("variables", name), $"nothing uses the variable `{name}`");
    }

    private static IEnumerable<LintFinding> Checks(LintSubject subject, MappingNode spec)
    {
        var seen = new Dictionary<string, Node>(StringComparer.Ordinal);
        var general = Plain(spec["when"]);
        foreach (var when in Actions.SelectMany(action => LintSubjects.Items(spec[action])).OfType<MappingNode>()
            .Select(static check => check["when"])
            .OfType<ScalarNode>())
        {
            var plain = Plain(when)!;
            if (!seen.TryAdd(plain, when))
                yield return subject.Find(
                    "duplicate-check", when.Location, $"the check in line {seen[plain].Location.Line} has the same condition");
            if (general is not null && AreOpposite(plain, general))
                yield return subject.Find(
                    "contradicting-check", when.Location, $"the rule's `when` is the opposite: `{general}`");
        }
    }

    // `matches` of a pattern; an expression in its place was looked at as code.
    private static IEnumerable<LintFinding> Patterns(LintSubject subject, Node node)
    {
        if (node is SequenceNode list) return list.Items.ToArray().SelectMany(item => Patterns(subject, item));
        if (node is not MappingNode mapping) return [];
        return mapping.Entries.ToArray()
            .SelectMany(entry => entry is { Key: "matches", Value: ScalarNode { Kind: NodeKind.String } regex }
                ? OfPattern(subject, regex)
                : entry.Key is "match" or "parameters" ? [] : Patterns(subject, entry.Value));
    }

    private static IEnumerable<LintFinding> OfPattern(LintSubject subject, ScalarNode regex)
    {
        if (PatternVerdict.Of(regex.Text, "") is { } always)
            yield return subject.Find(
                always ? "pattern-always-matches" : "pattern-never-matches", regex.Location,
                $"`{regex.Text}` matches {(always ? "every" : "no")} text");
    }

    private static bool AreOpposite(string a, string b) => a == Negated(b) || b == Negated(a) || a == "!" + b || b == "!" + a;

    private static string Negated(string expression) => $"!({expression})";

    // Spaces outside of texts do not count; where there are texts, all of them are kept.
    private static string? Plain(Node? node) => node is not ScalarNode scalar ? null
        : scalar.Text.AsSpan().IndexOfAny("'\"`/") >= 0 ? scalar.Text.Trim()
        : string.Concat(scalar.Text.Where(static c => !char.IsWhiteSpace(c)));
}
