using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Inputs.Live;

/// <summary>
/// Where Git decides what lives: the namespaces that it has objects in, and outside of namespaces the kinds that it has objects
/// of. What a controller owns, or the server makes in every namespace, is nobody's to write to Git.
/// </summary>
/// <param name="desired">What Git says.</param>
/// <param name="applied">What Git said before; null where that is not known.</param>
internal sealed class Claims(ManifestSet desired, ManifestSet? applied)
{
    private readonly HashSet<string> namespaces = [.. desired.Objects.Select(static manifest => manifest.Id.Namespace)
        .Where(static name => name.Length > 0)];
    private readonly HashSet<(string, string)> kinds = [.. desired.Objects
        .Where(static manifest => manifest.Id.Namespace.Length == 0)
        .Select(static manifest => (manifest.Id.Group, manifest.Id.Kind))];
    private readonly HashSet<StoredIdentity> before = [.. applied?.Objects.Select(static manifest => StoredIdentity.Of(
        manifest.Id))
        ?? []];

    /// <summary>What an object that Git does not have is; null where Git does not decide about it.</summary>
    public DriftKind? KindOf(Manifest there)
    {
        if (before.Contains(StoredIdentity.Of(there.Id))) return null;   // the difference to the base tells of it
        if (LiveMarks.IsDerived(there.Id, there.Object)
            || !(there.Id.Namespace.Length > 0
                ? namespaces.Contains(there.Id.Namespace)
                : kinds.Contains((there.Id.Group, there.Id.Kind))))
            return null;
        return LiveMarks.IsManaged(there.Object) ? DriftKind.Extraneous : DriftKind.Unmanaged;
    }
}
