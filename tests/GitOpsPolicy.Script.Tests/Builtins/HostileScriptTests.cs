using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Builtins;

/// <summary>Scripts that try to take more than their budget end as the budget's errors, in this one process.</summary>
public sealed class HostileScriptTests
{
    /// <summary>Bytes that a run may allocate in all, garbage included: far more than it holds at any time.</summary>
    private const long MaxBytes = 96 << 20;

    /// <summary>Less fuel than a rule has, so that the suite is quick.</summary>
    private static readonly ScriptBudget Budget = new(Fuel: 300_000);

    private static readonly Dictionary<string, ProgramCase> Scripts =
        ProgramCase.Read(Path.Combine(AppContext.BaseDirectory, "Builtins", "Hostile", "scripts.js")).ToDictionary(c => c.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Scripts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_script_ends_as_an_error_and_within_its_memory(string name)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = Outcome(Scripts[name].Body);
        Assert.Contains(outcome, Scripts[name].Expected.Split('|'));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_script_uses_the_same_fuel_each_time(string name) =>
        Assert.Equal(Usage(Scripts[name].Body), Usage(Scripts[name].Body));

    [Fact]
    public void There_are_over_a_hundred_hostile_scripts() => Assert.InRange(Scripts.Count, 120, int.MaxValue);

    private static (long Fuel, long Memory) Usage(string body)
    {
        var run = new ScriptRun(Budget with { Fuel = 40_000 });
        Outcome(body, run);
        return (run.FuelUsed, run.MemoryUsed);
    }

    private static string Outcome(string body, ScriptRun? run = null)
    {
        var loaded = ScriptLoader.LoadModule(new TestFile("hostile.js"), $"export default function () {{\n{body}\n}}", Programs.NoModules);
        if (!loaded.TryGet(out var module)) return "load";
        Assert.True(module.TryGetExport("default", out var main));
        try
        {
            (run ?? new ScriptRun(Budget)).Call(main, Value.Undefined);
            return "none";
        }
        catch (ScriptException e)
        {
            return e.Failure switch
            {
                ScriptFailure.OutOfFuel => "fuel",
                ScriptFailure.OutOfMemory => "memory",
                ScriptFailure.TooDeep => "deep",
                _ when e.Message.Contains("Error", StringComparison.Ordinal) => $"throws {e.Message.Split(':')[0]}",
                _ => "throws",
            };
        }
    }
}
