namespace GitOpsPolicy.Script.Syntax;

/// <summary>
/// Cuts a text into tokens, one at a time, as the parser asks: only the parser knows whether <c>/</c> divides or starts a regular
/// expression, and whether <c>}</c> ends a block or goes on with a template.
/// </summary>
internal sealed partial class Lexer(string text)
{
    private int at;

    /// <summary>Reads the next token.</summary>
    /// <exception cref="SyntaxException">There is none that the language knows.</exception>
    public Token Next()
    {
        var afterLineBreak = SkipTrivia();
        var start = at;
        if (at >= text.Length) return new(TokenKind.End, at, at, AfterLineBreak: afterLineBreak);
        var c = text[at];
        var token = c switch
        {
            '"' or '\'' => String(c),
            '`' => new(TokenKind.Template, at, ++at),
            '#' => PrivateName(),
            _ when char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))) => Number(),
            _ when c == '\\' || Characters.IsNameStart(Characters.CodePointAt(text, at)) => Name(at),
            _ => Punctuator(),
        };
        return token with { Start = start, AfterLineBreak = afterLineBreak };
    }

    /// <summary>Offset of what will be read next.</summary>
    public int Position => at;

    /// <summary>Goes on reading at <paramref name="offset"/>, the end of a token the parser has read differently.</summary>
    public void MoveTo(int offset) => at = offset;

    private char Peek(int ahead) => at + ahead < text.Length ? text[at + ahead] : '\0';

    private bool SkipTrivia()
    {
        var lineBreak = false;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (Characters.IsLineBreak(c)) lineBreak = true;
            else if (c == '/' && Peek(1) == '/') SkipLine();
            else if (c == '/' && Peek(1) == '*') lineBreak |= SkipComment();
            else if (!Characters.IsWhiteSpace(c)) break;
        }

        return lineBreak;
    }

    private void SkipLine()
    {
        while (at + 1 < text.Length && !Characters.IsLineBreak(text[at + 1])) at++;
    }

    private bool SkipComment()
    {
        var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        if (end < 0) throw new SyntaxException(at, "this comment has no end", "close it with `*/`");
        var lineBreak = false;
        for (var i = at; i < end; i++) lineBreak |= Characters.IsLineBreak(text[i]);
        at = end + 1;
        return lineBreak;
    }

    private Token PrivateName()
    {
        var start = at++;
        var c = Characters.CodePointAt(text, at);
        if (c != '\\' && (c < 0 || !Characters.IsNameStart(c))) throw new SyntaxException(start, "unexpected `#`");
        return Name(start) with { Kind = TokenKind.PrivateName };
    }

    private Token Name(int start)
    {
        var from = at;
        while (at < text.Length && text[at] < 128 && Characters.IsNamePart(text[at])) at++;
        if (at < text.Length && (text[at] == '\\' || text[at] >= 128)) return UnusualName(start, from);
        return new(TokenKind.Name, start, at, string.Intern(text[from..at]));
    }

    // A name with escapes or characters beyond ASCII.
    private Token UnusualName(int start, int from)
    {
        var name = new System.Text.StringBuilder(text, from, at - from, 64);
        var hasEscape = false;
        while (at < text.Length)
        {
            var place = at;
            var c = Characters.CodePointAt(text, at);
            if (c == '\\')
            {
                hasEscape = true;
                at++;
                if (Peek(0) != 'u') throw new SyntaxException(place, "a name may hold no escape but `\\u`");
                at++;
                c = UnicodeEscape(place) ?? throw new SyntaxException(place, "this `\\u` escape is not complete");
                if (!(name.Length == 0 ? Characters.IsNameStart(c) : Characters.IsNamePart(c)))
                    throw new SyntaxException(place, $"{Characters.Show(c)} cannot be part of a name");
            }
            else if (name.Length == 0 ? Characters.IsNameStart(c) : Characters.IsNamePart(c))
            {
                at += c > 0xffff ? 2 : 1;
            }
            else
            {
                break;
            }

            name.Append(char.ConvertFromUtf32(c));
        }

        return new(TokenKind.Name, start, at, name.ToString(), HasEscape: hasEscape);
    }

    private Token Punctuator()
    {
        var start = at;
        var (kind, length) = text[at] switch
        {
            '(' => (TokenKind.LeftParen, 1),
            ')' => (TokenKind.RightParen, 1),
            '[' => (TokenKind.LeftBracket, 1),
            ']' => (TokenKind.RightBracket, 1),
            '{' => (TokenKind.LeftBrace, 1),
            '}' => (TokenKind.RightBrace, 1),
            ';' => (TokenKind.Semicolon, 1),
            ',' => (TokenKind.Comma, 1),
            ':' => (TokenKind.Colon, 1),
            '~' => (TokenKind.BitwiseNot, 1),
            '.' => Peek(1) == '.' && Peek(2) == '.' ? (TokenKind.Ellipsis, 3) : (TokenKind.Dot, 1),
            '?' => Question(),
            '=' => Peek(1) == '>' ? (TokenKind.Arrow, 2) : Equality(TokenKind.Assign, TokenKind.Equal, TokenKind.StrictEqual),
            '!' => Equality(TokenKind.Not, TokenKind.NotEqual, TokenKind.StrictNotEqual),
            '+' => Twice('+', TokenKind.Add, TokenKind.AddAssign, TokenKind.Increment),
            '-' => Twice('-', TokenKind.Subtract, TokenKind.SubtractAssign, TokenKind.Decrement),
            '/' => Peek(1) == '=' ? (TokenKind.DivideAssign, 2) : (TokenKind.Divide, 1),
            '%' => Peek(1) == '=' ? (TokenKind.RemainderAssign, 2) : (TokenKind.Remainder, 1),
            '^' => Peek(1) == '=' ? (TokenKind.XorAssign, 2) : (TokenKind.Xor, 1),
            '*' => Doubled('*', TokenKind.Multiply, TokenKind.MultiplyAssign, TokenKind.Power, TokenKind.PowerAssign),
            '&' => Doubled('&', TokenKind.And, TokenKind.AndAssign, TokenKind.LogicalAnd, TokenKind.LogicalAndAssign),
            '|' => Doubled('|', TokenKind.Or, TokenKind.OrAssign, TokenKind.LogicalOr, TokenKind.LogicalOrAssign),
            '<' when Peek(1) == '!' && Peek(2) == '-' && Peek(3) == '-' =>
                throw new SyntaxException(at, "comments are written `//` or `/* */`") { IsUnsupported = true },
            '<' =>
                Peek(1) == '<'
                    ? Shift(2, TokenKind.ShiftLeft, TokenKind.ShiftLeftAssign)
                    : Shift(1, TokenKind.Less, TokenKind.LessOrEqual),
            '>' => Greater(),
            _ => throw Unknown(),
        };
        at += length;
        return new(kind, start, at);
    }

    private SyntaxException Unknown()
    {
        var c = Characters.CodePointAt(text, at);
        var hint = c is 0x201c or 0x201d or 0x2018 or 0x2019 ? "write straight quotes" : null;
        return new(at, c is > 32 and < 127 ? $"unexpected `{(char)c}`" : $"unexpected character U+{c:X4}", hint);
    }

    private (TokenKind Kind, int Length) Question() => (Peek(1), Peek(2)) switch
    {
        ('?', '=') => (TokenKind.CoalesceAssign, 3),
        ('?', _) => (TokenKind.Coalesce, 2),
        ('.', var digit) when !char.IsAsciiDigit(digit) => (TokenKind.OptionalDot, 2),
        _ => (TokenKind.Question, 1),
    };

    private (TokenKind Kind, int Length) Equality(TokenKind single, TokenKind loose, TokenKind strict) =>
        Peek(1) != '=' ? (single, 1) : Peek(2) == '=' ? (strict, 3) : (loose, 2);

    private (TokenKind Kind, int Length) Twice(char c, TokenKind single, TokenKind assign, TokenKind twice) =>
        Peek(1) == c ? (twice, 2) : Peek(1) == '=' ? (assign, 2) : (single, 1);

    private (TokenKind Kind, int Length) Doubled(
        char c, TokenKind single, TokenKind assign, TokenKind twice, TokenKind twiceAssign) =>
        Peek(1) != c ? Shift(1, single, assign) : Shift(2, twice, twiceAssign);

    private (TokenKind Kind, int Length) Shift(int length, TokenKind plain, TokenKind assign) =>
        Peek(length) == '=' ? (assign, length + 1) : (plain, length);

    private (TokenKind Kind, int Length) Greater() => (Peek(1), Peek(2)) switch
    {
        ('>', '>') => Shift(3, TokenKind.ShiftRightUnsigned, TokenKind.ShiftRightUnsignedAssign),
        ('>', _) => Shift(2, TokenKind.ShiftRight, TokenKind.ShiftRightAssign),
        _ => Shift(1, TokenKind.Greater, TokenKind.GreaterOrEqual),
    };
}
