using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>
/// The images in the values of a chart, which names them as its author liked: mostly <c>image: { registry, repository, tag,
/// digest }</c>, or a text under a key that ends in <c>image</c>. What has no repository, or may as well be no image, is passed
/// over: the rendered manifests tell.
/// </summary>
internal static class HelmValues
{
    private const int DeepestValue = 24;

    /// <summary>
    /// Finds the images in values, in the text of a YAML file with values, or in a list of settings with <c>name</c> and
    /// <c>value</c>.
    /// </summary>
    public static void Find(Node values, FoundImages found)
    {
        switch (values)
        {
            case SequenceNode { Count: > 0 } list when list[0] is MappingNode:
                HelmSettings.Find(list, found);
                break;
            case SequenceNode texts:
                foreach (var item in texts.Items) Find(item, found);
                break;
            case MappingNode mapping:
                HelmSettings.Find(mapping, found);
                Walk(mapping, "", GlobalRegistry(mapping), found, DeepestValue);
                break;
            default:
                FindInText(values, found);
                break;
        }
    }

    /// <summary>Values under this key are images.</summary>
    internal static bool IsImageKey(string key) => key is "image" || key.EndsWith("Image", StringComparison.Ordinal);

    /// <summary>The text can be nothing but an image: it has a path or a version, and is neither an address nor a file.</summary>
    internal static bool LooksLikeImage(string text) =>
        text.AsSpan().ContainsAny('/', ':', '@')
            && !text.Contains("://", StringComparison.Ordinal)
            && text[0] is not ('/' or '.')
            && !IsPicture(text);

    private static void FindInText(Node node, FoundImages found)
    {
        if (node.AsText() is not { } text || EmbeddedYaml.Read(text) is not { } documents) return;
        var inner = new FoundImages();
        foreach (var document in documents) Walk(document.Root, "", GlobalRegistry(document.Root), inner, DeepestValue);
        foreach (var image in inner.All) found.Add(image.Within(node));
    }

    private static void Walk(Node node, string key, Node? globalRegistry, FoundImages found, int depth)
    {
        if (depth == 0) return;
        foreach (var item in node.ItemsOf())
            if (item is not ScalarNode) Walk(item, key, globalRegistry, found, depth - 1);
        if (node is not MappingNode mapping) return;
        if (IsImage(mapping, key))
        {
            ImageParts.OfValues(mapping, RegistryFor(mapping, globalRegistry)).AddTo(found, ImageRole.Values);
            return;
        }

        foreach (ref readonly var entry in mapping.Entries)
        {
            if (entry.Value is not ScalarNode scalar) Walk(entry.Value, entry.Key, globalRegistry, found, depth - 1);
            else if (IsImageKey(entry.Key)) AddText(mapping, scalar, found);
        }
    }

    private static bool IsImage(MappingNode mapping, string key)
    {
        if (mapping["repository"] is ScalarNode { Kind: NodeKind.String } repository)
            return !IsSource(repository.Text)
                && (IsImageKey(key) || HasAny(mapping, "tag", "digest", "sha", "pullPolicy", "registry"));
        return IsImageKey(key)
            && (mapping["image"] ?? mapping["name"]) is ScalarNode { Kind: NodeKind.String }
            && HasAny(mapping, "tag", "digest", "registry");
    }

    private static bool HasAny(MappingNode mapping, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (mapping.TryGet(key, out _)) return true;
        return false;
    }

    // Charts, Git repositories and other addresses have a `repository` too.
    private static bool IsSource(string text) =>
        (text.Contains("://", StringComparison.Ordinal) && !text.StartsWith("oci://", StringComparison.Ordinal))
            || text.StartsWith("git@", StringComparison.Ordinal)
            || text.EndsWith(".git", StringComparison.Ordinal);

    private static void AddText(MappingNode mapping, ScalarNode image, FoundImages found)
    {
        if (image.IsUnknown) ImageFinder.Add(image, ImageRole.Values, null, found);
        if (image.AsText() is not { Length: > 0 } text) return;
        var tag = ImageParts.HasVersion(text) ? null : mapping["imageTag"] ?? mapping["tag"];
        if (tag is null && !LooksLikeImage(text)) return;
        new ImageParts
        {
            Repository = image,
            Tag = tag,
            IsOpen = true,
            Container = mapping.TextAt("name"),
        }.AddTo(found, ImageRole.Values);
    }

    private static Node? GlobalRegistry(Node values) =>
        ImageParts.Given(values.At("global", "imageRegistry")) ?? ImageParts.Given(values.At("global", "image", "registry"));

    // Charts lay the global registry over the one of an image, not over a host within its repository.
    private static Node? RegistryFor(MappingNode mapping, Node? globalRegistry) =>
        mapping["registry"] is not null || mapping.TextAt("repository")?.Split('/')[0].AsSpan().ContainsAny('.', ':') != true
            ? globalRegistry
            : null;

    private static bool IsPicture(string text) =>
        text[(text.LastIndexOf('.') + 1)..] is "png" or "svg" or "jpg" or "jpeg" or "gif" or "ico" or "webp" or "iso" or "img"
            or "qcow2";
}
