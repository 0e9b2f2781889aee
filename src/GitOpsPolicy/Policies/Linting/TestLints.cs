using System.Collections.Immutable;
using GitOpsPolicy.Policies.Testing;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>Rules that their tests say too little about.</summary>
internal static class TestLints
{
    /// <summary>What is to be said about a rule.</summary>
    public static IEnumerable<LintFinding> Of(LintSubject subject, ImmutableArray<RuleTestCase> tests)
    {
        var (name, at) = (subject.Metadata.Name, subject.Metadata.Location);
        var cases = tests.Where(test => test.Rules.Contains(name)).ToList();
        if (cases.Count == 0)
        {
            yield return subject.Find("untested-rule", at, $"no test names `{name}`");
            yield break;
        }

        if (!cases.Exists(test => Finds(test, name)))
            yield return subject.Find("no-failing-case", at, $"no test case expects a finding of `{name}`");
        if (!cases.Exists(test => !Finds(test, name)))
            yield return subject.Find("no-passing-case", at, $"no test case expects `{name}` to find nothing");
    }

    private static bool Finds(RuleTestCase test, string rule) => test.Snapshot is { } snapshot
        ? snapshot.Recorded?.Entries.Any(recorded =>
            recorded.Entry.Action is "deny" or "warn" or "audit" && (recorded.Entry.Rule is null || recorded.Entry.Rule == rule))
            ?? false
        : test.Expected.Any(expected => Finds(expected, rule));

    // An entry that names no rule may be about any that the case runs.
    private static bool Finds(Expectation expected, string rule) =>
        expected.Action is ExpectedAction.Deny or ExpectedAction.Warn or ExpectedAction.Audit
            && (expected.Rule is null || expected.Rule == rule);
}
