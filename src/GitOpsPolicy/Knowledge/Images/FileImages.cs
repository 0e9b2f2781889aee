using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>
/// The images in the files of kustomize and Helm; those of other tools name what runs in pipelines, and are not looked for.
/// </summary>
internal static class FileImages
{
    /// <summary>Finds them.</summary>
    /// <param name="root">The file.</param>
    /// <param name="kind">What it is a file of.</param>
    /// <param name="found">Takes them.</param>
    public static void Find(MappingNode root, string kind, FoundImages found)
    {
        if (kind == "HelmValues") HelmValues.Find(root, found);
        if (kind != "Kustomization") return;
        if (root["images"] is { } images) KustomizeImages.Find(images, found);
        foreach (var chart in root["helmCharts"].ItemsOf())
            if (chart.At("valuesInline") is { } values) HelmValues.Find(values, found);
        foreach (var list in (string[])["patches", "patchesStrategicMerge", "patchesJson6902"])
            foreach (var patch in root[list].ItemsOf()) FindInPatch(patch is ScalarNode ? patch : patch.At("patch"), found);
    }

    // A patch that is written out: part of an object, or a list of operations. One that is a path does not read as either.
    private static void FindInPatch(Node? patch, FoundImages found)
    {
        if (patch.AsText() is not { } text || EmbeddedYaml.Read(text) is not { } documents) return;
        foreach (var document in documents)
        {
            foreach (var image in ImageFinder.Find(document.Root)) found.Add(image.Within(patch!));
            foreach (var operation in document.Root.ItemsOf())
                if (operation.TextAt("path")?.EndsWith("/image", StringComparison.Ordinal) == true
                    && operation.At("value") is { } value
                    && value.AsText() is { } raw)
                    found.Add(new FoundImage(value, raw, ImageRole.Container, null).Within(patch!));
        }
    }
}
