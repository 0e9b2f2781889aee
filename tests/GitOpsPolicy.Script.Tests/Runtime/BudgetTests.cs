using GitOpsPolicy.Script.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Runtime;

public sealed class BudgetTests
{
    public static TheoryData<string> Hostile =>
    [
        "for (;;);",
        "while (true) { }",
        "do { } while (true);",
        "for (;;) { try { for (;;); } finally { continue; } }",
        "for (let i = 0; ; i++) { try { throw i; } catch { } }",
        "const f = () => f(); f();",
        "function f() { return 1 + f(); } f();",
        "const o = { toString() { return '' + o; } }; '' + o;",
        "const o = { valueOf() { return +o; } }; +o;",
        "const o = { [Symbol.toPrimitive]() { return `${o}`; } }; `${o}`;",
        "const o = { get x() { return o.x; } }; o.x;",
        "const o = { set x(v) { o.x = v; } }; o.x = 1;",
        "const c = (a, b) => [2, 1].sort(c)[0]; [2, 1].sort(c);",
        "const f = x => [1].map(f); f(1);",
        "const f = x => 'a'.replace('a', f); f();",
        "const f = x => Array.from([1], f); f();",
        "const f = () => JSON.stringify({ toJSON: f }); f();",
        "const f = () => JSON.parse('[1]', f); f();",
        "class A { constructor() { new A(); } } new A();",
        "class A { x = new A(); } new A();",
        "const it = { [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }) }; } }; [...it];",
        "const it = { [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }) }; } }; for (const x of it);",
        "const it = { [Symbol.iterator]() { return [...it][Symbol.iterator](); } }; const [a] = it;",
        "const f = g.bind(null); function g() { f(); } g();",
        "let s = 'x'; for (;;) s += s;",
        "let s = ''; for (;;) s += 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';",
        "'x'.repeat(2 ** 28);",
        "'x'.padEnd(2 ** 29);",
        "let s = 'x'.repeat(1000); for (;;) s = s.replaceAll('x', 'xx');",
        "const a = []; for (;;) a.push(1);",
        "const a = []; a[4294967290] = 1; a.length = 4294967295; for (const x of a);",
        "const a = []; a[2147483646] = 1;",
        "const a = []; a.length = 2 ** 31;",
        "new Array(2 ** 30).fill(0);",
        "Array.from({ length: 2 ** 31 });",
        "const a = [1]; for (;;) a.push(...a);",
        "let a = [1]; for (;;) a = [...a, ...a];",
        "let a = [1]; for (;;) a = a.concat(a);",
        "const o = {}; for (let i = 0; ; i++) o['k' + i] = i;",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, i);",
        "const s = new Set([1]); for (const x of s) s.add(x + 1);",
        "let a = []; for (;;) a = [a];",
        "let a = []; for (let i = 0; i < 20000; i++) a = [a]; JSON.stringify(a);",
        "let a = []; for (let i = 0; i < 20000; i++) a = [a]; '' + a;",
        "let a = []; for (let i = 0; i < 20000; i++) a = [a]; a.flat(Infinity);",
        "let o = {}; for (let i = 0; i < 50; i++) o = { a: o, b: o }; JSON.stringify(o);",
        "const a = []; a[0] = a; a.flat(Infinity);",
        "JSON.parse('['.repeat(100000));",
        "'a'.repeat(100000).split('').map(x => x.repeat(100000)).join('');",
        "let f = x => x; for (;;) { const g = f; f = x => g(x); f(1); }",
        "/(a+)+$/.test('a'.repeat(50000) + 'b'); for (;;) /(a*)*b/.test('a'.repeat(1000));",
        "let p = null; for (;;) p = Object.create(p);",
        "let p = {}; for (let i = 0; i < 20000; i++) p = Object.create(p); for (;;) p.nope;",
        "const big = {}; for (let i = 0; i < 5000; i++) big['k' + i] = 1; for (;;) ({ ...big });",
        "const big = {}; for (let i = 0; i < 5000; i++) big['k' + i] = 1; for (;;) { delete big.k0; big.k0 = 1; }",
        "[1, 2, 3].sort(() => { for (;;); });",
        "for (;;) [3, 2, 1].toSorted();",
        "encodeURIComponent('\\u00e9'.repeat(10000000));",
        "String.fromCharCode(...new Array(10000000));",
        "((...a) => a)(...'x'.repeat(10000000));",
        "for (;;) Object.keys('x'.repeat(1000000));",
        "const t = (s, ...v) => t`${t}`; t`${1}`;",
        "const o = {}; o.o = o; for (let x = o; ; x = x.o);",
        "new Map([[1, 2]]).forEach(function f(v, k, m) { m.set(m.size + 1, 1); });",
        "const a = [1]; a.forEach(function f() { a.forEach(f); });",
        "const a = [1, 2]; for (const x of a) a.push(x);",
        "for (;;) { const [x, ...y] = 'abcdefghijkl'; }",
        "for (;;) { const { x, ...y } = { x: 1, a: 2, b: 3 }; }",
        "lbl: for (;;) { for (;;) continue lbl; }",
        "switch (1) { default: for (;;); }",
        "parseInt('9'.repeat(30000000));",
        "function* g() { for (;;) yield 1; } [...g()];",
        "function* g() { for (;;) yield 1; } for (const x of g());",
        "function* g() { yield* g(); } [...g()];",
        "function* g() { const it = g(); it.next(); yield 1; } g().next();",
        "function* g() { try { yield 1; } finally { for (;;); } } const [a] = g();",
        "function* g() { for (;;) try { yield 1; } finally { continue; } } const it = g(); it.next(); for (;;) it.return();",
        "function* id(it) { yield* it; } let it = [1][Symbol.iterator](); for (;;) it = id(it);",
        "function* id(it) { yield* it; } let it = [1, 2][Symbol.iterator](); for (let i = 0; i < 5000; i++) it = id(it); it.next();",

        "(123.456).toFixed(100).repeat(10000000);",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_program_ends_within_its_budget(string program)
    {
        Programs.Load($"export default function () {{ {program} }}").TryGetExport("default", out var main);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ScriptException>(() => new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined));
        Assert.True(error.Failure is ScriptFailure.OutOfFuel or ScriptFailure.OutOfMemory or ScriptFailure.TooDeep or ScriptFailure.Thrown, error.Message);

        // Bytes allocated in all, garbage included, so far more than what is ever in use at once.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400L << 20);
    }

    [Fact]
    public void The_same_program_uses_the_same_fuel_each_time()
    {
        const string program = "let n = 0; for (const x of [1, 2, 3]) n += `${x}`.length; return [n].map(x => x * 2).join();";
        var used = Enumerable.Range(0, 3).Select(_ => FuelOf(program)).ToArray();
        Assert.Single(used.Distinct());
        Assert.InRange(used[0], 10, 200);
    }

    [Fact]
    public void Fuel_grows_with_the_work()
    {
        Assert.InRange(FuelOf("for (let i = 0; i < 1000; i++);"), 1000, 5000);
        Assert.True(FuelOf("'x'.repeat(100000).split('');") > 50_000);
    }

    [Fact]
    public void A_script_cannot_catch_the_end_of_its_budget()
    {
        Programs.Load("export default function (print) { try { for (;;); } catch { print(1); } finally { print(2); } }").TryGetExport("default", out var main);
        var printed = 0;
        var print = NativeFunction.Create("print", (_, _, _) => Value.Of(printed++));
        var error = Assert.Throws<ScriptException>(() => new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined, print));
        Assert.Equal(ScriptFailure.OutOfFuel, error.Failure);
        Assert.Equal(0, printed);
    }

    [Fact]
    public void An_error_names_the_place_in_the_rule()
    {
        Programs.Load("export default function (o) {\n  const x = 1;\n  return o.spec.containers;\n}").TryGetExport("default", out var main);
        var error = Assert.Throws<ScriptException>(() => new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined, ScriptValues.Object()));
        Assert.Equal("test.js:3:17", error.Location.ToString());
        Assert.Equal("TypeError: cannot read `o.spec.containers`: `o.spec` is undefined", error.Message);
    }

    private static long FuelOf(string body)
    {
        Programs.Load($"export default function () {{ {body} }}").TryGetExport("default", out var main);
        var run = new ScriptRun(new ScriptBudget());
        run.Call(main, Value.Undefined);
        return run.FuelUsed;
    }
}
