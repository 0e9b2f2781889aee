using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Hands the characters of a UTF-8 text to the YAML scanner one by one, without a second copy of the text. A last line without
/// line feed gets one, as kubectl gives it one: it makes a difference to a literal at the end.
/// </summary>
/// <param name="utf8">The text, known to be valid.</param>
internal sealed class Utf8TextReader(ReadOnlyMemory<byte> utf8) : TextReader
{
    private int at;
    private char lowSurrogate;
    private bool endsLine = utf8.Length == 0 || utf8.Span[^1] is (byte)'\n' or (byte)'\r';

    /// <inheritdoc/>
    public override int Peek()
    {
        if (lowSurrogate != 0) return lowSurrogate;
        var rest = utf8.Span[at..];
        if (rest.IsEmpty) return endsLine ? -1 : '\n';
        return rest[0] < 0x80 ? rest[0] : FirstUnit(rest, out _, out _);
    }

    /// <inheritdoc/>
    public override int Read()
    {
        var text = utf8.Span;
        if (lowSurrogate == 0 && (uint)at < (uint)text.Length && text[at] < 0x80) return text[at++];
        return ReadOther(text);
    }

    private int ReadOther(ReadOnlySpan<byte> text)
    {
        if (lowSurrogate != 0)
        {
            var low = lowSurrogate;
            lowSurrogate = '\0';
            return low;
        }

        if (at == text.Length)
        {
            if (endsLine) return -1;
            endsLine = true;
            return '\n';
        }

        var unit = FirstUnit(text[at..], out lowSurrogate, out var length);
        at += length;
        return unit;
    }

    private static char FirstUnit(ReadOnlySpan<byte> text, out char second, out int length)
    {
        _ = Rune.DecodeFromUtf8(text, out var rune, out length);
        Span<char> units = stackalloc char[2];
        second = rune.EncodeToUtf16(units) == 2 ? units[1] : '\0';
        return units[0];
    }
}
