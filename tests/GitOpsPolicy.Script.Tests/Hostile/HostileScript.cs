using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;

namespace GitOpsPolicy.Script.Tests.Hostile;

/// <summary>What one run of a hostile script came to.</summary>
/// <param name="Ending">How it ended: <c>budget</c>, <c>deep</c>, <c>load</c>, <c>throws NAME</c>; <c>none</c> when it ended by
/// itself.</param>
/// <param name="Time">Processor time of loading and running it.</param>
/// <param name="Bytes">Bytes allocated in all, garbage included: far more than was held at any time.</param>
/// <param name="Fuel">Fuel used.</param>
/// <param name="Memory">Estimated bytes charged.</param>
internal readonly record struct Measured(string Ending, TimeSpan Time, long Bytes, long Fuel, long Memory);

/// <summary>Scripts that try to take more than their budget; the bodies of functions in <c>Hostile/Scripts</c>.</summary>
internal static class HostileScript
{
    public static IReadOnlyDictionary<string, ProgramCase> All { get; } =
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Hostile", "Scripts"), "*.js").Order(StringComparer.Ordinal)
            .SelectMany(ProgramCase.Read)
            .ToDictionary(c => c.Name, StringComparer.Ordinal);

    public static Measured Run(string body, ScriptBudget budget)
    {
        var (time, bytes) = (ThreadTime.IsKnown ? ThreadTime.Now : default, GC.GetAllocatedBytesForCurrentThread());
        var run = new ScriptRun(budget);
        var ending = Ending(body, run);
        return new(
            ending, ThreadTime.IsKnown ? ThreadTime.Now - time : default, GC.GetAllocatedBytesForCurrentThread() - bytes,
            run.FuelUsed, run.MemoryUsed);
    }

    private static string Ending(string body, ScriptRun run)
    {
        var loaded = ScriptLoader.LoadModule(
            new TestFile("hostile.js"), $"export default function () {{\n{body}\n}}", Programs.NoModules);
        if (!loaded.TryGet(out var module)) return "load";
        module.TryGetExport("default", out var main);
        try
        {
            run.Call(main, Value.Undefined);
            return "none";
        }
        catch (ScriptException e)
        {
            return e.Failure switch
            {
                ScriptFailure.OutOfFuel or ScriptFailure.OutOfMemory => "budget",
                ScriptFailure.TooDeep => "deep",
                _ when e.Message.Split(':')[0] is var name && name.EndsWith("Error", StringComparison.Ordinal) =>
                    $"throws {name}",
                _ => "throws",
            };
        }
    }
}
