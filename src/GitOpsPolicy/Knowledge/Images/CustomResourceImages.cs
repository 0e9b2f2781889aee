using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>The images that custom resources keep outside a pod's shape, by the tables.</summary>
internal static class CustomResourceImages
{
    /// <summary>The images that the fields of this kind hold.</summary>
    public static void Find(MappingNode root, string group, string kind, FoundImages found)
    {
        var tables = ImageTables.Shipped;
        foreach (var path in tables.FieldsOf(group, kind)) PathWalk.Visit(root, path, node => AddField(node, found));
        foreach (var row in tables.PartsOf(group, kind)) PathWalk.Visit(root, row.At, place => AddParts(place, row, found));
        foreach (var path in tables.KustomizeOf(group, kind))
            PathWalk.Visit(root, path, list => KustomizeImages.Find(list, found));
        foreach (var path in tables.HelmOf(group, kind)) PathWalk.Visit(root, path, values => HelmValues.Find(values, found));
    }

    // A field may hold something else in other versions of its kind: only text, and a mapping that reads as an image, counts.
    private static void AddField(Node node, FoundImages found)
    {
        if (node is MappingNode mapping) ImageParts.OfValues(mapping).AddTo(found, ImageRole.Field);
        else ImageFinder.Add(node, ImageRole.Field, (node.Parent as MappingNode)?.TextAt("name"), found);
    }

    private static void AddParts(Node place, PartsRow row, FoundImages found)
    {
        if (row.Of(place, "unless") is not null) return;
        new ImageParts
        {
            Registry = row.Of(place, "registry"),
            Repository = row.Of(place, "repository"),
            Tag = row.Of(place, "tag"),
            Digest = row.Of(place, "digest") ?? row.Of(place, "sha"),
            IsOpen = row.Of(place, "open") is not null,
        }.AddTo(found, ImageRole.Field);
    }
}
