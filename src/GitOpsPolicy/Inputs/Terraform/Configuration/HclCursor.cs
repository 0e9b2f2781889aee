using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform.Configuration;

/// <summary>
/// Steps over a text in HCL, one lexical element at a time (hcl/hclsyntax/spec.md): comments, quoted texts with templates in
/// them, here-documents, brackets. It never goes back, so a text costs what it is long.
/// </summary>
internal sealed class HclCursor(string text)
{
    private const int MaxDepth = 200;

    private int at = text.StartsWith('\uFEFF') ? 1 : 0;
    private int line = 1;
    private int lineStart;
    private int depth;

    /// <summary>Nothing is left.</summary>
    public bool IsAtEnd => at >= text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Next => IsAtEnd ? '\0' : text[at];

    /// <summary>The place of the next character.</summary>
    public SourcePosition Position => new(line, at - lineStart + 1);

    /// <summary>How far the cursor is.</summary>
    public int Offset => at;

    /// <summary>The text between two offsets.</summary>
    public string Between(int from, int to) => text[from..to];

    /// <summary>Takes the next character.</summary>
    public void Take()
    {
        if (text[at++] != '\n') return;
        line++;
        lineStart = at;
    }

    /// <summary>Takes a character where it is the next one.</summary>
    public bool TryTake(char wanted)
    {
        if (Next != wanted || IsAtEnd) return false;
        Take();
        return true;
    }

    /// <summary>Steps over spaces and comments, and over line ends where they mean nothing.</summary>
    public void SkipSpace(bool lines)
    {
        while (!IsAtEnd)
        {
            if (Next is ' ' or '\t' or '\r' || (lines && Next == '\n')) Take();
            else if (Next == '#' || IsAhead("//")) SkipLine();
            else if (IsAhead("/*")) SkipTo("*/");
            else return;
        }
    }

    /// <summary>Takes a name; null where the next character starts none.</summary>
    public string? TryTakeName()
    {
        var start = at;
        while (!IsAtEnd && (char.IsLetterOrDigit(Next) || Next is '_' or '-')) Take();
        return at == start ? null : text[start..at];
    }

    /// <summary>Takes a quoted text, templates in it stepped over.</summary>
    /// <returns>What stands between the quotes.</returns>
    public string TakeQuoted()
    {
        var (start, open) = (at + 1, Position);
        Take();
        while (Next != '"')
        {
            if (IsAtEnd || Next == '\n') throw new HclException("a quoted text is not closed", open);
            if (Next == '\\' && at + 1 < text.Length) Take();
            else if (IsAhead("$${") || IsAhead("%%{")) Take();
            else if (IsAhead("${") || IsAhead("%{"))
            {
                Take();
                SkipBrackets();
                continue;
            }

            Take();
        }

        Take();
        return text[start..(at - 1)];
    }

    /// <summary>Steps over an expression: to the end of its line, or to the bracket that closes what it stands in.</summary>
    /// <returns>The offset behind it, spaces and comments left out.</returns>
    public int SkipExpression()
    {
        var end = at;
        while (!IsAtEnd && Next is not ('\n' or '}' or ']' or ')'))
        {
            SkipSpace(lines: false);
            if (IsAtEnd || Next is '\n' or '}' or ']' or ')') break;
            SkipElement();
            end = at;
        }

        return end;
    }

    private void SkipElement()
    {
        if (Next == '"') TakeQuoted();
        else if (Next is '{' or '[' or '(') SkipBrackets();
        else if (IsAhead("<<")) SkipHereDocument();
        else Take();
    }

    // The next character opens. What is inside may span lines.
    private void SkipBrackets()
    {
        var open = Position;
        if (++depth > MaxDepth) throw new HclException($"brackets are nested more than {MaxDepth} deep", open);
        Take();
        while (true)
        {
            SkipSpace(lines: true);
            if (IsAtEnd) throw new HclException("a bracket is not closed", open);
            if (Next is '}' or ']' or ')') break;
            SkipElement();
        }

        Take();
        depth--;
    }

    // <<NAME or <<-NAME, to the line that holds nothing but the name.
    private void SkipHereDocument()
    {
        var open = Position;
        Take();
        Take();
        TryTake('-');
        if (TryTakeName() is not { } name) return;
        SkipLine();
        while (!IsAtEnd)
        {
            Take();
            var start = at;
            SkipLine();
            if (text.AsSpan(start, at - start).Trim().SequenceEqual(name)) return;
        }

        throw new HclException($"the text that starts with `<<{name}` does not end", open);
    }

    private void SkipLine()
    {
        while (!IsAtEnd && Next != '\n') Take();
    }

    private void SkipTo(string end)
    {
        var open = Position;
        Take();
        Take();
        while (!IsAhead(end))
        {
            if (IsAtEnd) throw new HclException("a comment is not closed", open);
            Take();
        }

        Take();
        Take();
    }

    private bool IsAhead(string wanted) => string.CompareOrdinal(text, at, wanted, 0, wanted.Length) == 0;
}
