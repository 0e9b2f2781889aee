using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Admission;

/// <summary>
/// One request as the API server puts it to a webhook: <c>admission.k8s.io/v1</c>, read and named, secrets in it marked.
/// Shapes follow <c>k8s.io/api/admission/v1</c>.
/// </summary>
public sealed record AdmissionReview
{
    /// <summary>What the text of a request is called in places.</summary>
    public const string SourceName = "request";

    /// <summary>The request's id, which the answer repeats.</summary>
    public required string Uid { get; init; }

    /// <summary>
    /// What is written, deleted or connected to. The kind is the one the webhook asked for, which may differ from
    /// <see cref="RequestKind"/>.
    /// </summary>
    public required KubernetesId Resource { get; init; }

    /// <summary>What is done to it.</summary>
    public required Operation Operation { get; init; }

    /// <summary><c>group/version/Kind</c> as the client sent it, before the server converted it.</summary>
    public required string RequestKind { get; init; }

    /// <summary>
    /// The part of the resource that the request goes to, such as <c>scale</c> or <c>exec</c>; empty for the resource itself.
    /// </summary>
    public string Subresource { get; init; } = "";

    /// <summary>
    /// The namespace the request is about: for a Namespace that very namespace, so that what is said of a namespace holds for it
    /// too. Empty for other cluster-scoped objects.
    /// </summary>
    public string Namespace { get; init; } = "";

    /// <summary>Who asks, as the server has authenticated them.</summary>
    public string User { get; init; } = "";

    /// <summary>The groups they are in, as the server has authenticated them.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Nothing will be stored.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The object as it would be; null for a delete.</summary>
    public Node? Object { get; init; }

    /// <summary>The object as it is; null for a create and where the server does not tell.</summary>
    public Node? OldObject { get; init; }

    /// <summary>Bytes of the text it was read from.</summary>
    public int Size { get; init; }

    /// <summary>Every text known to be secret in the objects, for masking by value.</summary>
    public ImmutableHashSet<string> SensitiveTexts { get; init; } = [];

    /// <summary>The request as a change set of one change.</summary>
    public ChangeSet ToChanges() => new() { Changes = [ToChange()], SensitiveTexts = SensitiveTexts };

    private Change ToChange() => new()
    {
        Resource = Resource,
        Operation = Operation,
        Origin = ChangeOrigin.Review,
        Surface = Surface.Admission,
        Cause = SystemActors.Cascades(this) ? ChangeCause.Cascade : ChangeCause.Explicit,
        Before = OldObject,
        After = Object,
        Actor = User.Length == 0 ? null : User,
        Subresource = Subresource,
        Location = (Object ?? OldObject)?.Location ?? new(SourceName, 0, 0),
    };
}
