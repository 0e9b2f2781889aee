using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Variables and the loops that declare them.</summary>
internal sealed partial class Parser
{
    // `const` or `let` with its declarators, without the end of the statement. `var` is reported and read as `let`.
    private VariableDeclaration Variables(bool inLoop = false)
    {
        var (start, word) = (Here, current.Text);
        if (word == "var" && dialect == Dialect.Rule)
            Report(start, "`var` is not supported", "write `let` or `const`", isUnsupported: true);
        Advance();
        var declarators = ImmutableArray.CreateBuilder<Declarator>();
        do
        {
            Count();
            var target = BindingPattern(isLexical: word != "var");
            declarators.Add(new Declarator(target, Take(TokenKind.Assign) ? Named(Assignment(), target) : null));
            if (!inLoop || declarators.Count > 1 || !IsEachWord()) CheckInitializer(declarators[^1], word);
        }
        while (Take(TokenKind.Comma));
        return new VariableDeclaration(start, word == "const", declarators.ToImmutable());
    }

    private void CheckInitializer(Declarator declarator, string word)
    {
        if (declarator.Initializer is not null) return;
        if (declarator.Target is not NameTarget)
            throw new SyntaxException(current.Start, "a pattern needs a value to take apart", "write ` = value` after it");
        if (word == "const") Report(declarator.Start, "a `const` needs a value", "write ` = value` after it, or `let`");
    }

    private bool IsEachWord() => current.Is("of") || current.Is("in");

    private Statement ForStatement(ImmutableArray<string> labels)
    {
        var start = Here;
        Advance();
        if (current.Is("await"))
            throw new SyntaxException(current.Start, "`for await` is not supported", "write `for (const x of values)`")
            {
                IsUnsupported = true,
            };
        Expect(TokenKind.LeftParen, "(");
        if (Take(TokenKind.Semicolon)) return PlainFor(start, null, labels);
        if (current.Is("const") || current.Is("let") || current.Is("var"))
        {
            var isVar = current.Is("var") && dialect != Dialect.Rule;
            var declaration = WithoutIn(() => Variables(inLoop: true));
            if (!IsEachWord() || declaration.Declarators.Length > 1)
                return PlainFor(start, EndOfInitializer(isVar ? Assignments(declaration) : declaration), labels);
            if (declaration.Declarators[0].Initializer is not null)
                throw new SyntaxException(current.Start, $"the variable of `for {current.Text}` takes no value of its own");
            if (isVar) NoteVars(declaration);
            return Each(start, isVar ? null : declaration, declaration.Declarators[0].Target, labels);
        }

        var (first, at) = (current, Here);
        var expression = WithoutIn(() => Expression(isTarget: true));
        if (!IsEachWord()) return PlainFor(start, EndOfInitializer(new ExpressionStatement(at, expression)), labels);
        if (first.Is("async") && expression is Identifier && current.Is("of")) throw Async(first.Start);
        return Each(start, null, AssignmentTarget(expression), labels);
    }

    private T WithoutIn<T>(Func<T> parse)
    {
        allowIn = false;
        var result = parse();
        allowIn = true;
        return result;
    }

    private Statement EndOfInitializer(Statement initializer)
    {
        if (cover is { } mistake) throw mistake;
        Expect(TokenKind.Semicolon, ";");
        return initializer;
    }

    private For PlainFor(SourcePosition start, Statement? initializer, ImmutableArray<string> labels)
    {
        var test = current.Kind == TokenKind.Semicolon ? null : Expression();
        Expect(TokenKind.Semicolon, ";");
        var update = current.Kind == TokenKind.RightParen ? null : Expression();
        Expect(TokenKind.RightParen, ")");
        var (body, target) = Inside(labels, false, () => SubStatement("a loop"));
        return Aimed(target, new For(start, initializer, test, update, body));
    }

    private ForEach Each(SourcePosition start, VariableDeclaration? declaration, Pattern variable, ImmutableArray<string> labels)
    {
        cover = null;
        var kind = current.Is("of") ? EachKind.Values : EachKind.Keys;
        Advance();
        var source = kind == EachKind.Values ? Assignment() : Expression();
        Expect(TokenKind.RightParen, ")");
        var (body, target) = Inside(labels, false, () => SubStatement("a loop"));
        return Aimed(
            target,
            new ForEach(start, kind, declaration is not null, variable, source, body)
            {
                IsConst = declaration is { IsConst: true },
            });
    }
}
