using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Configuration;

namespace GitOpsPolicy.Evaluation.Explaining;

/// <summary>What of the rule set had a say in a finding: parameters, enforcement, waivers.</summary>
internal static class FindingCircumstances
{
    /// <summary>The parameters in force in an environment, each with the place that sets it.</summary>
    public static IEnumerable<Fact> ParametersOf(RuleMetadata rule, RuleSet rules, string? environment)
    {
        var inForce = rules.ParametersOf(rule.Name, environment);
        foreach (var parameter in rule.Parameters)
        {
            var value = inForce?[parameter.Name] is { } node ? NodeWriter.ToJson(node) : "not set";
            var (by, place) = SetterOf(rule.Name, parameter.Name, rules.Config, environment);
            yield return new(parameter.Name, $"{value}, {by}", place);
        }
    }

    /// <summary>How the action of a finding came to be.</summary>
    public static IEnumerable<Fact> VerdictOn(Finding finding, RuleMetadata? rule, RuleSet rules, DateOnly? today)
    {
        if (rule is null) yield break;
        var surface = finding.Change?.Surface ?? Surface.Ci;
        yield return new(
            "enforcement",
            $"the rule asks for {Words<FindingAction>.Of(finding.Wanted)}; on the surface {Words<Surface>.Of(surface)} it may {Words<Enforcement>.Of(rules.EnforcementOf(rule, surface))} at most");
        var about = rules.Waivers.Where(waiver => waiver.Covers(finding)).ToList();
        foreach (var waiver in about) yield return new("waiver", StateOf(waiver, rule, rules, today), waiver.Location);
        if (about.Count == 0)
            yield return new("waiver", rule.IsWaivable ? "none is about it" : "none can excuse it: the rule may not be waived");
        if (finding.KnownSince is { } since) yield return new("baseline", $"names it since {since:yyyy-MM-dd}");
    }

    /// <summary>What would satisfy the rule.</summary>
    public static IEnumerable<string> WaysOut(Finding finding, RuleMetadata? rule)
    {
        if (rule is not null) yield return $"{rule.Title.TrimEnd('.')}: that is what the rule wants";
        if (finding.Remediation is { } remediation) yield return remediation;
        if (finding is { FixRequest: { Refusal: null } } or { Fix.Edits.IsEmpty: false })
            yield return $"as a patch: `gitops-policy check … --fix-patch FILE`, then `git apply FILE`{(rule?.Fixes is { } fixes ? $"; {char.ToLowerInvariant(fixes[0])}{fixes[1..].TrimEnd('.')}" : "")}";
        if (finding.Change is { } change && DeletionSet.IsDeletion(change))
            yield return $"if the deletion is meant: `gitops-policy acknowledge … --only \"{finding.Resource}\"` writes the file that says so";
        if (rule is { IsWaivable: true } && finding.Waiver is null)
            yield return $"if it shall stay for a time: a waiver with `rule: {finding.Rule}`, `resource: {finding.Resource?.ToString() ?? Waiver.WholeSet}`, `fingerprint: {finding.Fingerprint}`";
    }

    private static (string By, SourceLocation? Place) SetterOf(
        string rule, string parameter, PolicyConfig config, string? environment)
    {
        var own = config.Environments.FirstOrDefault(e =>
            e.Name == environment)?.Parameters.FirstOrDefault(p => p.Rule == rule)?[parameter];
        if (own is not null) return ($"set for {environment}", own.Location);
        return config.Parameters.FirstOrDefault(p => p.Rule == rule)?[parameter] is { } general
            ? ("set", general.Location)
            : ("the rule's default", null);
    }

    private static string StateOf(Waiver waiver, RuleMetadata rule, RuleSet rules, DateOnly? today) =>
        !rule.IsWaivable ? $"`{waiver.Name}` does not hold: the rule may not be waived"
        : waiver.Flaw(today, rules.Config.WaiverDays) is { } flaw ? $"`{waiver.Name}` does not hold: it {flaw}"
        : $"`{waiver.Name}` excuses it until {waiver.Expires:yyyy-MM-dd}: {waiver.Reason} (owner {waiver.Owner}, approver {waiver.Approver}, {waiver.Ticket})";
}
