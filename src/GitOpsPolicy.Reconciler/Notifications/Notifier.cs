using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>Tells people when a unit needs somebody, and when it no longer does. Passes never wait for it.</summary>
public sealed class Notifier : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ImmutableArray<NoticeLane> lanes;
    private readonly CancellationTokenSource stopping = new();
    private readonly NotifierOptions options;
    private readonly IDisposable listening;
    private readonly Task running;

    private Notifier(StatusBoard board, IEnumerable<INoticeChannel> channels, NotifierOptions options)
    {
        this.options = options;
        lanes = [.. channels.Select(channel => new NoticeLane(channel, options))];
        running = Task.WhenAll(lanes.Select(lane => Task.Run(() => lane.RunAsync(stopping.Token))));
        listening = board.Listen(Hear);
    }

    /// <summary>Starts to listen to a board.</summary>
    /// <param name="board">What is known of the units.</param>
    /// <param name="channels">The ways to people; each is told everything.</param>
    /// <param name="options">When they are told.</param>
    public static Notifier Start(StatusBoard board, IEnumerable<INoticeChannel> channels, NotifierOptions options) =>
        new(board, channels, options);

    /// <summary>Tells what is under way, within a few seconds, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        listening.Dispose();
        foreach (var lane in lanes) lane.Complete();
        await running.WaitAsync(Patience, options.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private void Hear(StatusChange change)
    {
        if (change.Now is not { } unit)
        {
            foreach (var lane in lanes) lane.Forget(change.Unit);
            return;
        }

        if (!options.Tells(change.Unit)) return;
        var standing = StandingNotices.Of(unit);
        foreach (var lane in lanes) lane.Offer(unit, standing);
    }
}
