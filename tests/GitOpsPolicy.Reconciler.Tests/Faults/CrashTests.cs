using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// A pass is cut off at each of its steps, and another process begins where nobody knows how far the first one came: nothing is
/// lost, nothing is deleted that should not be, nothing is left behind, and in the end all is as Git says.
/// </summary>
public sealed class CrashTests
{
    /// <summary>The steps, each at its first, a later and its last time in the pass.</summary>
    public static TheoryData<PassPoint, int> Steps
    {
        get
        {
            var steps = new TheoryData<PassPoint, int>();
            foreach (var point in Enum.GetValues<PassPoint>())
                foreach (var time in point is PassPoint.Writing or PassPoint.Written or PassPoint.Pruning or PassPoint.Pruned
                    ? (int[])[1, 3, 5]
                    : [1])
                    steps.Add(point, time);
            return steps;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_first_pass_that_is_cut_off_is_gone_on_with(PassPoint point, int time)
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", [.. Revision.Maps(1, 1, 8), Revision.Claim()]);
        await CutOffAsync(bench, point, time);
        await GoOnAsync(bench);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_pass_that_writes_and_deletes_is_gone_on_with(PassPoint point, int time)
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", [.. Revision.Maps(1, 1, 12), Revision.Claim()]);
        using (var first = bench.Process()) await first.SettleAsync();
        bench.Push("r2", Revision.Maps(2, 4, 12)); // three are new, nine change, three go, and the claim has to stay
        await CutOffAsync(bench, point, time);
        await GoOnAsync(bench);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task What_is_pushed_after_a_pass_was_cut_off_is_what_counts(PassPoint point, int time)
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 8));
        using (var first = bench.Process()) await first.SettleAsync();
        bench.Push("r2", Revision.Maps(2, 4, 7));
        await CutOffAsync(bench, point, time);
        bench.Push("r3", Revision.Maps(3, 3, 6)); // what r2 made is taken back, and what it deleted comes back
        await GoOnAsync(bench);
    }

    [Theory]
    [InlineData(PassPoint.InventoryAnnounced, 1)]
    [InlineData(PassPoint.Pruning, 1)]
    [InlineData(PassPoint.Pruning, 9)]
    [InlineData(PassPoint.Pruned, 1)]
    [InlineData(PassPoint.Pruned, 11)]
    [InlineData(PassPoint.StateWriting, 1)]
    [InlineData(PassPoint.StateWritten, 1)]
    public async Task Deletions_that_somebody_agreed_to_and_that_were_cut_off_are_gone_on_with(PassPoint point, int time)
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", [.. Revision.Maps(1, 1, 20), Revision.Claim()]);
        using (var first = bench.Process()) await first.SettleAsync();
        await Agreement.PushAsync(
            bench, Revision.Maps(1, 11, 10),
            [
                .. Enumerable.Range(1, 10).Select(static i => Revision.Map(i)),
                new("", "PersistentVolumeClaim", "default", "data")
            ]);
        await CutOffAsync(bench, point, time);
        await GoOnAsync(bench);
        Assert.Equal(
            10,
            bench.Server.Cluster.Snapshot()
                .Count(static one => one.Key.Name.StartsWith("shop-", StringComparison.Ordinal) || one.Key.Name == "data"));
    }

    [Fact]
    public async Task Passes_cut_off_again_and_again_come_to_an_end()
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 10));
        for (var i = 1; i <= 12; i++) await CutOffAsync(bench, PassPoint.Written, 1);
        await GoOnAsync(bench);
    }

    [Fact]
    public async Task What_was_made_anew_by_a_pass_that_was_cut_off_is_still_the_units()
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 6));
        using (var first = bench.Process()) await first.SettleAsync();
        bench.Push("r2", Revision.Maps(2, 2, 5));
        await CutOffAsync(bench, PassPoint.Pruned, 1); // it is gone, and the inventory does not say so yet
        bench.Push("r3", Revision.Maps(3, 1, 6));
        // it is there again, under another uid, and the inventory does not say so either
        await CutOffAsync(bench, PassPoint.Written, 1);
        bench.Push("r4", Revision.Maps(4, 2, 5));
        await GoOnAsync(bench);
        Assert.Null(bench.Server.Cluster.Find(Revision.Map(1)));
    }

    private static async Task CutOffAsync(Bench bench, PassPoint point, int time)
    {
        using var dying = bench.Process(new Guillotine(point, time));
        try
        {
            await dying.PassAsync();
        }
        catch (CutOffException)
        {
            // That is the end of that process.
        }
    }

    private static async Task GoOnAsync(Bench bench)
    {
        using var next = bench.Process();
        var result = await next.SettleAsync();
        bench.Log.Mark($"{result.Status.Phase}: {result.Status.Message} {string.Join(", ", result.Status.Orphans)}");
        await next.PassAsync(); // what it says of the pass before may be told otherwise, once
        bench.Log.Settled();
        bench.Log.Quiet();
        await next.PassAsync();
        bench.AssertGood();
    }
}
