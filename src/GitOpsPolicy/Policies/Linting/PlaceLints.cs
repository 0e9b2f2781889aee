using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Analysis;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>Findings that do not say which value they are about.</summary>
internal static class PlaceLints
{
    private static readonly ImmutableArray<string> Actions = ["deny", "warn", "audit"];

    // What the engine knows about a change; no value of the input, so no place.
    private static readonly ImmutableArray<string> Placeless =
        [
            "operation", "surface", "origin", "cause", "environment", "actor", "reason", "file", "resource", "previous",
            "acknowledged", "replacePaths"
        ];

    /// <summary>What is to be said about a rule.</summary>
    public static IEnumerable<LintFinding> Of(LintSubject subject) =>
        subject.Spec is { } spec ? OfYaml(subject, spec) : OfScript(subject, subject.Module!);

    private static IEnumerable<LintFinding> OfScript(LintSubject subject, ScriptFacts facts)
    {
        foreach (var report in facts.Reports)
        {
            // What is found about a whole set often is about no value of it.
            if (!report.HasPlace && !subject.Metadata.JudgesSets)
                yield return subject.Find(
                    "message-without-place", report.Location, $"`report.{report.Action}` is not told which value it is about");
            if (report.Place is { } place && Nowhere(place) is { } why)
                yield return subject.Find(
                    "place-points-nowhere", report.Location, $"the place given to `report.{report.Action}` {why}");
        }
    }

    private static IEnumerable<LintFinding> OfYaml(LintSubject subject, MappingNode spec)
    {
        var elements = subject.Expressions.FirstOrDefault(static expression => expression.Role == "forEach");
        foreach (var action in Actions)
        {
            foreach (var check in LintSubjects.Items(spec[action]).OfType<MappingNode>())
            {
                if (check["where"] is { } where)
                {
                    var facts = subject.Expressions.First(expression => ReferenceEquals(expression.Node, where)).Facts;
                    if (Nowhere(facts.Result) is { } why)
                        yield return subject.Find("place-points-nowhere", where.Location, $"`where` {why}");
                }
                else if (elements is { Facts.Result.HasMadeElements: true })
                {
                    yield return subject.Find(
                        "message-without-place", check.Location,
                        "`forEach` makes its elements itself, so the finding points to the whole change");
                }
                else if (elements is null && !subject.Metadata.JudgesSets)
                {
                    yield return subject.Find(
                        "message-without-place", check.Location, $"the `{action}` is not told which value it is about");
                }
            }
        }
    }

    // Why a value has no place; null when it may have one.
    private static string? Nowhere(ValueShape shape)
    {
        if (shape.IsMade) return "is made by the rule itself";
        return shape.Path?.Split('.') is ["change", var member, ..] && Placeless.Contains(member)
            ? $"is `{shape.Path}`, which stands nowhere in the input"
            : null;
    }
}
