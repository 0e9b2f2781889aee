using System.Diagnostics;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;
using GitOpsPolicy.Script.Tests.Syntax;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Script.Tests.Hostile;

/// <summary>Nothing else runs beside these tests: they look at the memory of the whole process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Every script that tries to take more than its budget ends as an error, soon and small, in this one process.</summary>
[Collection(nameof(Alone))]
public sealed class HostileScriptTests(ITestOutputHelper output)
{
    /// <summary>More than this is never held on behalf of hostile scripts, looked at once a second or so.</summary>
    private const long MaxHeldBytes = 64 << 20;

    /// <summary>Runs of good rules a second, beside the hostile ones.</summary>
    private const int GoodRuns = 50;

    private static readonly (string Program, double Answer)[] Good =
    [
        ("let n = 0; for (const x of [1, 2, 3]) n += x; return n;", 6),
        ("return 'a,b,c'.split(',').map(x => x.codePointAt(0)).filter(x => x > 97).reduce((a, b) => a + b, 0);", 197),
        ("const m = new Map(Object.entries({ a: 1, b: 2 })); return [...m.values()].length + JSON.stringify({ x: [1, 2] }).length;", 13),
        ("function* g() { yield* [1, 2, 3]; } return Math.max(...g());", 3),
        ("try { null.x; } catch (e) { return e instanceof TypeError ? 1 : 0; }", 1),
    ];

    public static TheoryData<string> Names => [.. HostileScript.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_script_ends_as_an_error_within_its_time_and_memory(string name)
    {
        var script = HostileScript.All[name];
        HostileScript.Run(script.Body, new ScriptBudget(Fuel: 10_000));   // compiles the built-ins it uses
        var measured = HostileScript.Run(script.Body, new ScriptBudget());

        // The time of a thread is no less noisy than the caches it shares: a second chance, never a larger limit.
        if (measured.Time > HostileLimits.MaxTime) measured = HostileScript.Run(script.Body, new ScriptBudget());
        Assert.Equal(script.Expected, measured.Ending);
        Assert.InRange(measured.Bytes, 0, HostileLimits.MaxBytes);
        Assert.InRange(measured.Time, TimeSpan.Zero, HostileLimits.MaxTime);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_script_uses_the_same_fuel_and_memory_each_time(string name)
    {
        var (first, second) = (HostileScript.Run(HostileScript.All[name].Body, new(Fuel: 40_000)),
            HostileScript.Run(HostileScript.All[name].Body, new(Fuel: 40_000)));
        Assert.Equal((first.Fuel, first.Memory), (second.Fuel, second.Memory));
    }

    [Fact]
    public void Good_rules_beside_all_hostile_scripts_answer_right_fifty_times_a_second()
    {
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var hostile = new Thread(() =>
        {
            foreach (var script in HostileScript.All.Values) HostileScript.Run(script.Body, new ScriptBudget(Fuel: 300_000));
        });
        var (answered, largest, clock) = (0, 0L, Stopwatch.StartNew());
        hostile.Start();
        for (var isLast = false; !isLast;)
        {
            isLast = hostile.Join(TimeSpan.FromSeconds(1.0 / GoodRuns));
            for (var due = clock.Elapsed.TotalSeconds * GoodRuns; answered < due; answered++)
                Assert.Equal(Good[answered % Good.Length].Answer, Answer(Good[answered % Good.Length].Program));
            if (answered % GoodRuns == 0) largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: true) - held);
        }

        output.WriteLine($"{HostileScript.All.Count} hostile scripts in {clock.Elapsed.TotalSeconds:F1} s, {answered} runs of good rules beside them, {largest >> 20} MB held at most");
        Assert.InRange(answered, (int)(clock.Elapsed.TotalSeconds * GoodRuns * 0.9), int.MaxValue);
        Assert.InRange(largest, long.MinValue, MaxHeldBytes);
    }

    [Fact]
    public void There_are_hundreds_of_hostile_scripts_and_no_two_are_alike()
    {
        var (sources, bombs) = (HostileSource.All.Count, ParserBombTests.Bombs.Count);
        output.WriteLine($"{HostileScript.All.Count} hostile scripts, {sources} hostile sources and module graphs, {bombs} parser bombs: {HostileScript.All.Count + sources + bombs} cases");
        Assert.InRange(
            HostileScript.All.Values.Select(c => c.Body.Replace(" ", "", StringComparison.Ordinal)).Distinct().Count(), 450,
            HostileScript.All.Count);
    }

    private static double Answer(string program)
    {
        Programs.Load($"export default function () {{ {program} }}").TryGetExport("default", out var main);
        return new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined).Number;
    }
}
