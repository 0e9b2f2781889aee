using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Images;

namespace GitOpsPolicy.Knowledge.Promotion;

/// <summary>Where resources say which version of something they deploy, as <c>versions.yaml</c> has it.</summary>
internal sealed class VersionTable
{
    private readonly ImmutableArray<Row> rows;

    private VersionTable(MappingNode root) => rows = [.. root["versions"].ItemsOf().ToArray().Select(Read)];

    /// <summary>The table that ships.</summary>
    public static VersionTable Shipped { get; } = new(KnowledgeData.Read("versions.yaml"));

    /// <summary>The versions of an object.</summary>
    public IEnumerable<DeployedVersion> Find(MappingNode root)
    {
        if (root.TextAt("kind") is not { } kind || root.TextAt("apiVersion") is not { } apiVersion) yield break;
        var name = $"{ImageFinder.GroupOf(apiVersion)}/{kind}";
        foreach (var row in rows.Where(row => row.Of.Contains(name)))
            foreach (var place in Places(root, row.At))
                if (VersionAt(place, row) is { } found) yield return found;
    }

    private static DeployedVersion? VersionAt(Node place, Row row)
    {
        var names = row.Name.Select(field => place.TextAt(field)).ToArray();
        if (names.Contains(null)) return null;
        var version = row.Version.Select(steps => place.At(steps)).FirstOrDefault(node => node.AsText() is { Length: > 0 });
        return version is null ? null : new(row.Kind, string.Join(' ', names), version.AsText()!, version);
    }

    private static IEnumerable<Node> Places(Node root, ReadOnlyMemory<string> steps)
    {
        if (steps.Length == 0) return [root];
        var step = steps.Span[0];
        if (step == "*") return root.ItemsOf().ToArray().SelectMany(item => Places(item, steps[1..]));
        return root.At(step) is { } below ? Places(below, steps[1..]) : [];
    }

    private static Row Read(Node node) => new(
        node.TextAt("kind")!,
        Texts(node.At("of")),
        node.TextAt("at")!.Split(' '),
        Texts(node.At("name")),
        [.. Texts(node.At("version")).Select(text => text.Split(' '))]);

    private static ImmutableArray<string> Texts(Node? list) => [.. list.ItemsOf().ToArray().Select(item => item.AsText()!)];

    private sealed record Row(
        string Kind, ImmutableArray<string> Of, string[] At, ImmutableArray<string> Name, ImmutableArray<string[]> Version);
}
