using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>What an object tells its reconciler to do where it cannot be changed in place.</summary>
internal static class ForcedReplace
{
    private const string SyncOptions = "argocd.argoproj.io/sync-options";
    private const string Force = "kustomize.toolkit.fluxcd.io/force";

    /// <summary>JSON pointer of Argo CD's annotation.</summary>
    public const string SyncOptionsPointer = "/metadata/annotations/argocd.argoproj.io~1sync-options";

    /// <summary>
    /// The option that has an object deleted and made again when a change is refused: <c>Force=true</c> of Argo CD or
    /// <c>force: enabled</c> of Flux; null when nothing asks for it.
    /// </summary>
    public static string? OnRefusal(Node after)
    {
        if (HasSyncOption(after, "Force=true")) return $"{SyncOptions}: Force=true";
        foreach (var place in (ReadOnlySpan<string>)["annotations", "labels"])
        {
            // Flux compares the value without regard to case, in labels and annotations alike.
            if (string.Equals(after.Text("metadata", place, Force), "enabled", StringComparison.OrdinalIgnoreCase))
                return $"{Force}: enabled";
        }

        return null;
    }

    /// <summary>
    /// True when Argo CD deletes and makes the object again at every change. Definitions and namespaces it never does, since
    /// everything in them would go with them.
    /// </summary>
    public static bool OnEveryChange(string kind, Node after) =>
        kind is not ("CustomResourceDefinition" or "Namespace")
            && HasSyncOption(after, "Force=true")
            && HasSyncOption(after, "Replace=true");

    private static bool HasSyncOption(Node node, string option) =>
        node.Text("metadata", "annotations", SyncOptions) is { } options
        && options.Split(',', StringSplitOptions.TrimEntries).Contains(option, StringComparer.Ordinal);
}
