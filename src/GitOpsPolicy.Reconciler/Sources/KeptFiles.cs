using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>Some files of a commit, kept after the commit itself is let go: a commit holds a process that reads it.</summary>
internal sealed class KeptFiles : FileTree
{
    // A folder of acknowledgements is small; one that is not is told by the files that are missing from it.
    private const int MostBytes = 4 << 20;

    private readonly SortedDictionary<string, (ReadOnlyMemory<byte> Bytes, Problem? Problem)> files = new(StringComparer.Ordinal);

    private KeptFiles(string? revision) => Revision = revision;

    /// <summary>Keeps what lies below a folder.</summary>
    public static KeptFiles Of(FileTree tree, string folder)
    {
        var kept = new KeptFiles(tree.Revision);
        if (tree.Find(folder) == PathKind.Missing) return kept;
        var size = 0L;
        foreach (var file in tree.Enumerate(folder))
        {
            var problem = file.Refusal;
            ReadOnlyMemory<byte> bytes = default;
            if (problem is null && tree.TryRead(file.Path, out bytes, out problem) && (size += bytes.Length) > MostBytes)
                problem = new(
                    new(file.Path, 0, 0), $"the folder `{folder}` holds more than {MostBytes >> 20} MiB",
                    "keep only acknowledgements in it");
            kept.files[file.Path] = (bytes, problem);
        }

        return kept;
    }

    /// <inheritdoc/>
    public override PathKind Find(string path) =>
        files.ContainsKey(path) ? PathKind.File
            : files.Keys.Any(key => key.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal)) ? PathKind.Folder
            : PathKind.Missing;

    /// <inheritdoc/>
    public override IEnumerable<TreeFile> Enumerate(string prefix) =>
        files.Where(file => file.Key.StartsWith(prefix.TrimEnd('/') + "/", StringComparison.Ordinal))
            .Select(static file => new TreeFile(file.Key, file.Value.Problem));

    /// <inheritdoc/>
    public override bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        (bytes, problem) = files.GetValueOrDefault(path);
        return problem is null && files.ContainsKey(path);
    }
}
