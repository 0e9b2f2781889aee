using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Fixing;

/// <summary>The lines of a text.</summary>
internal sealed class LineTable
{
    private readonly string text;
    private readonly List<int> starts = [0];

    /// <summary>The lines of this text, each ended by <c>\n</c>.</summary>
    public LineTable(string text)
    {
        this.text = text;
        for (var at = text.IndexOf('\n'); at >= 0; at = text.IndexOf('\n', at + 1)) starts.Add(at + 1);
    }

    /// <summary>How many lines there are; the empty one behind the last line end counts.</summary>
    public int Count => starts.Count;

    /// <summary>Line and column of an offset, both counted from 1.</summary>
    public SourcePosition PositionOf(int offset)
    {
        var line = starts.BinarySearch(offset);
        if (line < 0) line = ~line - 1;
        return new(line + 1, offset - starts[line] + 1);
    }

    /// <summary>A line, counted from 1, without its end.</summary>
    public string TextOf(int line) =>
        text[starts[line - 1]..(line < starts.Count ? starts[line] - 1 : text.Length)].TrimEnd('\r');
}
