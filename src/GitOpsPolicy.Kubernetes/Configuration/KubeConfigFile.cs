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

        return Parse(path, bytes);
    }

    /// <summary>Reads a kubeconfig that lies in memory.</summary>
    /// <param name="path">What it is called in messages.</param>
    /// <param name="bytes">Its text.</param>
    public static Loaded<KubeConfigFile> Parse(string path, ReadOnlyMemory<byte> bytes)
    {
        var loaded = YamlReader.Read(new TextFile(path, bytes), bytes, Limits);
        if (!loaded.TryGet(out var stream)) return new(loaded.Problems);
        if (stream.Documents.IsEmpty) return new(new KubeConfigFile(path, new MappingNode([])));
        return stream.Documents[0].Root is MappingNode mapping
            ? new(new KubeConfigFile(path, mapping))
            : new([new(
                new(path, 0, 0), "this is no kubeconfig",
                "its top level must be a mapping with `clusters`, `users` and `contexts`")]);
    }

    /// <summary>
    /// The entry of a list under a name: what stands below <c>cluster</c>, <c>user</c> or <c>context</c>; null for none.
    /// </summary>
    public MappingNode? Find(string list, string name)
    {
        var content = list[..^1];
        return Entries(list).FirstOrDefault(entry => NameOf(entry) == name)?[content] as MappingNode;
    }

    /// <summary>The names in a list.</summary>
    public IEnumerable<string> Names(string list) => Entries(list).Select(NameOf).OfType<string>();

    /// <summary>
    /// What would reach out to this machine, or send a credential in clear: no matter for one's own kubeconfig, but for somebody
    /// else's.
    /// </summary>
    public IEnumerable<Problem> Foreign()
    {
        (string List, string Field, string Hint)[] fields =
        [
            ("clusters", "certificate-authority", "write the certificates into `certificate-authority-data`"),
            ("users", "client-certificate", "write it into `client-certificate-data`"),
            ("users", "client-key", "write it into `client-key-data`"),
            ("users", "tokenFile", "write the token into `token`"),
            ("users", "exec", "use a token or a client certificate: no program is run for it"),
            ("users", "auth-provider", "use a token or a client certificate"),
        ];
        foreach (var (list, field, hint) in fields)
            foreach (var entry in Entries(list))
                if ((entry[list[..^1]] as MappingNode)?[field] is { Kind: not NodeKind.Null } node)
                    yield return new(node.Location, $"`{field}` is not taken here", hint);
        foreach (var entry in Entries("clusters"))
            if ((entry["cluster"] as MappingNode)?["server"] is ScalarNode server
                && !server.Text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                yield return new(server.Location, "`server` is no `https` address", "credentials are not sent in clear");
    }

    /// <summary>An absolute path for one that stands in this file.</summary>
    public string Resolve(string path) =>
        System.IO.Path.GetFullPath(path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);

    private IEnumerable<MappingNode> Entries(string list) =>
        root[list] is SequenceNode sequence ? sequence.Items.ToArray().OfType<MappingNode>() : [];

    private static string? NameOf(MappingNode entry) => (entry["name"] as ScalarNode)?.Text;
}
