using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Operands: member chains, calls, literals, names and parentheses.</summary>
internal sealed partial class Parser
{
    private Expression LeftHandSide()
    {
        var start = Here;
        var outerReach = reach;
        reach = depth;
        var expression = Head();
        if (!IsBareArrow(expression))
        {
            var inChain = false;
            while (Suffix(start, ref expression, ref inChain, allowCalls: true)) Grow();
            if (inChain) expression = new OptionalChain(start, expression);
        }

        reach = Math.Max(outerReach, reach);
        return expression;
    }

    // The tree parsed so far has become the child of a new node.
    private void Grow()
    {
        Count();
        reach++;
        CheckReach();
    }

    private Expression Head()
    {
        if (current.Kind != TokenKind.Name || current.HasEscape) return Primary();
        switch (current.Text)
        {
            case "new": return NewExpression();
            case "super": return Super();
            case "import":
                var at = current.Start;
                Advance();
                throw ImportExpression(at);
            default: return Primary();
        }
    }

    private SyntaxException ImportExpression(int at) => current.Kind switch
    {
        TokenKind.LeftParen => new(
            at, "dynamic `import()` is not supported", "write `import { name } from \"./module.js\"` at the top")
        {
            IsUnsupported = true,
        },
        TokenKind.Dot => new(at, "`import.meta` is not supported: a rule does not know where it is") { IsUnsupported = true },
        _ => new(at, "`import` stands only at the top level of a module"),
    };

    private bool Suffix(SourcePosition start, ref Expression expression, ref bool inChain, bool allowCalls)
    {
        var isOptional = current.Kind == TokenKind.OptionalDot;
        if (isOptional)
        {
            if (!allowCalls) throw new SyntaxException(current.Start, "`new` cannot be used with an optional chain");
            inChain = true;
            Advance();
        }

        switch (current.Kind)
        {
            case TokenKind.Dot when !isOptional:
                Advance();
                expression = MemberOf(start, expression, false);
                return true;
            case TokenKind.LeftBracket:
                Advance();
                var key = Inner(Expression);
                Expect(TokenKind.RightBracket, "]");
                expression = new Index(start, expression, key, isOptional);
                return true;
            case TokenKind.LeftParen when allowCalls:
                var at = Here;
                expression = new Call(start, expression, Arguments(), at, isOptional);
                return true;
            case TokenKind.Template:
                if (inChain) throw new SyntaxException(current.Start, "a template cannot be tagged with an optional chain");
                expression = new TaggedTemplate(start, expression, TemplateHere(isTagged: true));
                return true;
            default:
                if (isOptional) expression = MemberOf(start, expression, true);
                return isOptional;
        }
    }

    private Expression MemberOf(SourcePosition start, Expression target, bool isOptional)
    {
        var (name, at, kind) = (current.Text, Here, current.Kind);
        if (kind is not (TokenKind.Name or TokenKind.PrivateName)) throw Unexpected("the name of a property");
        Advance();
        return kind == TokenKind.Name
            ? new Member(start, target, name, at, isOptional)
            : new PrivateMember(start, target, name, at, isOptional);
    }

    private ImmutableArray<Expression> Arguments()
    {
        Expect(TokenKind.LeftParen, "(");
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        while (current.Kind != TokenKind.RightParen)
        {
            var start = Here;
            arguments.Add(Take(TokenKind.Ellipsis) ? new Spread(start, Inner(Assignment)) : Inner(Assignment));
            if (current.Kind != TokenKind.RightParen) Expect(TokenKind.Comma, ",");
        }

        Advance();
        return arguments.ToImmutable();
    }

    private Expression NewExpression()
    {
        var start = Here;
        Advance();
        if (Take(TokenKind.Dot))
        {
            if (!current.Is("target")) throw Unexpected("`target`");
            Advance();
            if (!enclosing.AllowsNewTarget) Report(start, "`new.target` stands only in a function");
            enclosing.NoteThis();
            return new NewTarget(start);
        }

        Enter();
        var at = Here;
        var callee = Head();
        if (IsBareArrow(callee)) throw Mistake(callee.Start, "an arrow function cannot be used with `new`");
        if (callee is SuperCall) throw Mistake(callee.Start, "`super()` cannot be used with `new`");
        var inChain = false;
        while (Suffix(at, ref callee, ref inChain, allowCalls: false)) Grow();
        depth--;
        return new New(start, callee, current.Kind == TokenKind.LeftParen ? Arguments() : []);
    }

    private Expression Super()
    {
        var start = Here;
        Advance();
        enclosing.NoteThis();
        switch (current.Kind)
        {
            case TokenKind.LeftParen:
                if (!enclosing.AllowsSuperCall)
                    Report(start, "`super()` stands only in the constructor of a class that extends another");
                return new SuperCall(start, Arguments());
            case TokenKind.Dot or TokenKind.LeftBracket:
                if (!enclosing.AllowsSuper) Report(start, "`super` stands only in methods");
                if (!Take(TokenKind.Dot))
                {
                    Advance();
                    var key = Inner(Expression);
                    Expect(TokenKind.RightBracket, "]");
                    return new SuperMember(start, null, key);
                }

                if (current.Kind != TokenKind.Name) throw Unexpected("the name of a property");
                var name = current.Text;
                Advance();
                return new SuperMember(start, name, null);
            default:
                throw Unexpected("`.`, `[` or `(` after `super`");
        }
    }

    private Expression Primary()
    {
        Count();
        var (token, start) = (current, Here);
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return new NumberLiteral(start, token.Number);
            case TokenKind.String:
                Advance();
                return new StringLiteral(start, token.Text);
            case TokenKind.Template: return TemplateHere(isTagged: false);
            case TokenKind.Divide or TokenKind.DivideAssign: return RegExp();
            case TokenKind.LeftParen: return ParenthesesOrArrow();
            case TokenKind.LeftBracket: return ArrayHere();
            case TokenKind.LeftBrace: return ObjectHere();
            case TokenKind.Name: return NameOperand();
            case TokenKind.PrivateName:
                throw new SyntaxException(token.Start, $"`#{token.Text}` stands only after a dot or before `in`");
            default: throw Unexpected("an expression");
        }
    }

    private Expression NameOperand()
    {
        var (token, start) = (current, Here);
        switch (token.HasEscape ? "" : token.Text)
        {
            case "function": return FunctionHere();
            case "class":
                return Deeper(() => new ClassExpression(start, ClassHere(start, isDeclaration: false).Class));
            case "this":
                Advance();
                enclosing.NoteThis();
                if (module.UsesThis && dialect == Dialect.Script)
                    Report(
                        start, "`this` at the top level of a script is not supported: there is no global object",
                        isUnsupported: true);
                return new ThisExpression(start);
            case "null":
                Advance();
                return new NullLiteral(start);
            case "true" or "false":
                Advance();
                return new BooleanLiteral(start, token.Text == "true");
            default:
                break;
        }

        var mayBeArrow = token.Start == arrowStart;
        var name = new Identifier(start, token.Text);
        CheckName(name, token.Start, "a name");
        Advance();
        return mayBeArrow && current.Kind == TokenKind.Arrow && !current.AfterLineBreak
            ? Arrow(start, token.Start, [new PatternElement(Target(name, isBinding: true), null)], null)
            : name;
    }

    private RegExpLiteral RegExp()
    {
        var start = Here;
        var (pattern, flags, end) = lexer.RegExp(current.Start);
        if (!RegularExpressions.Pattern.TryCompile(pattern, flags, out _, out var problem))
            Report(map.At(current.Start + 1 + problem.Offset), problem.Message, isUnsupported: problem.IsUnsupported);
        current = current with { End = end };
        Advance();
        return new RegExpLiteral(start, pattern, flags);
    }

    private Expression ParenthesesOrArrow()
    {
        var (start, offset, mayBeArrow) = (Here, current.Start, current.Start == arrowStart);
        var (outerCover, outerIn) = (cover, allowIn);
        (cover, allowIn) = (null, true);
        Advance();
        var items = ImmutableArray.CreateBuilder<Expression>();
        Pattern? rest = null;
        var onlyArrow = current.Kind == TokenKind.RightParen;
        while (current.Kind != TokenKind.RightParen)
        {
            if (Take(TokenKind.Ellipsis))
            {
                rest = BindingPattern();
                onlyArrow = true;
                break;
            }

            items.Add(AssignmentOrPattern());
            if (current.Kind == TokenKind.RightParen) break;
            Expect(TokenKind.Comma, ",");
            onlyArrow = current.Kind == TokenKind.RightParen;
        }

        if (rest is not null && current.Kind == TokenKind.Comma) throw RestNotLast();
        Expect(TokenKind.RightParen, ")");
        var mistake = cover;
        (cover, allowIn) = (outerCover, outerIn);
        if (mayBeArrow && current.Kind == TokenKind.Arrow && !current.AfterLineBreak)
        {
            if (lastYield > offset) Report(lastYield, "`yield` cannot stand among the parameters of an arrow function");
            return Arrow(start, offset, [.. items.Select(item => Element(item, isBinding: true))], rest);
        }

        if (onlyArrow) throw Unexpected("`=>`");
        if (mistake is not null) throw mistake;
        Expression inside = items.Count == 1 ? items[0] : new Sequence(items[0].Start, items.ToImmutable());
        inside.IsParenthesized = true;
        return inside;
    }

    // ---- templates

    private TemplateLiteral TemplateHere(bool isTagged) => Template(current.Start, current.End, isTagged, untilEnd: false);

    // Reads the texts from `from` on, which is after the backtick. Each expression ends with the brace that is then the current
    // token.
    private TemplateLiteral Template(int start, int from, bool isTagged, bool untilEnd)
    {
        var (cooked, raw) = (ImmutableArray.CreateBuilder<string?>(), ImmutableArray.CreateBuilder<string>());
        var expressions = ImmutableArray.CreateBuilder<Expression>();
        while (true)
        {
            Count();
            var piece = lexer.TemplateText(from, untilEnd);
            if (piece.BadEscape >= 0 && !isTagged) throw lexer.BadEscape(piece.BadEscape);
            cooked.Add(piece.Cooked);
            raw.Add(piece.Raw);
            if (piece.IsLast) break;
            Advance();
            expressions.Add(Inner(Expression));
            if (current.Kind != TokenKind.RightBrace) throw Unexpected("`}`");
            from = current.End;
        }

        current = current with { End = lexer.Position };
        Advance();
        return new TemplateLiteral(map.At(start), cooked.ToImmutable(), raw.ToImmutable(), expressions.ToImmutable());
    }
}
