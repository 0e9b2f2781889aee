using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Tests.Runtime;

/// <summary>Runs programs for tests.</summary>
internal static class Programs
{
    private static readonly Dictionary<string, Value> Nothing = [];

    public static ModuleResolver NoModules => (_, _) => new ModuleResolution.NotFound();

    /// <summary>Loads a module that has to load.</summary>
    public static ScriptModule Load(string text, ModuleResolver? resolver = null)
    {
        var loaded = ScriptLoader.LoadModule(new TestFile("test.js"), text, resolver ?? NoModules);
        return loaded.TryGet(out var module) ? module : throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }

    /// <summary>Runs the body of a function and gives what it printed.</summary>
    public static string Print(string body)
    {
        Load($"export default function (print) {{\n{body}\n}}").TryGetExport("default", out var main);
        var lines = new List<string>();
        var print = NativeFunction.Create("print", (run, _, arguments) =>
        {
            lines.Add(Printed.Of(run, arguments[0]));
            return Value.Undefined;
        });
        try
        {
            new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined, print);
        }
        catch (ScriptException e) when (e.Failure == ScriptFailure.Thrown)
        {
            lines.Add($"throws {e.Message.Split(':')[0]}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>The value of an expression of the parameters given.</summary>
    public static Value Evaluate(ScriptRun run, string expression, params (string Name, Value Value)[] arguments)
    {
        var loaded = ScriptLoader.LoadExpression(
            new TestFile("rule.yaml"), expression, new GitOpsPolicy.Documents.SourcePosition(1, 1),
            [.. arguments.Select(a => a.Name)], Nothing);
        if (!loaded.TryGet(out var function)) throw new InvalidOperationException(string.Join('\n', loaded.Problems));
        return run.Call(Value.Of(function), Value.Undefined, [.. arguments.Select(a => a.Value)]);
    }
}
