using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Testing;

namespace GitOpsPolicy.Webhook.RuleSets;

/// <summary>What came of trying rule files.</summary>
internal enum TrialResult
{
    /// <summary>The rules may come into force.</summary>
    Success,

    /// <summary>They do not load, or there are none.</summary>
    LoadError,

    /// <summary>One of their own tests fails.</summary>
    TestFailure,

    /// <summary>They would stop the cluster from keeping itself alive.</summary>
    CheckFailure,
}

/// <summary>What came of trying rule files.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Rules">The rules; null unless all went well.</param>
/// <param name="Why">What went wrong, in one line; empty when all went well.</param>
internal sealed record Trial(TrialResult Result, RuleSet? Rules, string Why)
{
    /// <summary>What the rules would deny where they should not be asked at all, in one line; null for nothing.</summary>
    public string? Concern { get; init; }
}

/// <summary>
/// Tries rule files off to the side, while requests go on to be judged by the rules in force: loads them, runs their own tests when they
/// have any, has them judge what a cluster needs to stay alive, and runs each rule once.
/// </summary>
/// <param name="source">Where the files are, in a tree.</param>
/// <param name="check">What rules must not deny.</param>
internal sealed class RuleSetTrial(Func<FileTree, RuleSetSource> source, ActivationCheck check)
{
    /// <summary>Tries the files of a tree.</summary>
    public Trial Try(FileTree tree, CancellationToken cancellation)
    {
        var loaded = RuleSetLoader.Load(source(tree));
        if (!loaded.TryGet(out var rules)) return Failed(TrialResult.LoadError, loaded.Problems);
        if (rules.Rules.IsEmpty) return new(TrialResult.LoadError, null, "there are no rules, and judging by none would let everything pass");
        if (FailingTest(source(tree), cancellation) is { } failure) return new(TrialResult.TestFailure, null, failure);
        check.WarmUp(rules, cancellation);
        return check.Denied(rules, cancellation) is { } denied
            ? new(TrialResult.CheckFailure, null, denied)
            : new(TrialResult.Success, rules, "") { Concern = check.Concern(rules, cancellation) };
    }

    private static string? FailingTest(RuleSetSource source, CancellationToken cancellation)
    {
        var loaded = RuleTests.Load(source, mayBeMissing: true);
        if (!loaded.TryGet(out var tests)) return Told(loaded.Problems);
        if (tests.Count == 0) return null;
        var report = tests.Run(filter: null, cancellation);
        if (report.Passed) return null;
        var first = report.Results.First(result => !result.Passed);
        var more = report.FailedCount > 1 ? $", and {report.FailedCount - 1} more of {tests.Count} fail" : "";
        return $"{first.Failures[0].Location}: test `{first.Test}: {first.Case}`: {first.Failures[0].Message}{more}";
    }

    private static Trial Failed(TrialResult result, IReadOnlyList<Problem> problems) => new(result, null, Told(problems));

    private static string Told(IReadOnlyList<Problem> problems) => problems.Count == 1 ? $"{problems[0]}" : $"{problems[0]}, and {problems.Count - 1} more";
}
