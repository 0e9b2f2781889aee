using System.Diagnostics;
using GitOpsPolicy.Webhook.Admission;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Admission;

public sealed class InFlightGateTests
{
    [Fact]
    public async Task So_many_are_judged_so_many_wait_and_the_next_is_turned_away_at_once()
    {
        using var gate = new InFlightGate(width: 2, new(Always: 1, Most: 1, Patience: TimeSpan.Zero));
        Assert.True(await gate.TryEnterAsync(CancellationToken.None));
        Assert.True(await gate.TryEnterAsync(CancellationToken.None));
        var waiting = gate.TryEnterAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.False(await gate.TryEnterAsync(CancellationToken.None));

        gate.Leave(Stopwatch.GetTimestamp());
        Assert.True(await waiting);
        Assert.Equal(2, gate.Count);
    }

    [Fact]
    public async Task Who_waits_in_vain_leaves_no_trace()
    {
        using var gate = new InFlightGate(width: 1, new(Always: 1, Most: 1, Patience: TimeSpan.Zero));
        Assert.True(await gate.TryEnterAsync(CancellationToken.None));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await gate.TryEnterAsync(soon.Token));
        Assert.Equal(1, gate.Count);

        gate.Leave(Stopwatch.GetTimestamp());
        Assert.True(await gate.TryEnterAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(200, false)]
    public async Task More_may_wait_as_long_as_they_will_not_wait_for_long(int turnInMilliseconds, bool mayWait)
    {
        using var gate = new InFlightGate(width: 1, new(Always: 1, Most: 10, Patience: TimeSpan.FromMilliseconds(100)));
        for (var i = 0; i < 50; i++)
        {
            Assert.True(await gate.TryEnterAsync(CancellationToken.None));
            gate.Leave(Stopwatch.GetTimestamp() - (turnInMilliseconds * Stopwatch.Frequency / 1_000));
        }

        Assert.True(await gate.TryEnterAsync(CancellationToken.None));
        using var end = new CancellationTokenSource();
        Task[] waiting = [gate.TryEnterAsync(end.Token).AsTask(), gate.TryEnterAsync(end.Token).AsTask()];
        Assert.False(waiting[0].IsCompleted);
        Assert.Equal(mayWait, !waiting[1].IsCompleted);
        await end.CancelAsync();
        await Task.WhenAll(waiting).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
