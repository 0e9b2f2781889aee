using System.Threading.Channels;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Events;

namespace GitOpsPolicy.Webhook.Events;

/// <summary>Writes events behind the requests' backs: no answer waits for one.</summary>
/// <param name="events">Writes events.</param>
/// <param name="log">Where one line goes for each that cannot be written.</param>
public sealed class EventQueue(ClusterEvents events, TextWriter log)
{
    /// <summary>Whoever causes events in a loop must not fill the memory; the log has each of them anyway.</summary>
    private const int MaxWaiting = 256;

    private readonly Channel<(MappingNode Regarding, Occurrence Occurrence)> waiting =
        Channel.CreateBounded<(MappingNode, Occurrence)>(new BoundedChannelOptions(MaxWaiting)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
            SingleReader = true,
        });

    /// <summary>Has an event written soon; never waits.</summary>
    public void Write(MappingNode regarding, Occurrence occurrence) => waiting.Writer.TryWrite((regarding, occurrence));

    /// <summary>Writes them until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var (regarding, occurrence) in waiting.Reader.ReadAllAsync(stop))
                if (await events.WriteAsync(regarding, occurrence, stop) is { } failure)
                    await log.WriteLineAsync($"no event {occurrence.Reason} could be written: {failure}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }
}
