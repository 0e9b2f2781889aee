using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies;

/// <summary>Says that exactly these deletions are meant.</summary>
public sealed record Acknowledgement
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The document it was read from.</summary>
    public required Node Node { get; init; }

    /// <summary>The resources, as findings show them or in canonical form.</summary>
    public required ImmutableArray<string> Deletions { get; init; }

    /// <summary>The <see cref="DeletionSet.Digest"/> of what is done to them.</summary>
    public required string Digest { get; init; }

    /// <summary>The <see cref="DeletionSet.TakenDigest"/> of what goes down with them; null where it does not say.</summary>
    public string? Takes { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>Who allowed it.</summary>
    public required string Approver { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day it holds; null for no end.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Why it does not hold for these changes, in a few words; null when it does, with the changes it names.</summary>
    /// <param name="changeSet">The changes.</param>
    /// <param name="today">The day it is; null when that is not known.</param>
    internal (string? Flaw, ImmutableArray<int> Changes) Match(ChangeSet changeSet, DateOnly? today)
    {
        if (string.Equals(Owner.Trim(), Approver.Trim(), StringComparison.OrdinalIgnoreCase)) return ("is approved by its own owner", []);
        if (Expires is { } last && today is null) return ("cannot be checked for expiry, as the date is not known", []);
        if (Expires < today) return ($"expired on {Expires:yyyy-MM-dd}", []);
        var named = ImmutableArray.CreateBuilder<int>();
        foreach (var deletion in Deletions)
        {
            var before = named.Count;
            for (var i = 0; i < changeSet.Changes.Length; i++)
                if (DeletionSet.IsDeletion(changeSet.Changes[i]) && Names(deletion, changeSet.Changes[i].Resource)) named.Add(i);
            if (named.Count == before) return ($"names `{deletion}`, which is not deleted here", []);
        }

        var digest = DeletionSet.Digest(named.Select(i => changeSet.Changes[i]));
        if (digest != Digest) return ($"is for other deletions: what it names has the digest {digest}", []);

        // A request to a server knows of nothing but itself.
        if (Takes is null || changeSet.Changes[named[0]].Origin == ChangeOrigin.Review) return (null, named.ToImmutable());
        var takes = DeletionSet.TakenDigest(changeSet, named);
        return takes == Takes ? (null, named.ToImmutable()) : ($"was written when other resources went down with what it names: now {(takes is null ? "none do" : $"they have the digest {takes}")}", []);
    }

    /// <summary>It names a resource that is deleted here.</summary>
    internal bool NamesOneOf(ChangeSet changeSet) =>
        changeSet.Changes.Any(change => DeletionSet.IsDeletion(change) && Deletions.Any(deletion => Names(deletion, change.Resource)));

    private static bool Names(string deletion, ResourceId resource) => deletion == resource.Canonical || deletion == resource.ToString();

    /// <summary>Reads a document of kind <c>Acknowledgement</c>; null when it has no <c>spec</c>. Mistakes are reported.</summary>
    internal static Acknowledgement? Read(MappingNode document, ProblemList problems)
    {
        if (!FieldReader.TryOpen(document, problems, out var name, out var spec)) return null;
        spec.Require("deletions");
        var acknowledgement = new Acknowledgement
        {
            Name = name,
            Location = document.Location,
            Node = document,
            Deletions = spec.TextList("deletions"),
            Digest = spec.RequiredText("digest"),
            Takes = spec.Text("takes"),
            Owner = spec.RequiredText("owner"),
            Approver = spec.RequiredText("approver"),
            Reason = spec.RequiredText("reason"),
            Expires = Dates.Read(spec, "expires"),
        };
        spec.Finish();
        return acknowledgement;
    }
}
