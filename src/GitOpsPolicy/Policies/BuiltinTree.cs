using System.Reflection;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Policies;

/// <summary>The rule files that ship inside the binary, so that <c>builtin</c> works with no files at all.</summary>
internal sealed class BuiltinTree : FileTree
{
    /// <summary>The folder that holds them all.</summary>
    public const string Folder = "builtin";

    private const string Prefix = "policies/";

    private readonly SortedDictionary<string, string> resources = new(StringComparer.Ordinal);

    private BuiltinTree()
    {
        foreach (var name in Assembly.GetManifestResourceNames())
        {
            var path = name.Replace('\\', '/');
            if (path.StartsWith(Prefix, StringComparison.Ordinal)) resources[$"{Folder}/{path[Prefix.Length..]}"] = name;
        }
    }

    /// <summary>The one there is.</summary>
    public static BuiltinTree Instance { get; } = new();

    /// <summary>Whether a file, as locations name it, is one of these.</summary>
    public static bool Ships(string file) => Instance.resources.ContainsKey(file);

    private static Assembly Assembly => typeof(BuiltinTree).Assembly;

    /// <inheritdoc/>
    public override PathKind Find(string path) =>
        resources.ContainsKey(path) ? PathKind.File
            : path == Folder || resources.Keys.Any(p => p.StartsWith(path + "/", StringComparison.Ordinal)) ? PathKind.Folder
            : PathKind.Missing;

    /// <inheritdoc/>
    public override IEnumerable<TreeFile> Enumerate(string prefix) =>
        resources.Keys.Where(p => prefix.Length == 0 || p.StartsWith(prefix + "/", StringComparison.Ordinal))
            .Select(p => new TreeFile(p));

    /// <inheritdoc/>
    public override bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        (bytes, problem) = (default, null);
        if (!resources.TryGetValue(path, out var name)) return false;
        using var stream = Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        bytes = content;
        return true;
    }
}
