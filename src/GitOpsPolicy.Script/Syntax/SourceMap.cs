using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>
/// Turns offsets into lines and columns. A text that is part of a bigger file starts at <paramref name="origin"/>: its first line
/// is moved right by the column, its later lines by the margin.
/// </summary>
internal sealed class SourceMap(string text, TextOrigin origin)
{
    private readonly ImmutableArray<int> lineStarts = LineStarts(text);
    private int last;

    public SourcePosition At(int offset)
    {
        if (offset < lineStarts[last] || (last + 1 < lineStarts.Length && offset >= lineStarts[last + 1]))
        {
            var found = lineStarts.BinarySearch(offset);
            last = found >= 0 ? found : ~found - 1;
        }

        var column = offset - lineStarts[last] + 1;
        return new(origin.Start.Line + last, column + (last == 0 ? origin.Start.Column - 1 : origin.Margin));
    }

    private static ImmutableArray<int> LineStarts(string text)
    {
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var i = 0; i < text.Length; i++)
        {
            if (!Characters.IsLineBreak(text[i])) continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            starts.Add(i + 1);
        }

        return starts.ToImmutable();
    }
}
