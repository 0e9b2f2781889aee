using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>
/// What a unit's files stand for. Where anything is wrong with any of them it is not known what they stand for: nothing may be
/// pruned, and nothing of the revision is applied.
/// </summary>
public sealed record Rendered
{
    /// <summary>The objects as they go to the cluster: namespaces filled in, secrets in clear and marked as sensitive.</summary>
    public required ManifestSet Set { get; init; }

    /// <summary>
    /// How Git keeps the objects that are encrypted there. Rules that judge what lies in Git are shown these; what is in clear
    /// only here is no finding.
    /// </summary>
    public ImmutableDictionary<KubernetesId, Node> Stored { get; init; } = ImmutableDictionary<KubernetesId, Node>.Empty;

    /// <summary>Everything that is wrong, in the order of paths and files; empty when <see cref="IsWhole"/>.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>
    /// The stage of a <see cref="Status.SourceTrouble"/>: <c>render</c>, or <c>guard</c> where all could be read and is not
    /// plausible. Null when <see cref="IsWhole"/>.
    /// </summary>
    public string? Stage { get; init; }

    /// <summary>
    /// The same in one sentence: the first problem, and how many more there are. Empty when <see cref="IsWhole"/>.
    /// </summary>
    public string Message => Problems switch
    {
        [] => "",
        [var only] => only.ToString(),
        [var first, ..] => $"{first}; and {Problems.Length - 1} more",
    };

    /// <summary>Everything was read, and all of it makes sense.</summary>
    public bool IsWhole => Stage is null;

    internal static Rendered Failed(string stage, ManifestSet set, params ReadOnlySpan<Problem> problems) =>
        new() { Set = set, Stage = stage, Problems = [.. problems] };
}
