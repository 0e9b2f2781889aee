using GitOpsPolicy.Reconciler.Running;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Running;

public sealed class DelayQueueTests
{
    private readonly DelayQueue<string> queue = new(TimeProvider.System);

    [Fact]
    public async Task What_is_due_comes_in_the_order_it_was_asked_for()
    {
        queue.Add("a", TimeSpan.Zero);
        queue.Add("b", TimeSpan.Zero);
        Assert.Equal(["a", "b"], [await queue.TakeAsync(default), await queue.TakeAsync(default)]);
    }

    [Fact]
    public void What_is_asked_for_twice_waits_once()
    {
        queue.Add("a", TimeSpan.FromHours(1));
        queue.Add("a", TimeSpan.FromHours(2));
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public async Task The_earlier_of_two_times_counts()
    {
        queue.Add("a", TimeSpan.FromHours(1));
        queue.Add("a", TimeSpan.Zero);
        Assert.Equal("a", await queue.TakeAsync(default));
    }

    [Fact]
    public async Task Whoever_waits_hears_of_what_comes()
    {
        queue.Add("late", TimeSpan.FromHours(1));
        var taken = queue.TakeAsync(default);
        queue.Add("soon", TimeSpan.Zero);
        Assert.Equal("soon", await taken);
    }

    [Fact]
    public async Task What_is_removed_does_not_come()
    {
        queue.Add("a", TimeSpan.Zero);
        queue.Add("b", TimeSpan.Zero);
        queue.Remove("a");
        Assert.Equal("b", await queue.TakeAsync(default));
    }

    [Fact]
    public async Task Whoever_is_not_to_wait_any_more_is_let_go_while_something_is_not_due()
    {
        queue.Add("late", TimeSpan.FromHours(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => queue.TakeAsync(new(canceled: true))));
    }
}
