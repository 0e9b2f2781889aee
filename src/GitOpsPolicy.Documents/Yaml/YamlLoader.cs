using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOpsPolicy.Documents;

/// <summary>Turns the events of a YAML text into documents, one event at a time and never recursively.</summary>
internal sealed class YamlLoader(SourceFile file, ReadOnlyMemory<byte> text, ReaderLimits limits, YamlDialect dialect)
{
    private readonly NodeBuilder builder = new(file, limits);
    private readonly YamlScalars scalars = new(file, dialect);
    private readonly ImmutableArray<Document>.Builder documents = ImmutableArray.CreateBuilder<Document>();
    private readonly Dictionary<string, Anchored> anchors = new(StringComparer.Ordinal);
    private readonly Stack<(int Depth, Anchored Anchored)> openAnchors = new();
    private readonly YamlEvents events = new(file, text);
    private AliasBudget budget = new(file, limits);
    private int index = -1;
    private int flowDepth;
    private bool hasMerge;
    private bool isEmpty;

    /// <summary>Reads to the end of the text.</summary>
    /// <exception cref="MalformedTextException">The text is no YAML, is ambiguous, or is larger than the limits
    /// allow.</exception>
    public ImmutableArray<Document> Load()
    {
        while (events.Next() is { } happening) On(happening);
        return documents.DrainToImmutable();
    }

    private void On(ParsingEvent happening)
    {
        switch (happening)
        {
            case Scalar scalar:
                OnScalar(scalar);
                break;
            case MappingStart or SequenceStart:
                OnStart((NodeEvent)happening);
                break;
            case MappingEnd or SequenceEnd:
                OnEnd();
                break;
            case AnchorAlias alias:
                OnAlias(alias);
                break;
            case DocumentStart start:
                OnDocumentStart(start);
                break;
            case DocumentEnd:
                if (!isEmpty) documents.Add(new(file, index, builder.Root!));
                break;
            default:
                break;
        }
    }

    private void OnDocumentStart(DocumentStart start)
    {
        if (start.IsImplicit && index >= 0)
            throw Refuse(start, "text after `...`, which Kubernetes does not read", "start the next document with `---`");
        if (++index >= limits.MaxDocuments)
            throw Refuse(start, $"the text holds more than {limits.MaxDocuments:N0} documents", "split it");
        builder.Reset();
        anchors.Clear();
        openAnchors.Clear();
        budget = new(file, limits);
        hasMerge = isEmpty = false;
        flowDepth = 0;
    }

    private void OnScalar(Scalar scalar)
    {
        var at = PositionOf(scalar);
        if (flowDepth > 0) RequirePlainInFlow(scalar);
        var node = scalars.Read(scalar, at);
        isEmpty = builder.Depth == 0 && node.Kind == NodeKind.Null && scalar.Value.Length == 0;
        if (!scalar.Anchor.IsEmpty) anchors[scalar.Anchor.Value] = new(node);
        if (!builder.WantsKey) builder.Add(node);
        else if (IsMerge(scalar)) AddMergeKey(at);
        else builder.Key(scalars.KeyOf(node), at);
    }

    // go-yaml takes any `?` there for the sign of a key.
    private void RequirePlainInFlow(Scalar scalar)
    {
        if (scalar.Style == ScalarStyle.Plain && scalar.Value.StartsWith('?'))
            throw Refuse(scalar, "`?` starts a key here", "put the text in quotes");
    }

    private static bool IsMerge(Scalar scalar) =>
        scalar is { Value: YamlMerge.Indicator, Style: ScalarStyle.Plain } && scalar.Tag.IsEmpty;

    private void AddMergeKey(SourcePosition at)
    {
        hasMerge = true;
        builder.Key(YamlMerge.Key, at);
    }

    private void OnStart(NodeEvent start)
    {
        var kind = start is MappingStart ? NodeKind.Mapping : NodeKind.Sequence;
        if (builder.WantsKey)
            throw Refuse(start, kind == NodeKind.Mapping ? "a mapping as a key" : "a list as a key", "JSON has only text keys");
        scalars.RequireCollectionTag(start, kind, PositionOf(start));
        if (!start.Anchor.IsEmpty) openAnchors.Push((builder.Depth, anchors[start.Anchor.Value] = new(null)));
        if (IsFlow(start)) flowDepth++;
        builder.Open(kind, PositionOf(start));
    }

    private static bool IsFlow(NodeEvent start) =>
        start is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow };

    private void OnEnd()
    {
        if (flowDepth > 0) flowDepth--;     // nothing but flow can stand within flow
        if (hasMerge && builder.IsMappingOpen) YamlMerge.Resolve(file, builder, budget);
        var closed = builder.Close();
        if (openAnchors.TryPeek(out var open) && open.Depth == builder.Depth) openAnchors.Pop().Anchored.Node = closed;
    }

    private void OnAlias(AnchorAlias alias)
    {
        var at = PositionOf(alias);
        var name = Shown.Text(alias.Value.Value);
        if (!anchors.TryGetValue(alias.Value.Value, out var anchored))
            throw Refuse(
                alias, $"`*{name}` names no anchor above it in this document", $"write `&{name}` before the value it stands for");
        if (anchored.Node is not { } node)
            throw Refuse(alias, $"`*{name}` stands inside the value it names", "a value cannot contain itself");
        if (builder.WantsKey) builder.Key(scalars.KeyOf(node, at), at);
        else if (builder.IsMergeNext) builder.Place(node);
        else builder.Place(budget.Copy(node, at, builder.Depth, builder.NodeCount));
    }

    private MalformedTextException Refuse(ParsingEvent at, string message, string hint) =>
        new(new(file.At(PositionOf(at)), message, hint));

    private static SourcePosition PositionOf(ParsingEvent happening) =>
        new((int)happening.Start.Line, (int)happening.Start.Column);

    /// <summary>The value an anchor names; null while it is being read.</summary>
    private sealed class Anchored(Node? node)
    {
        public Node? Node { get; set; } = node;
    }
}
