using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Configuration;

/// <summary>One kubeconfig file: its lists of named clusters, users and contexts.</summary>
internal sealed class KubeConfigFile
{
    /// <summary>Far above any real one; clients with hundreds of clusters stay under 1 MiB.</summary>
    private static readonly ReaderLimits Limits = new(MaxBytes: 16 << 20);

    private readonly MappingNode root;

    private KubeConfigFile(string path, MappingNode root) => (Path, this.root) = (path, root);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The context that the file chooses; null for none.</summary>
    public string? CurrentContext => (root["current-context"] as ScalarNode)?.Text;

    /// <summary>Reads the file. An empty one holds nothing and is no mistake.</summary>
    public static Loaded<KubeConfigFile> Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new([new(new(path, 0, 0), "this kubeconfig cannot be read", e.Message)]);
        }

        var loaded = YamlReader.Read(new TextFile(path, bytes), bytes, Limits);
        if (!loaded.TryGet(out var stream)) return new(loaded.Problems);
        if (stream.Documents.IsEmpty) return new(new KubeConfigFile(path, new MappingNode([])));
        return stream.Documents[0].Root is MappingNode mapping
            ? new(new KubeConfigFile(path, mapping))
            : new([new(new(path, 0, 0), "this is no kubeconfig", "its top level must be a mapping with `clusters`, `users` and `contexts`")]);
    }

    /// <summary>The entry of a list under a name: what stands below <c>cluster</c>, <c>user</c> or <c>context</c>; null for none.</summary>
    public MappingNode? Find(string list, string name)
    {
        var content = list[..^1];
        return Entries(list).FirstOrDefault(entry => NameOf(entry) == name)?[content] as MappingNode;
    }

    /// <summary>The names in a list.</summary>
    public IEnumerable<string> Names(string list) => Entries(list).Select(NameOf).OfType<string>();

    /// <summary>An absolute path for one that stands in this file.</summary>
    public string Resolve(string path) =>
        System.IO.Path.GetFullPath(path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);

    private IEnumerable<MappingNode> Entries(string list) =>
        root[list] is SequenceNode sequence ? sequence.Items.ToArray().OfType<MappingNode>() : [];

    private static string? NameOf(MappingNode entry) => (entry["name"] as ScalarNode)?.Text;
}
