using System.Collections.Immutable;
using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Replaying;

/// <summary>What would change by one rule in one namespace, in reviews.</summary>
public sealed record ReplayRow
{
    /// <summary>It would stand against them and did not.</summary>
    public int NewlyDenied { get; init; }

    /// <summary>It stood against them and would not.</summary>
    public int NewlyAllowed { get; init; }

    /// <summary>It stood against them and still would.</summary>
    public int StillDenied { get; init; }

    /// <summary>Its answer rests on a redacted value.</summary>
    public int NotReplayable { get; init; }
}

/// <summary>A review worth showing.</summary>
/// <param name="Time">When it was judged.</param>
/// <param name="Request">What was asked: <c>create v1 ConfigMap shop/settings by alice</c>.</param>
/// <param name="Namespace">The namespace it is about; empty for none.</param>
/// <param name="DecisionId">Id of the decision then.</param>
/// <param name="Rules">The rules that make the difference.</param>
/// <param name="Message">What the first of them says now; null when none says anything.</param>
public sealed record ReplayExample(
    DateTimeOffset Time, string Request, string Namespace, string DecisionId, ImmutableArray<string> Rules, string? Message)
{
    /// <summary>How often the same was asked, with the same result; the first time is shown.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Both are about the same.</summary>
    internal bool IsLike(ReplayExample other) =>
        Request == other.Request && Namespace == other.Namespace && Rules.SequenceEqual(other.Rules);
}

/// <summary>What came of replaying a recording.</summary>
/// <param name="digest">Digest of the rules that judged now.</param>
public sealed class ReplaySummary(string digest)
{
    /// <summary>As many examples of a kind as a person reads.</summary>
    public const int MaxExamples = 10;

    private readonly Dictionary<ReplayResult, int> counts = [];
    private readonly SortedDictionary<(string Rule, string Namespace), ReplayRow> rows = [];
    private readonly Dictionary<ReplayResult, List<ReplayExample>> examples = [];

    /// <summary>Digest of the rules that judged now.</summary>
    public string Digest => digest;

    /// <summary>Reviews in all.</summary>
    public int Count { get; private set; }

    /// <summary>Reviews with a result.</summary>
    public int this[ReplayResult result] => counts.GetValueOrDefault(result);

    /// <summary>Reviews that were judged by the same rules then.</summary>
    public int SameDigest { get; private set; }

    /// <summary>Those of them whose decision is the same.</summary>
    public int Equal { get; private set; }

    /// <summary>Those of them of which some rule's answer rests on redacted values; all other rules say the same.</summary>
    public int EqualButRedacted { get; private set; }

    /// <summary>Those of them whose decision is another.</summary>
    public List<ReplayExample> Unequal { get; } = [];

    /// <summary>Digests of the rules that judged then, with the number of reviews.</summary>
    public SortedDictionary<string, int> Digests { get; } = new(StringComparer.Ordinal);

    /// <summary>Reviews that somebody had leave to bring through against the rules; they count as denied.</summary>
    public int BrokenGlass { get; private set; }

    /// <summary>Reviews in which something is redacted.</summary>
    public int Redacted { get; private set; }

    /// <summary>What would change, by rule and namespace.</summary>
    public IReadOnlyDictionary<(string Rule, string Namespace), ReplayRow> Rows => rows;

    /// <summary>The first reviews with a result.</summary>
    public IReadOnlyList<ReplayExample> Examples(ReplayResult result) => examples.GetValueOrDefault(result) ?? [];

    /// <summary>Takes a review in.</summary>
    public void Add(ReplayedReview replayed)
    {
        var record = replayed.Record;
        Count++;
        counts[replayed.Result] = this[replayed.Result] + 1;
        Digests[record.RuleSetDigest] = Digests.GetValueOrDefault(record.RuleSetDigest) + 1;
        if (record.BreakGlass is not null) BrokenGlass++;
        if (!record.Redacted.IsEmpty) Redacted++;
        if (record.RuleSetDigest == digest && record.Decision is not null) Compare(replayed);
        foreach (var rule in RulesOf(replayed)) TakeIn(replayed, rule);
        if (replayed.Result != ReplayResult.Same) Keep(replayed);
    }

    private void Keep(ReplayedReview replayed)
    {
        var kept = examples.TryGetValue(replayed.Result, out var list) ? list : examples[replayed.Result] = [];
        var example = Example(replayed);
        var at = kept.FindIndex(example.IsLike);
        if (at >= 0) kept[at] = kept[at] with { Times = kept[at].Times + 1 };
        else if (kept.Count < MaxExamples) kept.Add(example);
    }

    private void Compare(ReplayedReview replayed)
    {
        SameDigest++;
        if (!replayed.IsEqual)
            Unequal.Add(Example(replayed) with { Rules = [.. Differing(replayed.Record.Decision!, replayed.Now)] });
        else if (replayed.Unsure.IsEmpty) Equal++;
        else EqualButRedacted++;
    }

    private void TakeIn(ReplayedReview replayed, string rule)
    {
        var key = (rule, replayed.Review?.Namespace ?? "");
        var row = rows.GetValueOrDefault(key) ?? new();
        var (then, now) = (replayed.Record.Decision?.Against.Contains(rule) ?? false,
            replayed.Now?.Against.Contains(rule) ?? false);
        rows[key] = (replayed.Unsure.Contains(rule), then, now) switch
        {
            (true, _, _) => row with { NotReplayable = row.NotReplayable + 1 },
            (_, false, true) => row with { NewlyDenied = row.NewlyDenied + 1 },
            (_, true, false) => row with { NewlyAllowed = row.NewlyAllowed + 1 },
            _ => row with { StillDenied = row.StillDenied + 1 },
        };
    }

    private static IEnumerable<string> RulesOf(ReplayedReview replayed) => replayed.Record.Decision is not { } then ? []
        : then.Against.Concat(replayed.Now?.Against ?? []).Concat(replayed.Unsure).Distinct(StringComparer.Ordinal);

    private static ReplayExample Example(ReplayedReview replayed)
    {
        var (record, review) = (replayed.Record, replayed.Review);
        var (then, now) = (record.Decision?.Against.ToList() ?? [], replayed.Now?.Against.ToList() ?? []);
        var rules = replayed.Result == ReplayResult.NotReplayable
            ? replayed.Unsure.Order(StringComparer.Ordinal)
            : then.Except(now).Concat(now.Except(then)).Order(StringComparer.Ordinal);
        var all = rules.ToImmutableArray();
        var message = all.Select(rule => replayed.Messages.GetValueOrDefault(rule))
            .FirstOrDefault(static text => text is not null);
        return new(
            record.Time, review is null ? "a review that cannot be read" : Request(review), review?.Namespace ?? "",
            record.DecisionId, all, message);
    }

    private static IEnumerable<string> Differing(RecordedDecision then, RecordedDecision? now)
    {
        if (now is null) return [];
        var findings = then.Findings.Except(now.Findings)
            .Concat(now.Findings.Except(then.Findings))
            .Select(static finding => finding.Rule);
        var others = then.Failed.Except(now.Failed)
            .Concat(now.Failed.Except(then.Failed))
            .Concat(then.Undetermined.Except(now.Undetermined))
            .Concat(now.Undetermined.Except(then.Undetermined));
        return findings.Concat(others).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private static string Request(Inputs.Admission.AdmissionReview review)
    {
        var part = review.Subresource.Length == 0 ? "" : "/" + review.Subresource;
        return $"{Policies.Words<Operation>.Of(review.Operation)} {review.Resource}{part} by {(review.User.Length == 0 ? "nobody" : review.User)}";
    }
}
