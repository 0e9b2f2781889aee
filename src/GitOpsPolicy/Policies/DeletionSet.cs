using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Knowledge.Prune.Cascades;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies;

/// <summary>The deletions of a change set, as acknowledgements are bound to them.</summary>
public static class DeletionSet
{
    private const int TakenNamed = 20;

    /// <summary>The resource, or what it holds, or the hold on it, is lost. A tool's file holds nothing.</summary>
    public static bool IsDeletion(Change change) =>
        change.Resource is not FileId && change.Operation is Operation.Delete or Operation.Replace or Operation.Forget;

    /// <summary>
    /// <c>sha256:…</c> over the sorted, distinct lines <c>operation canonical-id</c> of the deletions among the changes. The
    /// order of the changes, their files and their content do not count.
    /// </summary>
    public static string Digest(IEnumerable<Change> changes) =>
        Digest(changes.Where(IsDeletion).Select(static change => (change.Operation, change.Resource.Canonical)));

    /// <summary>The same of deletions by operation and canonical id.</summary>
    internal static string Digest(IEnumerable<(Operation Operation, string Canonical)> deletions)
    {
        var lines = deletions.Select(static one => $"{Words<Operation>.Of(one.Operation)} {one.Canonical}\n")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    /// <summary>
    /// <c>sha256:…</c> over the sorted canonical ids of what goes down with some deletions, as far as the set knows; null where
    /// nothing does.
    /// </summary>
    /// <param name="set">The changes.</param>
    /// <param name="deleted">Indexes of the deletions.</param>
    public static string? TakenDigest(ChangeSet set, IReadOnlyCollection<int> deleted)
    {
        var taken = Taken(set, deleted).Select(change => change.Resource.Canonical + "\n")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return taken.Count == 0
            ? null
            : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(taken))));
    }

    /// <summary>
    /// The text of an acknowledgement of all deletions among the changes, ready to be written to a file and reviewed.
    /// </summary>
    /// <param name="name">Its name: lower-case words joined by dashes.</param>
    /// <param name="changes">The changes; what is no deletion is left out.</param>
    /// <param name="terms">Who means them, why, and what they are kept to.</param>
    public static string WriteAcknowledgement(string name, IEnumerable<Change> changes, AcknowledgementTerms terms)
    {
        var deletions = changes.Where(IsDeletion).ToList();
        var text = new StringBuilder();
        text.Append("apiVersion: gitopspolicy.dev/v1alpha1\nkind: Acknowledgement\nmetadata:\n  name: ")
            .Append(ApprovalText.Quoted(name));
        text.Append("\nspec:\n  deletions:\n");
        foreach (var named in deletions.Select(static change => NamedDeletion.Of(change).Text)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal))
            text.Append("    - ").Append(ApprovalText.Quoted(named)).Append('\n');
        text.Append("  digest: ").Append(Digest(deletions)).Append('\n');
        if (terms.Among is { } among) AppendTaken(text, among, [.. deletions.Select(change => among.Changes.IndexOf(change))]);
        if (!terms.Environments.IsEmpty)
            text.Append("  environments: [").AppendJoin(", ", terms.Environments.Select(ApprovalText.Quoted)).Append("]\n");
        if (terms.CreatedBefore is { } time)
            text.Append("  createdBefore: ").Append(ApprovalText.Quoted(Times.Write(time))).Append('\n');
        text.Append("  owner: ")
            .Append(ApprovalText.Quoted(terms.Owner))
            .Append("\n  approver: ")
            .Append(ApprovalText.Quoted(terms.Approver));
        return text.Append("\n  reason: ").Append(ApprovalText.Quoted(terms.Reason)).Append('\n').ToString();
    }

    // For who reviews it: what is not named and goes all the same.
    private static void AppendTaken(StringBuilder text, ChangeSet set, IReadOnlyCollection<int> deleted)
    {
        if (TakenDigest(set, deleted) is not { } digest) return;
        var taken = Taken(set, deleted).ToList();
        text.Append(
            CultureInfo.InvariantCulture,
            $"  # {taken.Count} more {(taken.Count == 1 ? "goes" : "go")} down with {(deleted.Count == 1 ? "it" : "them")}:\n");
        foreach (var change in taken.Take(TakenNamed))
            text.Append("  #   ").Append(ApprovalText.Quoted(change.Resource.ToString())).Append('\n');
        if (taken.Count > TakenNamed) text.Append(CultureInfo.InvariantCulture, $"  #   and {taken.Count - TakenNamed} more\n");
        text.Append("  takes: ").Append(digest).Append('\n');
    }

    private static IEnumerable<Change> Taken(ChangeSet set, IReadOnlyCollection<int> deleted)
    {
        var named = deleted.ToHashSet();
        return CascadeGraph.Of(set).LostWith(named, static () => { })
            .Where(index => !named.Contains(index))
            .Select(index => set.Changes[index]);
    }
}

/// <summary>What an acknowledgement says besides the deletions.</summary>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Approver">Who allowed it.</param>
/// <param name="Reason">Why.</param>
public sealed record AcknowledgementTerms(string Owner, string Approver, string Reason)
{
    /// <summary>The set that the deletions are of, to tell what goes down with them; null where nothing else is known.</summary>
    public ChangeSet? Among { get; init; }

    /// <summary>In a cluster only objects that were there before count; null for none at all.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>The environments it is for; empty where there are none.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];
}
