using System.Text;
using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Faults.Lives;
using GitOpsPolicy.Reconciler.Tests.Model;
using GitOpsPolicy.Tests.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>When what did not get healthy is tried again, in a repository in which others work as well.</summary>
public sealed class RetryTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20); // a failure that lasts so long is no hiccup

    private readonly LifeClock clock = new();

    [Fact]
    public async Task A_commit_to_another_folder_does_not_have_it_tried_again()
    {
        await using var bench = await StartAsync();
        using var engine = bench.Process(clock);
        var bad = await FailAsync(bench, engine, Bad(2));
        bench.Bench.Log.Settled();
        var writes = Writes(bench);
        for (var i = 0; i < 3; i++)
        {
            var other = bench.Origin.Write("other/readme.md", $"{i}").Commit();
            // nor by a process that knows only what is kept
            using var next = bench.Process(clock);
            foreach (var one in (InProcess[])[engine, next])
            {
                var status = (await one.PassAsync()).Status;
                Assert.True(status.Phase == UnitPhase.RolledBack, status.Message);
                Assert.Equal((other, bad), (status.Attempted, status.Refused[0]));
                Assert.StartsWith(
                    $"{other[..12]} says the same as {bad[..12]}, which did not get healthy, and ", status.Message,
                    StringComparison.Ordinal);
                Assert.Contains("(Deployment default/w0 ", status.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(writes, Writes(bench));
    }

    [Fact]
    public async Task A_commit_that_changes_what_is_rendered_is_tried()
    {
        await using var bench = await StartAsync();
        using var engine = bench.Process(clock);
        await FailAsync(bench, engine, Bad(2));
        await FailAsync(bench, engine, Bad(3));
        var good = bench.Commit(Good(4));

        Assert.Equal((UnitPhase.Synced, good), await SettledAsync(engine));
    }

    [Fact]
    public async Task A_commit_that_changes_nothing_but_a_secret_says_something_else()
    {
        await using var bench = await StartAsync();
        var (bad, good) = (bench.Commit([.. Good(2), Secret("wrong")]), bench.Commit([.. Good(2), Secret("right")]));
        var same = bench.Commit([.. Good(2), Secret("wrong")]);
        var refusals = Refusals.None.With(bad, await RenderAsync(bad));

        Assert.False(await refusals.CoverAsync(await RenderAsync(good), RenderAsync));
        Assert.True(await refusals.CoverAsync(await RenderAsync(same), RenderAsync));
        // it is no key to the secret
        Assert.Equal(refusals.Contents[0], Refusals.None.With(good, await RenderAsync(good)).Contents[0]);
        // it cannot be told any more
        Assert.False(await refusals.CoverAsync(await RenderAsync(same), static _ => Task.FromResult(new RenderedRevision
        {
            Trouble = new("history", "gone"),
        })));

        async Task<RenderedRevision> RenderAsync(string commit)
        {
            await bench.Desired.FetchAsync(bench.Bench.Unit, null, CancellationToken.None);
            return await bench.Desired.RenderAsync(bench.Bench.Unit, commit, CancellationToken.None);
        }
    }

    [NeedsTool("kubectl")]
    public async Task A_commit_to_a_base_of_its_kustomization_is_tried()
    {
        await using var bench = await StartAsync();
        using var engine = bench.Process(clock);
        bench.Origin.Write("shop/kustomization.yaml", "resources: [all.yaml, ../base]\n")
            .Write("base/kustomization.yaml", "resources: [web.yaml]\n")
            .Write("base/web.yaml", LifeObjects.Of("w0", 2, isBad: true).ToJsonString());
        await FailAsync(bench, engine, Revision.Maps(2, 1, 3));
        bench.Origin.Write("base/web.yaml", LifeObjects.Of("w0", 3).ToJsonString());
        var good = bench.Commit(Revision.Maps(2, 1, 3));

        Assert.Equal((UnitPhase.Synced, good), await SettledAsync(engine));
    }

    [Fact]
    public async Task It_is_tried_once_more_when_the_unit_asks_for_it()
    {
        await using var bench = await StartAsync();
        using (var engine = bench.Process(clock)) await FailAsync(bench, engine, Bad(2));
        var asking = bench.Bench.Unit with { Retry = "now" };
        using (var again = bench.Process(clock, asking))
        {
            var writes = Writes(bench);
            Assert.Equal(UnitPhase.Progressing, (await again.PassAsync()).Status.Phase);
            Assert.NotEqual(writes, Writes(bench));
            await RolledBackAsync(again);
        }

        // that was one try
        using (var later = bench.Process(clock, asking)) Assert.Equal(UnitPhase.RolledBack, (await later.PassAsync()).Status.Phase);
        bench.Bench.Server.Cluster.Controller = static (type, live) => LifeObjects.Control(type, live, isBad: false);
        using var asked = bench.Process(clock, asking with { Retry = "and now" });
        Assert.Equal(UnitPhase.Synced, (await SettledAsync(asked)).Phase);
    }

    [Fact]
    public async Task It_is_tried_once_more_when_the_unit_is_changed()
    {
        await using var bench = await StartAsync();
        using (var engine = bench.Process(clock, bench.Bench.Unit with { Generation = 1 }))
            await FailAsync(bench, engine, Bad(2));
        using var changed = bench.Process(clock, bench.Bench.Unit with { Generation = 2 });

        Assert.Equal(UnitPhase.Progressing, (await changed.PassAsync()).Status.Phase);
    }

    [Fact]
    public async Task What_was_bad_before_a_newer_revision_was_good_is_tried_when_somebody_commits_it_again()
    {
        await using var bench = await StartAsync();
        using var engine = bench.Process(clock);
        await FailAsync(bench, engine, Bad(2));
        bench.Commit(Good(3));
        await SettledAsync(engine);
        bench.Bench.Server.Cluster.Controller = static (type, live) => LifeObjects.Control(type, live, isBad: false);
        var again = bench.Commit(Bad(2));

        Assert.Equal((UnitPhase.Synced, again), await SettledAsync(engine));
    }

    private static async Task<GitBench> StartAsync()
    {
        var bench = await GitBench.StartAsync(Good(1));
        bench.Bench.Server.Cluster.Controller = LifeObjects.Control;
        using var engine = bench.Process();
        await engine.SettleAsync();
        return bench;
    }

    private static List<JsonObject> Good(int value) => [.. Revision.Maps(value, 1, 3), LifeObjects.Of("w0", value)];

    private static List<JsonObject> Bad(int value) => [.. Revision.Maps(value, 1, 3), LifeObjects.Of("w0", value, isBad: true)];

    private static JsonObject Secret(string value) => Revision.Of(
        "v1", "Secret", "k0",
        new() { ["data"] = new JsonObject { ["v"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) } });

    private async Task<string> FailAsync(GitBench bench, InProcess engine, IEnumerable<JsonObject> objects)
    {
        var commit = bench.Commit(objects);
        await RolledBackAsync(engine);
        return commit;
    }

    private async Task RolledBackAsync(InProcess engine)
    {
        var result = await engine.PassAsync();
        for (var i = 0; i < 8 && result.Status is not { Phase: UnitPhase.RolledBack, Unhealthy.IsEmpty: true }; i++)
        {
            clock.Pass(Long);
            result = await engine.PassAsync();
        }

        Assert.True(result.Status.Phase == UnitPhase.RolledBack, $"{result.Status.Phase}: {result.Status.Message}");
    }

    private static async Task<(UnitPhase Phase, string? Applied)> SettledAsync(InProcess engine)
    {
        var status = (await engine.SettleAsync()).Status;
        return (status.Phase, status.Applied);
    }

    private static int Writes(GitBench bench) =>
        bench.Bench.Log.All.Count(static one => one is { IsWrite: true, IsDone: true, Key.Name: not "reconciliation-shop" });
}
