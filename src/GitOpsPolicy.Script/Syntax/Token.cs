namespace GitOpsPolicy.Script.Syntax;

/// <summary>The kinds of token. Keywords are names; the parser tells them apart, since most may also be property names.</summary>
internal enum TokenKind : byte
{
    End, Name, PrivateName, Number, String, Template,
    LeftParen, RightParen, LeftBracket, RightBracket, LeftBrace, RightBrace,
    Dot, Ellipsis, Semicolon, Comma, Colon, Question, OptionalDot, Arrow,
    Assign, AddAssign, SubtractAssign, MultiplyAssign, DivideAssign, RemainderAssign, PowerAssign,
    ShiftLeftAssign, ShiftRightAssign, ShiftRightUnsignedAssign, AndAssign, OrAssign, XorAssign,
    LogicalAndAssign, LogicalOrAssign, CoalesceAssign,
    Add, Subtract, Multiply, Divide, Remainder, Power, ShiftLeft, ShiftRight, ShiftRightUnsigned, And, Or, Xor, Not, BitwiseNot,
    LogicalAnd, LogicalOr, Coalesce, Equal, NotEqual, StrictEqual, StrictNotEqual, Less, LessOrEqual, Greater, GreaterOrEqual,
    Increment, Decrement,
}

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first code unit.</param>
/// <param name="End">Offset after its last one.</param>
/// <param name="Text">A name (escapes read, no <c>#</c>) or the value of a string; empty for others.</param>
/// <param name="Number">The value of a number.</param>
/// <param name="AfterLineBreak">A line break lies between it and the token before.</param>
/// <param name="HasEscape">A name spelt with an escape, which is never a keyword.</param>
internal readonly record struct Token(
    TokenKind Kind, int Start, int End, string Text = "", double Number = 0, bool AfterLineBreak = false, bool HasEscape = false)
{
    /// <summary>True for the name <paramref name="word"/> spelt without escapes.</summary>
    public bool Is(string word) => Kind == TokenKind.Name && !HasEscape && Text == word;
}

/// <summary>One text of a template, between backtick, <c>${</c> and <c>}</c>.</summary>
/// <param name="Cooked">With escapes read; null when one of them means nothing.</param>
/// <param name="Raw">As written, line ends as <c>\n</c>.</param>
/// <param name="IsLast">The template ends here, and no expression follows.</param>
/// <param name="BadEscape">Offset of the first escape that means nothing; -1 for none.</param>
internal readonly record struct TemplatePiece(string? Cooked, string Raw, bool IsLast, int BadEscape);
