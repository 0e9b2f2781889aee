using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>The images in single settings of a chart, such as <c>image.tag=1.2</c>: those of one image belong together.</summary>
internal static class HelmSettings
{
    /// <summary>Finds them in a list of <c>name</c> and <c>value</c>.</summary>
    public static void Find(SequenceNode settings, FoundImages found)
    {
        var byName = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var setting in settings.Items)
            if (setting.TextAt("name") is { } name && setting.At("value") is { } value) byName[name] = value;
        Find(byName, found);
    }

    /// <summary>Finds them among values, some of which may be under the whole name of a setting.</summary>
    public static void Find(MappingNode settings, FoundImages found)
    {
        var byName = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (ref readonly var entry in settings.Entries)
            if (entry.Key.Contains('.')) byName[entry.Key] = entry.Value;
        Find(byName, found);
    }

    private static void Find(Dictionary<string, Node> settings, FoundImages found)
    {
        foreach (var (name, value) in settings)
        {
            var dot = name.LastIndexOf('.');
            var (at, last) = (name[..Math.Max(dot, 0)], name[(dot + 1)..]);
            if (last == "repository" && HelmValues.IsImageKey(at[(at.LastIndexOf('.') + 1)..]))
                new ImageParts
                {
                    Registry = Of("registry"),
                    Repository = value,
                    Tag = Of("tag"),
                    Digest = Of("digest") ?? Of("sha"),
                    IsOpen = true,
                }.AddTo(found, ImageRole.Values);
            else if (HelmValues.IsImageKey(last)
                && (value.IsUnknown || (value.AsText() is { Length: > 0 } text && HelmValues.LooksLikeImage(text))))
                new ImageParts { Repository = value, IsOpen = true }.AddTo(found, ImageRole.Values);

            Node? Of(string part) => settings.GetValueOrDefault($"{at}.{part}");
        }
    }
}
