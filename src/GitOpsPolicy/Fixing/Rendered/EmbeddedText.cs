using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>A patch that stands within a kustomization, as a text of its own.</summary>
internal sealed class EmbeddedText
{
    private readonly ScalarNode holder;
    private readonly Document document;

    private EmbeddedText(ScalarNode holder, Document document) => (this.holder, this.document) = (holder, document);

    /// <summary>What the text says.</summary>
    public Node Root => document.Root;

    /// <summary>The patches of a kustomization.</summary>
    public static IEnumerable<EmbeddedText> Of(MappingNode kustomization) =>
        from list in (string[])["patches", "patchesStrategicMerge", "patchesJson6902"]
        from item in (kustomization[list] as SequenceNode)?.Items.ToArray() ?? []
        let text = item as ScalarNode ?? item.At("patch") as ScalarNode
        where text is { Kind: NodeKind.String } && text.Text.Contains('\n')
        let read = Read(text)
        where read is not null
        select new EmbeddedText(text, read);

    /// <summary>It is a part of an object of this kind.</summary>
    public bool IsPatchOf(KubernetesId id) => Root is MappingNode root && root.Text("kind") == id.Kind;

    /// <summary>An edit of the kustomization by which the text says something else; null where that cannot be.</summary>
    public SourceEdit? With(ImmutableArray<FixStep> steps)
    {
        if (FixableFile.Open(document, document.Source.Path) is not { } text || text.Find(steps, out var edits) is not null)
            return null;
        return SourceEdit.Of(new FixStep.Set(holder, ScalarNode.String(TextEdit.Apply(text.Text, edits))));
    }

    private static Document? Read(ScalarNode text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Text);
        var source = new TextFile($"{text.Location}", bytes);
        return YamlReader.Read(source, bytes, ReaderLimits.Default).TryGet(out var stream) && stream.Documents is [var only]
            ? only
            : null;
    }
}
