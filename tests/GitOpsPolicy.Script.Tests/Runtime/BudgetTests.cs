using GitOpsPolicy.Script.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Runtime;

public sealed class BudgetTests
{
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
        Programs.Load(
            "export default function (print) { try { for (;;); } catch { print(1); } finally { print(2); } }").TryGetExport(
            "default", out var main);
        var printed = 0;
        var print = NativeFunction.Create("print", (_, _, _) => Value.Of(printed++));
        var error = Assert.Throws<ScriptException>(() => new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined, print));
        Assert.Equal(ScriptFailure.OutOfFuel, error.Failure);
        Assert.Equal(0, printed);
    }

    [Fact]
    public void An_error_names_the_place_in_the_rule()
    {
        Programs.Load("export default function (o) {\n  const x = 1;\n  return o.spec.containers;\n}").TryGetExport(
            "default", out var main);
        var error = Assert.Throws<ScriptException>(() => new ScriptRun(new ScriptBudget()).Call(
            main, Value.Undefined, ScriptValues.Object()));
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
