using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// A value of a rule's JavaScript, with its provenance. Three words: what it is, its number, and the document node it came from.
/// <list type="bullet">
/// <item><description>number: <c>Reference</c> is null, or <see cref="Tag.SensitiveNumber"/>;</description></item>
/// <item><description>string: a <see cref="string"/>, or a <see cref="GuardedText"/> when part of it is sensitive or
/// unknown;</description></item>
/// <item><description>undefined, null, true, false: a <see cref="Tag"/>;</description></item>
/// <item><description>symbol: a <see cref="Symbol"/>;</description></item>
/// <item><description>object: a <see cref="ScriptObject"/>, or a <see cref="MappingNode"/> or <see cref="SequenceNode"/> viewed
/// in place, never copied.</description></item>
/// </list>
/// A plain <see cref="string"/> is never secret: what must not be shown is another type, so code that does not know of it cannot
/// leak it.
/// </summary>
public readonly struct Value
{
    internal readonly object? Reference;
    internal readonly double Number;
    private readonly Node? origin;

    internal Value(object? reference, double number, Node? origin) =>
        (Reference, Number, this.origin) = (reference, number, origin);

    /// <summary>The undefined value.</summary>
    public static Value Undefined => new(Tag.Undefined, double.NaN, null);

    /// <summary>The null value.</summary>
    public static Value Null => new(Tag.Null, 0, null);

    /// <summary>The document node this value was read from or first built from; null when it came from the rule itself.</summary>
    public Node? Origin => Reference as Node ?? origin;

    /// <summary>The provenance of a value that is no view of a document: <see cref="Origin"/> without looking.</summary>
    internal Node? Source
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => origin;
    }

    /// <summary>A boolean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Of(bool value, Node? origin = null) => new(value ? Tag.True : Tag.False, value ? 1 : 0, origin);

    /// <summary>A number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Of(double value, Node? origin = null) => new(null, value, origin);

    /// <summary>A string that may be shown.</summary>
    public static Value Of(string value, Node? origin = null) => new(value, double.NaN, origin);

    /// <summary>A string parts of which may not be shown or are not known.</summary>
    public static Value Of(GuardedText value, Node? origin = null) => new(value, double.NaN, origin);

    /// <summary>An object or function.</summary>
    public static Value Of(ScriptObject value) => new(value, double.NaN, null);

    /// <summary>The view of a document node; null gives <see cref="Undefined"/>.</summary>
    public static Value Of(Node? node)
    {
        if (node is null) return Undefined;
        if (node.Flags != NodeFlags.None) return OfMarked(node);
        return node.Kind switch
        {
            NodeKind.String => new(Unsafe.As<ScalarNode>(node).Text, double.NaN, node),
            NodeKind.Number => new(null, Unsafe.As<ScalarNode>(node).Number, node),
            NodeKind.Boolean => Of(Unsafe.As<ScalarNode>(node).IsTrue, node),
            NodeKind.Null => new(Tag.Null, 0, node),
            _ => new(node, double.NaN, null),
        };
    }

    private static Value OfMarked(Node node) => node switch
    {
        { IsUnknown: true } => new(GuardedText.Unknown, double.NaN, node),
        ScalarNode { Kind: NodeKind.String } scalar => new(GuardedText.Secret(scalar.Text), double.NaN, scalar),
        ScalarNode { Kind: NodeKind.Number } scalar => new(Tag.SensitiveNumber, scalar.Number, scalar),
        ScalarNode { Kind: NodeKind.Boolean } scalar => Of(scalar.IsTrue, scalar),
        ScalarNode => new(Tag.Null, 0, node),
        _ => new(node, double.NaN, null),
    };

    /// <summary>True for undefined.</summary>
    public bool IsUndefined => ReferenceEquals(Reference, Tag.Undefined);

    /// <summary>True for null.</summary>
    public bool IsNull => ReferenceEquals(Reference, Tag.Null);

    /// <summary>True for undefined and null.</summary>
    public bool IsNullish => IsUndefined || IsNull;

    /// <summary>True for true and false.</summary>
    public bool IsBoolean => ReferenceEquals(Reference, Tag.True) || ReferenceEquals(Reference, Tag.False);

    /// <summary>True for text, guarded or not. An unknown value counts as text.</summary>
    public bool IsText => Reference is string or GuardedText;

    /// <summary>True for an object, array, function or view of a document's mapping or sequence.</summary>
    public bool IsObject => Reference is ScriptObject or Node;

    /// <summary>True for a function.</summary>
    public bool IsFunction => Reference is ScriptFunction;

    /// <summary>The number, when the value is one that may be shown; NaN otherwise.</summary>
    public double AsNumber => Reference is null ? Number : double.NaN;

    /// <summary>True for the value true and nothing else.</summary>
    public bool IsTrue => ReferenceEquals(Reference, Tag.True);

    /// <summary>True for a number, sensitive or not.</summary>
    public bool IsNumber => Reference is null || ReferenceEquals(Reference, Tag.SensitiveNumber);

    /// <summary>The value is not known until the change is applied. Branching on it makes the decision undetermined.</summary>
    public bool IsUnknown => Reference is GuardedText { IsUnknown: true };

    /// <summary>The same value with a provenance, unless it has one already.</summary>
    internal Value WithOrigin(Node? source) =>
        origin is null && source is not null && Reference is not Node ? new(Reference, Number, source) : this;

    /// <summary>The text of a string that may be shown; false for everything else, guarded text included.</summary>
    public bool TryGetText([NotNullWhen(true)] out string? text) => (text = Reference as string) is not null;
}

/// <summary>The values that are nothing but their name.</summary>
internal sealed class Tag(string name)
{
    public static readonly Tag Undefined = new("undefined");
    public static readonly Tag Null = new("null");
    public static readonly Tag True = new("true");
    public static readonly Tag False = new("false");
    public static readonly Tag SensitiveNumber = new("(sensitive number)");

    /// <summary>A hole in an array. Never leaves <see cref="ScriptArray"/>.</summary>
    public static readonly Tag Hole = new("(hole)");

    /// <summary>What an optional chain gives from the link that found nothing on. Never leaves the chain.</summary>
    public static readonly Tag Absent = new("(absent)");

    /// <summary>A variable before its declaration has run. Never leaves the variable.</summary>
    public static readonly Tag Uninitialised = new("(uninitialised)");

    public override string ToString() => name;
}
