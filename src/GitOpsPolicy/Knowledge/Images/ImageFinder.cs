using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>
/// Every image that an object names: the pod shapes of Kubernetes wherever they lie, the fields that custom resources keep images
/// in, and the Terraform attributes that hold them.
/// </summary>
internal static class ImageFinder
{
    /// <summary>Pod shapes nested deeper than this are not looked for.</summary>
    private const int DeepestPodShape = 24;

    /// <summary>
    /// The images of a Kubernetes object, of the attributes of a Terraform resource, or of a file of kustomize or Helm.
    /// </summary>
    /// <param name="root">The object; null has none.</param>
    /// <param name="id">What it is, where that is known; without it an object tells by itself, and of attributes those that speak
    /// for themselves are read.</param>
    public static List<FoundImage> Find(Node? root, ResourceId? id = null)
    {
        var found = new FoundImages();
        if (root is not MappingNode mapping) return found.All;
        if (id is FileId file) FileImages.Find(mapping, file.Kind, found);
        else if (id is not TerraformId && mapping.TextAt("kind") is { } kind && mapping.TextAt("apiVersion") is { } apiVersion)
            FindInKubernetes(mapping, GroupOf(apiVersion), kind, found);
        else
            TerraformImages.Find(mapping, (id as TerraformId)?.Type, found);
        return found.All;
    }

    /// <summary>Some texts of the object are read as documents, which takes its time.</summary>
    public static bool ReadsTexts(Node? root, ResourceId? id) =>
        id is TerraformId or FileId
        || (root.TextAt("kind") is { } kind
            && root.TextAt("apiVersion") is { } apiVersion
            && !ImageTables.Shipped.HelmOf(GroupOf(apiVersion), kind).IsEmpty);

    /// <summary>The images of one Kubernetes object.</summary>
    internal static void FindInKubernetes(MappingNode root, string group, string kind, FoundImages found)
    {
        if (kind.EndsWith("List", StringComparison.Ordinal) && root["items"] is SequenceNode items)
        {
            foreach (var item in items.Items)
                foreach (var image in Find(item)) found.Add(image);
            return;
        }

        switch (PodShapes.Of(group, kind))
        {
            case { } path:
                AddPod(root.At(path), found);
                break;
            case null when !PodShapes.HoldsNone(group, kind):
                CustomResourceImages.Find(root, group, kind, found);
                SearchPodShapes(root, found, DeepestPodShape);
                break;
            default:
                break;
        }
    }

    /// <summary>The images of the container lists, and of the image volumes, of one pod.</summary>
    internal static void AddPod(Node? spec, FoundImages found)
    {
        if (spec is not MappingNode pod) return;
        AddContainers(pod["initContainers"], ImageRole.InitContainer, found);
        AddContainers(pod["containers"], ImageRole.Container, found);
        AddContainers(pod["ephemeralContainers"], ImageRole.EphemeralContainer, found);
        foreach (var volume in pod["volumes"].ItemsOf())
            Add(volume.At("image").At("reference"), ImageRole.Volume, volume.TextAt("name"), found);
    }

    /// <summary>The images of a list of containers.</summary>
    internal static void AddContainers(Node? containers, ImageRole role, FoundImages found)
    {
        foreach (var container in containers.ItemsOf()) Add(container.At("image"), role, container.TextAt("name"), found);
    }

    /// <summary>One image; nothing where there is no text and nothing unknown, or where the value was found already.</summary>
    internal static void Add(Node? image, ImageRole role, string? container, FoundImages found)
    {
        if (image is null || found.Holds(image)) return;
        if (image.IsUnknown) found.Add(new FoundImage(image, "", role, container));
        else if (image.AsText() is { } text) found.Add(new FoundImage(image, text, role, container));
    }

    /// <summary>The API group of an <c>apiVersion</c>; empty for the core group.</summary>
    internal static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/');
        return slash < 0 ? "" : apiVersion[..slash];
    }

    // A mapping with a list of containers is a pod's specification, whatever kind it lies in.
    private static void SearchPodShapes(Node node, FoundImages found, int depth)
    {
        if (depth == 0) return;
        if (node is MappingNode mapping)
        {
            if (mapping["containers"] is SequenceNode || mapping["initContainers"] is SequenceNode) AddPod(mapping, found);
            foreach (ref readonly var entry in mapping.Entries)
                if (entry.Value is not ScalarNode
                    && entry.Key is not ("containers" or "initContainers" or "ephemeralContainers" or "metadata" or "status"))
                    SearchPodShapes(entry.Value, found, depth - 1);
        }
        else if (node is SequenceNode sequence)
        {
            foreach (var item in sequence.Items)
                if (item is not ScalarNode) SearchPodShapes(item, found, depth - 1);
        }
    }
}
