using System.Diagnostics;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Crash;

/// <summary>
/// A process that runs passes of units over and over until somebody kills it, or until it kills itself (as by <c>kill -9</c>) at
/// a step that it was told. On standard output it tells each pass and, when asked to, each step. It is what tests of crashes and
/// of two leaders start; nobody ships it.
/// </summary>
internal static class CrashProgram
{
    /// <summary>
    /// Arguments: the folder of revisions, the kubeconfig, our name, the units parted by commas, and then <c>key=value</c>:
    /// <c>die=Point:3</c>, <c>lease=seconds</c>, <c>tell=steps</c> or <c>tell=clock</c>, <c>rounds=stdin</c>,
    /// <c>git=repository</c> with <c>cache=folder</c>.
    /// </summary>
    public static async Task<int> Main(string[] arguments)
    {
        var options = arguments.Skip(4)
            .Select(static one => one.Split('=', 2))
            .ToDictionary(static one => one[0], static one => one[1], StringComparer.Ordinal);
        var connection = Connections.Find(
            new() { KubeConfigs = [], ExplicitKubeConfig = arguments[1] }, TimeProvider.System).TryGet(
            out var found)
            ? found
            : throw new InvalidOperationException("The kubeconfig cannot be read.");
        using var client = new KubernetesClient(connection, new() { FirstDelay = TimeSpan.FromMilliseconds(50) });
        using var mirror = options.TryGetValue("cache", out var cache) ? GitRevisions.Open(cache, TimeSpan.FromSeconds(1)) : null;
        IDesiredState desired = mirror is null ? new FolderRevisions(arguments[0]) : GitRevisions.Of(mirror);
        var units = arguments[3].Split(',')
            .Select(name => mirror is null
                ? EngineParts.UnitOf(name)
                : GitRevisions.UnitOf(name, options["git"].Replace("{unit}", name, StringComparison.Ordinal)))
            .ToArray();
        var watch = new CrashWatch(options.GetValueOrDefault("die"), options.GetValueOrDefault("tell") == "steps");
        Console.WriteLine("ready");
        if (options.GetValueOrDefault("tell") == "clock") _ = TellClockAsync();
        if (options.ContainsKey("rounds"))
        {
            await RoundsAsync(desired, client, units);
            return 0;
        }

        if (options.GetValueOrDefault("lease") is not { } seconds)
        {
            await WorkAsync(EngineParts.Services(client, desired, watch, Fence.None), units, default);
            return 0;
        }

        var timing = new LeaseTiming
        {
            Duration = TimeSpan.FromSeconds(double.Parse(seconds)),
            RenewDeadline = TimeSpan.FromSeconds(double.Parse(seconds) * 0.6),
            RetryPeriod = TimeSpan.FromSeconds(double.Parse(seconds) * 0.15),
        };
        var lease = new LeaseRecord(client, "default", "lead", arguments[2]);
        await new LeaderElection(lease, timing, client.Options).RunAsync(
            async (term, lost) =>
            {
                Console.WriteLine($"leads {term.Number}");
                await WorkAsync(EngineParts.Services(client, desired, watch, Fence.Of(term, lease)), units, lost);
            },
            default);
        return 0;
    }

    // With everything that the engine has: watches, what they tell kept, and passes of several units at a time. Each line on
    // standard input asks for a round over all of them.
    private static async Task RoundsAsync(IDesiredState desired, KubernetesClient client, Unit[] units)
    {
        using var watch = new ClusterWatch((_, _) => Task.FromResult(client), TextWriter.Null);
        var services = EngineParts.Services(client, desired, NoWatch.Instance, Fence.None) with { CacheOf = watch.CacheOf };
        var engine = new ReconcileEngine(services, new(), new(), TextWriter.Null) { Listeners = [watch] };
        watch.Tell(engine);
        foreach (var unit in units) engine.Put(unit);
        while (await Console.In.ReadLineAsync() is not null)
        {
            var (began, writes, unsettled) = (Stopwatch.GetTimestamp(), 0, 0);
            await Parallel.ForEachAsync(units, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (unit, cancellation) =>
            {
                for (var i = 0; i < 5; i++)
                {
                    var result = await engine.RunOnceAsync(unit.Key, cancellation);
                    Interlocked.Add(ref writes, result!.Writes);
                    if (result.Again is null) return;
                }

                Interlocked.Increment(ref unsettled);
            });
            using var self = Process.GetCurrentProcess();
            Console.WriteLine($"round {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} {writes} {unsettled} {self.WorkingSet64 >> 20} {self.TotalProcessorTime.TotalSeconds:0.0}");
        }
    }

    // What this process takes the time for, and how long it takes seconds to be.
    private static async Task TellClockAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            Console.WriteLine($"clock {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static async Task WorkAsync(PassServices services, Unit[] units, CancellationToken cancellation)
    {
        var pass = new UnitPass(services);
        var memories = units.ToDictionary(static unit => unit.Key, _ => new UnitMemory(services.Time));
        while (true)
        {
            foreach (var unit in units)
            {
                try
                {
                    var result = await pass.RunAsync(unit, memories[unit.Key], cancellation);
                    Console.WriteLine($"pass {unit.Key.Name} {result.Status.Phase} {result.Writes} {result.Status.Applied} {result.Status.Message}");
                }
                catch (Exception e) when (e is StateChangedException or FencedOffException)
                {
                    Console.WriteLine($"stopped {unit.Key.Name} {e.GetType().Name}");
                    // until the election has noticed, too
                    if (e is FencedOffException) await Task.Delay(Timeout.Infinite, cancellation);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), services.Time, cancellation);
        }
    }
}

/// <summary>Tells steps, and ends the process at one of them.</summary>
internal sealed class CrashWatch(string? die, bool tells) : IPassWatch
{
    private int left = die is null ? 0 : int.Parse(die.Split(':')[1]);

    public void At(UnitKey unit, PassPoint point, string? subject = null)
    {
        if (tells) Console.WriteLine($"step {unit.Name} {point} {subject}");
        if (die is null || !die.StartsWith(point + ":", StringComparison.Ordinal) || --left > 0) return;
        Process.GetCurrentProcess().Kill(); // SIGKILL: nothing is tidied up
    }
}
