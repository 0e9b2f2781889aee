using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>How a chart is rendered.</summary>
public sealed record HelmSettings
{
    /// <summary>The release's name.</summary>
    public string ReleaseName { get; init; } = "release";

    /// <summary>The release's namespace; null for Helm's own default.</summary>
    public string? Namespace { get; init; }

    /// <summary>Values files in the words of the tree, later ones over earlier ones, all over those of the chart.</summary>
    public ImmutableArray<string> ValuesFiles { get; init; } = [];

    /// <summary>Finds where a path of a tree lies on disk.</summary>
    internal delegate bool Placing(FileTree tree, string path, out string place, out Problem? problem);

    /// <summary>
    /// The arguments for the values files. Helm takes a comma for the end of a path, and other texts for addresses: only files of
    /// the tree are taken.
    /// </summary>
    internal bool TryPlaceValues(FileTree tree, Placing place, out IReadOnlyList<string> arguments, out Problem? problem)
    {
        var placed = new List<string>();
        (arguments, problem) = (placed, null);
        foreach (var file in ValuesFiles)
        {
            if (file.Contains(',') || tree.Find(file) != PathKind.File || !tree.TryRead(file, out _, out problem))
            {
                problem ??= new(
                    new(file, 0, 0), "there is no such values file in the repository",
                    "correct its path; it starts at the top, and holds no comma");
                return false;
            }

            if (!place(tree, file, out var full, out problem)) return false;
            placed.AddRange(["--values", full]);
        }

        return true;
    }
}
