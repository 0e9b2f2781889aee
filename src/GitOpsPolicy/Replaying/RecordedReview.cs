using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Replaying;

/// <summary>What a rule found in a recorded review.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Action">What it did to the request.</param>
/// <param name="Fingerprint">What the finding is recognised by.</param>
public sealed record RecordedFinding(string Rule, FindingAction Action, string Fingerprint);

/// <summary>What rules said about a review.</summary>
public sealed record RecordedDecision
{
    /// <summary>The answer of the rules, before <c>onError</c> and before any leave to break them.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The request was to be stopped, <c>onError</c> taken into account.</summary>
    public required bool IsDenied { get; init; }

    /// <summary>What rules found, in order of rule and fingerprint.</summary>
    public required ImmutableArray<RecordedFinding> Findings { get; init; }

    /// <summary>Names of the rules that failed, in order.</summary>
    public ImmutableArray<string> Failed { get; init; } = [];

    /// <summary>Names of the rules that could not tell, in order.</summary>
    public ImmutableArray<string> Undetermined { get; init; } = [];

    /// <summary>Names of the rules that stand against the request.</summary>
    public IEnumerable<string> Against =>
        Findings.Where(static finding => finding.Action == FindingAction.Deny).Select(static finding => finding.Rule)
            .Concat(IsDenied ? Failed : []).Concat(IsDenied ? Undetermined : []).Distinct(StringComparer.Ordinal);

    /// <summary>Both say the same, but for some rules that do not count.</summary>
    public bool Equals(RecordedDecision other, ImmutableHashSet<string> except) =>
        (!except.IsEmpty || (Outcome == other.Outcome && IsDenied == other.IsDenied))
        && Findings.Where(
            finding => !except.Contains(finding.Rule)).SequenceEqual(other.Findings.Where(
                finding => !except.Contains(finding.Rule)))
        && Failed.Where(rule => !except.Contains(rule)).SequenceEqual(other.Failed.Where(rule => !except.Contains(rule)))
        && Undetermined.Where(
            rule => !except.Contains(rule)).SequenceEqual(other.Undetermined.Where(rule => !except.Contains(rule)));
}

/// <summary>One review as a webhook judged it, without its secrets.</summary>
public sealed record RecordedReview
{
    /// <summary>The version of the form that records are written in.</summary>
    public const int Version = 1;

    /// <summary>When it was judged, by the webhook's clock; waivers hold or have expired by it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Digest of the rule set that judged it.</summary>
    public required string RuleSetDigest { get; init; }

    /// <summary>The rule set was one that was being tried out.</summary>
    public bool IsCanary { get; init; }

    /// <summary>The environment of the cluster; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>
    /// The most that rules could do there, in a word: the configuration's for the namespace, <c>audit</c> for a request that is
    /// never denied.
    /// </summary>
    public required string Enforcement { get; init; }

    /// <summary>Id of the decision, as the audit log of the API server has it; empty when there was none.</summary>
    public string DecisionId { get; init; } = "";

    /// <summary>What rules said; null when they did not come to an end.</summary>
    public RecordedDecision? Decision { get; init; }

    /// <summary>The request went on, whatever the rules said.</summary>
    public required bool IsAllowed { get; init; }

    /// <summary>Name of the BreakGlass that let it through; null for none.</summary>
    public string? BreakGlass { get; init; }

    /// <summary>Where stand-ins for secrets are: <c>/object/data/password</c>.</summary>
    public ImmutableArray<string> Redacted { get; init; } = [];

    /// <summary>
    /// Names of the rules whose answer rests on a redacted value: it comes out otherwise from the review as it is recorded.
    /// </summary>
    public ImmutableArray<string> RestsOnRedacted { get; init; } = [];

    /// <summary>The review, redacted, as an API server would send it.</summary>
    public required ReadOnlyMemory<byte> Review { get; init; }
}
