using YamlDotNet.Core;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Finds the edits of a YAML or JSON text that change single values and leave everything else, comments and spelling included, as
/// it is. Each answers why there is no such edit, or null. Whoever makes an edit reads the text again: that it says what was
/// meant is not promised here.
/// </summary>
internal sealed class YamlEditing
{
    private const string Elsewhere = "the value is written elsewhere, behind an alias or a merge key";
    private const string Named = "the value has an anchor or a tag";
    private const string Comment = "a comment stands within what would be taken out";
    private const string OddPlace = "the value shares its line with something else";

    private readonly string text;
    private readonly YamlPlaces places;
    private readonly bool isJson;
    private readonly YamlSpelling spelling;
    private readonly string lineEnd;

    private YamlEditing(string text, YamlPlaces places, bool isJson)
    {
        (this.text, this.places, this.isJson, spelling) = (text, places, isJson, new(isJson));
        lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
    }

    /// <summary>The edits that were found.</summary>
    public List<TextEdit> Edits { get; } = [];

    /// <summary>Opens a text; null when it cannot be edited.</summary>
    /// <param name="file">What the text is called.</param>
    /// <param name="text">The text without byte order mark.</param>
    /// <param name="isJson">The text is JSON.</param>
    public static YamlEditing? Open(SourceFile file, string text, bool isJson) =>
        YamlPlaces.Of(file, text) is { } places ? new(text, places, isJson) : null;

    /// <summary>The same text once more, for edits of their own.</summary>
    public YamlEditing Again() => new(text, places, isJson);

    /// <summary>Where the text of a document starts and ends.</summary>
    /// <param name="index">Which document, counted from 0.</param>
    public (int Start, int End) RangeOf(int index) => places.RangeOf(index);

    /// <summary>Takes a value out with its key, or out of its list.</summary>
    public string? Remove(Node node)
    {
        if (places.Find(node) is not { } place) return Elsewhere;
        if (place.Parent is not { } parent) return "it is the whole document";
        if (parent.Form == YamlForm.Flow) return RemoveFromBrackets(place, parent);
        if (parent.Children.Count == 1) return Empty(parent);
        var start = StartOf(place, parent);
        if (start < 0) return OddPlace;
        if (IsFirstOnLine(start)) return RemoveLines(start, place.End);
        return parent.IsList || place == parent.Children[^1] ? OddPlace : Cut(place.Key.Start, Next(place, parent).Key.Start);
    }

    /// <summary>Gives a text, number or word another value.</summary>
    public string? Set(ScalarNode node, ScalarNode to)
    {
        if (places.Find(node) is not { } place) return Elsewhere;
        if (place.HasProperties) return Named;
        if (place.Style == ScalarStyle.Folded) return "the value is a folded block of text";
        if (place.Style == ScalarStyle.Literal) return SetBlock(place, to);
        var space = place.Start == place.End && place.Start > 0 && text[place.Start - 1] is ':' or '-' ? " " : "";
        Edits.Add(new(place.Start, place.End, space + spelling.Scalar(to, place.IsInFlow, place.Style)));
        return null;
    }

    /// <summary>Puts another text for a part of a text that stands there once.</summary>
    public string? Replace(ScalarNode node, string from, string to)
    {
        if (places.Find(node) is not { } place) return Elsewhere;
        var at = text.IndexOf(from, place.Start, place.End - place.Start, StringComparison.Ordinal);
        if (at < 0) return $"`{from}` is not written like this there";
        if (text.IndexOf(from, at + 1, place.End - at - 1, StringComparison.Ordinal) >= 0)
            return $"`{from}` stands there more than once";
        Edits.Add(new(at, at + from.Length, to));
        return null;
    }

    /// <summary>Adds entries to a mapping, behind those it has.</summary>
    public string? Add(MappingNode node, IReadOnlyList<MappingEntry> entries)
    {
        if (places.Find(node) is not { } place) return Elsewhere;
        return place.Form == YamlForm.Flow
            ? AddToBrackets(
                place, entries.Select(entry => $"{spelling.Key(entry.Key, inFlow: true)}: {spelling.OneLine(entry.Value)}"))
            : AddLines(place, entries.SelectMany(entry => spelling.Lines(entry.Key, entry.Value)));
    }

    /// <summary>Adds items to a list, behind those it has.</summary>
    public string? Append(SequenceNode node, IReadOnlyList<Node> items)
    {
        if (places.Find(node) is not { } place) return Elsewhere;
        return place.Form == YamlForm.Flow
            ? AddToBrackets(place, items.Select(spelling.OneLine))
            : AddLines(place, items.SelectMany(spelling.ItemLines));
    }

    // Its lines stand as deep as they did. What cannot be written in such lines is written behind its key.
    private string? SetBlock(YamlPlace place, ScalarNode to)
    {
        var header = text.AsSpan(place.Start, LineEnd(place.Start) - place.Start);
        if (header.Contains('#')) return Comment;
        if (header.ContainsAnyInRange('1', '9')) return "the block of text says how far it is indented";
        var first = LineEnd(place.Start) + 1;
        while (first < place.End && char.IsWhiteSpace(text[first])) first++;
        var depth = first < place.End ? first - LineStart(first) : 0;
        var block = to.Kind == NodeKind.String && depth > 0 ? YamlSpelling.Block(to.Text) : null;
        Edits.Add(new(
            place.Start, place.End,
            block is null
                ? spelling.Scalar(to, inFlow: false)
                : string.Join(lineEnd, block.Select((line, i) => i == 0 ? line : Indented(line, depth)))));
        return null;
    }

    private static string Indented(string line, int depth) => line.Length == 0 ? "" : new string(' ', depth) + line;

    private string? RemoveFromBrackets(YamlPlace place, YamlPlace parent)
    {
        if (parent.Children.Count == 1) return Cut(parent.Start + 1, parent.End - 1);
        return place == parent.Children[^1]
            ? Cut(parent.Children[^2].End, place.End)
            : Cut(place.EntryStart, Next(place, parent).EntryStart);
    }

    // What holds nothing any more is written as empty brackets: nothing at all would be null.
    private string? Empty(YamlPlace holder)
    {
        var (brackets, child) = (holder.IsList ? "[]" : "{}", holder.Children[0]);
        if (holder.Parent is null) return "nothing would be left of the document";
        if (holder.HasProperties) return Named;
        var start = StartOf(child, holder);
        if (start < 0) return OddPlace;
        if (!IsFirstOnLine(start)) return Put(holder.Start, child.End, brackets);
        if (holder.Parent.IsList || Colon(holder) is not (var colon and >= 0)) return OddPlace;
        Edits.Add(new(colon + 1, colon + 1, " " + brackets));
        return RemoveLines(start, child.End);
    }

    private string? Put(int start, int end, string instead)
    {
        if (text.AsSpan(start, end - start).Contains('#')) return Comment;
        Edits.Add(new(start, end, instead));
        return null;
    }

    private string? Cut(int start, int end) => Put(start, end, "");

    private string? AddToBrackets(YamlPlace place, IEnumerable<string> entries)
    {
        var added = string.Join(", ", entries);
        if (place.Children.Count == 0) return Put(place.Start, place.End, place.IsList ? $"[{added}]" : $"{{ {added} }}");
        var last = place.Children[^1];
        if (Edits.Exists(edit => edit == new TextEdit(place.Start + 1, place.End - 1, "")))
            return Put(place.Start, place.Start + 1, place.IsList ? "[" + added : "{ " + added + " ");
        var separator = IsFirstOnLine(last.EntryStart)
            ? "," + lineEnd + new string(' ', last.EntryStart - LineStart(last.EntryStart))
            : ", ";
        Edits.Add(new(last.End, last.End, separator + added));
        return null;
    }

    private string? AddLines(YamlPlace place, IEnumerable<string> lines)
    {
        if (place.Merges) return Elsewhere;
        var at = LineEnd(place.End);
        if (!text.AsSpan(place.End, at - place.End).TrimStart(" \t").IsEmpty
            && text.AsSpan(place.End, at - place.End).TrimStart(" \t")[0] != '#')
            return OddPlace;
        var indented = lines.Select(line => Indented(line, place.Column));
        // Where the last line is taken out, they stand in its place.
        if (Edits.Find(edit => edit.Text.Length == 0 && edit.Start < at && at < edit.End) is { End: > 0 } gone
            && gone.Start == LineStart(gone.Start))
            Edits.Add(new(gone.Start, gone.Start, string.Concat(indented.Select(line => line + lineEnd))));
        else
            Edits.Add(new(at, at, string.Concat(indented.Select(line => lineEnd + line))));
        return null;
    }

    // From the start of the line to that of the line behind. The last line of a file takes the end of the line before along.
    private string? RemoveLines(int start, int end)
    {
        var (from, to) = (LineStart(start), LineEnd(end));
        var behind = text.AsSpan(end, to - end).TrimStart(" \t");
        if (!behind.IsEmpty && behind[0] != '#') return OddPlace;
        if (to < text.Length) to += text[to] == '\r' ? 2 : 1;
        else if (from > 0) from -= from > 1 && text[from - 2] == '\r' ? 2 : 1;
        Edits.Add(new(from, to, ""));
        return null;
    }

    private static YamlPlace Next(YamlPlace place, YamlPlace parent) => parent.Children[parent.Children.IndexOf(place) + 1];

    // The key, or the dash; -1 where none is found.
    private int StartOf(YamlPlace place, YamlPlace parent)
    {
        if (!parent.IsList) return place.Key.Start;
        var at = place.Start - 1;
        while (at >= 0 && char.IsWhiteSpace(text[at])) at--;
        return at >= 0 && text[at] == '-' && at - LineStart(at) == parent.Column ? at : -1;
    }

    // Between a key and its value there is nothing else to be a colon but in comments, which come behind it.
    private int Colon(YamlPlace value) =>
        value.Key.End < value.Start ? text.IndexOf(':', value.Key.End, value.Start - value.Key.End) : -1;

    private bool IsFirstOnLine(int at) => text.AsSpan(LineStart(at), at - LineStart(at)).TrimStart(' ').IsEmpty;

    private int LineStart(int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    private int LineEnd(int at)
    {
        var end = text.IndexOf('\n', at);
        if (end < 0) return text.Length;
        return end > at && text[end - 1] == '\r' ? end - 1 : end;
    }
}
