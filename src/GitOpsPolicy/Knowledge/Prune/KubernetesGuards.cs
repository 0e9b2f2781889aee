using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>
/// The guards that Kubernetes objects carry: annotations and labels of the tools that prune, and fields of the kinds themselves.
/// </summary>
internal static class KubernetesGuards
{
    /// <summary>The annotation with Argo CD's options.</summary>
    public const string ArgoOptions = "argocd.argoproj.io/sync-options";

    /// <summary>The guards of one object, whatever they stand against.</summary>
    /// <param name="root">The object as it was before the change.</param>
    /// <param name="group">API group.</param>
    /// <param name="kind">Kind.</param>
    public static List<Guard> Of(Node? root, string group, string kind)
    {
        var guards = new List<Guard>();
        if (root is not MappingNode mapping) return guards;
        var (metadata, name) = (mapping["metadata"], GuardTable.NameOf(group, kind));
        AddArgoOptions(metadata.At("annotations").At(ArgoOptions), guards);
        foreach (var row in GuardTable.Shipped.Marks) AddMark(row, metadata, name, guards);
        foreach (var row in GuardTable.Shipped.Fields) AddField(row, mapping, name, guards);
        KindGuards.Add(mapping, group, kind, guards);
        return guards;
    }

    /// <summary>The tools that an object says it is managed by; empty where it does not say.</summary>
    public static ImmutableArray<string> ManagersOf(Node? root)
    {
        var metadata = root.At("metadata");
        if (metadata is null) return [];
        var managers = ImmutableArray<string>.Empty;
        foreach (var row in GuardTable.Shipped.Managers)
        {
            var says = row.Annotation is { } annotation
                ? metadata.At("annotations").At(annotation)
                : metadata.At("labels").At(row.Label!);
            if (says is not null && !managers.Contains(row.Tool)) managers = managers.Add(row.Tool);
        }

        return managers;
    }

    /// <summary>An object says itself whether Argo CD prunes it, whatever its Application says.</summary>
    public static bool SaysPrune(Node? root) => OptionsOf(root.At("metadata", "annotations", ArgoOptions)).Any(
        word => word.StartsWith("Prune=", StringComparison.Ordinal));

    /// <summary>A kind fits one of the patterns; none means every kind.</summary>
    public static bool Fits(ImmutableArray<Glob> kinds, string name)
    {
        foreach (var glob in kinds)
            if (glob.Fits(name)) return true;
        return kinds.IsEmpty;
    }

    private static void AddArgoOptions(Node? options, List<Guard> guards)
    {
        foreach (var word in OptionsOf(options))
            foreach (var row in GuardTable.Shipped.Options)
                if (row.Option == word)
                    guards.Add(
                        new Guard($"{ArgoOptions} {word.Split('=')[0]}", $"`{word}` (Argo CD)", row.Effect, row.Reach, options!)
                        {
                            Tools = ["Argo CD"],
                        });
    }

    private static string[] OptionsOf(Node? options) =>
        options.AsText()?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static void AddMark(MarkRow row, Node? metadata, string name, List<Guard> guards)
    {
        var node = metadata.At("annotations").At(row.Key);
        if (node is null && row.OrLabel) node = metadata.At("labels").At(row.Key);
        if (node.AsText() is not { } text || !Fits(row.Kinds, name)) return;
        var comparison = row.AnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var value in row.Values)
        {
            if (!text.Trim().Equals(value, comparison)) continue;
            guards.Add(
                new Guard(row.Key, $"`{row.Key}: {value}` ({string.Join(" and ", row.Tools)})", row.Effect, row.Reach, node!)
                {
                    Tools = row.Tools,
                });
        }
    }

    private static void AddField(FieldRow row, MappingNode root, string name, List<Guard> guards)
    {
        if (!Fits(row.Kinds, name)) return;
        var (field, node) = (row.Path[^1], root.At(row.Path.AsSpan()));
        var text = (node as ScalarNode)?.Text;
        if (!row.Unless.IsEmpty && (text is null || !row.Unless.Contains(text)))
            guards.Add(new Guard(field, $"`{field}` is not `{row.Unless[0]}`", row.Effect, row.Reach, node ?? root));
        else if (text is not null && row.Values.Contains(text))
            guards.Add(new Guard(field, $"`{field}: {text}`", row.Effect, row.Reach, node!));
    }
}
