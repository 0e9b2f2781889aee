using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>Makes the engine of one term, which remembers nothing of an earlier one.</summary>
/// <param name="fence">What it asks before each write.</param>
/// <param name="listener">Is told after each pass, with whomever else the host tells.</param>
public delegate ReconcileEngine EngineMaker(Fence fence, IPassListener listener);

/// <summary>
/// Reconciles the units of a cluster, all the time or while this process holds a Lease. When it loses the lead nothing more is
/// written, everything that it remembered is dropped, and it runs for office again; meanwhile the board shows what others know.
/// </summary>
/// <param name="client">The cluster that the units live in.</param>
/// <param name="choice">Which units.</param>
/// <param name="board">Where statuses go.</param>
/// <param name="log">Where one line goes for each thing worth telling.</param>
public sealed class ClusterDuty(KubernetesClient client, UnitChoice choice, StatusBoard board, TextWriter log)
{
    // Between a write that was held back and the next try under the same Lease.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private volatile bool leads;
    private volatile UnitStatusWriter? objects;

    /// <summary>Makes an engine.</summary>
    public required EngineMaker EngineOf { get; init; }

    /// <summary>The Lease, and who this process is; null for a process that is alone.</summary>
    public LeaseRecord? Lease { get; init; }

    /// <summary>The times of the election.</summary>
    public LeaseTiming Timing { get; init; } = new();

    /// <summary>This process reconciles at the moment.</summary>
    public bool Leads => leads;

    /// <summary>This process reconciles a unit at the moment.</summary>
    public bool Has(UnitKey unit) => leads && choice.Shard.Has(unit);

    /// <summary>
    /// The object that a unit is in the cluster, as events refer to it; null for a unit that this process does not reconcile.
    /// </summary>
    public MappingNode? ReferenceTo(UnitKey unit) => Has(unit) ? objects?.ReferenceTo(unit) : null;

    /// <summary>Runs until it is stopped, and gives the Lease up then.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var view = new StandbyView(client, choice, board, log);
        var viewing = view.RunAsync(stop);
        if (Lease is null) await WorkAsync(view, Fence.None, stop);
        else await new LeaderElection(Lease, Timing, client.Options).RunAsync((term, lost) => LeadAsync(view, term, lost), stop);
        await viewing;
    }

    private async Task LeadAsync(StandbyView view, LeaderTerm term, CancellationToken lost)
    {
        await log.WriteLineAsync($"reconcile: this process leads (shard {choice.Shard}, term {term.Number})");
        try
        {
            while (!lost.IsCancellationRequested)
            {
                try
                {
                    await WorkAsync(view, Fence.Of(term, Lease!), lost);
                }
                catch (FencedOffException e)
                {
                    await log.WriteLineAsync($"reconcile: {e.Message}");
                    await Task.Delay(Pause, client.Options.Time, lost);
                }
            }
        }
        finally
        {
            await log.WriteLineAsync("reconcile: this process leads no longer");
        }
    }

    private async Task WorkAsync(StandbyView view, Fence fence, CancellationToken stop)
    {
        var statuses = objects = new UnitStatusWriter(client, fence, log);
        var engine = EngineOf(fence, statuses);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var following = new ClusterUnits(client, choice, new UnitIntake(engine, board, statuses, log)).RunAsync(end.Token);
        leads = true;
        view.Leads(itself: true);
        var running = engine.RunAsync(end.Token);
        await Task.WhenAny(running, following);
        await end.CancelAsync();
        leads = false;
        view.Leads(itself: false);
        await Task.WhenAll(running, following);
    }
}
