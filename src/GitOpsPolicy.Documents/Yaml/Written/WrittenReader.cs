using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Reads how one YAML document is written. The text has to be one that <see cref="YamlReader"/> reads, with <c>\n</c> at the end
/// of its lines.
/// </summary>
public static class WrittenReader
{
    /// <summary>Reads a document whose root is a mapping.</summary>
    /// <param name="file">What the text is called in messages.</param>
    /// <param name="text">The document alone, without other documents around it.</param>
    /// <returns>The document, or why it cannot be written again.</returns>
    public static Loaded<WrittenDocument> Read(SourceFile file, string text)
    {
        try
        {
            var tree = new WrittenTree(file, text);
            var root = tree.Read();
            return root is WrittenMapping mapping
                ? new(WrittenComments.Attach(text, tree, mapping))
                : new([new Problem(new(file.Path, 1, 1), "the document is no mapping")]);
        }
        catch (MalformedTextException e)
        {
            return new([e.Problem]);
        }
    }
}

/// <summary>Builds the tree of one document from the events of the YAML parser.</summary>
internal sealed class WrittenTree(SourceFile file, string text)
{
    private static readonly ImmutableArray<string> CharacterEscapes = ["\\x", "\\u", "\\U"];

    private readonly YamlEvents events = new(file, Encoding.UTF8.GetBytes(text));

    /// <summary>Stretches of the text in which a <c>#</c> is no comment.</summary>
    public List<(int Start, int End)> Covered { get; } = [];

    /// <summary>Comments behind the opening of a block.</summary>
    public List<string> OpeningComments { get; } = [];

    /// <summary>Some value is an alias.</summary>
    public bool HasAliases { get; private set; }

    /// <summary>Where the <c>---</c> is; -1 for none.</summary>
    public int Marker { get; private set; } = -1;

    /// <summary>Reads it.</summary>
    /// <exception cref="MalformedTextException">It is no YAML, or has a part that cannot be written again.</exception>
    public WrittenNode? Read()
    {
        while (events.Next() is { } happening)
        {
            if (happening is DocumentStart { IsImplicit: false } start) Marker = (int)start.Start.Index;
            else if (happening is NodeEvent node) return Read(node);
        }

        return null;
    }

    private WrittenNode Read(ParsingEvent node) => node switch
    {
        MappingStart start => ReadMapping(start),
        SequenceStart start => ReadList(start),
        Scalar scalar => ReadScalar(scalar),
        AnchorAlias alias => ReadAlias(alias),
        _ => throw new InvalidOperationException($"No node {node}."),
    };

    private WrittenMapping ReadMapping(MappingStart start)
    {
        var mapping = new WrittenMapping
        {
            Position = PositionOf(start),
            Start = (int)start.Start.Index,
            Properties = PropertiesOf(start),
        };
        ParsingEvent next;
        while ((next = events.Next()!) is not MappingEnd)
        {
            var key = (WrittenScalar)Read(next);
            mapping.Entries.Add(new() { Key = key, Value = Read(events.Next()!) });
        }

        Close(mapping, start.Style == MappingStyle.Flow, next);
        return mapping;
    }

    private WrittenList ReadList(SequenceStart start)
    {
        var list = new WrittenList
        {
            Position = PositionOf(start),
            Start = (int)start.Start.Index,
            Properties = PropertiesOf(start),
        };
        ParsingEvent next;
        while ((next = events.Next()!) is not SequenceEnd)
            list.Elements.Add(new() { Value = Read(next), ListColumn = list.Position.Column });
        Close(list, start.Style == SequenceStyle.Flow, next);
        return list;
    }

    // A block ends where its last part does; brackets end behind the closing one.
    private static void Close(WrittenCollection collection, bool isFlow, ParsingEvent end)
    {
        collection.End = isFlow ? (int)end.Start.Index + 1
            : collection.Items.Count > 0 ? collection.Items[^1].Value.End
            : (int)end.Start.Index;
        collection.IsInBrackets = isFlow;
        collection.IsOneLine = isFlow && (end.Start.Line == collection.Position.Line || collection.Items.Count == 0);
    }

    private WrittenScalar ReadScalar(Scalar scalar)
    {
        var (start, end) = ((int)scalar.Start.Index, (int)scalar.End.Index);
        var style = scalar.Style switch
        {
            ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => WrittenStyle.Quoted,
            ScalarStyle.Literal or ScalarStyle.Folded => WrittenStyle.Block,
            _ => WrittenStyle.Plain,
        };
        if (style == WrittenStyle.Block) return ReadBlock(scalar, end);
        Covered.Add((start, end));
        var escaped = scalar.Style == ScalarStyle.DoubleQuoted ? text[text.IndexOf('"', start)..end] : "";
        return new()
        {
            Position = PositionOf(scalar),
            Start = start,
            End = end,
            Properties = PropertiesOf(scalar),
            Text = scalar.Value,
            Style = style,
            Escaped = CharacterEscapes.Any(sign => escaped.Contains(sign, StringComparison.Ordinal)) && !escaped.Contains('\n')
                ? escaped
                : null,
        };
    }

    private WrittenScalar ReadBlock(Scalar scalar, int end)
    {
        var start = text.IndexOfAny(['|', '>'], (int)scalar.Start.Index);
        var lineEnd = text.IndexOf('\n', start);
        var opening = text[start..(lineEnd < 0 ? text.Length : lineEnd)];
        var sign = opening.IndexOf('#', StringComparison.Ordinal);
        var comment = sign < 0 ? null : opening[sign..].TrimEnd();
        if (comment is not null) OpeningComments.Add(comment);
        end = lineEnd < 0
            ? text.Length
            : EndOfContent(lineEnd, Math.Min(Math.Max(end, lineEnd), text.Length), keepsEmpty: opening.Contains('+'));
        Covered.Add((start, end));
        var content = lineEnd < 0 || lineEnd + 1 > end ? [] : text[(lineEnd + 1)..end].Split('\n');
        return new()
        {
            Position = PositionOf(scalar),
            Start = (int)scalar.Start.Index,
            End = end,
            Properties = PropertiesOf(scalar),
            Text = scalar.Value,
            Style = WrittenStyle.Block,
            Opening = string.Concat(opening.TakeWhile(c => c is not (' ' or '\t' or '#')).Where(c => !char.IsAsciiDigit(c))),
            Lines = Dedent(content, scalar.Value, opening), Beside = comment,
        };
    }

    // Empty lines behind a block are the document's, unless the block keeps them.
    private int EndOfContent(int openingEnd, int end, bool keepsEmpty)
    {
        while (!keepsEmpty
            && end > openingEnd + 1
            && text.LastIndexOf('\n', end - 2) is var before
            && before >= openingEnd
            && text.AsSpan(before + 1, end - before - 1).Trim().IsEmpty)
            end = before + 1;
        return end;
    }

    // A block that says how far it is indented starts with a space of its own.
    private static ImmutableArray<string> Dedent(string[] content, string value, string opening)
    {
        var lines = content.ToList();
        while (lines.Count > 0 && lines[^1].Trim(' ').Length == 0) lines.RemoveAt(lines.Count - 1);
        var first = lines.Find(static line => line.Trim(' ').Length > 0) ?? "";
        var own = opening.TakeWhile(static c => c is not (' ' or '#')).Any(char.IsAsciiDigit)
            ? value.TrimStart('\n').Length - value.TrimStart('\n', ' ').Length
            : 0;
        var indent = first.Length - first.TrimStart(' ').Length - own;
        return [.. lines.Select(line => line.Length >= indent ? line[indent..] : "")];
    }

    private WrittenScalar ReadAlias(AnchorAlias alias)
    {
        HasAliases = true;
        Covered.Add(((int)alias.Start.Index, (int)alias.End.Index));
        return new()
        {
            Position = PositionOf(alias),
            Start = (int)alias.Start.Index,
            End = (int)alias.End.Index,
            Text = "*" + alias.Value.Value,
            Style = WrittenStyle.Alias,
        };
    }

    private static string PropertiesOf(NodeEvent node)
    {
        var tag = node.Tag.IsEmpty ? "" : node.Tag.Value.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal);
        return string.Join(
            ' ',
            (string[])[
                .. node.Anchor.IsEmpty ? (string[])[] : ["&" + node.Anchor.Value],
                .. tag.Length == 0 ? (string[])[] : [tag]
            ]);
    }

    private static SourcePosition PositionOf(ParsingEvent happening) =>
        new((int)happening.Start.Line, (int)happening.Start.Column);
}
