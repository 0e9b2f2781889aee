using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Changes;

/// <summary>What is done to a resource.</summary>
public enum Operation
{
    /// <summary>Nothing: the resource stays as it is.</summary>
    None,

    /// <summary>It comes to be; also an object judged as it stands, with no earlier state to compare.</summary>
    Create,

    /// <summary>It changes in place.</summary>
    Update,

    /// <summary>It is destroyed.</summary>
    Delete,

    /// <summary>It is destroyed and made again, in either order: whatever it holds is lost.</summary>
    Replace,

    /// <summary>It lives on, but nothing manages it any more.</summary>
    Forget,

    /// <summary>An existing object comes under management.</summary>
    Import,

    /// <summary>A data source is read.</summary>
    Read,

    /// <summary>A connection is opened, such as <c>kubectl exec</c>.</summary>
    Connect,
}

/// <summary>Where the same rules are run.</summary>
public enum Surface
{
    /// <summary>A pull request or plan, before merge.</summary>
    Ci,

    /// <summary>A request to the API server.</summary>
    Admission,

    /// <summary>What already lives in a cluster.</summary>
    Audit,

    /// <summary>A write that the reconcile engine is about to make.</summary>
    Reconcile,
}

/// <summary>How a change came to be known.</summary>
public enum ChangeOrigin
{
    /// <summary>A manifest judged as it stands.</summary>
    Manifest,

    /// <summary>A difference between base and head.</summary>
    Diff,

    /// <summary>A Terraform or OpenTofu plan.</summary>
    Plan,

    /// <summary>An admission review.</summary>
    Review,

    /// <summary>An object found in a cluster.</summary>
    Live,

    /// <summary>
    /// A difference between what was applied and what lives: <c>before</c> is what was applied, <c>after</c> what lives.
    /// </summary>
    Drift,
}

/// <summary>Why a change happens.</summary>
public enum ChangeCause
{
    /// <summary>The author asked for this very thing.</summary>
    Explicit,

    /// <summary>It left the desired state, so a reconciler would prune it.</summary>
    Prune,

    /// <summary>It goes down with something else.</summary>
    Cascade,

    /// <summary>It has to be destroyed to be made anew.</summary>
    Replace,
}

/// <summary>One intended or observed change of one resource. This is what a rule judges.</summary>
public sealed record Change
{
    /// <summary>What is changed.</summary>
    public required ResourceId Resource { get; init; }

    /// <summary>What is done to it.</summary>
    public required Operation Operation { get; init; }

    /// <summary>How the change came to be known.</summary>
    public required ChangeOrigin Origin { get; init; }

    /// <summary>Where it is judged.</summary>
    public Surface Surface { get; init; } = Surface.Ci;

    /// <summary>Why it happens.</summary>
    public ChangeCause Cause { get; init; } = ChangeCause.Explicit;

    /// <summary>State before the change; null when there was none or it is not known.</summary>
    public Node? Before { get; init; }

    /// <summary>State after the change; null when there will be none.</summary>
    public Node? After { get; init; }

    /// <summary>Who makes the change; null where that is not known.</summary>
    public string? Actor { get; init; }

    /// <summary>The configured environment this change belongs to; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The id under which the same resource was known before: a rename, a move, another API version.</summary>
    public ResourceId? Previous { get; init; }

    /// <summary>
    /// Why the tool says it does this, in the tool's word: Terraform's <c>action_reason</c>. For drift that a plan tells of,
    /// <c>drift_in_relevant_attributes</c> when the configuration reads what drifted and <c>drift_elsewhere</c> when not. Else
    /// null.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>
    /// What forces a replace: JSON pointers of attributes (<c>/engine</c>), below <see cref="After"/>. Empty where nothing says.
    /// </summary>
    public ImmutableArray<string> ReplacePaths { get; init; } = [];

    /// <summary>Where a finding about the change as a whole points to: for a delete, the place in the base.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>
    /// Index into <see cref="ChangeSet.Changes"/> of the other half of what looks like a rename; null for none.
    /// </summary>
    public int? PairedWith { get; init; }

    /// <summary>
    /// The part of a Kubernetes resource that a request goes to, such as <c>scale</c>, <c>status</c> or <c>exec</c>; empty for
    /// the resource itself.
    /// </summary>
    public string Subresource { get; init; } = "";

    /// <summary>The file at head that would hold the resource: where the reviewer sees the change. Null when none does.</summary>
    public string? File { get; init; }

    /// <summary>
    /// The <c>true</c> of <c>prevent_destroy</c> in the Terraform configuration as it was; null where there was none, or no
    /// configuration is known.
    /// </summary>
    public Node? PreventDestroyBefore { get; init; }

    /// <summary>The same in the configuration that the plan was made of.</summary>
    public Node? PreventDestroyAfter { get; init; }

    /// <summary>
    /// What is known of a drift; null for every other change, and where nothing more is known than the two states.
    /// </summary>
    public DriftFacts? Drift { get; init; }
}
