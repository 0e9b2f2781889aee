using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>Reads what a folder renders to.</summary>
internal static class RenderedFolder
{
    /// <summary>Renders a folder and tells, as far as it can be told, which of its files each value comes from.</summary>
    public static ManifestFile Read(FileTree tree, string folder, RenderTarget target, IRenderer renderer)
    {
        var rendering = renderer.Render(tree, folder, target.Kind);
        if (rendering.Problem is { } problem) return ManifestFile.Failed(problem);
        var text = new RenderedFile(folder, rendering.Manifests) { Revision = tree.Revision };
        var file = ManifestFile.Parse(text, rendering.Manifests, target.File, ManifestInput.StreamLimits);
        if (target.Kind == RenderKind.Kustomization)
            new Origins(KustomizationSources.Of(tree, folder).Objects).Tell(file.Objects, text);
        return file;
    }
}
