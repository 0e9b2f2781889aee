using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>
/// Charts hold objects for single moments of a release's life (https://helm.sh/docs/topics/charts_hooks). Those for installing
/// and upgrading are objects like any other here; those for moments that no pass has, or for tests, are none.
/// </summary>
internal static class HelmHooks
{
    private static readonly string[] Meant = ["pre-install", "post-install", "pre-upgrade", "post-upgrade", "crd-install"];

    /// <summary>Leaves out what is meant for other moments.</summary>
    public static ManifestSet LeaveOut(ManifestSet rendered) =>
        rendered with { Objects = [.. rendered.Objects.Where(static one => IsMeant(one))] };

    private static bool IsMeant(Manifest one) =>
        one.Object.Text("metadata", "annotations", "helm.sh/hook") is not { } moments
        || moments.Split(',', StringSplitOptions.TrimEntries)
            .Any(static moment => Meant.Contains(moment, StringComparer.Ordinal));
}
