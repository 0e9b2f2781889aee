using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// Two processes, of which the one that leads is stopped for longer than its Lease, and wakes up believing that nothing has
/// happened.
/// </summary>
public sealed class SplitBrainTests(ITestOutputHelper output)
{
    private const double Lease = 2;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 } ? 50 : 2;

    [Fact]
    public async Task A_leader_that_was_stopped_writes_nothing_when_it_wakes_up()
    {
        var chance = new Random(4);
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 30));
        await using var one = EngineProcess.Start(bench, $"lease={Lease}");
        await one.UntilAsync(static line => line.StartsWith("pass shop Synced", StringComparison.Ordinal));
        await using var two = EngineProcess.Start(bench, $"lease={Lease}");
        var ((leader, other), stoppedAmongWrites) = ((one, two), 0);
        bench.SlowDown(TimeSpan.FromMilliseconds(20));
        for (var round = 2; round < Rounds + 2; round++)
        {
            bench.Push($"r{round}", Revision.Maps(round, 1 + (round % 3), 30));
            await Task.Delay(chance.Next(50, 500), CancellationToken.None);
            leader.Stop();
            bench.Log.Mark($"{leader.Name} is stopped");
            stoppedAmongWrites += bench.Log.All
                .LastOrDefault(operation => operation.Actor == leader.Name && operation.IsWrite && !operation.IsLease)?.Key.Name
                .StartsWith("shop", StringComparison.Ordinal) == true
                ? 1
                : 0;
            await other.UntilAsync(line => line.StartsWith($"pass shop Synced", StringComparison.Ordinal)
                && line.Contains($" r{round} ", StringComparison.Ordinal));
            bench.Push($"q{round}", Revision.Maps(1000 + round, 2 + (round % 3), 30));
            bench.Log.Mark($"{leader.Name} wakes up");
            leader.Continue();
            await other.UntilAsync(line => line.Contains($" q{round} ", StringComparison.Ordinal)
                && line.StartsWith("pass shop Synced", StringComparison.Ordinal));
            (leader, other) = (other, leader);
            // the one that was stopped runs for office again
            await Task.Delay(TimeSpan.FromSeconds(Lease * 0.7), TimeProvider.System);
        }

        Assert.InRange(stoppedAmongWrites, 1, Rounds);
        output.WriteLine($"{stoppedAmongWrites} of {Rounds} leaders were stopped among their writes");
        bench.Log.Settled();
        bench.AssertGood(bench.Model with { Lease = "default/lead" });
        Assert.Contains(one.Told, static line => line.StartsWith("leads", StringComparison.Ordinal));
        Assert.Contains(two.Told, static line => line.StartsWith("leads", StringComparison.Ordinal));
    }
}
