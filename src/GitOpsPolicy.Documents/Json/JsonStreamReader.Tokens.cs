using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace GitOpsPolicy.Documents;

/// <content>The bytes under the tokens: buffer, places and the text of names and scalars.</content>
public sealed partial class JsonStreamReader
{
    /// <summary>Bytes asked for at a time. The buffer grows only for a single token that is longer.</summary>
    private const int FirstBuffer = 64 * 1024;

    private readonly Stream? stream;
    private byte[] buffer = [];

    /// <summary>What has been read from the stream and not yet been passed by a token.</summary>
    private ReadOnlyMemory<byte> window;

    /// <summary>The window is one line of ASCII, as programs write JSON: places in it need no looking.</summary>
    private bool isOneLine;

    /// <summary>How far into the window the cursor has counted.</summary>
    private int counted;

    private TextCursor cursor = new();
    private JsonReaderState state;
    private long total;
    private bool isLast;

    private Utf8JsonReader Resume() => new(window.Span, isLast, state);

    /// <summary>Keeps the place of a reader, which itself cannot be kept in a field.</summary>
    private void Suspend(ref Utf8JsonReader reader)
    {
        state = reader.CurrentState;
        var consumed = (int)reader.BytesConsumed;
        if (counted < consumed) CountTo(consumed);
        counted -= consumed;
        window = window[consumed..];
    }

    /// <summary>Goes to the next token, with more bytes where they are needed, and counts up to its start.</summary>
    private bool Next(ref Utf8JsonReader reader)
    {
        try
        {
            while (!reader.Read())
            {
                if (isLast) return false;
                Suspend(ref reader);
                Fill();
                reader = Resume();
            }
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }

        CountTo((int)reader.TokenStartIndex);
        return true;
    }

    private void CountTo(int offset)
    {
        if (isOneLine) cursor.AdvanceOnLine(offset - counted);
        else cursor.Advance(window.Span[counted..offset]);
        counted = offset;
    }

    /// <summary>Moves what is left to the front of the buffer and reads more behind it.</summary>
    private void Fill()
    {
        var left = window.Length;
        var wanted = left > buffer.Length / 2 ? new byte[buffer.Length * 2] : buffer;
        window.CopyTo(wanted);
        buffer = wanted;
        var read = stream!.ReadAtLeast(buffer.AsSpan(left), FirstBuffer / 2, throwOnEndOfStream: false);
        isLast = read < FirstBuffer / 2;
        total += read;
        window = buffer.AsMemory(0, left + read);
        isOneLine = TextCursor.IsOneAsciiLine(window.Span);
        if (total > limits.MaxBytes) throw Refuse($"the text is longer than {limits.MaxBytes:N0} bytes", null);
    }

    private string NameAt(ref Utf8JsonReader reader)
    {
        const int onStack = 128;
        if (reader.ValueSpan.Length > onStack) return TextAt(ref reader);
        return reader.ValueIsEscaped
            ? Decoded(ref reader)
            : NameTable.Find(reader.ValueSpan) ?? NameTable.Keep(reader.ValueSpan, Decoded(ref reader));
    }

    private string Decoded(ref Utf8JsonReader reader)
    {
        Span<char> decoded = stackalloc char[reader.ValueSpan.Length];
        try
        {
            return NameTable.Get(decoded[..reader.CopyString(decoded)]);
        }
        catch (InvalidOperationException)
        {
            throw NoUnicode(reader.ValueSpan);
        }
    }

    private string TextAt(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NoUnicode(reader.ValueSpan);
        }
    }

    private MalformedTextException NoUnicode(ReadOnlySpan<byte> text) => Utf8.IsValid(text)
        ? Refuse("the string holds half of a surrogate pair", "write both `\\uD8xx\\uDCxx` halves")
        : Refuse("the string holds bytes that are not UTF-8", "save the file as UTF-8");

    private ScalarNode ScalarAt(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => ScalarNode.String(TextAt(ref reader), cursor.Position),
        JsonTokenType.Number => NumberAt(reader.ValueSpan),
        JsonTokenType.Null => ScalarNode.Null(cursor.Position),
        var literal => ScalarNode.Boolean(literal == JsonTokenType.True, cursor.Position),
    };

    private ScalarNode NumberAt(ReadOnlySpan<byte> digits)
    {
        var number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
            throw Refuse($"the number `{Shown.Text(Encoding.UTF8.GetString(digits))}` is too large", "write it in quotes");
        return ScalarNode.Numeric(ScalarNode.SpellingOf(digits), number, cursor.Position);
    }

    /// <summary>
    /// The reader says where it stumbled in line feeds and bytes; this makes it a place that a person can find.
    /// </summary>
    private MalformedTextException Malformed(JsonException e)
    {
        var rest = window.Span[counted..];
        var at = 0;
        for (var feeds = (e.LineNumber ?? 0) - cursor.LineFeeds; feeds > 0; feeds--) at += rest[at..].IndexOf((byte)'\n') + 1;
        var bytes = (e.BytePositionInLine ?? 0) - (at == 0 ? cursor.BytesSinceLineFeed : 0);
        CountTo(counted + Math.Clamp(at + (int)bytes, 0, rest.Length));
        var (message, hint) = JsonMistakes.Describe(e.Message);
        return new(new(file.At(cursor.Position), message, hint)) { IsSyntax = true };
    }

    private MalformedTextException Refuse(string message, string? hint) => new(new(file.At(cursor.Position), message, hint));
}
