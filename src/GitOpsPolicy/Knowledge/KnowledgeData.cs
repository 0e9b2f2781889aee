using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge;

/// <summary>Data files that ship in the binary.</summary>
internal static class KnowledgeData
{
    /// <summary>Reads a data file, which is one YAML mapping.</summary>
    /// <exception cref="InvalidOperationException">There is no such file, or it is broken: a mistake of ours.</exception>
    public static MappingNode Read(string name)
    {
        using var stream = typeof(KnowledgeData).Assembly.GetManifestResourceStream($"knowledge/{name}")
            ?? throw new InvalidOperationException($"No data file `{name}` in the binary.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var loaded = YamlReader.Read(new TextFile($"builtin/{name}", bytes), bytes, ReaderLimits.Default);
        return loaded.TryGet(out var documents) && documents.Documents is [{ Root: MappingNode root }]
            ? root
            : throw new InvalidOperationException($"The data file `{name}` is broken: {string.Join("; ", loaded.Problems)}");
    }
}
