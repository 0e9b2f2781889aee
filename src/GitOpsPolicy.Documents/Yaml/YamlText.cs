using System.Buffers;
using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>Refuses characters that YAML readers treat differently or that people cannot see.</summary>
internal static class YamlText
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(b => b is not ('\t' or '\n' or '\r')).Select(b => (byte)b), 0x7F]);

    /// <summary>Each is refused outright; the reason is for the message.</summary>
    private static readonly (Rune Character, string Reason)[] Refused =
    [
        (new('\uFEFF'), "a byte order mark may only stand at the start of a file"),
        (new('\u0085'), "YAML 1.1 ends a line at it and editors do not"),
        (new('\u2028'), "YAML 1.1 ends a line at it and editors do not"),
        (new('\u2029'), "YAML 1.1 ends a line at it and editors do not"),
        (new('\uFFFE'), "it is no character"),
        (new('\uFFFF'), "it is no character"),
    ];

    /// <summary>Passes a text that holds nothing of the kind.</summary>
    /// <param name="file">What the text is called in messages.</param>
    /// <param name="text">The text, known to be UTF-8, without byte order mark.</param>
    /// <exception cref="MalformedTextException">The text holds such a character.</exception>
    public static void RequireReadable(SourceFile file, ReadOnlySpan<byte> text)
    {
        var control = text.IndexOfAny(Controls);
        if (control >= 0) throw Refuse(file, text, control, text[control], "control characters are not allowed in YAML");
        if (Ascii.IsValid(text)) return;
        Span<byte> encoded = stackalloc byte[4];
        foreach (var (character, reason) in Refused)
        {
            var length = character.EncodeToUtf8(encoded);
            var at = text.IndexOf(encoded[..length]);
            if (at >= 0) throw Refuse(file, text, at, character.Value, reason);
        }

        RequireNoHighControls(file, text);
    }

    // U+0080 to U+009F are 0xC2 and then 0x80 to 0x9F; the second byte alone may also end another character.
    private static void RequireNoHighControls(SourceFile file, ReadOnlySpan<byte> text)
    {
        for (var at = 0; text[at..].IndexOf((byte)0xC2) is var next and >= 0; at++)
        {
            at += next;
            if (text[at + 1] < 0xA0) throw Refuse(file, text, at, text[at + 1], "control characters are not allowed in YAML");
        }
    }

    private static MalformedTextException Refuse(
        SourceFile file, ReadOnlySpan<byte> text, int offset, int character, string reason) => new(new(
        file.At(Utf8Check.PositionOf(text, offset)),
        $"the character U+{character:X4}: {reason}",
        character is 0xFEFF or 0xFFFE or 0xFFFF ? "remove it" : $"remove it, or write `\\u{character:x4}` in double quotes"));
}
