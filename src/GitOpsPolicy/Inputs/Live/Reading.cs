using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Live;

/// <summary>
/// How far what lives was read. <c>kubectl get</c> reads the kinds and namespaces it is told, and what it was not told to read is
/// not gone.
/// </summary>
internal sealed class Reading(ManifestSet live)
{
    private readonly HashSet<(string, string)> kinds = [.. live.Objects.Select(static there => (there.Id.Group, there.Id.Kind))];
    private readonly HashSet<string> namespaces = [.. live.Objects.Select(static there => there.Id.Namespace)
        .Where(static name => name.Length > 0)];

    /// <summary>
    /// An object that was not read would have been, if it lived: others of its kind and others in its namespace were.
    /// </summary>
    public bool Covers(KubernetesId id) =>
        kinds.Contains((id.Group, id.Kind)) && (id.Namespace.Length == 0 || namespaces.Contains(id.Namespace));

    /// <summary>Why it cannot be told whether an object lives.</summary>
    public string WhyNot(KubernetesId id) => kinds.Contains((id.Group, id.Kind))
        ? $"nothing of namespace `{id.Namespace}` was read"
        : $"no {id.Kind} was read";
}
