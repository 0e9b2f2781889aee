using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>
/// Tells for rendered values which source they come from, as well as it can be told without the tool's help: the same value at
/// the same place of an object of the same kind and name. Where nothing fits, the rendered text itself is the place.
/// </summary>
/// <param name="sources">The objects of the files, nearest first; a patch is nearer than what it patches.</param>
internal sealed class Origins(IReadOnlyList<RawObject> sources)
{
    private readonly ILookup<string, RawObject> byKind = sources.ToLookup(source => source.Kind, StringComparer.Ordinal);

    /// <summary>Tells the origins of rendered objects.</summary>
    public void Tell(IEnumerable<RawObject> rendered, RenderedFile text)
    {
        foreach (var item in rendered)
        {
            var nodes = Candidates(item);
            if (nodes.Count > 0) Tell(item.Node, nodes, text);
        }
    }

    // A prefix, a suffix or a hash may have been put to the name; then only one source may be meant by it.
    private List<Node> Candidates(RawObject rendered) => SourcesOf(rendered).ConvertAll(static source => (Node)source.Node);

    /// <summary>The objects that a rendered one is made of, nearest first.</summary>
    public List<RawObject> SourcesOf(RawObject rendered)
    {
        var name = NameOf(rendered) ?? "";
        var exact = byKind[rendered.Kind].Where(source => NameOf(source) == name).ToList();
        if (exact.Count > 0) return InNamespaceOf(rendered, exact);
        var within = byKind[rendered.Kind]
            .Where(source => NameOf(source) is { } part && name.Contains(part, StringComparison.Ordinal))
            .ToList();
        return within.DistinctBy(NameOf).Count() == 1 ? within : [];
    }

    // The namespace may have been put in by the kustomization, so it only decides between several.
    private static List<RawObject> InNamespaceOf(RawObject rendered, List<RawObject> sources)
    {
        var place = rendered.Node.Text("metadata", "namespace");
        var fitting = sources.FindAll(source =>
            source.Node.Text("metadata", "namespace") is var found && (found is null || found == place));
        return fitting.Count > 0 ? fitting : sources;
    }

    private static string? NameOf(RawObject item) => item.Node.Text("metadata", "name");

    private static void Tell(Node rendered, List<Node> sources, RenderedFile text)
    {
        if (rendered is ScalarNode)
        {
            if (sources.Find(source => NodeEquality.AreEqual(rendered, source)) is { } origin)
                text.SetOrigin(rendered.Position, origin.Location);
            return;
        }

        // What holds other values is best seen where it was declared, which is in the source farthest away.
        if (sources.FindLast(source => source.Kind == rendered.Kind) is { } declared)
            text.SetOrigin(rendered.Position, declared.Location);
        if (rendered is MappingNode mapping)
        {
            foreach (ref readonly var entry in mapping.Entries)
                TellChild(entry.Value, sources, Below(entry.Key), text);
        }
        else if (rendered is SequenceNode sequence)
        {
            for (var i = 0; i < sequence.Count; i++) TellChild(sequence[i], sources, ItemLike(sequence[i], i), text);
        }
    }

    private static void TellChild(Node child, List<Node> sources, Func<Node, Node?> counterpart, RenderedFile text)
    {
        var below = new List<Node>(sources.Count);
        foreach (var source in sources)
            if (counterpart(source) is { } found) below.Add(found);
        if (below.Count > 0) Tell(child, below, text);
    }

    private static Func<Node, Node?> Below(string key) => source => source is MappingNode mapping ? mapping[key] : null;

    // Patches and reordering move items; those with a name are recognised by it, as in a strategic merge.
    private static Func<Node, Node?> ItemLike(Node item, int index) => source =>
    {
        if (source is not SequenceNode sequence) return null;
        if (item.Text("name") is not { } name) return index < sequence.Count ? sequence[index] : null;
        foreach (var candidate in sequence.Items)
            if (candidate.Text("name") == name) return candidate;
        return null;
    };
}
