using System.Collections.Frozen;
using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>The names of the fields that one reference is spread over, at a place.</summary>
/// <param name="At">The place.</param>
/// <param name="Names">Field by part: <c>registry</c>, <c>repository</c>, <c>tag</c>, <c>digest</c>, <c>sha</c>, <c>open</c>,
/// <c>unless</c>.</param>
internal sealed record PartsRow(string[] At, FrozenDictionary<string, string[]> Names)
{
    /// <summary>The value of a part; null for none.</summary>
    public Node? Of(Node place, string part) => Names.TryGetValue(part, out var steps) ? place.At(steps) : null;
}

/// <summary>What <c>images.yaml</c> says about where resources keep images.</summary>
internal sealed class ImageTables
{
    private static readonly Lazy<ImageTables> Read = new(static () => new(KnowledgeData.Read("images.yaml")));

    private readonly FrozenSet<string> groupsWithoutPods;
    private readonly FrozenDictionary<string, ImmutableArray<string[]>> fields;
    private readonly FrozenDictionary<string, ImmutableArray<string[]>> kustomize;
    private readonly FrozenDictionary<string, ImmutableArray<string[]>> helm;
    private readonly FrozenDictionary<string, ImmutableArray<PartsRow>> parts;

    private ImageTables(MappingNode data)
    {
        groupsWithoutPods = Texts(data["groupsWithoutPods"]);
        fields = Paths(data["fields"]);
        kustomize = Paths(data["kustomize"]);
        helm = Paths(data["helm"]);
        parts = data["parts"].ItemsOf()
            .ToArray()
            .SelectMany(row => row.At("kinds").ItemsOf().ToArray().Select(kind => (Kind: kind.AsText()!, Row: Parts(row))))
            .GroupBy(static pair => pair.Kind, StringComparer.Ordinal)
                .ToFrozenDictionary(
                    static group => group.Key, static group => group.Select(static pair => pair.Row).ToImmutableArray(),
                    StringComparer.Ordinal);
        Terraform = new(data["terraform"]!);
        LookAlikes = new(data["lookAlikes"]!);
    }

    /// <summary>The tables that ship.</summary>
    public static ImageTables Shipped => Read.Value;

    /// <summary>Attributes of Terraform resources.</summary>
    public TerraformTable Terraform { get; }

    /// <summary>Hosts that pose as well-known registries.</summary>
    public LookAlikeTable LookAlikes { get; }

    /// <summary>No kind of the group holds a pod, but for those of Kubernetes' own.</summary>
    public bool HoldsNoPods(string group) => groupsWithoutPods.Contains(group);

    /// <summary>Fields with a whole reference.</summary>
    public ImmutableArray<string[]> FieldsOf(string group, string kind) => Of(fields, group, kind);

    /// <summary>Lists of images that take the place of others.</summary>
    public ImmutableArray<string[]> KustomizeOf(string group, string kind) => Of(kustomize, group, kind);

    /// <summary>Values of Helm charts.</summary>
    public ImmutableArray<string[]> HelmOf(string group, string kind) => Of(helm, group, kind);

    /// <summary>References spread over several fields.</summary>
    public ImmutableArray<PartsRow> PartsOf(string group, string kind) => Of(parts, group, kind);

    private static ImmutableArray<T> Of<T>(FrozenDictionary<string, ImmutableArray<T>> table, string group, string kind) =>
        table.TryGetValue($"{group}/{kind}", out var exact) || table.TryGetValue($"{group}/*", out exact) ? exact : [];

    private static PartsRow Parts(Node row) => new(
        Steps(row.TextAt("at")!),
        row.EntriesOf()
            .ToArray()
            .Where(static entry => entry.Key is not ("kinds" or "at"))
            .ToFrozenDictionary(static entry => entry.Key, static entry => Steps(entry.Value.AsText()!), StringComparer.Ordinal));

    private static FrozenDictionary<string, ImmutableArray<string[]>> Paths(Node? table) =>
        table.EntriesOf()
            .ToArray()
            .ToFrozenDictionary(
                static entry => entry.Key,
                static entry => entry.Value.ItemsOf().ToArray().Select(static path => Steps(path.AsText()!)).ToImmutableArray(),
                StringComparer.Ordinal);

    private static FrozenSet<string> Texts(Node? list) =>
        list.ItemsOf().ToArray().Select(static item => item.AsText()!).ToFrozenSet(StringComparer.Ordinal);

    private static string[] Steps(string path) => path.Split('.');

    /// <summary>Where Terraform resources keep images.</summary>
    internal sealed class TerraformTable(Node data)
    {
        private readonly FrozenDictionary<string, ImmutableArray<string[]>> fields = Paths(data.At("fields"));
        private readonly FrozenDictionary<string, ImmutableArray<string[]>> helm = Paths(data.At("helm"));
        private readonly FrozenDictionary<string, ImmutableArray<string[]>> manifests = Paths(data.At("manifests"));

        /// <summary>Attributes whose name says that they hold an image.</summary>
        public FrozenSet<string> Attributes { get; } = Texts(data.At("attributes"));

        /// <summary>Blocks with <c>image</c> and <c>name</c>.</summary>
        public FrozenSet<string> Blocks { get; } = Texts(data.At("blocks"));

        /// <summary>Attributes whose text is JSON with containers in it.</summary>
        public FrozenSet<string> Json { get; } = Texts(data.At("json"));

        /// <summary>Attributes of a type that hold an image.</summary>
        public ImmutableArray<string[]> FieldsOf(string? type) =>
            type is not null && fields.TryGetValue(type, out var paths) ? paths : [];

        /// <summary>Attributes of a type that hold values of a Helm chart.</summary>
        public ImmutableArray<string[]> HelmOf(string? type) =>
            type is not null && helm.TryGetValue(type, out var paths) ? paths : [];

        /// <summary>Attributes of a type that hold the text of a manifest.</summary>
        public ImmutableArray<string[]> ManifestsOf(string? type) =>
            type is not null && manifests.TryGetValue(type, out var paths) ? paths : [];
    }

    /// <summary>Hosts that pose as well-known registries.</summary>
    internal sealed class LookAlikeTable(Node data)
    {
        /// <summary>The well-known registries.</summary>
        public ImmutableArray<string> WellKnown { get; } = [.. data.At("wellKnown")
            .ItemsOf()
            .ToArray()
            .Select(static item => item.AsText()!)];

        /// <summary>The registry that a misspelt host is meant to be.</summary>
        public FrozenDictionary<string, string> Misspelt { get; } = data.At("misspelt").EntriesOf().ToArray()
            .SelectMany(static entry => entry.Value.ItemsOf()
                .ToArray()
                .Select(item => (Misspelt: item.AsText()!, Meant: entry.Key)))
            .ToFrozenDictionary(static pair => pair.Misspelt, static pair => pair.Meant, StringComparer.Ordinal);
    }
}
