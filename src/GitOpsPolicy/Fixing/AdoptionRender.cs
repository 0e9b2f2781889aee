using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Fixing;

/// <summary>How objects are made of files, where a tool makes them: by that an edit of the files is proven.</summary>
/// <param name="Folder">The folder that is rendered, from the top of the repository; <c>.</c> for the top.</param>
/// <param name="Render">Makes them of the files of a tree, as the host would apply them; null where they cannot be made.</param>
public sealed record AdoptionRender(string Folder, Func<FileTree, IReadOnlyList<Manifest>?> Render)
{
    /// <summary>Values files of a chart, later ones over earlier ones.</summary>
    public ImmutableArray<string> ValuesFiles { get; init; } = [];
}
