using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Values that are secret by their place alone, however short or ordinary they look: what SOPS should have encrypted, what stands
/// in the template of an external secret, what is written into a store instead of referred to. Rules report them, and no report
/// may show them.
/// </summary>
internal static class SensitivePlaces
{
    /// <summary>The values of an object that are secret by their place.</summary>
    public static IEnumerable<Node> Of(Node root)
    {
        if (root.At("sops") is MappingNode) return Sops.Check(root).Plain;
        return root.TextAt("apiVersion") is { } version && version.Contains("external-secrets.io/", StringComparison.Ordinal)
            ? OfExternal(root.At("spec"))
            : [];
    }

    private static List<Node> OfExternal(Node? spec)
    {
        var found = new List<Node>();
        Gather(spec, "", false, found);
        return found;
    }

    // `target.template.data`, `template.data`, `templateFrom[].literal`; and in stores whatever stands under the name of a
    // secret.
    private static void Gather(Node? node, string key, bool isTemplate, List<Node> found)
    {
        foreach (var item in node.ItemsOf()) Gather(item, key, isTemplate, found);
        foreach (ref readonly var entry in node.EntriesOf())
            Gather(entry.Value, entry.Key, isTemplate || key is "template", found);
        if (node.AsText() is not { Length: > 0 } text || Placeholders.IsPlaceholder(text)) return;
        var isNamed = SecretNames.Classify(key) != NameClass.None
            || key.Equals("authorization", StringComparison.OrdinalIgnoreCase);
        if (isNamed || (isTemplate && IsTemplateText(node!))) found.Add(node!);
    }

    private static bool IsTemplateText(Node node) =>
        node.Parent is MappingNode parent
            && (ReferenceEquals(parent["literal"], node)
                || (parent.Parent is MappingNode above && ReferenceEquals(above["data"], parent)));
}
