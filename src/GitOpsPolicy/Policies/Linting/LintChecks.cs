namespace GitOpsPolicy.Policies.Linting;

/// <summary>All lints, put together.</summary>
internal static class LintChecks
{
    /// <summary>What is to be said about the rules.</summary>
    public static IEnumerable<LintFinding> OfRules(LintContext context) =>
        context.Subjects.SelectMany(subject => OfRule(subject, context)).Concat(DuplicateLints.Of(context.Subjects));

    /// <summary>What is to be said about waivers.</summary>
    public static IEnumerable<LintFinding> OfWaivers(IEnumerable<Waiver> waivers, LintContext context, DateOnly today) =>
        waivers.Select(waiver => OfWaiver(waiver, context, today)).OfType<LintFinding>();

    private static IEnumerable<LintFinding> OfRule(LintSubject subject, LintContext context) =>
    [
        .. ParameterLints.Of(subject),
        .. MatchLints.Of(subject, context.Config),
        .. ConditionLints.Of(subject),
        .. PlaceLints.Of(subject),
        .. subject.Code.SelectMany(facts => CodeLints.Of(facts, subject.Metadata.Name)),
        .. YamlLints.Of(subject),
        .. TestLints.Of(subject, context.Tests),
        .. OfMetadata(subject),
    ];

    private static IEnumerable<LintFinding> OfMetadata(LintSubject subject)
    {
        var at = subject.Metadata.Location;
        if (!subject.Says("severity"))
            yield return subject.Find("missing-severity", at, $"`{subject.Metadata.Name}` does not say its `severity`");
        if (string.IsNullOrWhiteSpace(subject.Metadata.Remediation))
            yield return subject.Find(
                "missing-remediation", at, $"`{subject.Metadata.Name}` does not say what to do about its findings");
    }

    private static LintFinding? OfWaiver(Waiver waiver, LintContext context, DateOnly today)
    {
        var rule = context.Known.FirstOrDefault(rule => rule.Name == waiver.Rule);
        if (rule is null)
            return About(
                "waiver-without-rule",
                $"the waiver `{waiver.Name}` is about a rule `{waiver.Rule}`, which there is not{Reading.Suggestion.For(waiver.Rule, context.Known.Select(static rule => rule.Name))}");
        if (!rule.IsWaivable)
            return About("waiver-not-allowed", $"the waiver `{waiver.Name}` is about `{waiver.Rule}`, which nothing excuses");
        return waiver.Flaw(today, context.Config.WaiverDays) is { } flaw
            ? About("waiver-void", $"the waiver `{waiver.Name}` {flaw}")
            : null;

        LintFinding About(string lint, string message) => new(LintRule.Of(lint), waiver.Location, message, null);
    }
}
