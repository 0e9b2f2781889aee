using GitOpsPolicy.Reconciler.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Status;

public class StatusBoardTests
{
    [Fact]
    public void Units_are_told_by_namespace_and_name_whatever_came_first()
    {
        var board = new StatusBoard();
        foreach (var (place, name) in new[] { ("b", "a"), ("a", "z"), ("a", "B"), ("a", "b") })
            board.Put(Statuses.Synced(name, place));
        Assert.Equal(["a/B", "a/b", "a/z", "b/a"], board.Snapshot().Select(static status => status.Unit.ToString()));
    }

    [Fact]
    public void Listeners_hear_what_was_and_what_is()
    {
        List<string> heard = [];
        var board = new StatusBoard();
        var listening = board.Listen(change => heard.Add($"{change.Unit} {change.Before?.Phase} {change.Now?.Phase}"));
        board.Put(Statuses.Synced("web"));
        board.Put(Statuses.Full("web"));
        board.Remove(new("shop", "web"));
        board.Remove(new("shop", "web"));
        listening.Dispose();
        board.Put(Statuses.Synced("web"));
        board.Remove(new("shop", "web"));
        Assert.Equal(["shop/web  Synced", "shop/web Synced RolledBack", "shop/web RolledBack "], heard);
        Assert.Equal(0, board.Count);
        Assert.Null(board.Find(new("shop", "web")));
    }

    [Fact]
    public async Task Passes_at_the_same_time_lose_nothing_and_are_heard_in_the_order_of_what_stays()
    {
        var board = new StatusBoard();
        Dictionary<string, int> last = [];
        using var listening = board.Listen(change => last[change.Unit.Name] = change.Now!.Objects);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++) board.Put(Statuses.Synced($"unit-{i}") with { Objects = worker });
        })));
        Assert.Equal(500, board.Count);
        Assert.All(board.Snapshot(), status => Assert.Equal(status.Objects, last[status.Unit.Name]));
    }
}
