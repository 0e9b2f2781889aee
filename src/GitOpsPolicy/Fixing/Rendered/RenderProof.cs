using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>
/// Tells by rendering whether an edit does what it is for: of everything that the files are made into, nothing may become another
/// but places that live otherwise, and those have to become what lives.
/// </summary>
internal sealed class RenderProof : IDisposable
{
    private readonly EditedTree tree;
    private readonly AdoptionRender render;
    private readonly IReadOnlyList<RenderedChange> changes;
    private Dictionary<KubernetesId, Node> said;
    private Action takeBack = static () => { };

    private RenderProof(
        EditedTree tree, AdoptionRender render, IReadOnlyList<RenderedChange> changes, Dictionary<KubernetesId, Node> said) =>
        (this.tree, this.render, this.changes, this.said) = (tree, render, changes, said);

    /// <summary>How often the files were rendered.</summary>
    public int Renders { get; private set; } = 1;

    /// <summary>Renders the files as they are; null where that does not give what was compared.</summary>
    public static RenderProof? Open(FileTree files, AdoptionRender render, IReadOnlyList<RenderedChange> changes)
    {
        var edited = new EditedTree(files);
        if (Made(render, edited) is { } first
            && changes.All(change =>
                first.TryGetValue(change.Id, out var node) && NodeEquality.AreEqual(node, change.Change.Before)))
            return new(edited, render, changes, first);
        edited.Dispose();
        return null;
    }

    /// <summary>Tries what a file would say. Where it is proven it counts from then on, for what is tried next.</summary>
    /// <param name="path">The file.</param>
    /// <param name="says">What it would say.</param>
    /// <param name="aim">The place that the edit is for.</param>
    /// <param name="taken">The places that come to say what lives, the one it is for among them.</param>
    /// <returns>Why it is not taken; null where it is.</returns>
    public AdoptionRefusal? Try(
        string path, ReadOnlyMemory<byte> says, RenderedPlace aim, out IReadOnlyList<RenderedPlace> taken)
    {
        taken = [];
        ReadOnlyMemory<byte>? before = tree.TryRead(path, out var bytes, out _) ? bytes : null;
        tree.Put(path, says);
        Renders++;
        var earlier = said;
        takeBack = () =>
        {
            tree.Put(path, before);
            said = earlier;
        };
        var refusal = Made(render, tree) is { } made ? Check(made, aim, out taken) : AdoptionRefusals.NotRendered;
        if (refusal is not null) takeBack();
        return refusal;
    }

    /// <summary>What was tried last does not count after all.</summary>
    public void TakeBack() => takeBack();

    /// <inheritdoc/>
    public void Dispose() => tree.Dispose();

    private AdoptionRefusal? Check(
        Dictionary<KubernetesId, Node> made, RenderedPlace aim, out IReadOnlyList<RenderedPlace> taken)
    {
        var gone = new List<RenderedPlace>();
        taken = gone;
        if (made.Count != said.Count || !made.Keys.All(said.ContainsKey)) return AdoptionRefusals.OtherObjects;
        foreach (var (id, node) in made)
            if (!NodeEquality.AreEqual(said[id], node) && Check(id, node, gone) is { } refusal) return refusal;
        if (!gone.Contains(aim)) return AdoptionRefusals.Rendered;
        said = made;
        return null;
    }

    private AdoptionRefusal? Check(KubernetesId id, Node node, List<RenderedPlace> gone)
    {
        if (changes.FirstOrDefault(change => change.Id == id) is not { } change) return AdoptionRefusals.Touches(id);
        if (!new OtherPlaces(change).AreAll(change.Change.Before!, node)) return AdoptionRefusals.Touches(id);
        var left = change.DifferencesTo(node);
        foreach (var place in change.Places.Where(static place => !place.IsTaken))
        {
            if (left.RemoveAll(place.IsSameAs) > 0) continue;
            if (!place.IsWanted) return AdoptionRefusals.Touches(id);
            gone.Add(place);
        }

        return left.Count == 0 ? null : AdoptionRefusals.Rendered;
    }

    // Null, too, where two objects have one name: a host holds such a commit, and knows neither.
    private static Dictionary<KubernetesId, Node>? Made(AdoptionRender render, FileTree tree)
    {
        if (render.Render(tree) is not { } objects) return null;
        var made = new Dictionary<KubernetesId, Node>();
        return objects.All(one => made.TryAdd(one.Id, one.Object)) ? made : null;
    }
}
