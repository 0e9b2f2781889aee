using System.Collections.Frozen;
using System.Text.Json;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>The attributes in which Terraform resources keep images.</summary>
internal static class TerraformImages
{
    private const int DeepestBlock = 12;

    private static readonly FrozenSet<string> ContainerBlocks =
        new[] { "container", "containers", "init_container", "primary_container", "sidecar" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Attributes whose name says that they hold an image, whatever the type.</summary>
    private static readonly FrozenSet<string> ImageAttributes =
        new[] { "image_uri", "image_identifier", "container_image", "docker_image", "docker_image_name" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Attributes whose text is JSON with containers in it.</summary>
    private static readonly FrozenSet<string> JsonAttributes =
        new[] { "container_definitions", "container_properties", "ecs_properties", "node_properties" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The images of the attributes of one resource; without a type, those whose names speak for themselves.</summary>
    public static void Find(MappingNode attributes, string? type, FoundImages found)
    {
        if (type is "docker_container" or "aws_codebuild_project" or "docker_service") AddPlain(attributes, type, found);
        if (attributes["manifest"] is MappingNode manifest && manifest.TextAt("kind") is { } kind && manifest.TextAt("apiVersion") is { } apiVersion)
            ImageFinder.FindInKubernetes(manifest, ImageFinder.GroupOf(apiVersion), kind, found);
        Search(attributes, found, DeepestBlock);
    }

    private static void AddPlain(MappingNode attributes, string type, FoundImages found)
    {
        var image = type == "aws_codebuild_project" ? attributes["environment"].Block()?["image"] : attributes["image"];
        ImageFinder.Add(image, ImageRole.Field, null, found);
    }

    private static void Search(Node node, FoundImages found, int depth)
    {
        if (depth == 0) return;
        foreach (var item in node.ItemsOf())
            if (item is not ScalarNode) Search(item, found, depth - 1);
        foreach (ref readonly var entry in node.EntriesOf())
        {
            if (ImageAttributes.Contains(entry.Key)) ImageFinder.Add(entry.Value, ImageRole.Field, null, found);
            else if (JsonAttributes.Contains(entry.Key)) AddJson(entry.Value, found);
            else if (entry.Value is not ScalarNode && entry.Key != "manifest")
            {
                if (ContainerBlocks.Contains(entry.Key)) AddBlocks(entry.Value, entry.Key, found);
                Search(entry.Value, found, depth - 1);
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
                    found.Add(new FoundImage(node, property.Value.GetString()!, ImageRole.Container, NameIn(element), $"{pointer}/{property.Name}"));
                else
                    SearchJson(property.Value, node, $"{pointer}/{property.Name}", found);
            }
        }
    }

    private static string? NameIn(JsonElement container) =>
        container.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
}
