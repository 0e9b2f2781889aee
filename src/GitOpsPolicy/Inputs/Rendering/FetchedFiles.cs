using System.Collections.Frozen;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>
/// Files that a kustomization has fetched from an address. A proxy that answers nobody keeps tools from a network, but not from
/// the machine itself: programs written in Go never ask a proxy for <c>localhost</c>
/// (https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config). What answers there, such as the dashboard, would stand in an
/// object of whoever wrote the kustomization.
/// </summary>
internal sealed class FetchedFiles
{
    private const int MaxFiles = 5_000;

    /// <summary>Where kustomize and its own plugins take the names of files.</summary>
    private static readonly FrozenSet<string> Naming = FrozenSet.Create(
        StringComparer.Ordinal, "resources", "bases", "components", "crds", "configurations", "patchesStrategicMerge", "path",
        "paths", "files", "env", "envs", "generators", "transformers", "validators");

    private static readonly FrozenSet<string> Folders =
        FrozenSet.Create(StringComparer.Ordinal, "resources", "bases", "components");

    /// <summary>What is named there says itself which files it reads, in words that other kustomizations can put together.</summary>
    private static readonly FrozenSet<string> Plugins =
        FrozenSet.Create(StringComparer.Ordinal, "generators", "transformers", "validators");

    private readonly FileTree tree;
    private readonly HashSet<(string Path, bool IsPlugin)> seen = [];

    private FetchedFiles(FileTree tree) => this.tree = tree;

    /// <summary>
    /// The first one that building a folder would fetch, or a file that cannot be searched; null where there is none.
    /// </summary>
    public static Problem? FirstIn(FileTree tree, string folder) =>
        new FetchedFiles(tree).Visit(KustomizationSources.Collapse(folder), isPlugin: false);

    private Problem? Visit(string path, bool isPlugin)
    {
        if (seen.Count >= MaxFiles || !seen.Add((path, isPlugin))) return null;
        return tree.Find(path) switch
        {
            PathKind.Folder => RenderTarget.Kustomizations.Select(name => RenderTarget.Join(path, name))
                .Where(file => tree.Find(file) == PathKind.File)
                .Select(file => VisitFile(file, path, isPlugin))
                .FirstOrDefault(static problem => problem is not null),
            PathKind.File when isPlugin => VisitFile(path, "", isPlugin),
            _ => null,
        };
    }

    private Problem? VisitFile(string file, string folder, bool isPlugin) => tree.TryRead(file, out var bytes, out var unread)
        ? Search(new TextFile(file, bytes) { Revision = tree.Revision }, bytes, folder, isPlugin)
        : unread;

    private Problem? Search(TextFile source, ReadOnlyMemory<byte> bytes, string folder, bool isPlugin)
    {
        var read = YamlReader.Read(source, bytes, ReaderLimits.Default);
        if (!read.TryGet(out var stream)) return read.Problems[0];
        foreach (var document in stream.Documents)
            if (SearchIn(document.Root, folder, isPlugin) is { } problem) return problem;
        return null;
    }

    private Problem? SearchIn(Node node, string folder, bool isPlugin) => node switch
    {
        MappingNode mapping => mapping.Entries.ToArray()
            .Select(entry => Naming.Contains(entry.Key)
                ? SearchNames(entry.Key, entry.Value, folder, isPlugin)
                : SearchIn(entry.Value, folder, isPlugin))
            .FirstOrDefault(static problem => problem is not null),
        SequenceNode sequence => sequence.Items.ToArray()
            .Select(item => SearchIn(item, folder, isPlugin))
            .FirstOrDefault(static problem => problem is not null),
        ScalarNode { Kind: NodeKind.String } text when isPlugin => Refusal(text),
        _ => null,
    };

    private Problem? SearchNames(string key, Node named, string folder, bool isPlugin) => named switch
    {
        SequenceNode sequence => sequence.Items.ToArray()
            .Select(item => SearchNames(key, item, folder, isPlugin))
            .FirstOrDefault(static problem => problem is not null),
        ScalarNode { Kind: NodeKind.String } text when Plugins.Contains(key) && text.Text.Contains('\n') => Refusal(text),
        ScalarNode { Kind: NodeKind.String } text when !text.Text.Contains('\n') => Refusal(text) ?? (
            Plugins.Contains(key) || Folders.Contains(key)
                ? Visit(KustomizationSources.Collapse(RenderTarget.Join(folder, text.Text)), isPlugin || Plugins.Contains(key))
                : null),
        ScalarNode => null,
        _ => SearchIn(named, folder, isPlugin),
    };

    // The address itself may hold a password, and is not told.
    private static Problem? Refusal(ScalarNode text) => !text.Text.Contains("://", StringComparison.Ordinal)
        ? null
        : new(text.Location, "kustomize would fetch this from its address",
            "nothing is fetched while rendering: put it into the repository, or render it beforehand and pipe the result in: `… | gitops-policy check -`");
}
