using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>What a folder has to be turned into manifests with.</summary>
public enum RenderKind
{
    /// <summary>A folder with a <c>kustomization.yaml</c>.</summary>
    Kustomization,

    /// <summary>A Helm chart: a folder with a <c>Chart.yaml</c>.</summary>
    Chart,
}

/// <summary>Turns a folder into the manifests that it stands for. A process edge: the tools of the machine do the work.</summary>
public interface IRenderer
{
    /// <summary>Renders one folder.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="folder">The folder, in the words of the tree.</param>
    /// <param name="kind">What the folder holds.</param>
    RenderResult Render(FileTree tree, string folder, RenderKind kind);
}

/// <summary>What came of rendering a folder.</summary>
/// <param name="Manifests">The manifests as YAML; empty when it failed.</param>
/// <param name="Problem">Why it failed; null when it did not.</param>
public sealed record RenderResult(ReadOnlyMemory<byte> Manifests, Problem? Problem = null);
