using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Planning;

/// <summary>Why an object is written.</summary>
public enum StepKind
{
    /// <summary>It does not live yet.</summary>
    Create,

    /// <summary>Git says something else than before.</summary>
    Update,

    /// <summary>It has drifted, and is brought back.</summary>
    Correct,
}

/// <summary>One object that is written.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Object">What Git says and what lives.</param>
/// <param name="Wave">When.</param>
public sealed record PlanStep(StepKind Kind, PassObject Object, Wave Wave)
{
    /// <summary>It brings something new of Git, and does not only put back what Git has said before.</summary>
    public bool IsGits => Kind != StepKind.Correct || Object.IsChangedInGit;

    /// <summary>What has drifted, of a <see cref="StepKind.Correct"/>, as it is told; null for any other.</summary>
    public DriftEntry? Drift { get; init; }

    /// <summary>Somebody decided that fields of any other manager are taken back.</summary>
    public bool TakesBack { get; init; }

    /// <summary>JSON pointers into what lives of what others added, and what is taken away again.</summary>
    public ImmutableArray<string> Added { get; init; } = [];
}

/// <summary>One object that is deleted.</summary>
/// <param name="Object">What lives.</param>
/// <param name="IsAgreedTo">Somebody agreed to it by name, so that it is gone on with after an interruption.</param>
public sealed record PruneStep(PassObject Object, bool IsAgreedTo);

/// <summary>Drift that the cluster itself may make of what Git says, as soon as that is applied. Only the cluster knows.</summary>
/// <param name="Step">What would put it back.</param>
/// <param name="Digest">What Git says, and how it has drifted.</param>
public sealed record DriftQuestion(PlanStep Step, string Digest);

/// <summary>What a pass does, what it holds back, and what it tells.</summary>
public sealed record Plan
{
    /// <summary>Objects to write, wave by wave and in order.</summary>
    public ImmutableArray<PlanStep> Writes { get; init; } = [];

    /// <summary>Objects that are not written, since the cluster does not take what Git says.</summary>
    public ImmutableArray<PlanStep> Held { get; init; } = [];

    /// <summary>Objects to delete after that, in order.</summary>
    public ImmutableArray<PruneStep> Prunes { get; init; } = [];

    /// <summary>Objects that left Git and are no longer there, or no longer the unit's: the inventory forgets them.</summary>
    public ImmutableArray<KubernetesId> Gone { get; init; } = [];

    /// <summary>Objects that left Git and stay.</summary>
    public ImmutableArray<Orphan> Orphans { get; init; } = [];

    /// <summary>The ids of <see cref="Orphans"/>.</summary>
    public ImmutableArray<KubernetesId> Kept { get; init; } = [];

    /// <summary>Drift that stays, or is still to be corrected.</summary>
    public ImmutableArray<DriftEntry> Drift { get; init; } = [];

    /// <summary>What is to be known before it is decided about that.</summary>
    public ImmutableArray<DriftQuestion> Questions { get; init; } = [];

    /// <summary>What else somebody should know.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>What waits for somebody's word.</summary>
    public ImmutableArray<PendingApproval> Approvals { get; init; } = [];

    /// <summary>What the rules forbid.</summary>
    public ImmutableArray<BlockedChange> Blocked { get; init; } = [];

    /// <summary>The rules forbid what Git says, so that nothing of it is written.</summary>
    public bool IsRevisionHeld { get; init; }

    /// <summary>Some drift was left for a later pass, since this one corrects no more.</summary>
    public bool HasMoreToCorrect { get; init; }

    /// <summary>The same without what Git brings: only drift is put back, and nothing deleted.</summary>
    public Plan WithoutGits() => this with
    {
        Writes = [.. Writes.Where(static step => !step.IsGits)],
        Held = [.. Writes.Where(static step => step.IsGits)],
        Prunes = [],
    };
}
