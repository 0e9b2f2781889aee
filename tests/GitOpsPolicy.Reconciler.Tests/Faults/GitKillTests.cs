using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// Processes that are killed while they fetch and render a real repository: the mirror that they leave behind is whole, or made
/// anew.
/// </summary>
public sealed class GitKillTests(ITestOutputHelper output)
{
    private const int Objects = 40;

    private static readonly int Kills = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 } ? 100 : 3;

    [Fact]
    public async Task Processes_that_are_killed_at_their_repositories_are_gone_on_for()
    {
        var chance = new Random(7);
        await using var git = await GitBench.StartAsync(Revision.Maps(1, 1, Objects));
        using (var first = git.Process()) await first.SettleAsync();
        var fetching = 0;
        for (var i = 2; i < Kills + 2; i++)
        {
            git.Commit([.. Revision.Maps(i, 1 + (i % 4), Objects), Noise.Of(i)]);
            await using var dying = EngineProcess.Start(git.Bench, "tell=steps", $"git={git.Origin.Path}", $"cache={git.Cache}");
            await dying.UntilAsync(static line => line.StartsWith($"step shop {PassPoint.StateRead}", StringComparison.Ordinal));
            await Task.Delay(chance.Next(0, 250), CancellationToken.None);
            dying.Kill();
            if (!dying.Told.Any(static line => line.StartsWith($"step shop {PassPoint.Fetched}", StringComparison.Ordinal)))
                fetching++;
        }

        output.WriteLine($"{fetching} of {Kills} processes were killed while they fetched");
        Assert.InRange(fetching, 1, Kills);
        git.Commit(Revision.Maps(9999, 2, Objects));
        using var next = git.Process();
        await next.SettleAsync();
        await next.PassAsync();
        git.Bench.Log.Settled();
        git.Bench.Log.Quiet();
        await next.PassAsync();
        git.Bench.AssertGood();
    }
}
