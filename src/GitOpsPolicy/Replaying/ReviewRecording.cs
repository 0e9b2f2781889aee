using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Replaying;

/// <summary>A review that was judged, as it is to be recorded.</summary>
public sealed record JudgedReview
{
    /// <summary>The review; the memory it was read from must not change any more.</summary>
    public required AdmissionReview Review { get; init; }

    /// <summary>The decision; null when rules did not come to an end.</summary>
    public Decision? Decision { get; init; }

    /// <summary>The rules that judged it.</summary>
    public required RuleSet Rules { get; init; }

    /// <summary>Judges by these rules.</summary>
    public required Evaluator Evaluator { get; init; }

    /// <summary>When it was judged.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The environment of the cluster; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The rules are being tried out.</summary>
    public bool IsCanary { get; init; }

    /// <summary>The request went on.</summary>
    public bool IsAllowed { get; init; }

    /// <summary>Name of the BreakGlass that let it through; null for none.</summary>
    public string? BreakGlass { get; init; }
}

/// <summary>
/// Makes records of judged reviews. What is redacted is judged again by the same rules, so that a record says by itself which of
/// their answers cannot be had from it.
/// </summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class ReviewRecording
{
    private readonly ReviewRedaction redaction = new(StandIns.WithRandomKey());

    /// <summary>The record of a review.</summary>
    public RecordedReview Of(JudgedReview judged)
    {
        var (review, redacted) = (judged.Review, redaction.Redact(judged.Review));
        var decision = judged.Decision is { } given
            ? AdmissionEvaluation.Summarize(given, review, judged.Rules.Config.OnError)
            : null;
        return new()
        {
            Time = judged.At,
            RuleSetDigest = judged.Rules.Digest,
            IsCanary = judged.IsCanary,
            Environment = judged.Environment,
            Enforcement = Words<Enforcement>.Of(SystemActors.ReasonToSpare(review) is null
                ? judged.Rules.Config.EnforcementIn(review.Namespace)
                : Enforcement.Audit),
            DecisionId = judged.Decision?.Id ?? "",
            Decision = decision,
            IsAllowed = judged.IsAllowed,
            BreakGlass = judged.BreakGlass,
            Redacted = redacted.Pointers,
            RestsOnRedacted = decision is null ? [] : RulesThatDiffer(judged, decision, redacted),
            Review = redacted.Json,
        };
    }

    private static ImmutableArray<string> RulesThatDiffer(JudgedReview judged, RecordedDecision decision, RedactedReview redacted)
    {
        if (redacted.Pointers.IsEmpty) return [];
        if (!AdmissionReviewReader.Read(redacted.Json).TryGet(out var review))
            return [.. judged.Rules.Rules.Select(static rule => rule.Name)];
        var again = AdmissionEvaluation.Summarize(
            AdmissionEvaluation.Judge(judged.Evaluator, review, judged.At, judged.Environment), review,
            judged.Rules.Config.OnError);
        var names = decision.Findings.Concat(again.Findings)
            .Select(static finding => finding.Rule)
            .Concat(decision.Failed)
            .Concat(again.Failed)
            .Concat(decision.Undetermined)
            .Concat(again.Undetermined);
        return [.. names.Distinct(StringComparer.Ordinal)
            .Where(rule => !SaysTheSame(rule, decision, again))
            .Order(StringComparer.Ordinal)];
    }

    private static bool SaysTheSame(string rule, RecordedDecision one, RecordedDecision other) =>
        one.Findings.Where(finding => finding.Rule == rule).SequenceEqual(other.Findings.Where(finding => finding.Rule == rule))
        && one.Failed.Contains(rule) == other.Failed.Contains(rule)
        && one.Undetermined.Contains(rule) == other.Undetermined.Contains(rule);
}
