using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>A reference spread over several values, as charts and operators take them.</summary>
internal sealed record ImageParts
{
    private const string Artifact = "oci://";

    /// <summary>What stands before the repository; null for nothing.</summary>
    public Node? Registry { get; init; }

    /// <summary>The repository, or a whole reference without the parts given; null where something else names it.</summary>
    public Node? Repository { get; init; }

    /// <summary>The tag; null for none.</summary>
    public Node? Tag { get; init; }

    /// <summary>The digest, with or without its algorithm; null for none.</summary>
    public Node? Digest { get; init; }

    /// <summary>Where there is no tag, something else names it, such as the chart.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Name of the container; null where it has none.</summary>
    public string? Container { get; init; }

    /// <summary>The parts of a mapping such as <c>{ registry, repository, tag, digest }</c>, as charts spell it.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="globalRegistry">A registry that takes the place of the one given; null for none.</param>
    public static ImageParts OfValues(MappingNode mapping, Node? globalRegistry = null) => new()
    {
        Registry = Given(globalRegistry) ?? mapping["registry"],
        Repository = Given(mapping["repository"]) ?? Given(mapping["image"]) ?? mapping["name"],
        Tag = Given(mapping["tag"]) ?? mapping["imageTag"],
        Digest = Given(mapping["digest"]) ?? mapping["sha"],
        IsOpen = true,
    };

    /// <summary>Adds the image; nothing where no repository is named.</summary>
    public void AddTo(FoundImages found, ImageRole role)
    {
        if (Given(Repository) is not { } repository || found.Holds(repository)) return;
        if (new[] { Registry, repository, Tag, Digest }.FirstOrDefault(static part => part?.IsUnknown == true) is { } unknown)
        {
            found.Add(new FoundImage(unknown, "", role, Container));
            return;
        }

        var text = Text(repository);
        if (text.StartsWith(Artifact, StringComparison.Ordinal)) text = text[Artifact.Length..];
        var names = HasVersion(text);
        var raw = WithRegistry(text) + Suffix(":", Tag) + Suffix("@", Digest);
        found.Add(new FoundImage(repository, raw, role, Container)
        {
            Tag = Given(Tag),
            Digest = Given(Digest),
            IsOpen = IsOpen && !names && Given(Tag) is null && Given(Digest) is null,
            NumberTag = Tag is ScalarNode { Kind: NodeKind.Number } number
                    && number.Text.Contains('.')
                    && number.Text.EndsWith('0')
                ? number.Text
                : null,
        });
    }

    /// <summary>A value that says something.</summary>
    internal static Node? Given(Node? node) =>
        node is { IsUnknown: true }
            or ScalarNode { Kind: NodeKind.Number }
            or ScalarNode { Kind: NodeKind.String, Text.Length: > 0 }
            ? node
            : null;

    /// <summary>The text of a reference has a tag or digest of its own.</summary>
    internal static bool HasVersion(string text) => text.AsSpan(text.LastIndexOf('/') + 1).ContainsAny(':', '@');

    private string WithRegistry(string repository) =>
        Given(Registry) is { } registry && Text(registry).TrimEnd('/') is { Length: > 0 } host
            ? $"{host}/{repository}"
            : repository;

    private static string Suffix(string sign, Node? part)
    {
        if (Given(part) is not { } given) return "";
        var text = Text(given);
        return sign == "@" && !text.Contains(':') ? $"@sha256:{text}" : sign + text;
    }

    private static string Text(Node node) => ((ScalarNode)node).Text;
}
