using System.Collections.Immutable;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Statements, and going on after a mistake in one.</summary>
internal sealed partial class Parser
{
    private static readonly HashSet<string> StatementWords = new(StringComparer.Ordinal)
    {
        "const", "let", "var", "function", "class", "if", "for", "while", "do", "switch", "try", "throw", "return", "import",
        "export", "break", "continue",
    };

    // The statements up to a closing brace (which stays) or the end. One that does not parse is reported and skipped.
    private ImmutableArray<Statement> Statements(Func<Statement?> parse, Func<bool>? ends = null)
    {
        var body = ImmutableArray.CreateBuilder<Statement>();
        while (current.Kind is not (TokenKind.RightBrace or TokenKind.End) && ends?.Invoke() != true)
        {
            var (level, place, state) = (depth, current.Start, enclosing);
            var jumps = state.Targets.Count;
            try
            {
                if (parse() is { } statement) body.Add(statement);
            }
            catch (SyntaxException e) when (e is not LimitException)
            {
                Report(e);
                isCutShort = true;
                (depth, enclosing, allowIn) = (level, state, true);
                state.Targets.RemoveRange(jumps, state.Targets.Count - jumps);
                SkipStatement(place, e.Offset);
            }
        }

        return body.ToImmutable();
    }

    // Moves on to where the next statement seems to start: after a semicolon, at a closing brace, or at a line that opens one.
    private void SkipStatement(int start, int mistake)
    {
        if (mistake > current.Start) Skip(mistake);
        for (var open = 0; current.Kind != TokenKind.End;)
        {
            if (current.Kind is TokenKind.LeftBrace or TokenKind.LeftParen or TokenKind.LeftBracket) open++;
            if (current.Kind == TokenKind.RightBrace && --open < 0) break;
            if (current.Kind is TokenKind.RightParen or TokenKind.RightBracket) open = Math.Max(0, open - 1);
            if (open <= 0
                && current.Start > start
                && current.AfterLineBreak
                && current.Kind == TokenKind.Name
                && StatementWords.Contains(current.Text))
                break;
            var ends = open <= 0 && current.Kind == TokenKind.Semicolon;
            Skip(current.End);
            if (ends) break;
        }
    }

    // The next token from `offset` on that can be read at all.
    private void Skip(int offset)
    {
        for (; ; offset++)
        {
            lexer.MoveTo(Math.Min(offset, text.Length));
            try
            {
                current = lexer.Next();
                return;
            }
            catch (SyntaxException e)
            {
                offset = Math.Max(offset, e.Offset);
            }
        }
    }

    private ImmutableArray<Statement> Body()
    {
        Expect(TokenKind.LeftBrace, "{");
        var body = Statements(Declaration);
        Expect(TokenKind.RightBrace, "}");
        return body;
    }

    // A statement where declarations may stand too.
    private Statement Declaration() => Deeper(() =>
    {
        if (current.Kind != TokenKind.Name || current.HasEscape) return PlainStatement([]);
        switch (current.Text)
        {
            case "const" or "let":
                var declaration = Variables();
                EndStatement();
                return declaration;
            case "function":
                return FunctionStatement();
            case "class":
                return ClassStatement();
            default:
                return PlainStatement([]);
        }
    });

    // The body of `if`, a loop or a label: no declaration.
    private Statement SubStatement(string where)
    {
        if (current.Is("const") || current.Is("let") || current.Is("class") || current.Is("function"))
            throw new SyntaxException(current.Start, $"a declaration cannot be the body of {where}", "put it in braces");
        return Deeper(() => PlainStatement([]));
    }

    private Statement PlainStatement(ImmutableArray<string> labels)
    {
        var start = Here;
        switch (current.Kind)
        {
            case TokenKind.LeftBrace: return new Block(start, Body());
            case TokenKind.Semicolon:
                Advance();
                return new EmptyStatement(start);
            case TokenKind.Name when !current.HasEscape: break;
            default: return ExpressionStatement(labels);
        }

        return current.Text switch
        {
            "if" => IfStatement(),
            "for" => ForStatement(labels),
            "while" => WhileStatement(labels),
            "do" => DoStatement(labels),
            "switch" => SwitchStatement(labels),
            "async" when IsAsyncFunction() => throw Async(current.Start),
            "try" => TryStatement(),
            "throw" => ThrowStatement(),
            "return" => ReturnStatement(),
            "break" => BreakStatement(),
            "continue" => ContinueStatement(),
            "var" => VarStatement(),
            "import" or "export" => ImportOrExport(),
            "with" =>
                throw new SyntaxException(
                    current.Start, "`with` is not supported", "take the properties you need: `const { a, b } = object`")
                {
                    IsUnsupported = true,
                },
            "debugger" =>
                throw new SyntaxException(
                    current.Start, "`debugger` is not supported", "run `gitops-policy explain` to see what a rule read")
                {
                    IsUnsupported = true,
                },
            _ => ExpressionStatement(labels),
        };
    }

    private Statement VarStatement()
    {
        if (dialect != Dialect.Rule) return VarAssignments();
        var declaration = Variables();
        EndStatement();
        return declaration;
    }

    private Statement ImportOrExport()
    {
        var word = current;
        Advance();
        if (word.Text == "import" && current.Kind is TokenKind.LeftParen or TokenKind.Dot) throw ImportExpression(word.Start);
        throw new SyntaxException(word.Start, $"`{word.Text}` stands only at the top level of a module");
    }

    private Statement ExpressionStatement(ImmutableArray<string> labels)
    {
        var start = Here;
        var isName = current.Kind == TokenKind.Name;
        var expression = Expression();
        if (isName && expression is Identifier { IsParenthesized: false } name && current.Kind == TokenKind.Colon)
            return LabeledStatement(name, labels);
        EndStatement();
        return new ExpressionStatement(start, expression);
    }

    // A loop or switch takes the labels before it for its own, so that jumps find it directly.
    private Labeled LabeledStatement(Identifier first, ImmutableArray<string> labels)
    {
        if (enclosing.Targets.Any(target => target.Labels.Contains(first.Name)))
            Report(first.Start, $"the label `{first.Name}` is already in use here");
        Advance();
        if (current.Is("const") || current.Is("let") || current.Is("class") || current.Is("function"))
            throw new SyntaxException(current.Start, "a declaration cannot have a label", "put it in braces");
        var target = new JumpTarget([first.Name], false, false);
        enclosing.Targets.Add(target);
        var body = Deeper(() => PlainStatement(labels.Add(first.Name)));
        enclosing.Targets.Remove(target);
        Aim(target, body);
        return new Labeled(first.Start, first.Name, body) { IsTarget = target.Breaks.Count > 0 };
    }

    private static void Aim(JumpTarget target, Statement statement)
    {
        foreach (var jump in target.Breaks) jump.Target = statement;
        if (statement is not Loop loop) return;
        foreach (var jump in target.Continues) jump.Target = loop;
    }

    private (T Result, JumpTarget Target) Inside<T>(ImmutableArray<string> labels, bool isSwitch, Func<T> parse)
    {
        var target = new JumpTarget(labels, !isSwitch, isSwitch);
        enclosing.Targets.Add(target);
        var result = parse();
        enclosing.Targets.Remove(target);
        return (result, target);
    }

    private static T Aimed<T>(JumpTarget target, T statement)
        where T : Statement
    {
        Aim(target, statement);
        return statement;
    }

    private Expression Parenthesized()
    {
        Expect(TokenKind.LeftParen, "(");
        var expression = Expression();
        Expect(TokenKind.RightParen, ")");
        return expression;
    }

    private If IfStatement()
    {
        var start = Here;
        Advance();
        var test = Parenthesized();
        var then = SubStatement("`if`");
        return new If(start, test, then, TakeWord("else") ? SubStatement("`else`") : null);
    }

    private While WhileStatement(ImmutableArray<string> labels)
    {
        var start = Here;
        Advance();
        var test = Parenthesized();
        var (body, target) = Inside(labels, false, () => SubStatement("a loop"));
        return Aimed(target, new While(start, test, body));
    }

    private DoWhile DoStatement(ImmutableArray<string> labels)
    {
        var start = Here;
        Advance();
        var (body, target) = Inside(labels, false, () => SubStatement("a loop"));
        ExpectWord("while");
        var test = Parenthesized();
        Take(TokenKind.Semicolon);
        return Aimed(target, new DoWhile(start, body, test));
    }

    private Switch SwitchStatement(ImmutableArray<string> labels)
    {
        var start = Here;
        Advance();
        var value = Parenthesized();
        Expect(TokenKind.LeftBrace, "{");
        var (cases, target) = Inside(labels, true, Cases);
        Expect(TokenKind.RightBrace, "}");
        return Aimed(target, new Switch(start, value, cases));
    }

    private ImmutableArray<SwitchCase> Cases()
    {
        var cases = ImmutableArray.CreateBuilder<SwitchCase>();
        while (current.Kind != TokenKind.RightBrace)
        {
            Count();
            var (start, offset) = (Here, current.Start);
            Expression? test = null;
            if (TakeWord("case")) test = Expression();
            else if (!TakeWord("default")) throw Unexpected("`case` or `default`");
            else if (cases.Any(other => other.Test is null)) Report(offset, "a `switch` has one `default`");
            Expect(TokenKind.Colon, ":");
            cases.Add(new SwitchCase(start, test, Statements(Declaration, EndsCase)));
        }

        return cases.ToImmutable();
    }

    private bool EndsCase() => current.Is("case") || current.Is("default");

    private Try TryStatement()
    {
        var start = Here;
        Advance();
        var body = BlockStatement();
        CatchClause? handler = null;
        if (current.Is("catch"))
        {
            var at = Here;
            Advance();
            var parameter = Take(TokenKind.LeftParen) ? BindingPattern() : null;
            if (parameter is not null) Expect(TokenKind.RightParen, ")");
            handler = new CatchClause(at, parameter, BlockStatement());
        }

        var last = TakeWord("finally") ? BlockStatement() : null;
        if (handler is null && last is null) throw Unexpected("`catch` or `finally`");
        return new Try(start, body, handler, last);
    }

    private Block BlockStatement()
    {
        var start = Here;
        return Deeper(() => new Block(start, Body()));
    }

    private Throw ThrowStatement()
    {
        var start = Here;
        Advance();
        if (current.AfterLineBreak) throw new SyntaxException(previousEnd, "`throw` needs its value on the same line");
        var value = Expression();
        EndStatement();
        return new Throw(start, value);
    }

    private Return ReturnStatement()
    {
        var start = Here;
        if (!enclosing.IsFunction) Report(start, "`return` stands only in a function");
        Advance();
        var value = EndsHere() ? null : Expression();
        EndStatement();
        return new Return(start, value);
    }

    private bool EndsHere() =>
        current.AfterLineBreak || current.Kind is TokenKind.Semicolon or TokenKind.RightBrace or TokenKind.End;

    private Break BreakStatement()
    {
        var start = Here;
        Advance();
        var label = JumpLabel();
        var jump = new Break(start, label);
        var target = enclosing.Targets.FindLast(target =>
            label is null ? target.IsLoop || target.IsSwitch : target.Labels.Contains(label));
        if (target is not null) target.Breaks.Add(jump);
        else
            Report(
                start, label is null ? "`break` stands only in a loop or `switch`" : $"there is no label `{label}` around this");
        EndStatement();
        return jump;
    }

    private Continue ContinueStatement()
    {
        var start = Here;
        Advance();
        var label = JumpLabel();
        var jump = new Continue(start, label);
        var target = enclosing.Targets.FindLast(target => target.IsLoop && (label is null || target.Labels.Contains(label)));
        if (target is not null) target.Continues.Add(jump);
        else
            Report(
                start,
                label is null ? "`continue` stands only in a loop" : $"there is no loop with the label `{label}` around this");
        EndStatement();
        return jump;
    }

    private string? JumpLabel() => current.Kind == TokenKind.Name && !current.AfterLineBreak ? BindingName("a label").Name : null;
}
