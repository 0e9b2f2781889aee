using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Benchmarks;

/// <summary>
/// A benchmark rule as C#, in the place of the JavaScript one: everything around it stays the same, so the difference is the
/// language.
/// </summary>
internal sealed class HandWrittenRule(Rule original, Action<MappingNode, List<HandFinding>> check) : Rule(original.Metadata)
{
    private readonly List<HandFinding> findings = [];

    /// <summary>The same rules with those that have a hand-written twin replaced by it.</summary>
    public static RuleSet Replace(RuleSet rules)
    {
        var twins = HandWritten.All.ToDictionary(static twin => twin.Rule, static twin => twin.Check, StringComparer.Ordinal);
        return new(
            [.. rules.Loaded.Select(rule => twins.TryGetValue(Samples.OriginalName(rule.Metadata.Name), out var check)
                ? new HandWrittenRule(rule, check)
                : rule)], rules.Config);
    }

    /// <inheritdoc/>
    public override void Judge(RuleCall call)
    {
        findings.Clear();
        check((MappingNode)call.Subject!.After!, findings);
        foreach (var finding in findings)
            call.Report(FindingAction.Deny, Value.Of(finding.Message), Value.Of(finding.Node), default);
    }
}
