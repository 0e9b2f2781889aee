using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>The engine with its watches, at work on the unit of a bench.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private readonly KubernetesClient client;
    private readonly ClusterWatch watch;
    private readonly CancellationTokenSource end = new();
    private Task running = Task.CompletedTask;

    private RunningEngine(Bench bench, ClientOptions options)
    {
        Name = bench.NewProcess();
        client = bench.Server.ClientOf(Name, options);
        watch = new((_, _) => Task.FromResult(client), TextWriter.Null);
    }

    /// <summary>Its name in the log.</summary>
    public string Name { get; }

    /// <summary>What is known of the unit.</summary>
    public StatusBoard Board { get; } = new();

    /// <summary>Starts it, and waits until the unit is as Git says and watched.</summary>
    /// <param name="bench">Where.</param>
    /// <param name="options">How it asks the server.</param>
    /// <param name="interval">How often Git and the cluster are asked, whatever watches say.</param>
    /// <param name="desired">Where it is told what shall live; null for the bench's folder.</param>
    public static async Task<RunningEngine> StartAsync(
        Bench bench, ClientOptions? options = null, TimeSpan? interval = null, IDesiredState? desired = null)
    {
        var one = new RunningEngine(bench, options ?? new() { FirstDelay = TimeSpan.FromMilliseconds(100) });
        var services = EngineParts.Services(
            one.client, desired ?? new FolderRevisions(bench.Folder), NoWatch.Instance,
            Fence.None) with { CacheOf = one.watch.CacheOf };
        var engine = new ReconcileEngine(services, one.Board, new(), TextWriter.Null) { Listeners = [one.watch] };
        one.watch.Tell(engine);
        var every = interval ?? TimeSpan.FromHours(1);
        engine.Put(bench.Unit with
        {
            Drift = bench.Unit.Drift with { Interval = every },
            Source = bench.Unit.Source with { Interval = every },
        });
        one.running = engine.RunAsync(one.end.Token);
        while (one.Board.Find(bench.Unit.Key) is not { Phase: UnitPhase.Synced }
            || !bench.Log.All.Any(static operation => operation is { Verb: "watch", Code: 200 }))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        return one;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running;
        watch.Dispose();
        client.Dispose();
        end.Dispose();
    }
}
