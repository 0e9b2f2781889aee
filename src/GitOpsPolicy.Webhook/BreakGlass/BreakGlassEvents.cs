using System.Threading.Channels;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Kubernetes.Events;

namespace GitOpsPolicy.Webhook.BreakGlass;

/// <summary>Writes an event to a BreakGlass resource for each use of it, behind the requests' backs: no answer waits for it.</summary>
/// <param name="events">Writes events.</param>
/// <param name="log">Where one line goes for each that cannot be written.</param>
public sealed class BreakGlassEvents(ClusterEvents events, TextWriter log)
{
    /// <summary>Whoever uses their leave in a loop must not fill the memory; the log has every use anyway.</summary>
    private const int MaxWaiting = 256;

    private readonly Channel<(BreakGlassGrant Grant, string Line)> waiting =
        Channel.CreateBounded<(BreakGlassGrant, string)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Has an event written soon; never waits.</summary>
    public void Write(BreakGlassGrant grant, string line) => waiting.Writer.TryWrite((grant, line));

    /// <summary>Writes them until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var (grant, line) in waiting.Reader.ReadAllAsync(stop))
                if (await events.WriteAsync(grant.Node, new("BreakGlassUsed", "Allow", line) { IsWarning = true }, stop) is { } failure)
                    await log.WriteLineAsync($"break-glass: no event could be written: {failure}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }
}
