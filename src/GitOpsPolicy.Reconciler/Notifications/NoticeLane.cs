using System.Collections.Immutable;
using System.Threading.Channels;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>One way to people, with its own queue, memory and budget: one that hangs does not keep the others waiting.</summary>
internal sealed class NoticeLane
{
    private const int MaxWaiting = 500;

    private readonly INoticeChannel channel;
    private readonly NotifierOptions options;
    private readonly Lock gate = new();
    private readonly NoticeMemory memory;
    private readonly NoticeBudget budget;
    private readonly Channel<Notice> waiting = Channel.CreateBounded<Notice>(new BoundedChannelOptions(MaxWaiting)
    {
        SingleReader = true,
    });

    public NoticeLane(INoticeChannel channel, NotifierOptions options)
    {
        this.channel = channel;
        this.options = options;
        memory = new(options);
        budget = new(options.MostPerHour, options.Clock);
    }

    /// <summary>Has people told what is new of a unit; never waits.</summary>
    public void Offer(UnitStatus unit, ImmutableArray<Notice> standing)
    {
        lock (gate)
        {
            var due = memory.ToTell(unit, standing, out var repeated);
            foreach (var notice in due) Put(notice);
            for (; repeated > 0; repeated--) options.Metrics?.Noticed("repeated");
        }
    }

    /// <summary>Forgets a unit that is gone.</summary>
    public void Forget(UnitKey unit)
    {
        lock (gate) memory.Forget(unit);
    }

    /// <summary>Takes no more notices.</summary>
    public void Complete() => waiting.Writer.TryComplete();

    /// <summary>Tells notices, one after the other, until there will be no more or it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var notice in waiting.Reader.ReadAllAsync(stop)) await TellAsync(notice, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private void Put(Notice notice)
    {
        if (!budget.TrySpend(out var heldBack))
        {
            options.Metrics?.Noticed("dropped");
            return;
        }

        if (heldBack > 0)
            notice = notice with { Details = [
                .. notice.Details,
                $"{heldBack} more notices were held back, since there were too many within an hour; the dashboard has all of it"
            ] };
        if (waiting.Writer.TryWrite(notice)) return;
        memory.Failed(notice);
        options.Metrics?.Noticed("dropped");
    }

    private async Task TellAsync(Notice notice, CancellationToken stop)
    {
        var failure = await channel.TellAsync(notice, stop);
        options.Metrics?.Noticed(failure is null ? "sent" : "failed");
        if (failure is null) return;
        lock (gate) memory.Failed(notice);
        if (options.Log is { } log)
            await log.WriteLineAsync(
                $"{notice.Unit}: {channel.Name} was not told `{notice.Subject}`: {SafeText.OneLine(failure)}");
    }
}
