using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Tests.Inputs;

/// <summary>Files that exist in a test only.</summary>
internal sealed class MemoryTree(string? revision = null) : FileTree
{
    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);

    public MemoryTree With(string path, string text)
    {
        files.Add(path, text);
        return this;
    }

    public SourceFile At(string path) => new TextFile(path, Encoding.UTF8.GetBytes(files[path])) { Revision = revision };

    public override PathKind Find(string path) =>
        files.ContainsKey(path) ? PathKind.File : Enumerate(path).Any() ? PathKind.Folder : PathKind.Missing;

    public override IEnumerable<TreeFile> Enumerate(string prefix)
    {
        var folder = prefix is "" or "." ? "" : prefix.TrimEnd('/') + "/";
        return files.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => new TreeFile(path));
    }

    public override bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        problem = null;
        var found = files.TryGetValue(path, out var text);
        bytes = Encoding.UTF8.GetBytes(text ?? "");
        return found;
    }
}
