using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Semantics;

/// <summary>What stands outside the function of a rule is made once, and no run changes it.</summary>
public sealed class ModuleStateTests
{
    /// <summary>What a module keeps, and what a run tries to leave there.</summary>
    public static TheoryData<string, string> Attempts => new()
    {
        { "const seen = [];", "seen.push(1)" },
        { "const seen = [];", "seen[0] = 1" },
        { "const seen = [];", "seen.length = 3" },
        { "const seen = [1, 2];", "seen.sort()" },
        { "const seen = [1];", "seen.pop()" },
        { "const seen = {};", "seen.x = 1" },
        { "const seen = { x: 1 };", "delete seen.x" },
        { "const seen = { deep: { deeper: [] } };", "seen.deep.deeper.push(1)" },
        { "const seen = {};", "Object.defineProperty(seen, 'x', { value: 1 })" },
        { "const seen = {};", "Object.setPrototypeOf(seen, { x: 1 })" },
        { "const seen = {};", "Object.assign(seen, { x: 1 })" },
        { "const seen = new Map();", "seen.set(1, 2)" },
        { "const seen = new Map([[1, []]]);", "seen.get(1).push(2)" },
        { "const seen = new Map([[1, 2]]);", "seen.delete(1)" },
        { "const seen = new Map([[1, 2]]);", "seen.clear()" },
        { "const seen = new Set();", "seen.add(1)" },
        { "const seen = new Set([{}]);", "[...seen][0].x = 1" },
        { "const word = /x/g;", "word.test('x')" },
        { "const word = /x/g;", "word.lastIndex = 1" },
        { "const word = /x/y;", "word.exec('x')" },
        { "const f = () => 1;", "f.count = 1" },
        { "class Box { static n = 0; }", "Box.n++" },
        { "class Box { static #n = 0; static add() { return ++Box.#n; } }", "Box.add()" },
        { "class Box { #n = 0; add() { return ++this.#n; } } const box = new Box();", "box.add()" },
        { "class Box { x = []; } const box = new Box();", "box.x.push(1)" },
        { "const counter = (() => { let n = 0; return () => ++n; })();", "counter()" },
        { "const box = (() => { let n = 0; return { set n(v) { n = v; }, get n() { return n; } }; })();", "box.n = 1" },
        { "function* g() { let n = 0; while (true) yield ++n; } const it = g();", "it.next().value" },
        { "const it = [1, 2][Symbol.iterator]();", "it.next().value" },
        { "const it = new Map([[1, 2]]).entries();", "[...it].length" },
        { "const error = new Error('x');", "error.message = 'y'" },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public void A_run_leaves_nothing_in_its_module(string kept, string attempt)
    {
        Programs.Load($"{kept}\nexport default (doc) => {attempt};").TryGetExport("default", out var main);
        var document = ExampleDocument.Read();
        var outcomes = Enumerable.Range(0, 3).Select(_ => Outcome(main, document)).Distinct().ToArray();
        Assert.StartsWith("throws TypeError", Assert.Single(outcomes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("let count = 0;", "count++")]
    [InlineData("let count = 0;", "count = 1")]
    [InlineData("let last;", "last ??= doc.name")]
    [InlineData("let last;", "[last] = [doc.name]")]
    public void A_variable_of_a_module_cannot_be_assigned_by_a_run(string kept, string attempt)
    {
        var loaded = ScriptLoader.LoadModule(
            new TestFile("rule.js"), $"{kept}\nexport default (doc) => {attempt};", Programs.NoModules);
        Assert.Contains("state is fixed once it has loaded", Assert.Single(loaded.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("const allowed = new Set(['web']);", "allowed.has(doc.name)")]
    [InlineData("const word = /^w/;", "word.test(doc.name)")]
    [InlineData("const names = ['b', 'a'];", "names.toSorted()[0] === 'a'")]
    [InlineData("class Box { n = 0; add() { this.n++; return this; } }", "new Box().add().n === 1")]
    [InlineData("const counter = () => { let n = 0; return () => ++n; };", "counter()() === 1")]
    [InlineData("class Failure extends Error {}", "new Failure('x').message === 'x'")]
    [InlineData("const base = { x: 1 };", "Object.assign(Object.create(base), { x: 2 }).x === 2")]
    public void A_run_may_use_what_its_module_made(string kept, string use)
    {
        Programs.Load($"{kept}\nexport default (doc) => {use};").TryGetExport("default", out var main);
        Assert.StartsWith("true", Outcome(main, ExampleDocument.Read()), StringComparison.Ordinal);
    }

    private static string Outcome(Value main, MappingNode document) =>
        Example.OutcomeOf(new ScriptRun(new ScriptBudget()), main, document);
}
