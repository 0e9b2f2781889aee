using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies;

/// <summary>What somebody decided about something else than a deletion that waited for it, by its digest.</summary>
/// <param name="Subject">What waited: <c>drift</c>, <c>plan</c> or <c>rewrite</c>.</param>
/// <param name="Digest">The digest that the reconcile engine told.</param>
/// <param name="Choice">For drift, what becomes of it; null for everything else, which is agreed to.</param>
public sealed record Approval(ApprovalSubject Subject, string Digest, DriftChoice? Choice);

/// <summary>What waits for somebody's word, beside deletions.</summary>
public enum ApprovalSubject
{
    /// <summary>An object that drifted.</summary>
    Drift,

    /// <summary>A Terraform plan.</summary>
    Plan,

    /// <summary>A branch that went back, or was written anew.</summary>
    Rewrite,
}

/// <summary>What becomes of drift.</summary>
public enum DriftChoice
{
    /// <summary>Git shall say what lives; until it does nothing is written.</summary>
    Adopt,

    /// <summary>What Git says is written over it.</summary>
    Revert,

    /// <summary>It stays as it is for as long as the acknowledgement holds.</summary>
    Tolerate,
}

/// <summary>Says that exactly these deletions are meant, or what was decided about something else that waited for it.</summary>
public sealed record Acknowledgement
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The document it was read from.</summary>
    public required Node Node { get; init; }

    /// <summary>Decisions about what is no deletion.</summary>
    public ImmutableArray<Approval> Approves { get; init; } = [];

    /// <summary>
    /// The resources, as findings show them or in canonical form; before the latter may stand what is done. Empty where it is
    /// about something else.
    /// </summary>
    public required ImmutableArray<string> Deletions
    {
        get;
        init
        {
            field = value;
            Named = [.. value.Select(NamedDeletion.Parse)];
        }
    }

    /// <summary>The <see cref="DeletionSet.Digest(IEnumerable{Change})"/> of what is done to them.</summary>
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

    /// <summary>The environments it is for; empty for any before a merge, and for those that have no name in a cluster.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>In a cluster only objects that were there before count; null for none at all.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>The deletions, taken apart.</summary>
    internal ImmutableArray<NamedDeletion> Named { get; private init; }

    /// <summary>Why it holds nowhere, whatever is deleted, in a few words; null when it may.</summary>
    /// <param name="today">The day it is; null when that is not known.</param>
    public string? Flaw(DateOnly? today) => this switch
    {
        _ when string.Equals(Owner.Trim(), Approver.Trim(), StringComparison.OrdinalIgnoreCase) => "is approved by its own owner",
        { Expires: not null } when today is null => "cannot be checked for expiry, as the date is not known",
        _ when Expires < today => $"expired on {Expires:yyyy-MM-dd}",
        _ => null,
    };

    /// <summary>Why its decisions do not hold somewhere, in a few words; null when they do.</summary>
    /// <param name="today">The day it is; null when that is not known.</param>
    /// <param name="environment">The environment; null for one without a name, for which only those hold that name none.</param>
    public string? Flaw(DateOnly? today, string? environment) => Flaw(today) ?? FlawOfPlace(environment);

    /// <summary>Why it is not for a place in a cluster, in a few words; null when it is.</summary>
    /// <param name="environment">The environment; null for one without a name, which may be that of any other cluster.</param>
    internal string? FlawOfPlace(string? environment) =>
        Environments.IsEmpty || (environment is not null && Environments.Contains(environment))
            ? null
            : $"is for {string.Join(", ", Environments.Select(static one => $"`{one}`"))}, and this is {(environment is null ? "no environment by name" : $"`{environment}`")}";

    /// <summary>
    /// Why it does not hold for these changes as a whole, in a few words; null when it does, with the changes it names.
    /// </summary>
    /// <param name="changeSet">The changes.</param>
    /// <param name="today">The day it is; null when that is not known.</param>
    internal (string? Flaw, ImmutableArray<int> Changes) Match(ChangeSet changeSet, DateOnly? today)
    {
        if (Flaw(today) is { } flaw) return (flaw, []);
        var named = ImmutableArray.CreateBuilder<int>();
        foreach (var deletion in Named)
        {
            var before = named.Count;
            for (var i = 0; i < changeSet.Changes.Length; i++)
            {
                var change = changeSet.Changes[i];
                if (!deletion.Names(change)) continue;
                if (change.Surface == Surface.Reconcile && FlawOfPlace(change.Environment) is { } elsewhere)
                    return (elsewhere, []);
                if (IsMeantFor(change.Environment)) named.Add(i);
            }

            if (named.Count == before) return ($"names `{deletion.Text}`, which is not deleted here", []);
        }

        var digest = DeletionSet.Digest(named.Select(i => changeSet.Changes[i]));
        if (digest != Digest) return ($"is for other deletions: what it names has the digest {digest}", []);

        // A request to a server knows of nothing but itself.
        if (Takes is null || changeSet.Changes[named[0]].Origin == ChangeOrigin.Review) return (null, named.ToImmutable());
        var takes = DeletionSet.TakenDigest(changeSet, named);
        return takes == Takes
            ? (null, named.ToImmutable())
            : ($"was written when other resources went down with what it names: now {(takes is null ? "none do" : $"they have the digest {takes}")}", []);
    }

    private bool IsMeantFor(string? environment) =>
        environment is null || Environments.IsEmpty || Environments.Contains(environment);

    /// <summary>
    /// Reads a document of kind <c>Acknowledgement</c>; null when it has no <c>spec</c>. Mistakes are reported.
    /// </summary>
    internal static Acknowledgement? Read(MappingNode document, ProblemList problems)
    {
        if (!FieldReader.TryOpen(document, problems, out var name, out var spec)) return null;
        if (!spec.Has("approves")) spec.Require("deletions");
        var acknowledgement = new Acknowledgement
        {
            Name = name,
            Location = document.Location,
            Node = document,
            Deletions = spec.TextList("deletions"),
            Digest = spec.Has("deletions") || !spec.Has("approves") ? spec.RequiredText("digest") : "",
            Approves = [.. spec.Items("approves").Select(item => ReadApproval(item, problems)).OfType<Approval>()],
            Takes = spec.Text("takes"),
            Owner = spec.RequiredText("owner"),
            Approver = spec.RequiredText("approver"),
            Reason = spec.RequiredText("reason"),
            Expires = Dates.Read(spec, "expires"),
            Environments = spec.TextList("environments"),
            CreatedBefore = Times.Read(spec, "createdBefore"),
        };
        spec.Finish();
        return acknowledgement;
    }

    /// <summary>What findings about acknowledgements that do not hold bear in place of a rule's name.</summary>
    public const string FindingName = "acknowledgement";

    private static Approval? ReadApproval(Node item, ProblemList problems)
    {
        if (Reads.Mapping(item, "approves", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        fields.Require("subject");
        var (subject, choice) = (fields.Word<ApprovalSubject>("subject"), fields.Word<DriftChoice>("choice"));
        var digest = fields.RequiredText("digest");
        fields.Finish();
        if (subject == ApprovalSubject.Drift && choice is null && mapping["choice"] is null or ScalarNode { Text: "" })
            problems.Add(mapping, "`choice` is missing", "one of adopt, revert, tolerate");
        if (subject is not (null or ApprovalSubject.Drift) && choice is not null)
            problems.Add(mapping["choice"]!, "`choice` is for drift alone");
        return subject is { } known ? new(known, digest, choice) : null;
    }
}
