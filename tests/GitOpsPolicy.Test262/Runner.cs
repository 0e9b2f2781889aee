using System.Collections.Frozen;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Compilation;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Test262;

/// <summary>Runs tests one after another, each with built-in objects as new and a budget of its own.</summary>
/// <param name="folder">The checkout: <c>harness/</c> is read from it.</param>
internal sealed class Runner(string folder)
{
    // Some tests go through all of Unicode; none that passes elsewhere needs more.
    private static readonly ScriptBudget Budget = new(Fuel: 100_000_000, MemoryBytes: 2L << 30, CallDepth: 1500);

    private readonly BuiltIns builtIns = new();
    private readonly Harness harness = new(Path.Combine(folder, "harness"));

    /// <summary>What comes of a test.</summary>
    public Result Run(TestFile test)
    {
        var (outcome, reason) = Judge(test);
        return new Result(test.Path, test.Clause, outcome, reason);
    }

    private (Outcome, string) Judge(TestFile test)
    {
        if (test.Front.Mistake is { } mistake) return (Outcome.Failed, $"front matter: {mistake}");
        if (Refusals.Of(test.Front) is { } refusal) return (Outcome.Refused, refusal);
        try
        {
            var run = new ScriptRun(Budget);
            var ending = Execute(test, run);
            return run.Refused is { } refused ? (Outcome.Refused, $"run time: {refused}") : ending.Against(test.Front.Negative);
        }
        finally
        {
            builtIns.Restore();
        }
    }

    private Ending Execute(TestFile test, ScriptRun run)
    {
        var script = harness.Load(test.Front.Includes, builtIns.Globals);
        if (!script.TryGet(out var before)) return Ending.OfProblems(script.Problems, "harness");
        var globals = new Dictionary<string, Value>(builtIns.Globals, StringComparer.Ordinal);
        var ending = Inside(run, () =>
        {
            before.Run(run, builtIns.Globals, globals);
            return new Ending.Normal();
        });
        if (ending is not Ending.Normal) return ending;
        return Inside(
            run,
            () =>
                test.Front.Flags.Contains("module") ? ModuleTest.Execute(test, globals, run) : ExecuteScript(test, run, globals));
    }

    private static Ending ExecuteScript(TestFile test, ScriptRun run, Dictionary<string, Value> globals)
    {
        var file = new TextFile(test.Path, ReadOnlyMemory<byte>.Empty);
        var parsed = Parser.ParseModule(file, test.Text, globals.Keys.ToFrozenSet(StringComparer.Ordinal), Dialect.Script);
        if (!parsed.TryGet(out var syntax)) return Ending.OfProblems(parsed.Problems);
        var scope = new HeapScope(null, syntax.Scope.HeapSlots);
        var compiled = Compiler.Compile(file, test.Text, syntax, globals, scope);
        if (!compiled.TryGet(out var code)) return Ending.OfProblems(compiled.Problems);
        run.RunTopLevel(code, scope);
        return new Ending.Normal();
    }

    // Inside a call of the host's, what a script throws arrives as it is.
    private static Ending Inside(ScriptRun run, Func<Ending> work)
    {
        Ending ending = new Ending.Normal();
        var call = NativeFunction.Create("run", (_, _, _) =>
        {
            try
            {
                ending = work();
            }
            catch (ScriptThrow thrown)
            {
                ending = Ending.OfThrown(run, thrown.Value);
            }

            return Value.Undefined;
        });
        try
        {
            run.Call(call, Value.Undefined);
        }
        catch (ScriptException e)
        {
            ending = new Ending.Broken(e.Message);
        }

        return ending;
    }
}
