using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation.Baselines;

/// <summary>What came of holding a decision against a baseline.</summary>
/// <param name="File">The baseline's file.</param>
/// <param name="Entries">How many findings it names.</param>
/// <param name="Removable">Fingerprints of entries whose resource was judged, and whose finding was not there.</param>
public sealed record BaselineUse(string File, int Entries, ImmutableArray<string> Removable)
{
    /// <summary>Entries whose time is over: what they name is told again.</summary>
    public ImmutableArray<BaselineEntry> Expired { get; init; } = [];
}

/// <summary>Writes findings down, and tells known ones from new ones.</summary>
public static class Baselining
{
    /// <summary>
    /// The decision with the findings that the baseline names counted for no more than an audit. A finding is new all the same
    /// when this very change makes the resource or the value that it points to, and when the time of its entry is over.
    /// </summary>
    public static Decision Apply(Decision decision, FindingBaseline baseline, DateOnly today)
    {
        var known = baseline.Entries.Where(entry => !entry.HasExpired(today))
            .ToDictionary(static entry => entry.Fingerprint, StringComparer.Ordinal);
        var findings = decision.Findings.Select(finding => Excuse(finding, known)).ToImmutableArray();
        var use = new BaselineUse(baseline.File, baseline.Entries.Length, Removable(decision, baseline))
        {
            Expired = [.. baseline.Entries.Where(entry => entry.HasExpired(today))],
        };
        return decision with
        {
            Outcome = Verdict.OutcomeOf(Verdict.Worst(findings), !decision.Undetermined.IsEmpty, !decision.Failures.IsEmpty),
            Id = "sha256:"
                + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{decision.Id}\n{baseline.Digest}"))),
            Findings = findings,
            Baseline = use,
            Notes = [.. decision.Notes, .. NotesOf(use)],
        };
    }

    /// <summary>Writes down the findings that warn or deny, where they may be.</summary>
    /// <param name="decision">What was found.</param>
    /// <param name="earlier">The baseline before, whose days, owners and ends are kept; null for none.</param>
    /// <param name="file">The file it is for.</param>
    /// <param name="today">The day it is.</param>
    /// <returns>The baseline, and the findings that are in no baseline.</returns>
    public static (FindingBaseline Baseline, ImmutableArray<Finding> Left) Record(
        Decision decision, FindingBaseline? earlier, string file, DateOnly today)
    {
        var before = earlier?.Entries.ToDictionary(static entry => entry.Fingerprint, StringComparer.Ordinal);
        var found = decision.Findings.Where(static finding => finding.Waiver is null && finding.Action > FindingAction.Audit)
            .ToLookup(MayBeKnown);
        var entries = found[true].Select(finding =>
        {
            var old = before?.GetValueOrDefault(finding.Fingerprint);
            return new BaselineEntry(finding.Fingerprint, finding.Rule, finding.Resource!.Canonical, old?.Since ?? today)
            {
                Owner = old?.Owner,
                Expires = old?.Expires,
            };
        });
        return (new(file, FindingBaseline.InOrder(entries)), [.. found[false]]);
    }

    private static Finding Excuse(Finding finding, Dictionary<string, BaselineEntry> known)
    {
        if (finding.Waiver is not null || !known.TryGetValue(finding.Fingerprint, out var entry)) return finding;
        if (entry.Rule != finding.Rule
            || entry.Resource != finding.Resource?.Canonical
            || !MayBeKnown(finding)
            || IsOfThisChange(finding))
            return finding;
        return finding with
        {
            Action = Verdict.ActionOf(finding.Action, Enforcement.Deny, isWaived: true),
            Wanted = finding.Wanted,
            KnownSince = entry.Since,
        };
    }

    // What is lost is lost once: no deletion is an old habit. A finding about the whole has no resource, and one about the next
    // whole would look the same.
    private static bool MayBeKnown(Finding finding) =>
        finding is { Resource: not null, Change: { } change } && !DeletionSet.IsDeletion(change);

    // Only a difference says what was before.
    private static bool IsOfThisChange(Finding finding) => finding.Change switch
    {
        { Origin: not ChangeOrigin.Diff } => false,
        { Operation: Operation.Create } => true,
        { Before: { } before, After: { } after } when finding.Node is ScalarNode value =>
            !NodeEquality.AreEqual(value, SamePlace(value, after, before)),
        _ => false,
    };

    // The value of the other state at the place that a value has in its own; null when there is none.
    private static Node? SamePlace(Node value, Node own, Node other)
    {
        if (ReferenceEquals(value, own)) return other;
        return value.Parent is { } parent && SamePlace(parent, own, other) is { } found
            ? (parent, found) switch
            {
                (MappingNode mine, MappingNode theirs) => theirs[KeyOf(mine, value)],
                (SequenceNode mine, SequenceNode theirs) when mine.Items.IndexOf(value) is var at && at < theirs.Items.Length =>
                    theirs.Items[at],
                _ => null,
            }
            : null;
    }

    private static string KeyOf(MappingNode mapping, Node value)
    {
        foreach (ref readonly var entry in mapping.Entries)
            if (ReferenceEquals(entry.Value, value)) return entry.Key;
        throw new ArgumentException("The node is not in the mapping.", nameof(value));
    }

    // In a difference most resources are not judged, and nothing is known of their findings.
    private static ImmutableArray<string> Removable(Decision decision, FindingBaseline baseline)
    {
        var found = decision.Findings.Select(static finding => finding.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var judged = decision.ChangeSet.Changes.Where(static change => change.Operation != Operation.None)
            .Select(static change => change.Resource.Canonical)
            .ToHashSet(StringComparer.Ordinal);
        return [.. baseline.Entries.Where(entry => judged.Contains(entry.Resource) && !found.Contains(entry.Fingerprint))
            .Select(static entry => entry.Fingerprint)];
    }

    private static IEnumerable<string> NotesOf(BaselineUse use)
    {
        foreach (var ended in use.Expired.GroupBy(static entry => (entry.Owner, entry.Expires))
            .OrderBy(static group => group.Key.Expires)
            .ThenBy(static group => group.Key.Owner, StringComparer.Ordinal))
            yield return $"{ended.Count()} {(ended.Count() == 1 ? "entry" : "entries")} of `{use.File}`{(ended.Key.Owner is { } owner ? $" that {owner} owns" : "")} expired on {ended.Key.Expires:yyyy-MM-dd}: what {(ended.Count() == 1 ? "it names" : "they name")} counts again";
        if (use.Removable.Length > 0)
            yield return $"{use.Removable.Length} of the {use.Entries} {(use.Entries == 1 ? "entry" : "entries")} of `{use.File}` can be removed: what {(use.Removable.Length == 1 ? "it names is" : "they name is")} no longer found";
    }
}
