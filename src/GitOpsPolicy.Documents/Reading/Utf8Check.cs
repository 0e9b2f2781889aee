using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace GitOpsPolicy.Documents;

/// <summary>
/// What every reader asks of the bytes before it looks at them: right size, UTF-8, at most one byte order mark in front.
/// </summary>
internal static class Utf8Check
{
    /// <summary>The mark that some editors put in front of a text.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>The text without its byte order mark.</summary>
    /// <exception cref="MalformedTextException">The text is too long or is not UTF-8.</exception>
    public static ReadOnlyMemory<byte> Require(SourceFile file, ReadOnlyMemory<byte> utf8, ReaderLimits limits)
    {
        var span = utf8.Span;
        if (span.Length > limits.MaxBytes)
            throw Refuse(file, default, $"the text is longer than {limits.MaxBytes:N0} bytes", "split it");
        if (IsUtf16(span)) throw Refuse(file, default, "the text is UTF-16", "save the file as UTF-8");
        if (!Utf8.IsValid(span)) throw Invalid(file, span);
        return span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
    }

    /// <summary>The place of an offset into a text without byte order mark.</summary>
    public static SourcePosition PositionOf(ReadOnlySpan<byte> text, int offset)
    {
        var cursor = new TextCursor();
        cursor.Advance(text[..offset]);
        return cursor.Position;
    }

    // With a mark, or as the first character of a manifest or of JSON looks without one.
    private static bool IsUtf16(ReadOnlySpan<byte> text) =>
        text.Length >= 2 && (text[0], text[1]) is (0xFF, 0xFE) or (0xFE, 0xFF) or (0, > 0 and < 0x80) or ( > 0 and < 0x80, 0);

    private static MalformedTextException Invalid(SourceFile file, ReadOnlySpan<byte> text)
    {
        var start = text.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var offset = start;
        while (Rune.DecodeFromUtf8(text[offset..], out _, out var length) == OperationStatus.Done) offset += length;
        var position = PositionOf(text[start..], offset - start);
        return Refuse(file, position, $"byte 0x{text[offset]:X2} at offset {offset} is not UTF-8", "save the file as UTF-8");
    }

    private static MalformedTextException Refuse(SourceFile file, SourcePosition at, string message, string hint) =>
        new(new(file.At(at), message, hint));
}
