using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>Copies objects with another namespace. Every value keeps its place and its marks.</summary>
internal static class MetadataEdit
{
    private const string Namespace = "namespace";

    /// <summary>The object in a namespace; null takes the field out.</summary>
    public static Manifest WithNamespace(Manifest manifest, string? place)
    {
        var root = (MappingNode)manifest.Object;
        var copy = new MappingNode(
            [.. root.Entries.ToArray()
                .Select(entry => entry with { Value = entry.Key == "metadata" && entry.Value is MappingNode metadata
                    ? Edit(metadata, place)
                    : Copy(entry.Value) })],
            root.Position,
            root.Flags);
        if (root.Document is { } document) _ = new Document(document.Source, document.Index, copy);
        return manifest with { Object = copy };
    }

    private static MappingNode Edit(MappingNode metadata, string? place)
    {
        var kept = metadata.Entries.ToArray()
            .Where(static entry => entry.Key != Namespace)
            .Select(static entry => entry with { Value = Copy(entry.Value) });
        if (place is not null) kept = kept.Append(new(Namespace, metadata.Position, ScalarNode.String(place, metadata.Position)));
        return new([.. kept], metadata.Position, metadata.Flags);
    }

    private static Node Copy(Node node) => MaskOverlay.Apply(node, null, null);
}
