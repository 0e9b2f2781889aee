using System.Collections.Immutable;

namespace GitOpsPolicy.Documents;

/// <summary>
/// A YAML value as its author wrote it: with style, comments and blank lines, which <see cref="Node"/> does not keep. What a
/// formatter puts in order and prints again.
/// </summary>
public abstract class WrittenNode
{
    /// <summary>Where it started.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Where it starts in the printed text; set by <see cref="WrittenPrinter"/>.</summary>
    public SourcePosition Printed { get; internal set; }

    /// <summary>Anchor and tag as they are written, such as <c>&amp;a</c>; empty for none.</summary>
    public string Properties { get; init; } = "";

    /// <summary>The comment behind it on its line, with its sign; null for none.</summary>
    public string? Beside { get; internal set; }

    /// <summary>Where it starts in the text, in UTF-16 units.</summary>
    internal int Start { get; init; }

    /// <summary>Where it ends.</summary>
    internal int End { get; set; }
}

/// <summary>Something that starts a line of a block: an entry of a mapping, or an element of a list.</summary>
public abstract class WrittenItem
{
    /// <summary>The lines above that belong to it: comments with their sign, and empty lines.</summary>
    public List<string> Above { get; } = [];

    /// <summary>What it holds.</summary>
    public required WrittenNode Value { get; init; }

    /// <summary>The column it started at.</summary>
    internal abstract int Column { get; }

    /// <summary>Where it starts in the text.</summary>
    internal abstract int Start { get; }
}

/// <summary>A key with its value.</summary>
public sealed class WrittenEntry : WrittenItem
{
    /// <summary>The key.</summary>
    public required WrittenScalar Key { get; init; }

    /// <inheritdoc/>
    internal override int Column => Key.Position.Column;

    /// <inheritdoc/>
    internal override int Start => Key.Start;
}

/// <summary>An element of a list.</summary>
public sealed class WrittenElement : WrittenItem
{
    /// <summary>The column of the list.</summary>
    internal int ListColumn { get; init; }

    /// <inheritdoc/>
    internal override int Column => ListColumn;

    /// <inheritdoc/>
    internal override int Start => Value.Start;
}

/// <summary>A mapping or a list.</summary>
public abstract class WrittenCollection : WrittenNode
{
    /// <summary>Its parts, in order.</summary>
    public abstract IReadOnlyList<WrittenItem> Items { get; }

    /// <summary>Lines behind its last part that belong to it: comments with their sign, and empty lines.</summary>
    public List<string> Below { get; } = [];

    /// <summary>It is written in brackets, on one line.</summary>
    public bool IsOneLine { get; internal set; }

    /// <summary>It is written in brackets.</summary>
    internal bool IsInBrackets { get; set; }
}

/// <summary>A mapping.</summary>
public sealed class WrittenMapping : WrittenCollection
{
    /// <summary>Its entries; they may be put into another order.</summary>
    public List<WrittenEntry> Entries { get; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<WrittenItem> Items => Entries;

    /// <summary>The value under a key; null for none.</summary>
    public WrittenNode? this[string key] => Entries.Find(entry => entry.Key.Text == key)?.Value;
}

/// <summary>A list.</summary>
public sealed class WrittenList : WrittenCollection
{
    /// <summary>Its elements.</summary>
    public List<WrittenElement> Elements { get; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<WrittenItem> Items => Elements;
}

/// <summary>How a scalar is written.</summary>
public enum WrittenStyle
{
    /// <summary>With nothing around it.</summary>
    Plain,

    /// <summary>In quotes, single or double.</summary>
    Quoted,

    /// <summary>As a block below its key, line for line or folded.</summary>
    Block,

    /// <summary>As an alias, <c>*a</c>.</summary>
    Alias,
}

/// <summary>A text, number, word or alias.</summary>
public sealed class WrittenScalar : WrittenNode
{
    /// <summary>What it says, quotes and escapes taken away.</summary>
    public required string Text { get; set; }

    /// <summary>How it is written.</summary>
    public required WrittenStyle Style { get; init; }

    /// <summary>It may be wrapped over several lines where it is too long for one.</summary>
    public bool MayWrap { get; set; }

    /// <summary>
    /// Its text in quotes as its author escaped it, kept because the escapes show what the characters would hide; null for any
    /// other.
    /// </summary>
    internal string? Escaped { get; init; }

    /// <summary>The signs that open a block, such as <c>&gt;-</c>, without indentation.</summary>
    internal string Opening { get; init; } = "";

    /// <summary>The lines of a block, without what they are all indented by.</summary>
    internal ImmutableArray<string> Lines { get; init; } = [];
}

/// <summary>One document as it is written.</summary>
/// <param name="Head">Lines above its content, the <c>---</c> included where there is one.</param>
/// <param name="Root">Its content.</param>
/// <param name="HasAliases">Some value stands for another one, so that their order counts.</param>
/// <param name="Comments">Every comment there is, in no particular order.</param>
public sealed record WrittenDocument(
    ImmutableArray<string> Head, WrittenMapping Root, bool HasAliases, ImmutableArray<string> Comments);
