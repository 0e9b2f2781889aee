using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Builtins;

/// <summary><c>deepEqual</c> of <c>gitops-policy/values</c>.</summary>
public sealed class DeepEqualTests
{
    /// <summary>Answers of node's <c>util.isDeepStrictEqual</c>, but for zeros, which are one number here.</summary>
    public static TheoryData<string, string, bool> Pairs { get; } = new()
    {
        { "1", "1", true },
        { "1", "'1'", false },
        { "NaN", "NaN", true },
        { "null", "undefined", false },
        { "'a'", "'a'", true },
        { "{}", "{}", true },
        { "{}", "[]", false },
        { "{ a: 1, b: [1, { c: 2 }] }", "{ b: [1, { c: 2 }], a: 1 }", true },
        { "{ a: 1 }", "{ a: 1, b: undefined }", false },
        { "{ a: undefined }", "{ b: undefined }", false },
        { "[1, 2]", "[2, 1]", false },
        { "[1, 2]", "[1, 2, 3]", false },
        { "[[[[1]]]]", "[[[[1]]]]", true },
        { "new Map([['a', [1]], ['b', 2]])", "new Map([['b', 2], ['a', [1]]])", true },
        { "new Map([['a', 1]])", "new Map([['a', 2]])", false },
        { "new Set([1, 2])", "new Set([2, 1])", true },
        { "new Set([1, 2])", "new Set([1, 3])", false },
        { "new Map()", "new Set()", false },
        { "/a/g", "/a/g", true },
        { "/a/g", "/a/i", false },
        { "Object(1)", "Object(1)", true },
        { "Object('a')", "Object('b')", false },
        { "new (class A { x = 1 })()", "({ x: 1 })", false },
        { "(() => 1)", "(() => 1)", false },
        { "(() => { const o = { n: 1 }; o.self = o; return o; })()", "(() => { const o = { n: 1 }; o.self = o; return o; })()",
            true },
        { "(() => { const o = { n: 1 }; o.self = o; return o; })()", "(() => { const o = { n: 2 }; o.self = o; return o; })()",
            false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_values_that_say_the_same_are_equal_either_way_round(string a, string b, bool expected)
    {
        Assert.Equal(expected, Ask($"deepEqual({a}, {b})").IsTrue);
        Assert.Equal(expected, Ask($"deepEqual({b}, {a})").IsTrue);
    }

    [Fact]
    public void A_view_of_a_document_equals_an_object_of_the_rules()
    {
        Assert.True(Ask("deepEqual(doc, { list: [1, { name: 'web' }], size: 2 })").IsTrue);
        Assert.False(Ask("deepEqual(doc, { list: [1, { name: 'db' }], size: 2 })").IsTrue);
        Assert.True(Ask("deepEqual(doc.list, [1, doc.list[1]])").IsTrue);
    }

    [Fact]
    public void What_is_known_decides_and_else_the_answer_is_unknown()
    {
        Assert.False(Ask("deepEqual({ id: unknown, n: 1 }, { id: 'x', n: 2 })").IsUnknown);
        Assert.True(Ask("deepEqual({ id: unknown, n: 1 }, { id: 'x', n: 1 })").IsUnknown);
        Assert.False(Ask("deepEqual({ id: unknown }, { id: undefined })").IsUnknown);
    }

    [Fact]
    public void A_graph_of_two_to_the_sixtieth_paths_costs_what_its_objects_do()
    {
        var run = new ScriptRun(new ScriptBudget());
        Assert.True(Ask("deepEqual(build(), build())", run).IsTrue);
        Assert.InRange(run.FuelUsed, 1, 5_000);
    }

    [Fact]
    public void Values_nested_too_deep_end_the_run()
    {
        var failure = Assert.Throws<ScriptException>(() => Ask("deepEqual(deep(), deep())"));
        Assert.Equal(ScriptFailure.TooDeep, failure.Failure);
    }

    private static Value Ask(string expression, ScriptRun? run = null)
    {
        var text = $$"""
            import { deepEqual } from "gitops-policy/values";
            function build() { let at = [1]; for (let i = 0; i < 60; i++) at = [at, at]; return at; }
            function deep() { let at = []; for (let i = 0; i < 20000; i++) at = [at]; return at; }
            export default function (doc, unknown) { return {{expression}}; }
            """;
        Programs.Load(text, (_, _) => new ModuleResolution.Native(ValuesModule.Create())).TryGetExport("default", out var ask);
        return (run ?? new ScriptRun(new ScriptBudget())).Call(
            ask, Value.Undefined, Document(), Value.Of(ScalarNode.String("", default, NodeFlags.Unknown)));
    }

    private static Value Document()
    {
        var text = "{ size: 2, list: [1, { name: web }] }"u8.ToArray();
        return YamlReader.Read(new TextFile("doc.yaml", text), text, ReaderLimits.Default).TryGet(out var stream)
            ? Value.Of(stream.Documents[0].Root)
            : throw new InvalidDataException(Encoding.UTF8.GetString(text));
    }
}
