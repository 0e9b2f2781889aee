using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Prune;

namespace GitOpsPolicy.Inputs.Live;

/// <summary>One object of a reconcile pass: what Git says of it, what was applied, and what lives.</summary>
/// <param name="Id">Which.</param>
public sealed record PassObject(KubernetesId Id)
{
    /// <summary>What Git says; null for an object that left it.</summary>
    public Manifest? Desired { get; init; }

    /// <summary>
    /// How Git keeps it, where that is another form, such as an encrypted one: what is judged. Null where it is what Git says.
    /// </summary>
    public Node? Stored { get; init; }

    /// <summary>What Git said when the object was last applied; null where that is not known.</summary>
    public Manifest? Previous { get; init; }

    /// <summary>What Git said of an object that left it is not to be had any more.</summary>
    public bool IsPreviousLost { get; init; }

    /// <summary>What lives; null for nothing.</summary>
    public MappingNode? Live { get; init; }

    /// <summary>The uid of the object that was applied; null for one that never was.</summary>
    public string? AppliedUid { get; init; }

    /// <summary>What Git says is not what was applied last.</summary>
    public bool IsChangedInGit { get; init; }

    /// <summary>Who else says it is theirs; null for nobody.</summary>
    public string? OtherOwner { get; init; }

    /// <summary>It is the one that was applied, and somebody took off what marks it as ours.</summary>
    public bool IsUnmarked { get; init; }

    /// <summary>Why what lives is not known; null where it is.</summary>
    public string? Unreadable { get; init; }

    /// <summary>What lives is not known now, and may be soon: the cluster could not answer.</summary>
    public bool MayBeReadSoon { get; init; }

    /// <summary>The uid of what lives; null where nothing does.</summary>
    public string? LiveUid => Live?.Text("metadata", "uid");

    /// <summary>What lives is going, and only waits for its finalizers.</summary>
    public bool IsGoing => Live?.Text("metadata", "deletionTimestamp") is not null;

    /// <summary>
    /// What says that it is not to be deleted: what lives, what Git said when it was applied, and what kubectl applied last; null
    /// where none does.
    /// </summary>
    public KeepMark? KeepMark => KeepMark.Of(Id, Live, Previous?.Object, Live is null ? null : LiveMarks.LastAppliedOf(Live));

    /// <summary>
    /// What stored objects are told apart by: one object is served under several versions, and under the groups that its kind has
    /// moved between.
    /// </summary>
    public static string KeyOf(KubernetesId id)
    {
        var identity = StoredIdentity.Of(id);
        return $"{identity.Group}/{identity.Kind}/{identity.Namespace}/{identity.Name}";
    }
}

/// <summary>The changes of one object, as indexes into those of the pass.</summary>
/// <param name="Object">The object.</param>
/// <param name="Drift">How it has drifted; null where it has not.</param>
/// <param name="Write">What would be written, for Git or against the drift; null for nothing.</param>
/// <param name="Prune">Its deletion; null where it stays.</param>
public sealed record PassObjectChanges(PassObject Object, int? Drift, int? Write, int? Prune);

/// <summary>What a reconcile pass would do and has found, ready to be judged.</summary>
/// <param name="Set">All changes.</param>
/// <param name="Objects">The changes of each object, in the order given.</param>
public sealed record PassChanges(ChangeSet Set, ImmutableArray<PassObjectChanges> Objects);

/// <summary>
/// Makes changes of what Git says, what was applied and what lives. A drift is told as what was found, with origin
/// <see cref="ChangeOrigin.Drift"/>; every write, those against drift among them, as what it would do, with origin
/// <see cref="ChangeOrigin.Diff"/>.
/// </summary>
public sealed class PassInput
{
    private readonly List<Change> changes = [];
    private readonly ScaleTargets scaled = new();
    private readonly SecretMarks secrets = new();
    private readonly PodReferences references = new();

    private readonly DriftIgnoring ignoring;
    private readonly string? environment;

    private PassInput(DriftIgnoring ignoring, string? environment) => (this.ignoring, this.environment) = (ignoring, environment);

    /// <summary>The changes of a pass.</summary>
    /// <param name="objects">The objects. What is secret in those that live is marked.</param>
    /// <param name="sensitiveTexts">What is secret in what Git says.</param>
    /// <param name="ignored">What the configuration says is no drift.</param>
    /// <param name="environment">The environment of all of them; null for none.</param>
    public static PassChanges ReadChanges(
        IReadOnlyList<PassObject> objects, ImmutableHashSet<string> sensitiveTexts, DriftIgnoring ignored, string? environment)
    {
        var input = new PassInput(ignored, environment);
        foreach (var one in objects) input.Learn(one);
        ImmutableArray<PassObjectChanges> found = [.. objects
            .Select(static one =>
                one with { OtherOwner = one.OtherOwner ?? (one.Live is null ? null : LiveMarks.OwnerOf(one.Live)) })
            .Select(input.Read)];
        var set = new ChangeSet
        {
            Changes = [.. input.changes],
            CountBefore = objects.Count(static one => one.AppliedUid is not null),
            SensitiveTexts = sensitiveTexts.Union(input.secrets.Texts),
        };
        return new(set, found);
    }

    private void Learn(PassObject one)
    {
        if (one.Desired is { } desired) scaled.Learn(one.Id, desired.Object);
        if (one.Live is not { } live) return;
        scaled.Learn(one.Id, live);
        references.Learn(one.Id, live);
        secrets.Mark(new RawObject(live, live.Text("apiVersion") ?? "", live.Text("kind") ?? "", ""));
    }

    private PassObjectChanges Read(PassObject one) => one switch
    {
        { Unreadable: { } why } => new(one, Found(one, new(DriftKind.Unknown) { Because = why }), null, null),
        { Desired: null, Live: null } => new(one, null, null, null),
        { Desired: null } =>
            one.AppliedUid != one.LiveUid || one.IsGoing || one.IsUnmarked || one.OtherOwner is not null
                ? new(one, null, null, null)
                : new(one, null, null, Prune(one)),
        { Live: null, AppliedUid: null } => new(one, null, Write(one), null),
        { Live: null } => new(one, Found(one, new(DriftKind.Missing)), Write(one), null),
        { OtherOwner: { } other } => new(one, Found(one, new(DriftKind.Conflict) { Because = other }), null, null),
        { IsGoing: true } => AsIs(one),
        { AppliedUid: { } uid } when uid != one.LiveUid => new(one, Found(one, new(DriftKind.Identity)), Write(one), null),
        { AppliedUid: null } => new(one, null, Write(one), null),
        _ => Compare(one),
    };

    private PassObjectChanges Compare(PassObject one)
    {
        var facts = new DriftFacts(DriftKind.Modified)
        {
            Applied = one.IsChangedInGit ? one.Previous?.Object : null,
            IsScaled = scaled.Contains(one.Id),
            Ignored = ignoring.About(one.Desired!.Id, environment, one.Desired.Object, one.Live),
        };

        // What was applied is not known any more: whatever differs may be Git's doing.
        var isDrift = (!one.IsChangedInGit || one.Previous is not null) && !facts.Ignored.Any(static entry => entry.IsWhole);
        var differences = isDrift ? LiveComparison.Between(one.Id, one.Desired.Object, one.Live!, facts) : [];
        int? drift = differences.Count == 0
            ? null
            : Found(one, facts with { Kind = LiveComparison.OnlyAdds(differences) ? DriftKind.Added : DriftKind.Modified });
        return drift is not null || one.IsChangedInGit || one.IsUnmarked ? new(one, drift, Write(one), null) : AsIs(one);
    }

    private PassObjectChanges AsIs(PassObject one)
    {
        changes.Add(Of(one) with { Operation = Operation.None, Before = one.Desired!.Object, After = one.Desired.Object });
        return new(one, null, null, null);
    }

    private int Found(PassObject one, DriftFacts facts) => Add(Of(one) with
    {
        Operation = one.Live is null ? Operation.Delete : one.Desired is null ? Operation.Create : Operation.Update,
        Origin = ChangeOrigin.Drift,
        Before = one.Desired?.Object,
        After = one.Live,
        Drift = facts,
    });

    private int Write(PassObject one) => Add(Of(one) with
    {
        Operation = one.Live is null ? Operation.Create : Operation.Update,
        Before = one.Live is null ? null : one.IsChangedInGit && one.Previous is not null ? one.Previous.Object : one.Live,
        After = one.Stored ?? one.Desired!.Object,
    });

    private int Prune(PassObject one) => Add(Of(one) with
    {
        Operation = Operation.Delete,
        Cause = ChangeCause.Prune,
        Before = one.Live,
        Drift = references.Contains(one.Id) ? new(DriftKind.Extraneous) { IsReferenced = true } : null,
    });

    private int Add(Change change)
    {
        changes.Add(change);
        return changes.Count - 1;
    }

    private static Change Of(PassObject one) => new()
    {
        Resource = one.Desired?.Id ?? one.Id,
        Operation = Operation.None,
        Origin = ChangeOrigin.Diff,
        Surface = Surface.Reconcile,
        Location = (one.Desired ?? one.Previous)?.Location ?? new("", 0, 0),
        File = (one.Desired ?? one.Previous)?.File,
    };
}
