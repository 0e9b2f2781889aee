using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

/// <summary>What to do about a drift, row by row of <c>drift-decisions.cases</c>.</summary>
public sealed class DriftDecisionTests
{
    public static TheoryData<string, string> Decisions => CaseFile.Read("drift-decisions.cases");

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Each_drift_is_decided_by_its_class_and_what_is_going_on(string question, string expected)
    {
        var words = question.Split(' ');
        var decision = DriftDecision.Of(new(Word<DriftKind>(words[0]), Word<DriftClass>(words[1]), Word<PrunePolicy>(words[2]))
        {
            IsStateful = words.Contains("stateful"),
            IsSecurity = words.Contains("security"),
            NeedsReplace = words.Contains("replace"),
            IsReferenced = words.Contains("referenced"),
            Around = new()
            {
                Source = words.Contains("stale") ? SourceState.Stale
                    : words.Contains("sourceless") ? SourceState.Unknown
                    : SourceState.Current,
                IsFrozen = words.Contains("window"),
                IsBreakGlass = words.Contains("glass"),
                IsGitForbidden = words.Contains("forbidden"),
                IsOverdue = words.Contains("overdue"),
            },
        });

        Assert.Equal(
            expected,
            $"{Words<DriftClass>.Of(decision.Class)} {Words<PrunePolicy>.Of(decision.Prune)}{string.Concat(decision.Reasons.Select(static reason => $", {reason}"))}");
    }

    [Fact]
    public void Nothing_that_goes_on_makes_a_drift_milder()
    {
        foreach (var kind in Enum.GetValues<DriftKind>())
            foreach (var drift in Enum.GetValues<DriftClass>())
                foreach (var prune in Enum.GetValues<PrunePolicy>())
                    for (var bits = 0; bits < 128; bits++)
                    {
                        var decision = DriftDecision.Of(Question(kind, drift, prune, bits));
                        Assert.True(
                            decision.Class >= drift && decision.Prune >= prune, $"{kind} {drift} {prune} {bits}: {decision}");
                        Assert.True(decision.Class > drift || decision.Prune > prune || decision.Reasons.IsEmpty);
                    }
    }

    private static DriftQuestion Question(DriftKind kind, DriftClass drift, PrunePolicy prune, int bits) => new(
        kind, drift, prune)
    {
        IsStateful = (bits & 1) != 0,
        IsSecurity = (bits & 2) != 0,
        NeedsReplace = (bits & 4) != 0,
        Around = new()
        {
            IsFrozen = (bits & 8) != 0,
            IsBreakGlass = (bits & 16) != 0,
            IsGitForbidden = (bits & 32) != 0,
            IsOverdue = (bits & 64) != 0,
        },
    };

    private static T Word<T>(string word)
        where T : struct, Enum =>
            Words<T>.TryParse(word, out var value) ? value : throw new FormatException($"`{word}` is no {typeof(T).Name}");
}
