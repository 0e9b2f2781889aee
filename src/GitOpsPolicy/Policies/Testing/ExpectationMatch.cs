using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Policies.Testing;

/// <summary>Holds a decision against what a case expects.</summary>
internal static class ExpectationMatch
{
    /// <summary>What is not as expected; empty when everything is.</summary>
    public static ImmutableArray<RuleTestFailure> Compare(RuleTestCase testCase, Decision decision)
    {
        if (testCase.Snapshot is not null) return Snapshots.SnapshotMatch.Compare(testCase, decision);
        var failures = ImmutableArray.CreateBuilder<RuleTestFailure>();
        var left = Found(decision).ToList();
        foreach (var expectation in testCase.Expected.OrderByDescending(e => e.Weight))
        {
            var fitting = left.Where(f => Fits(expectation, f)).Take(expectation.Count).ToList();
            if (expectation.Action == ExpectedAction.Allow) failures.AddRange(Unwanted(expectation, left));
            else if (fitting.Count < expectation.Count)
                failures.Add(new(expectation.Location, Missing(expectation, fitting.Count, left)));
            left.RemoveAll(fitting.Contains);
        }

        failures.AddRange(
            left.Where(f => !testCase.Expected.Any(e => e.Action == ExpectedAction.Allow && (e.Rule is null || e.Rule == f.Rule)))
                .Select(f => new RuleTestFailure(testCase.Location, $"not expected: {f}")));
        failures.AddRange(decision.Notes.Select(n => new RuleTestFailure(testCase.Location, n)));
        return failures.ToImmutable();
    }

    private static IEnumerable<RuleTestFailure> Unwanted(Expectation expectation, List<Observation> left) =>
        left.Where(f => expectation.Rule is null || f.Rule == expectation.Rule)
            .Select(f => new RuleTestFailure(expectation.Location, $"expected nothing, but found {f}"));

    private static IEnumerable<Observation> Found(Decision decision) =>
    [
        .. decision.Findings.Select(
            f => new Observation(ActionOf(f.Action), f.Rule, f.Resource?.ToString(), f.Message, f.Pointer, f.Location)
            {
                Fix = StepsOf(f),
            }),
        .. decision.Undetermined.Select(u => new Observation(
            ExpectedAction.Undetermined, u.Rule, u.Resource?.ToString(), string.Join(", ", u.Unknowns), null, u.Location)),
        .. decision.Failures.Select(f => new Observation(
            ExpectedAction.Failure, f.Rule, f.Resource?.ToString(), f.Message, null, f.Location)),
    ];

    private static ImmutableArray<string> StepsOf(Finding finding) => finding.FixRequest switch
    {
        null => [],
        { Refusal: { } reason } => [$"refused: {reason}"],
        { Steps: var steps } => [.. steps.Select(static step => step.ToString())],
    };

    private static ExpectedAction ActionOf(FindingAction action) => action switch
    {
        FindingAction.Deny => ExpectedAction.Deny,
        FindingAction.Warn => ExpectedAction.Warn,
        FindingAction.Audit => ExpectedAction.Audit,
        _ => throw new ArgumentException($"No expectation for {action}.", nameof(action)),
    };

    private static bool Fits(Expectation wanted, Observation found) =>
        wanted.Action == found.Action
        && (wanted.Rule is null || wanted.Rule == found.Rule)
        && (wanted.Resource is null || wanted.Resource == found.Resource)
        && (wanted.Message is null || wanted.Message == found.Message)
        && (wanted.MessagePattern is null || wanted.MessagePattern.IsMatch(found.Message))
        && (wanted.Pointer is null || wanted.Pointer == found.Pointer)
        && (wanted.File is null || wanted.File == found.Location.File)
        && (wanted.Line is null || wanted.Line == found.Location.Line)
        && (wanted.Column is null || wanted.Column == found.Location.Column)
        && (wanted.Fix is not { } steps || steps.SequenceEqual(found.Fix));

    private static string Missing(Expectation wanted, int found, List<Observation> left)
    {
        var what = $"expected {Describe(wanted)}";
        if (found > 0) return $"{what} {wanted.Count} times, found {found}";
        var others = left.Count == 0
            ? "nothing was found"
            : "found " + string.Join("; ", left.Take(3)) + (left.Count > 3 ? $" and {left.Count - 3} more" : "");
        return $"{what}, but {others}";
    }

    private static string Describe(Expectation wanted)
    {
        var parts = new List<string> { Words<ExpectedAction>.Of(wanted.Action) };
        if (wanted.Rule is not null) parts.Add($"by {wanted.Rule}");
        if (wanted.Resource is not null) parts.Add($"about `{wanted.Resource}`");
        if (wanted.Message is not null) parts.Add($"saying `{wanted.Message}`");
        if (wanted.MessagePattern is not null) parts.Add($"matching /{wanted.MessagePattern}/");
        if (wanted.Pointer is not null) parts.Add($"at `{wanted.Pointer}`");
        if (wanted.File is not null) parts.Add($"in {wanted.File}");
        if (wanted.Line is not null) parts.Add($"on line {wanted.Line}");
        if (wanted.Column is not null) parts.Add($"in column {wanted.Column}");
        if (wanted.Fix is { } fix) parts.Add(fix.IsEmpty ? "without fix" : $"with the fix {string.Join(", ", fix)}");
        return string.Join(' ', parts);
    }

    private sealed record Observation(
        ExpectedAction Action, string Rule, string? Resource, string Message, string? Pointer, SourceLocation Location)
    {
        public ImmutableArray<string> Fix { get; init; } = [];

        public override string ToString() =>
            $"{Words<ExpectedAction>.Of(Action)} `{Message}` at {Location}{(Pointer is null ? "" : $" ({Pointer})")}{(Fix.IsEmpty ? "" : $" with the fix {string.Join(", ", Fix)}")}";
    }
}
