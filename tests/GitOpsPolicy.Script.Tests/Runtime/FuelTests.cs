using System.Globalization;
using GitOpsPolicy.Script.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Runtime;

/// <summary>
/// What programs cost, to the unit: <c>fuel.cases</c> holds fuel, estimated bytes and program, a line each. A line that changes
/// changes what users' budgets allow, so it is changed on purpose or not at all.
/// </summary>
public sealed class FuelTests
{
    private static readonly Dictionary<string, (long Fuel, long Memory)> Cases =
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Runtime", "fuel.cases"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 3))
            .ToDictionary(
                line => line[2],
                line => (long.Parse(line[0], CultureInfo.InvariantCulture), long.Parse(line[1], CultureInfo.InvariantCulture)),
                StringComparer.Ordinal);

    public static TheoryData<string> Programs => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_costs_what_it_always_did(string program) => Assert.Equal(Cases[program], CostOf(Load(program)));

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_costs_the_same_the_hundredth_time_and_on_any_thread(string program)
    {
        var main = Load(program);
        for (var i = 0; i < 100; i++) Assert.Equal(Cases[program], CostOf(main));
        var elsewhere = new (long, long)[4];
        var threads = elsewhere.Select((_, i) => new Thread(() => elsewhere[i] = CostOf(main))).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.All(elsewhere, cost => Assert.Equal(Cases[program], cost));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_step_less_of_fuel_or_a_byte_less_of_memory_stops_a_program(string program)
    {
        var (fuel, memory) = Cases[program];
        Assert.Equal((fuel, memory), CostOf(Load(program), new(fuel, memory)));
        Assert.Equal(
            ScriptFailure.OutOfFuel, Assert.Throws<ScriptException>(() => CostOf(Load(program), new(fuel - 1, memory))).Failure);
        if (memory > 0)
            Assert.Equal(
                ScriptFailure.OutOfMemory,
                Assert.Throws<ScriptException>(() => CostOf(Load(program), new(fuel, memory - 1))).Failure);
    }

    private static Value Load(string program)
    {
        Runtime.Programs.Load($"export default function () {{ {program} }}").TryGetExport("default", out var main);
        return main;
    }

    private static (long Fuel, long Memory) CostOf(Value main, ScriptBudget? budget = null)
    {
        var run = new ScriptRun(budget ?? new());
        run.Call(main, Value.Undefined);
        return (run.FuelUsed, run.MemoryUsed);
    }
}
