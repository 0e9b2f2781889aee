using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>The images that kustomize puts in the place of those in the manifests.</summary>
internal static class KustomizeImages
{
    /// <summary>Finds them in a list of mappings, or of texts as Argo CD takes them.</summary>
    public static void Find(Node list, FoundImages found)
    {
        foreach (var item in list.ItemsOf())
        {
            if (item is MappingNode mapping) Add(mapping, found);
            else if (item.IsUnknown) ImageFinder.Add(item, ImageRole.Field, null, found);
            else if (item.AsText() is { } text)
                found.Add(new FoundImage(item, Replacement(text), ImageRole.Field, null)
                {
                    IsOpen = !ImageParts.HasVersion(Replacement(text)),
                });
        }
    }

    // Where only the name changes, the tag is the one in the manifests; where nothing but a name is given, nothing changes.
    private static void Add(MappingNode image, FoundImages found)
    {
        if (image["newName"] is null && image["newTag"] is null && image["digest"] is null) return;
        new ImageParts
        {
            Repository = ImageParts.Given(image["newName"]) ?? image["name"],
            Tag = image["newTag"],
            Digest = image["digest"],
            IsOpen = true,
        }.AddTo(found, ImageRole.Field);
    }

    // `app=registry.example.com/app:1` takes the place of `app`; without `=` the image takes its own.
    private static string Replacement(string text) => text[(text.IndexOf('=') + 1)..];
}
