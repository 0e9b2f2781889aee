using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>The kinds of value that JSON knows.</summary>
public enum NodeKind : byte
{
    /// <summary>The null value.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number of any size.</summary>
    Number,

    /// <summary>Text.</summary>
    String,

    /// <summary>An ordered list of values.</summary>
    Sequence,

    /// <summary>Values under distinct text keys, in the order of the source.</summary>
    Mapping,
}

/// <summary>What is known about a value beside the value itself.</summary>
[Flags]
public enum NodeFlags : byte
{
    /// <summary>An ordinary value.</summary>
    None = 0,

    /// <summary>The value is not known until the change is applied; what the node holds means nothing.</summary>
    Unknown = 1,

    /// <summary>The value must not be shown in clear anywhere.</summary>
    Sensitive = 2,

    /// <summary>It is sensitive because it was recognised as a secret; its source does not say so.</summary>
    Detected = 4,
}

/// <summary>
/// One value of an immutable document, with the place it was read from. A node belongs to exactly one parent,
/// so its JSON pointer can be told; a value that a YAML alias repeats is a node of its own at each place.
/// </summary>
/// <threadsafety>Safe to read from any thread once its document has been built.</threadsafety>
public abstract class Node
{
    /// <summary>Of more children than this, each is looked up: a rule may ask for the pointers of all of them.</summary>
    private protected const int ManyChildren = 256;

    /// <summary>The parent node, or the <see cref="Document"/> for a root, or null before it has been adopted.</summary>
    private object? owner;

    private protected Node(NodeKind kind, SourcePosition position, NodeFlags flags) =>
        (Kind, Position, Flags) = (kind, position, flags);

    /// <summary>The kind of value.</summary>
    public NodeKind Kind { get; }

    /// <summary>Unknown and sensitive marks. A mark on a sequence or mapping holds for everything below it too.</summary>
    public NodeFlags Flags { get; private set; }

    /// <summary>The value is not known until the change is applied.</summary>
    public bool IsUnknown => (Flags & NodeFlags.Unknown) != 0;

    /// <summary>The value must not be shown in clear.</summary>
    public bool IsSensitive => (Flags & NodeFlags.Sensitive) != 0;

    /// <summary>The value, or something in it, must not be shown in clear.</summary>
    public bool HoldsSensitive => IsSensitive || this switch
    {
        MappingNode mapping => mapping.Entries.ToArray().Any(static entry => entry.Value.HoldsSensitive),
        SequenceNode sequence => sequence.Items.ToArray().Any(static item => item.HoldsSensitive),
        _ => false,
    };

    /// <summary>
    /// What detectors have found in this value and everything below, kept by the one who looked so that nobody has to look again;
    /// null before.
    /// </summary>
    internal object? Detections { get; set; }

    /// <summary>Where the value starts in its source.</summary>
    public SourcePosition Position { get; }

    /// <summary>The sequence or mapping that holds this node; null for a root.</summary>
    public Node? Parent => owner as Node;

    /// <summary>The document this node belongs to; null for a value that was made, not read.</summary>
    public Document? Document
    {
        get
        {
            var at = owner;
            while (at is Node node) at = node.owner;
            return at as Document;
        }
    }

    /// <summary>The file, line and column of this value. A made value is in the nameless file, at no line.</summary>
    public SourceLocation Location =>
        Document is { } document ? document.Source.At(Position) : new("", Position.Line, Position.Column);

    /// <summary>The JSON pointer (RFC 6901) from the root of the document to this value; empty for the root.</summary>
    public string Pointer
    {
        get
        {
            Span<char> room = stackalloc char[256];
            var start = room.Length;
            for (var at = this; at.Parent is { } parent; at = parent)
                if (!JsonPointer.TryPrepend(parent.StepTo(at), room, ref start)) return LongPointer();
            return new string(room[start..]);
        }
    }

    private string LongPointer()
    {
        var steps = new Stack<string>();
        for (var at = this; at.Parent is { } parent; at = parent) steps.Push(parent.StepTo(at));
        return JsonPointer.Format(steps);
    }

    /// <summary>The key or index under which this node holds <paramref name="child"/>.</summary>
    private protected abstract string StepTo(Node child);

    /// <summary>Marks this value and everything below it. Only a reader calls this, before it hands the document out.</summary>
    internal void Mark(NodeFlags flags)
    {
        Flags |= flags;
        switch (this)
        {
            case SequenceNode sequence:
                foreach (var item in sequence.Items) item.Mark(flags);
                break;
            case MappingNode mapping:
                foreach (var entry in mapping.Entries) entry.Value.Mark(flags);
                break;
            default:
                break;
        }
    }

    /// <summary>Makes <paramref name="newOwner"/> the one holder of this node.</summary>
    /// <exception cref="InvalidOperationException">The node has a holder already.</exception>
    internal void AdoptBy(object newOwner)
    {
        if (owner is not null) throw new InvalidOperationException($"The node at {Position} has a parent already.");
        owner = newOwner;
    }
}

/// <summary>A null, boolean, number or string.</summary>
public sealed class ScalarNode : Node
{
    private ScalarNode(NodeKind kind, string text, double number, SourcePosition position, NodeFlags flags)
        : base(kind, position, flags) => (Text, Number) = (text, number);

    /// <summary>The text of a string; for other kinds the JSON spelling, every digit of a number kept.</summary>
    public string Text { get; }

    /// <summary>The nearest double to a number; 1 or 0 for a boolean; NaN otherwise.</summary>
    public double Number { get; }

    /// <summary>The value of a boolean; false for every other kind.</summary>
    public bool IsTrue => Kind == NodeKind.Boolean && Number != 0;

    /// <summary>A null.</summary>
    public static ScalarNode Null(SourcePosition position = default, NodeFlags flags = NodeFlags.None) =>
        new(NodeKind.Null, "null", double.NaN, position, flags);

    /// <summary>A boolean.</summary>
    public static ScalarNode Boolean(bool value, SourcePosition position = default, NodeFlags flags = NodeFlags.None) =>
        new(NodeKind.Boolean, value ? "true" : "false", value ? 1 : 0, position, flags);

    /// <summary>A string.</summary>
    public static ScalarNode String(string text, SourcePosition position = default, NodeFlags flags = NodeFlags.None) =>
        new(NodeKind.String, text, double.NaN, position, flags);

    /// <summary>A number in its JSON spelling, of any size.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not a number.</exception>
    public static ScalarNode Numeric(string text, SourcePosition position = default, NodeFlags flags = NodeFlags.None) =>
        new(NodeKind.Number, text, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), position, flags);

    /// <summary>A number whose spelling and nearest double the reader knows to belong together.</summary>
    internal static ScalarNode Numeric(string text, double number, SourcePosition position, NodeFlags flags = NodeFlags.None) =>
        new(NodeKind.Number, text, number, position, flags);

    /// <summary>The same value at another place with other marks.</summary>
    internal ScalarNode CopyAt(SourcePosition position, NodeFlags flags) => new(Kind, Text, Number, position, flags);

    /// <summary>The text of a number; ports, replica counts and the like share one string.</summary>
    internal static string SpellingOf(ReadOnlySpan<byte> digits) =>
        digits.Length <= 3
                && digits[0] is >= (byte)'1' and <= (byte)'9'
                && Utf8Parser.TryParse(digits, out byte small, out var used)
                && used == digits.Length
            ? small.ToString(CultureInfo.InvariantCulture)
            : Encoding.ASCII.GetString(digits);

    private protected override string StepTo(Node child) => throw new InvalidOperationException("A scalar has no children.");
}
