using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>
/// Patterns that declare are read as such. Patterns that assign, and the parameters of arrows, are read as expressions first
/// (nothing tells them apart until the <c>=</c> or <c>=&gt;</c>) and turned into patterns then.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Reserved in strict-mode modules (ECMA-262, 12.7.2).</summary>
    private static readonly HashSet<string> ReservedWords = new(StringComparer.Ordinal)
    {
        "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
        "export", "extends",
        "false", "finally", "for", "function", "if", "import", "in", "instanceof", "new", "null", "return", "super", "switch",
        "this", "throw", "true",
        "try", "typeof", "var", "void", "while", "with", "yield",
        "implements", "interface", "let", "package", "private", "protected", "public", "static",
    };

    // Spread elements of literals that a comma follows: as the rest of a pattern, that comma is a mistake.
    private readonly HashSet<SyntaxNode> followedByComma = new(ReferenceEqualityComparer.Instance);

    // A mistake in a literal unless that literal turns out to be a pattern: `{ a = 1 }`.
    private SyntaxException? cover;

    private Identifier BindingName(string what = "a name")
    {
        if (current.Kind != TokenKind.Name) throw Unexpected(what);
        var name = new Identifier(Here, current.Text);
        CheckName(name, current.Start, what);
        if (name.Name is "eval" or "arguments") Report(name.Start, $"`{name.Name}` cannot be {what}");
        Advance();
        Count();
        return name;
    }

    private void CheckName(Identifier name, int offset, string what)
    {
        if (dialect == Dialect.Script && name.Name == "await") return;
        if (name.Name == "await" && current.Is("await")) throw Unexpected();
        if (ReservedWords.Contains(name.Name))
            throw new SyntaxException(offset, $"`{name.Name}` is a reserved word and cannot be {what}");
    }

    private Pattern BindingPattern(bool isLexical = false)
    {
        Enter();
        Pattern pattern = current.Kind switch
        {
            TokenKind.LeftBracket => ArrayBinding(isLexical),
            TokenKind.LeftBrace => ObjectBinding(isLexical),
            _ => new NameTarget(BindingName()),
        };
        depth--;
        return pattern;
    }

    private PatternElement BindingElement(bool isLexical = false)
    {
        var target = BindingPattern(isLexical);
        return new PatternElement(target, Take(TokenKind.Assign) ? Inner(() => Named(Assignment(), target)) : null);
    }

    private ArrayPattern ArrayBinding(bool isLexical)
    {
        var start = Here;
        Advance();
        var elements = ImmutableArray.CreateBuilder<PatternElement?>();
        Pattern? rest = null;
        while (current.Kind != TokenKind.RightBracket && rest is null)
        {
            Count();
            if (current.Kind == TokenKind.Comma)
            {
                elements.Add(null);
                Advance();
                continue;
            }

            if (Take(TokenKind.Ellipsis)) rest = BindingPattern(isLexical);
            else elements.Add(BindingElement(isLexical));
            if (current.Kind != TokenKind.RightBracket && rest is null) Expect(TokenKind.Comma, ",");
        }

        if (rest is not null && current.Kind == TokenKind.Comma) throw RestNotLast();
        Expect(TokenKind.RightBracket, "]");
        return new ArrayPattern(start, elements.ToImmutable(), rest);
    }

    private SyntaxException RestNotLast() => new(current.Start, "nothing may follow the rest element of a pattern");

    private ObjectPattern ObjectBinding(bool isLexical)
    {
        var start = Here;
        Advance();
        var properties = ImmutableArray.CreateBuilder<PatternProperty>();
        Pattern? rest = null;
        while (current.Kind != TokenKind.RightBrace && rest is null)
        {
            Count();
            if (Take(TokenKind.Ellipsis)) rest = new NameTarget(BindingName());
            else properties.Add(BindingProperty(isLexical));
            if (current.Kind != TokenKind.RightBrace && rest is null) Expect(TokenKind.Comma, ",");
        }

        if (rest is not null && current.Kind == TokenKind.Comma) throw RestNotLast();
        Expect(TokenKind.RightBrace, "}");
        return new ObjectPattern(start, properties.ToImmutable(), rest);
    }

    private PatternProperty BindingProperty(bool isLexical)
    {
        var token = current;
        var key = Key();
        if (Take(TokenKind.Colon)) return new PatternProperty(key, BindingElement(isLexical));
        if (token.Kind != TokenKind.Name) throw Unexpected("`:`");
        var name = new Identifier(key.Start, token.Text);
        CheckName(name, token.Start, "a name");
        if (name.Name is "eval" or "arguments") Report(name.Start, $"`{name.Name}` cannot be a name");
        var target = new NameTarget(name);
        return new PatternProperty(
            key, new PatternElement(target, Take(TokenKind.Assign) ? Inner(() => Named(Assignment(), target)) : null));
    }

    // ---- from expressions

    private Pattern AssignmentTarget(Expression expression) => Target(expression, isBinding: false);

    private Pattern Target(Expression expression, bool isBinding)
    {
        switch (expression)
        {
            case Identifier name when !isBinding || !name.IsParenthesized:
                if (name.Name is "eval" or "arguments") Report(name.Start, $"`{name.Name}` cannot be assigned");
                return new NameTarget(name);
            case Member or Index or PrivateMember or SuperMember when !isBinding:
                return new PropertyTarget(expression);
            case ArrayLiteral { IsParenthesized: false } array:
                return ArrayTarget(array, isBinding);
            case ObjectLiteral { IsParenthesized: false } literal:
                return ObjectTarget(literal, isBinding);
            case OptionalChain:
                throw Mistake(expression.Start, "an optional chain cannot be assigned");
            default:
                throw Mistake(expression.Start, isBinding ? "this cannot be a parameter" : "this cannot be assigned");
        }
    }

    private static SyntaxException Mistake(SourcePosition at, string message, string? hint = null) =>
        new(0, message, hint) { Position = at };

    private ArrayPattern ArrayTarget(ArrayLiteral array, bool isBinding)
    {
        var elements = ImmutableArray.CreateBuilder<PatternElement?>();
        Pattern? rest = null;
        for (var i = 0; i < array.Items.Length; i++)
        {
            if (array.Items[i] is Spread spread)
            {
                if (i + 1 < array.Items.Length || followedByComma.Contains(spread))
                    throw Mistake(spread.Start, "a rest element stands last in a pattern");
                rest = Target(spread.Value, isBinding);
            }
            else
            {
                elements.Add(array.Items[i] is { } item ? Element(item, isBinding) : null);
            }
        }

        return new ArrayPattern(array.Start, elements.ToImmutable(), rest);
    }

    private PatternElement Element(Expression expression, bool isBinding)
    {
        if (expression is not Assignment { IsParenthesized: false } assignment)
            return new PatternElement(Target(expression, isBinding), null);
        if (isBinding) CheckDeclares(assignment.Target);
        return new PatternElement(assignment.Target, assignment.Value);
    }

    private ObjectPattern ObjectTarget(ObjectLiteral literal, bool isBinding)
    {
        var properties = ImmutableArray.CreateBuilder<PatternProperty>();
        Pattern? rest = null;
        foreach (var property in literal.Properties)
        {
            if (rest is not null) throw Mistake(property.Start, "nothing may follow the rest element of a pattern");
            if (property.Kind == PropertyKind.Spread)
            {
                if (followedByComma.Contains(property)) throw Mistake(property.Start, "a rest element stands last in a pattern");
                rest = Target(property.Value, isBinding);
                if (rest is ArrayPattern or ObjectPattern) throw Mistake(rest.Start, "the rest of an object pattern is a name");
            }
            else if (property.Kind is PropertyKind.Value or PropertyKind.Prototype)
            {
                properties.Add(new PatternProperty(property.Key!, Element(property.Value, isBinding)));
            }
            else
            {
                throw Mistake(property.Start, "a method cannot be part of a pattern");
            }
        }

        return new ObjectPattern(literal.Start, properties.ToImmutable(), rest);
    }

    // A pattern with defaults inside a parameter was read as an assignment: its targets must be plain names.
    private static void CheckDeclares(Pattern pattern)
    {
        switch (pattern)
        {
            case NameTarget { Name.IsParenthesized: true } or PropertyTarget:
                throw Mistake(pattern.Start, "this cannot be a parameter");
            case ArrayPattern array:
                foreach (var element in array.Elements)
                    if (element is not null) CheckDeclares(element.Target);
                if (array.Rest is not null) CheckDeclares(array.Rest);
                break;
            case ObjectPattern { Properties: var properties, Rest: var rest }:
                foreach (var property in properties) CheckDeclares(property.Element.Target);
                if (rest is not null) CheckDeclares(rest);
                break;
            default:
                break;
        }
    }
}
