using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Prints a document the one way there is: two spaces a level, lists indented below their key, one empty line at most, brackets
/// only where they stood on one line. It says of every value where it came to stand.
/// </summary>
/// <param name="width">Characters of a line beyond which what may be wrapped is.</param>
public sealed class WrittenPrinter(int width)
{
    private readonly StringBuilder text = new();
    private int line = 1;
    private int lineStart;

    /// <summary>The text of a document.</summary>
    public static string Print(WrittenDocument document, int width)
    {
        var printer = new WrittenPrinter(width);
        foreach (var above in document.Head) printer.Line(0, above);
        if (document.Root.Items.Count == 0)
        {
            printer.text.Append("{}");
            printer.End(document.Root.Beside);
        }
        else
        {
            if (document.Root.Properties.Length > 0) printer.Line(0, document.Root.Properties);
            printer.Block(document.Root, 0, startsLine: true);
        }

        return printer.text.ToString();
    }

    // The items of a collection. Without `startsLine` the first one goes on behind a dash.
    private void Block(WrittenCollection collection, int indent, bool startsLine)
    {
        for (var i = 0; i < collection.Items.Count; i++)
        {
            var item = collection.Items[i];
            if (i > 0 || startsLine)
            {
                foreach (var above in LinesAbove(item).SkipWhile(above => i == 0 && above.Length == 0)) Line(indent, above);
                text.Append(' ', indent);
            }

            if (i == 0) collection.Printed = Here;
            if (item is WrittenEntry entry) Entry(entry, indent);
            else Element(item, indent);
        }

        foreach (var below in collection.Below) Line(indent, below);
    }

    private void Entry(WrittenEntry entry, int indent)
    {
        entry.Key.Printed = Here;
        text.Append(WrittenScalars.OneLine(entry.Key, inBrackets: false)).Append(':');
        Value(entry.Value, indent, entry.Key.Beside);
    }

    private void Element(WrittenItem element, int indent)
    {
        text.Append('-');
        if (BehindDash(element) is { } inner)
        {
            text.Append(' ');
            Block(inner, indent + 2, startsLine: false);
        }
        else
        {
            Value(element.Value, indent, keyComment: null);
        }
    }

    // A block that goes on behind the dash of its element; null where it starts below.
    private static WrittenCollection? BehindDash(WrittenItem item) =>
        item is WrittenElement { Value: WrittenCollection { IsOneLine: false, Items.Count: > 0, Properties: "" } block }
            ? block
            : null;

    // What stands above the first part of a block behind a dash stands above the dash; so does what stood behind brackets.
    private static List<string> LinesAbove(WrittenItem item) => BehindDash(item) is { } block
        ? [
            .. item.Above,
            .. block.Beside is { } beside ? (string[])[beside] : [],
            .. LinesAbove(block.Items[0]).Where(static above => above.Length > 0)
        ]
        : item.Above;

    private void Value(WrittenNode value, int indent, string? keyComment)
    {
        if (value.Properties.Length > 0) text.Append(' ').Append(value.Properties);
        switch (value)
        {
            case WrittenCollection { IsOneLine: false, Items.Count: > 0 } block:
                End(keyComment ?? block.Beside);
                if (keyComment is not null && block.Beside is { } beside) Line(indent + 2, beside);
                Block(block, indent + 2, startsLine: true);
                break;
            case WrittenScalar { Style: WrittenStyle.Block, Lines.IsEmpty: false } scalar:
                Lines(scalar, scalar.Opening, scalar.Lines, indent, keyComment);
                break;
            case WrittenScalar scalar when Wrapped(scalar) is { } lines:
                Lines(scalar, ">-", lines, indent, keyComment);
                break;
            default:
                OneLine(value);
                End(Both(keyComment, value.Beside));
                break;
        }
    }

    private void OneLine(WrittenNode value)
    {
        var shown = Shown(value);
        if (shown.Length > 0) text.Append(' ');
        value.Printed = Here;
        Place(value);
        text.Append(shown);
    }

    // What is too long for its line; the margin of a block is two spaces deeper than its key.
    private List<string>? Wrapped(WrittenScalar scalar)
    {
        if (!scalar.MayWrap || scalar.Style is not (WrittenStyle.Plain or WrittenStyle.Quoted)) return null;
        var margin = Indent + 2;
        return Column + WrittenScalars.OneLine(scalar, inBrackets: false).Length > width
            ? WrittenScalars.Wrap(scalar.Text, Math.Max(width - margin, 40))
            : null;
    }

    private void Lines(WrittenScalar scalar, string opening, IReadOnlyCollection<string> lines, int indent, string? keyComment)
    {
        text.Append(' ');
        scalar.Printed = Here;
        var own = lines.First(static line => line.Trim().Length > 0).StartsWith(' ') ? "2" : "";
        text.Append(opening[0]).Append(own).Append(opening[1..]);
        End(Both(keyComment, scalar.Beside));
        foreach (var content in lines) Line(indent + 2, content, isContent: true);
        for (var i = TrailingLines(scalar); i > 0; i--) Line(0, "");
    }

    // Only `+` keeps the empty lines at the end of a block.
    private static int TrailingLines(WrittenScalar scalar) =>
        scalar.Style == WrittenStyle.Block && scalar.Opening.Contains('+')
            ? scalar.Text.Length - scalar.Text.TrimEnd('\n').Length - 1
            : 0;

    private static string Shown(WrittenNode node) => node switch
    {
        WrittenScalar { Style: WrittenStyle.Block } block => WrittenScalars.Quote(block.Text),
        WrittenScalar scalar => WrittenScalars.OneLine(scalar, inBrackets: false),
        _ => InBrackets(node),
    };

    private static string InBrackets(WrittenNode node) => node switch
    {
        WrittenMapping { Entries.Count: 0 } => "{}",
        WrittenList { Elements.Count: 0 } => "[]",
        WrittenMapping mapping => "{ " + string.Join(", ", mapping.Entries.Select(Pair)) + " }",
        WrittenList list => "[" + string.Join(", ", list.Elements.Select(static element => Part(element.Value))) + "]",
        _ => WrittenScalars.OneLine((WrittenScalar)node, inBrackets: true),
    };

    private static string Pair(WrittenEntry entry)
    {
        var value = Part(entry.Value);
        return WrittenScalars.OneLine(entry.Key, inBrackets: true) + (value.Length == 0 ? ":" : ": " + value);
    }

    private static string Part(WrittenNode node) =>
        node.Properties.Length == 0 ? InBrackets(node) : $"{node.Properties} {InBrackets(node)}".TrimEnd();

    // Where the parts of what is in brackets come to stand.
    private void Place(WrittenNode node)
    {
        if (node is not WrittenCollection { Items.Count: > 0 } collection) return;
        var at = node.Printed.Column + (node is WrittenMapping ? 2 : 1);
        foreach (var item in collection.Items)
        {
            if (item is WrittenEntry entry)
            {
                entry.Key.Printed = new(line, at);
                at += WrittenScalars.OneLine(entry.Key, inBrackets: true).Length + 2;
            }

            if (item.Value.Properties.Length > 0) at += item.Value.Properties.Length + 1;
            item.Value.Printed = new(line, at);
            Place(item.Value);
            at += InBrackets(item.Value).Length + 2;
        }
    }

    private SourcePosition Here => new(line, Column + 1);

    private int Column => text.Length - lineStart;

    private int Indent
    {
        get
        {
            var at = lineStart;
            while (at < text.Length && text[at] is ' ' or '-') at++;
            return at - lineStart;
        }
    }

    private static string? Both(string? first, string? second) =>
        first is null ? second : second is null ? first : $"{first} {second}";

    private void Line(int indent, string content, bool isContent = false)
    {
        if (content.Length > 0 && (isContent || content.AsSpan().Trim().Length > 0)) text.Append(' ', indent).Append(content);
        End(null);
    }

    private void End(string? comment)
    {
        if (comment is not null) text.Append(' ').Append(comment);
        text.Append('\n');
        line++;
        lineStart = text.Length;
    }
}
