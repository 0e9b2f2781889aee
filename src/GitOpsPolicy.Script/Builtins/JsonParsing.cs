using System.Globalization;
using System.Text;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>JSON.parse</c>. What is read from a guarded part of the text is guarded: text, numbers and keys.</summary>
internal sealed class JsonParsing(ScriptRun run, Text source)
{
    private readonly string text = source.Clear;
    private int at;

    /// <summary>The value of the whole text; SyntaxError when it is no JSON.</summary>
    public Value Parse()
    {
        run.Charge(1 + (text.Length >> 4));
        var value = ParseValue();
        SkipSpace();
        return at == text.Length ? value : throw Unexpected();
    }

    // Where a secret stops being JSON tells of it.
    private ScriptThrow Unexpected() => run.SyntaxError(source.Guard is not null
        ? "the JSON text is not well formed; it is sensitive, so where is not told"
        : at >= text.Length ? "the JSON text ends too early" : $"unexpected character at position {at} of the JSON text");

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r') at++;
    }

    private char Next()
    {
        SkipSpace();
        return at < text.Length ? text[at] : '\0';
    }

    private void Expect(char c)
    {
        if (Next() != c) throw Unexpected();
        at++;
    }

    private Value ParseValue()
    {
        run.Charge(1);
        switch (Next())
        {
            case '{': return ParseObject();
            case '[': return ParseArray();
            case '"': return ParseText();
            case 't': return Word("true", Value.Of(true, source.Origin));
            case 'f': return Word("false", Value.Of(false, source.Origin));
            case 'n': return Word("null", Value.Null.WithOrigin(source.Origin));
            case '-' or (>= '0' and <= '9'): return ParseNumber();
            default: throw Unexpected();
        }
    }

    private Value Word(string word, in Value value)
    {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
        {
            while (at < text.Length && word.Length > 0 && text[at] == word[0]) (word, at) = (word[1..], at + 1);
            throw Unexpected();
        }

        at += word.Length;
        return value;
    }

    private Value ParseObject()
    {
        using var level = run.Nest();
        run.Allocate(ScriptRun.ObjectBytes);
        var made = new ScriptRecord();
        at++;
        if (Next() == '}') at++;
        else
        {
            do
            {
                if (Next() != '"') throw Unexpected();
                var key = Conversion.ToKey(run, ParseText());
                Expect(':');
                made.DefineOwn(run, key, new Property(ParseValue(), PropertyFlags.All));
            }
            while (MoreAfterComma('}'));
        }

        return Value.Of(made).WithOrigin(source.Origin);
    }

    private Value ParseArray()
    {
        using var level = run.Nest();
        run.Allocate(ScriptRun.ObjectBytes);
        var made = new ScriptArray();
        at++;
        if (Next() == ']') at++;
        else
        {
            do made.Add(run, ParseValue());
            while (MoreAfterComma(']'));
        }

        return Value.Of(made).WithOrigin(source.Origin);
    }

    private bool MoreAfterComma(char end)
    {
        var c = Next();
        if (c != ',' && c != end) throw Unexpected();
        at++;
        return c == ',';
    }

    private Value ParseNumber()
    {
        var start = at;
        if (text[at] == '-') at++;
        if (at < text.Length && text[at] == '0') at++;
        else SkipDigits();
        if (at < text.Length && text[at] == '.')
        {
            at++;
            SkipDigits();
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-') at++;
            SkipDigits();
        }

        run.Charge((at - start) >> 4);
        var number = double.Parse(text.AsSpan(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        return Conversion.Number(number, IsGuarded(start, at), source.Origin);
    }

    private void SkipDigits()
    {
        if (at >= text.Length || !char.IsAsciiDigit(text[at])) throw Unexpected();
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
    }

    private bool IsGuarded(int start, int end) => source.Guard?.Slice(start, end - start) is GuardedText;

    private Value ParseText()
    {
        var start = ++at;
        while (at < text.Length && text[at] is not ('"' or '\\') and >= ' ') at++;
        if (at < text.Length && text[at] == '"')
        {
            run.ChargeText(at - start);
            at++;
            return at - 1 == start ? Value.Of("", source.Origin) : source.Slice(start, at - 1 - start);
        }

        return ParseEscapedText(start);
    }

    private Value ParseEscapedText(int start)
    {
        var read = new StringBuilder(text, start, at - start, (at - start) + 32);
        while (true)
        {
            if (at >= text.Length || text[at] < ' ') throw Unexpected();
            var c = text[at++];
            if (c == '"') break;
            read.Append(c == '\\' ? ReadEscape() : c);
        }

        run.ChargeText(at - start);
        var value = read.ToString();
        return IsGuarded(start, at) ? Value.Of(GuardedText.Secret(value), source.Origin) : Value.Of(value, source.Origin);
    }

    private char ReadEscape()
    {
        if (at >= text.Length) throw Unexpected();
        var c = text[at++];
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when at + 4 <= text.Length
                && ushort.TryParse(
                    text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                at += 4;
                return (char)unit;
            default:
                at--;
                throw Unexpected();
        }
    }
}
