using System.Text;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>encodeURIComponent</c> and its like (ECMAScript, section 19.2.6).</summary>
internal static class UriFunctions
{
    private const string Marks = "-_.!~*'()";
    private const string Reserved = ";/?:@&=+$,#";

    public static void Install()
    {
        Add("encodeURI", static (run, text) => Encode(run, text, Reserved + Marks));
        Add("encodeURIComponent", static (run, text) => Encode(run, text, Marks));
        Add("decodeURI", static (run, text) => Decode(run, text, Reserved));
        Add("decodeURIComponent", static (run, text) => Decode(run, text, ""));
    }

    private static void Add(string name, Func<ScriptRun, string, string> convert) =>
        Intrinsics.AddGlobal(name, Value.Of(new NativeFunction(name, 1, (run, _, args) =>
        {
            if (args[0].IsUnknown) return GuardedText.UnknownFrom(args[0]);
            var text = Conversion.ToText(run, args[0]);
            run.ChargeText(text.Length * 3L);
            return text.Derive(convert(run, text.Clear));
        })));

    private static ScriptThrow Malformed(ScriptRun run, string what) =>
        run.Error(Intrinsics.UriErrorPrototype, $"the text to {what} is malformed");

    private static string Encode(ScriptRun run, string text, string unescaped)
    {
        var encoded = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]) || unescaped.Contains(text[i], StringComparison.Ordinal))
            {
                encoded.Append(text[i]);
                continue;
            }

            if (!Rune.TryGetRuneAt(text, i, out var rune)) throw Malformed(run, "encode");
            i += rune.Utf16SequenceLength - 1;
            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)]) encoded.Append('%').Append(b.ToString("X2"));
        }

        return encoded.ToString();
    }

    private static string Decode(ScriptRun run, string text, string preserved)
    {
        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '%')
            {
                decoded.Append(text[i++]);
                continue;
            }

            var start = i;
            var rune = ReadEscapes(run, text, ref i);
            if (rune.IsAscii && preserved.Contains((char)rune.Value, StringComparison.Ordinal))
                decoded.Append(text, start, i - start);
            else decoded.Append(rune);
        }

        return decoded.ToString();
    }

    /// <summary>Reads the escaped bytes of one code point.</summary>
    private static Rune ReadEscapes(ScriptRun run, string text, ref int at)
    {
        Span<byte> bytes = stackalloc byte[4];
        bytes[0] = ReadByte(run, text, ref at);
        var count = bytes[0] switch { < 0x80 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };
        for (var i = 1; i < count; i++) bytes[i] = ReadByte(run, text, ref at);
        var status = Rune.DecodeFromUtf8(bytes[..count], out var rune, out var consumed);
        return status == System.Buffers.OperationStatus.Done && consumed == count ? rune : throw Malformed(run, "decode");
    }

    private static byte ReadByte(ScriptRun run, string text, ref int at)
    {
        if (at + 2 >= text.Length
            || text[at] != '%'
            || !char.IsAsciiHexDigit(text[at + 1])
            || !char.IsAsciiHexDigit(text[at + 2]))
            throw Malformed(run, "decode");
        var value = Convert.ToByte(text.Substring(at + 1, 2), 16);
        at += 3;
        return value;
    }
}
