using GitOpsPolicy.Webhook.Admission;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Admission;

public sealed class InFlightGateTests
{
    [Fact]
    public async Task So_many_are_judged_so_many_wait_and_the_next_is_turned_away_at_once()
    {
        using var gate = new InFlightGate(width: 2, queue: 1);
        Assert.True(await gate.TryEnterAsync(CancellationToken.None));
        Assert.True(await gate.TryEnterAsync(CancellationToken.None));
        var waiting = gate.TryEnterAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.False(await gate.TryEnterAsync(CancellationToken.None));

        gate.Leave();
        Assert.True(await waiting);
        Assert.Equal(2, gate.Count);
    }

    [Fact]
    public async Task Who_waits_in_vain_leaves_no_trace()
    {
        using var gate = new InFlightGate(width: 1, queue: 1);
        Assert.True(await gate.TryEnterAsync(CancellationToken.None));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await gate.TryEnterAsync(soon.Token));
        Assert.Equal(1, gate.Count);

        gate.Leave();
        Assert.True(await gate.TryEnterAsync(CancellationToken.None));
    }
}
