using System.Text.Json;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>The attributes in which Terraform resources keep images.</summary>
internal static class TerraformImages
{
    private const int DeepestBlock = 12;

    /// <summary>The images of the attributes of one resource; without a type, those whose names speak for themselves.</summary>
    public static void Find(MappingNode attributes, string? type, FoundImages found)
    {
        var table = ImageTables.Shipped.Terraform;
        foreach (var path in table.FieldsOf(type))
            PathWalk.VisitBlocks(attributes, path, image => ImageFinder.Add(image, ImageRole.Field, null, found));
        foreach (var path in table.HelmOf(type)) PathWalk.Visit(attributes, path, values => HelmValues.Find(values, found));
        foreach (var path in table.ManifestsOf(type)) PathWalk.Visit(attributes, path, text => AddManifest(text, found));
        if (attributes["manifest"] is MappingNode manifest
            && manifest.TextAt("kind") is { } kind
            && manifest.TextAt("apiVersion") is { } apiVersion)
            ImageFinder.FindInKubernetes(manifest, ImageFinder.GroupOf(apiVersion), kind, found);
        Search(attributes, table, found, DeepestBlock);
    }

    // The text of a manifest; the images point to the text.
    private static void AddManifest(Node node, FoundImages found)
    {
        if (node.IsUnknown) ImageFinder.Add(node, ImageRole.Container, null, found);
        if (node.AsText() is not { } text || EmbeddedYaml.Read(text) is not { } documents) return;
        foreach (var document in documents)
            foreach (var image in ImageFinder.Find(document.Root)) found.Add(image.Within(node));
    }

    private static void Search(Node node, ImageTables.TerraformTable table, FoundImages found, int depth)
    {
        if (depth == 0) return;
        foreach (var item in node.ItemsOf())
            if (item is not ScalarNode) Search(item, table, found, depth - 1);
        foreach (ref readonly var entry in node.EntriesOf())
        {
            if (table.Attributes.Contains(entry.Key)) ImageFinder.Add(entry.Value, ImageRole.Field, null, found);
            else if (table.Json.Contains(entry.Key)) AddJson(entry.Value, found);
            else if (entry.Value is not ScalarNode && entry.Key != "manifest")
            {
                if (table.Blocks.Contains(entry.Key)) AddBlocks(entry.Value, entry.Key, found);
                Search(entry.Value, table, found, depth - 1);
            }
        }
    }

    private static void AddBlocks(Node blocks, string name, FoundImages found)
    {
        var role = name == "init_container" ? ImageRole.InitContainer : ImageRole.Container;
        if (blocks is MappingNode) ImageFinder.Add(blocks.At("image"), role, blocks.TextAt("name"), found);
        else ImageFinder.AddContainers(blocks, role, found);
    }

    private static void AddJson(Node node, FoundImages found)
    {
        if (node.IsUnknown) ImageFinder.Add(node, ImageRole.Container, null, found);
        if (node.AsText() is not { } text) return;
        try
        {
            using var json = JsonDocument.Parse(text);
            SearchJson(json.RootElement, node, "", found);
        }
        catch (JsonException)
        {
            // Text that is not JSON is the provider's to refuse; it names no image that could be read.
        }
    }

    private static void SearchJson(JsonElement element, Node node, string pointer, FoundImages found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray()) SearchJson(item, node, $"{pointer}/{index++}", found);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (property.Name is "image" or "Image" && property.Value.ValueKind == JsonValueKind.String)
                    found.Add(new FoundImage(
                        node, property.Value.GetString()!, ImageRole.Container, NameIn(element), $"{pointer}/{property.Name}"));
                else
                    SearchJson(property.Value, node, $"{pointer}/{property.Name}", found);
            }
        }
    }

    private static string? NameIn(JsonElement container) =>
        container.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
}
