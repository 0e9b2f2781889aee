using GitOpsPolicy.Script.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Runtime;

public sealed class ModuleTests
{
    private static readonly SensitiveKey Key = new(new byte[16]);

    [Fact]
    public void Modules_import_scripts_and_the_hosts_own()
    {
        var module = Load(new()
        {
            ["main.js"] = "import { twice, default as d } from './lib.js'; import * as host from 'host'; export const out = [twice(d), host.answer, host.plus(1)];",
            ["./lib.js"] = "export const twice = x => x * 2; export default 21;",
        });
        Assert.Equal("[42,42,2]", Export(module, "out"));
    }

    [Fact]
    public void A_module_imported_twice_is_set_up_once()
    {
        var module = Load(new()
        {
            ["main.js"] = "import { a } from './a.js'; import { b } from './b.js'; export const same = a === b;",
            ["./a.js"] = "import { o } from './shared.js'; export const a = o;",
            ["./b.js"] = "import { o } from './shared.js'; export const b = o;",
            ["./shared.js"] = "export const o = {};",
        });
        Assert.Equal("true", Export(module, "same"));
    }

    [Fact]
    public void Exports_can_be_renamed_and_passed_on()
    {
        var module = Load(new()
        {
            ["main.js"] = "export { x as y } from './lib.js'; export * from './lib.js'; export * as all from './lib.js'; const z = 3; export { z as default };",
            ["./lib.js"] = "export const x = 1; export function f() { return 2; } export default 9;",
        });
        Assert.Equal("1", Export(module, "y"));
        Assert.Equal("1", Export(module, "x"));
        Assert.Equal("3", Export(module, "default"));
        Assert.Equal("{\"default\":9,\"f\":function f,\"x\":1}", Export(module, "all"));
    }

    [Theory]
    [InlineData("import './b.js';", "import './main.js';", "modules import one another in a circle")]
    [InlineData("import { nope } from './b.js';", "export const yes = 1;", "the module `./b.js` exports no `nope`")]
    [InlineData("import { x } from './missing.js';", "", "there is no module `./missing.js`")]
    [InlineData("import './b.js';", "null.x;", "the module cannot be set up: TypeError")]
    [InlineData("import './b.js';", "for (;;);", "the module cannot be set up: the rule used up its fuel")]
    [InlineData("import './b.js';", "let n = 0; export const f = () => { n = 1; };", "n")]
    public void A_module_that_cannot_be_loaded_says_why(string main, string imported, string problem)
    {
        var loaded = TryLoad(new() { ["main.js"] = main, ["./b.js"] = imported });
        Assert.False(loaded.TryGet(out _));
        Assert.Contains(loaded.Problems, p => p.Message.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("const list = []; export default () => list.push(1);")]
    [InlineData("const o = { a: {} }; export default () => { o.a.b = 1; };")]
    [InlineData("const next = (() => { let n = 0; return () => ++n; })(); export default next;")]
    [InlineData("const m = new Map(); export default () => m.set(1, 1);")]
    [InlineData("const s = new Set(); export default () => s.add(1);")]
    [InlineData("class C { #n = 0; up() { this.#n++; } } const c = new C(); export default () => c.up();")]
    [InlineData("class C { static n = 0; } export default () => { C.n++; };")]
    [InlineData("export default () => { Array.prototype.evil = 1; };")]
    [InlineData("export default () => { Object.prototype.evil = 1; };")]
    [InlineData("export default () => { [].constructor.evil = 1; };")]
    [InlineData("export default () => { (() => 1).constructor; Object.assign(Math, { x: 1 }); };")]
    [InlineData("const f = () => 1; export default () => { f.cache = 1; };")]
    [InlineData("const o = { f() { } }; export default () => { o.f.prototype = 1; Object.setPrototypeOf(o, null); };")]
    public void A_run_cannot_change_what_the_next_one_sees(string text)
    {
        Load(new() { ["main.js"] = text }).TryGetExport("default", out var main);
        var error = Assert.Throws<ScriptException>(() => new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined));
        Assert.StartsWith("TypeError", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("const re = /a/g; export default () => 'aXa'.replace(re, 'b');", "bXb")]
    [InlineData("const re = /a/; export default () => re.test('a');", "true")]
    [InlineData("const re = /a/g; export default () => [...'aXa'.matchAll(re)].length;", "2")]
    [InlineData(
        "class E extends Error { constructor(m) { super(m); this.name = 'E'; } } export default () => `${new E('x')}`;", "E: x")]
    [InlineData(
        "const base = { n: 1 }; export default () => { const o = Object.create(base); o.n = 2; return o.n + base.n; };", "3")]
    [InlineData("export default () => { const o = {}; o.toString = () => 'mine'; return `${o}`; };", "mine")]
    public void What_is_frozen_by_loading_is_not_felt_by_what_a_run_makes(string text, string expected)
    {
        Load(new() { ["main.js"] = text }).TryGetExport("default", out var main);
        for (var i = 0; i < 2; i++)
        {
            var run = new ScriptRun(new ScriptBudget());
            Assert.Equal(expected, ValueReader.ToDisplayText(run, run.Call(main, Value.Undefined), Key));
        }
    }

    [Fact]
    public void A_regular_expression_kept_by_a_module_cannot_remember_where_it_stopped()
    {
        Load(new() { ["main.js"] = "const re = /a/g; export default () => re.test('a');" }).TryGetExport("default", out var main);
        var error = Assert.Throws<ScriptException>(() => new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined));
        Assert.Contains("make it in the function or leave the flag out", error.Message, StringComparison.Ordinal);
    }

    private static ScriptModule Load(Dictionary<string, string> files) =>
        TryLoad(files) is var loaded && loaded.TryGet(out var module)
            ? module
            : throw new InvalidOperationException(string.Join('\n', loaded.Problems));

    private static GitOpsPolicy.Documents.Loaded<ScriptModule> TryLoad(Dictionary<string, string> files)
    {
        var plus = NativeFunction.Create("plus", (_, _, arguments) => Value.Of(arguments[0].AsNumber + 1));
        var host = new NativeModule("host", new Dictionary<string, Value> { ["answer"] = Value.Of(42), ["plus"] = plus });
        return ScriptLoader.LoadModule(new TestFile("./main.js"), files["main.js"], (specifier, _) => specifier switch
        {
            "host" => new ModuleResolution.Native(host),
            "./main.js" => new ModuleResolution.Script(new TestFile("./main.js"), files["main.js"]),
            _ when files.TryGetValue(specifier, out var text) => new ModuleResolution.Script(new TestFile(specifier), text),
            _ => new ModuleResolution.NotFound(),
        });
    }

    private static string Export(ScriptModule module, string name)
    {
        Assert.True(module.TryGetExport(name, out var value));
        return ValueReader.ToDisplayText(new ScriptRun(new ScriptBudget()), value, Key);
    }
}
