using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Functions of every kind.</summary>
internal sealed partial class Parser
{
    private FunctionDeclaration FunctionStatement(bool isDefault = false)
    {
        var (start, from) = (Here, current.Start);
        Advance();
        var isGenerator = Take(TokenKind.Multiply);
        var name = isDefault && current.Kind == TokenKind.LeftParen
            ? new Identifier(start, "*default*")
            : BindingName("the name of a function");
        var function = FunctionRest(
            start, from, FunctionKind.Function,
            new FunctionState(null) { IsFunction = true, IsGenerator = isGenerator, AllowsNewTarget = true });
        function.Name = name.Name == "*default*" ? "default" : name.Name;
        return new FunctionDeclaration(start, name, function);
    }

    private FunctionExpression FunctionHere()
    {
        var (start, from) = (Here, current.Start);
        Advance();
        var isGenerator = Take(TokenKind.Multiply);
        if (isGenerator && current.Is("yield"))
            throw new SyntaxException(current.Start, "`yield` is a reserved word and cannot be the name of a function");
        var name = current.Kind == TokenKind.LeftParen ? null : BindingName("the name of a function");
        var function = FunctionRest(
            start, from, FunctionKind.Function,
            new FunctionState(null) { IsFunction = true, IsGenerator = isGenerator, AllowsNewTarget = true });
        function.Name = name?.Name ?? "";
        function.Self = name;
        return new FunctionExpression(start, function);
    }

    private Function MethodFunction(SourcePosition start, int from, FunctionKind kind, bool isGenerator, string name)
    {
        var function = FunctionRest(start, from, kind, new FunctionState(null)
        {
            IsFunction = true, IsGenerator = isGenerator, AllowsSuper = true, AllowsNewTarget = true,
            AllowsSuperCall = kind == FunctionKind.DerivedConstructor,
        });
        function.Name = name;
        return function;
    }

    // Parameters and body, in a function of their own.
    private Function FunctionRest(SourcePosition start, int from, FunctionKind kind, FunctionState state) =>
        InFunction(state, () =>
        {
            state.InParameters = true;
            var (parameters, rest) = Parameters();
            state.InParameters = false;
            var body = WithVars(Body(), parameters.SelectMany(parameter => Names(parameter.Target)).Concat(Names(rest)));
            return Finished(
                new Function(start, kind, state.IsGenerator, parameters, rest, body) { Text = from..previousEnd }, state);
        });

    private (ImmutableArray<PatternElement> Named, Pattern? Others) Parameters()
    {
        Expect(TokenKind.LeftParen, "(");
        var parameters = ImmutableArray.CreateBuilder<PatternElement>();
        Pattern? rest = null;
        while (current.Kind != TokenKind.RightParen && rest is null)
        {
            Count();
            if (Take(TokenKind.Ellipsis)) rest = BindingPattern();
            else parameters.Add(BindingElement());
            if (current.Kind != TokenKind.RightParen && rest is null) Expect(TokenKind.Comma, ",");
        }

        if (rest is not null && current.Kind == TokenKind.Comma)
            throw new SyntaxException(current.Start, "nothing may follow the rest parameter");
        Expect(TokenKind.RightParen, ")");
        return (parameters.ToImmutable(), rest);
    }

    // From the `=>` on.
    private FunctionExpression Arrow(SourcePosition start, int from, ImmutableArray<PatternElement> parameters, Pattern? rest)
    {
        var state = new FunctionState(enclosing)
        {
            IsFunction = true, IsArrow = true,
            AllowsSuper = enclosing.AllowsSuper,
            AllowsSuperCall = enclosing.AllowsSuperCall,
            AllowsNewTarget = enclosing.AllowsNewTarget,
        };
        var outerIn = allowIn;
        Advance();
        return InFunction(state, () =>
        {
            var body = current.Kind == TokenKind.LeftBrace ? Body() : ArrowValue(outerIn);
            body = WithVars(body, parameters.SelectMany(parameter => Names(parameter.Target)).Concat(Names(rest)));
            var arrow = new Function(start, FunctionKind.Arrow, false, parameters, rest, body) { Text = from..previousEnd };
            return new FunctionExpression(start, Finished(arrow, state));
        });
    }

    private ImmutableArray<Statement> ArrowValue(bool outerIn)
    {
        var start = Here;
        allowIn = outerIn;
        return [new Return(start, Assignment())];
    }

    private Function Finished(Function function, FunctionState state)
    {
        function.HasPlainParameters = function.Rest is null
            && function.Parameters.All(parameter => parameter is { Target: NameTarget, Default: null });
        function.Length = function.Parameters.TakeWhile(parameter => parameter.Default is null).Count();
        function.UsesThis = state.UsesThis;
        if (!function.HasPlainParameters && function.Body.TakeWhile(IsDirective).FirstOrDefault(IsUseStrict) is { } directive)
            Report(
                directive.Start, "`\"use strict\"` cannot stand in a function whose parameters are not plain names",
                "leave it out: rules are always strict");
        return function;
    }

    private static bool IsDirective(Statement statement) =>
        statement is ExpressionStatement { Expression: StringLiteral { IsParenthesized: false } };

    private static bool IsUseStrict(Statement statement) =>
        statement is ExpressionStatement { Expression: StringLiteral { Value: "use strict" } };
}
