using GitOpsPolicy.Script.Syntax;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Syntax;

public sealed class ResolverTests
{
    [Fact]
    public void Names_that_no_closure_uses_live_in_the_frame_and_blocks_share_its_slots()
    {
        var function = FunctionOf("function f(a, b) { let c = a; { let d = b; } { let e = c; } }");
        Assert.Equal(4, function.FrameSlots);
        Assert.Equal(0, function.Scope.HeapSlots);
        var (first, second) = ((Block)function.Body[1], (Block)function.Body[2]);
        Assert.Equal([2, 3, 3], [Declared(function.Body[0]).Slot, first.Scope.Bindings[0].Slot, second.Scope.Bindings[0].Slot]);
    }

    [Fact]
    public void A_captured_parameter_keeps_its_place_in_the_frame_for_the_argument()
    {
        var function = FunctionOf("function f(a, b) { return () => a + b; b = 1; }");
        Assert.Equal(2, function.FrameSlots);
        Assert.Equal(2, function.Scope.HeapSlots);
        var arrow = ((FunctionExpression)((Return)function.Body[0]).Value!).Function;
        var sum = (Binary)((Return)arrow.Body[0]).Value!;
        Assert.Equal((0, 0), (((Identifier)sum.Left).Hops, ((Identifier)sum.Left).Binding!.Slot));
        Assert.Equal((0, 1), (((Identifier)sum.Right).Hops, ((Identifier)sum.Right).Binding!.Slot));
    }

    [Fact]
    public void What_a_block_captures_lives_with_the_round_of_the_loop_around_it()
    {
        var function = FunctionOf(
            "function f(a) { let s = 1; for (let i = 0; i < 3; i++) { { let t = i; a(() => t + i + s); } } }");
        var loop = (For)function.Body[1];
        Assert.Equal((2, 1), (loop.Scope.HeapSlots, loop.Scope.CopiedSlots));
        Assert.Equal(1, function.Scope.HeapSlots);
        var inner = (Block)((Block)loop.Body).Body[0];
        Assert.Equal(0, inner.Scope.HeapSlots);
        Assert.Same(loop.Scope, inner.Scope.Bindings[0].Home);
        var arrow = ((FunctionExpression)((Call)((ExpressionStatement)inner.Body[1]).Expression).Arguments[0]).Function;
        var sum = (Binary)((Return)arrow.Body[0]).Value!;
        Assert.Equal(1, ((Identifier)sum.Right).Hops);
        Assert.Equal(0, ((Identifier)((Binary)sum.Left).Left).Hops);
    }

    [Fact]
    public void A_loop_whose_names_nothing_captures_costs_no_heap()
    {
        var function = FunctionOf("function f(a) { for (const x of a) { let y = x; } return a; }");
        Assert.Equal(0, ((ForEach)function.Body[0]).Scope.HeapSlots);
    }

    [Theory]
    [InlineData("x; let x = 1;", true)]
    [InlineData("let x = 1; x;", false)]
    [InlineData("let x = x;", true)]
    [InlineData("let x = () => x;", true)]
    [InlineData("let x = 1; (() => x)();", false)]
    [InlineData("g(); let x = 1; function g() { x; }", true)]
    [InlineData("switch (a) { case 1: let x = 1; case 2: x; }", true)]
    [InlineData("switch (a) { case 1: let x = 1; x; }", false)]
    [InlineData("class A extends b(() => x) { } let x;", true)]
    [InlineData("for (let x = 1; x < 2; x++) { }", false)]
    [InlineData("x = 1; let x;", true)]
    public void A_use_that_may_run_before_the_declaration_is_checked(string body, bool isChecked)
    {
        var function = FunctionOf($"function f(a, b) {{ {body} }}");
        var bindings = Scopes(function).SelectMany(scope => scope.Bindings.Concat(scope.Unchecked))
            .Where(binding => binding.Name == "x");
        Assert.Equal(isChecked, bindings.First().NeedsCheck);
    }

    [Fact]
    public void Functions_of_a_scope_are_listed_for_its_entry()
    {
        var function = FunctionOf("function f() { g(); function g() { } { h(); function h() { } } }");
        Assert.Equal("g", Assert.Single(function.Scope.Functions).Name.Name);
        Assert.Equal("h", Assert.Single(((Block)function.Body[2]).Scope.Functions).Name.Name);
    }

    [Fact]
    public void A_function_that_does_not_name_itself_has_no_self()
    {
        var used = FunctionOf("const f = function g(a) { return g(a - 1); };");
        Assert.Equal(1, used.Self!.Binding!.Slot);
        Assert.Null(FunctionOf("const f = function g(a) { return a; };").Self);
        Assert.Null(FunctionOf("const f = function g(g) { return g; };").Self);
    }

    [Fact]
    public void Names_of_the_module_are_in_its_heap_scope()
    {
        Assert.True(
            SyntaxCase.Load(
                "import { q1 } from './q.js'; const x = 1; { let y = x; } export function f() { return x + q1; }").TryGet(
                out var module));
        Assert.Equal(["q1", "x", "f"], module.Scope.Bindings.Select(binding => binding.Name));
        Assert.All(module.Scope.Bindings, binding => Assert.True(binding.IsCaptured));
        Assert.Equal((3, 1), (module.Scope.HeapSlots, module.FrameSlots));
    }

    [Fact]
    public void A_class_that_names_itself_in_a_member_has_a_heap_scope_of_its_own()
    {
        Assert.True(SyntaxCase.Load("class A { static make() { return new A(); } } class B { }").TryGet(out var module));
        Assert.Equal(1, ((ClassDeclaration)module.Body[0]).Class.Scope.HeapSlots);
        Assert.Equal(0, ((ClassDeclaration)module.Body[1]).Class.Scope.HeapSlots);
    }

    private static Binding Declared(Statement statement) =>
        ((NameTarget)((VariableDeclaration)statement).Declarators[0].Target).Name.Binding!;

    private static Function FunctionOf(string source)
    {
        var loaded = SyntaxCase.Load(source);
        Assert.True(loaded.TryGet(out var module), string.Join("\n", loaded.Problems));
        return module.Body[0] switch
        {
            FunctionDeclaration declaration => declaration.Function,
            VariableDeclaration variables => ((FunctionExpression)variables.Declarators[0].Initializer!).Function,
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    private static List<Scope> Scopes(Function function)
    {
        var own = new List<Scope> { function.Scope };
        foreach (var statement in function.Body)
        {
            if (statement is Switch choice) own.Add(choice.Scope);
            if (statement is For loop) own.Add(loop.Scope);
            if (statement is VariableDeclaration variables)
                own.Add(new Scope(ScopeKind.Block, null, null)
                {
                    Bindings = { ((NameTarget)variables.Declarators[0].Target).Name.Binding! },
                });
        }

        return own;
    }
}
