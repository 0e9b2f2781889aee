using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Testing;

namespace GitOpsPolicy.Policies.Reloading;

/// <summary>What came of trying rule files.</summary>
internal enum TrialResult
{
    /// <summary>The rules may come into force.</summary>
    Success,

    /// <summary>They do not load, or there are none.</summary>
    LoadError,

    /// <summary>One of their own tests fails.</summary>
    TestFailure,

    /// <summary>The host objects to them.</summary>
    CheckFailure,
}

/// <summary>The same in words.</summary>
public static class TrialResults
{
    private static readonly (TrialResult Result, string Word, string Told)[] Table =
    [
        (TrialResult.Success, "success", ""),
        (TrialResult.LoadError, "load_error", "do not load"),
        (TrialResult.TestFailure, "test_failure", "fail their own tests"),
        (TrialResult.CheckFailure, "check_failure", "were refused"),
    ];

    /// <summary>Every word there is, as metrics have it.</summary>
    public static IEnumerable<string> Words => Table.Select(static row => row.Word);

    /// <summary>What came of it, as metrics have it.</summary>
    internal static string Word(TrialResult result) => Table.First(row => row.Result == result).Word;

    /// <summary>The same as people are told; empty where all went well.</summary>
    internal static string Told(TrialResult result) => Table.First(row => row.Result == result).Told;
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
/// Tries rule files off to the side, while requests go on to be judged by the rules in force: loads them, runs their own tests
/// when they have any, and asks the host what it has against them.
/// </summary>
/// <param name="source">Where the files are, in a tree.</param>
/// <param name="check">What the host has against rules; null for nothing.</param>
internal sealed class RuleSetTrial(Func<FileTree, RuleSetSource> source, IRuleSetCheck? check)
{
    /// <summary>Tries the files of a tree.</summary>
    public Trial Try(FileTree tree, CancellationToken cancellation)
    {
        var loaded = RuleSetLoader.Load(source(tree));
        if (!loaded.TryGet(out var rules)) return Failed(TrialResult.LoadError, loaded.Problems);
        if (rules.Rules.IsEmpty)
            return new(TrialResult.LoadError, null, "there are no rules, and judging by none would let everything pass");
        if (FailingTest(source(tree), cancellation) is { } failure) return new(TrialResult.TestFailure, null, failure);
        return check?.Objection(rules, cancellation) is { } objection
            ? new(TrialResult.CheckFailure, null, objection)
            : new(TrialResult.Success, rules, "") { Concern = check?.Concern(rules, cancellation) };
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

    private static string Told(IReadOnlyList<Problem> problems) =>
        problems.Count == 1 ? $"{problems[0]}" : $"{problems[0]}, and {problems.Count - 1} more";
}
