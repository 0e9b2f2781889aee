using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>What folders are rendered with, for hosts that have to know before they render.</summary>
public static class RenderTargets
{
    /// <summary>What a folder has to be turned into manifests with; null for one whose files are read as they are.</summary>
    public static RenderKind? Find(FileTree tree, string folder) => RenderTarget.Find(tree, folder)?.Kind;
}
