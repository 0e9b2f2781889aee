using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Replaying;

/// <summary>What other rules make of a recorded review.</summary>
public enum ReplayResult
{
    /// <summary>Allowed then, denied now.</summary>
    NewlyDenied,

    /// <summary>Denied then, allowed now.</summary>
    NewlyAllowed,

    /// <summary>The same answer.</summary>
    Same,

    /// <summary>The answer rests on a value that the record does not hold.</summary>
    NotReplayable,

    /// <summary>It was not judged to the end then, so there is nothing to compare with.</summary>
    NotJudged,
}

/// <summary>A recorded review judged again.</summary>
/// <param name="Record">The record.</param>
/// <param name="Review">What was asked; null when it cannot be read.</param>
/// <param name="Now">What the rules say of it now; null when it cannot be read.</param>
/// <param name="Result">How that compares.</param>
/// <param name="Unsure">Names of the rules whose answer now rests on redacted values.</param>
/// <param name="IsEqual">Every finding, failure and open question is the same as recorded, leaving aside the rules that the
/// record says cannot be replayed.</param>
/// <param name="Messages">What each rule that stands against it now says, by rule.</param>
public sealed record ReplayedReview(
    RecordedReview Record, AdmissionReview? Review, RecordedDecision? Now, ReplayResult Result, ImmutableHashSet<string> Unsure,
    bool IsEqual, ImmutableDictionary<string, string> Messages);

/// <summary>
/// Judges recorded reviews again, by rules that may be others. The time is that of the record, so that the same record always
/// gets the same answer.
/// </summary>
/// <param name="rules">The rules.</param>
/// <param name="environment">The environment to judge in; null for the recorded one.</param>
public sealed class ReviewReplay(RuleSet rules, string? environment)
{
    private static readonly ImmutableDictionary<string, string> Nothing = ImmutableDictionary<string, string>.Empty;

    private readonly Evaluator evaluator = new(rules);

    /// <summary>Digest of the rules that judge now.</summary>
    public string Digest => rules.Digest;

    /// <summary>Judges one again.</summary>
    public ReplayedReview Judge(RecordedReview record)
    {
        if (!AdmissionReviewReader.Read(record.Review).TryGet(out var review))
            return new(record, null, null, ReplayResult.NotReplayable, [], false, Nothing);
        var decision = Decide(record, review);
        var now = AdmissionEvaluation.Summarize(decision, review, rules.Config.OnError);
        var unsure = Unsure(record, now);
        var messages = decision.Findings.Where(static finding => finding.Action == FindingAction.Deny)
            .DistinctBy(static finding => finding.Rule)
            .ToImmutableDictionary(static finding => finding.Rule, static finding => finding.Message, StringComparer.Ordinal);
        var isEqual = record.Decision is { } then && then.Equals(now, unsure);
        return new(record, review, now, Compare(record.Decision, now, unsure), unsure, isEqual, messages);
    }

    private static ReplayResult Compare(RecordedDecision? then, RecordedDecision now, ImmutableHashSet<string> unsure)
    {
        var isSurelyDenied = now.Against.Any(rule => !unsure.Contains(rule));
        return (then?.IsDenied, isSurelyDenied, unsure.IsEmpty) switch
        {
            (null, _, _) => ReplayResult.NotJudged,
            (false, true, _) => ReplayResult.NewlyDenied,
            (true, true, _) => ReplayResult.Same,
            (_, false, false) => ReplayResult.NotReplayable,
            (true, false, true) => ReplayResult.NewlyAllowed,
            (false, false, true) => ReplayResult.Same,
        };
    }

    private Decision Decide(RecordedReview record, AdmissionReview review) =>
        AdmissionEvaluation.Judge(evaluator, review, record.Time, environment ?? record.Environment);

    // The webhook has tried its own rules on the record. What others look at shows when the redacted values are unknown to them.
    private ImmutableHashSet<string> Unsure(RecordedReview record, RecordedDecision now)
    {
        if (record.Redacted.IsEmpty) return [];
        if (record.RuleSetDigest == rules.Digest) return [.. record.RestsOnRedacted];
        var blind = AdmissionReviewReader.Read(record.Review).TryGet(out var review)
            ? review
            : throw new InvalidOperationException("It was read a moment ago.");
        foreach (var pointer in record.Redacted) Find(blind, pointer)?.Mark(NodeFlags.Unknown);
        return [
            .. record.RestsOnRedacted,
            .. Decide(record, blind).Undetermined.Select(static open => open.Rule).Except(now.Undetermined)
        ];
    }

    private static Node? Find(AdmissionReview review, string pointer)
    {
        var isOld = pointer.StartsWith("/oldObject", StringComparison.Ordinal);
        var root = isOld ? review.OldObject : review.Object;
        return root is null ? null : JsonPointer.Find(root, pointer[(isOld ? "/oldObject" : "/object").Length..]);
    }
}
