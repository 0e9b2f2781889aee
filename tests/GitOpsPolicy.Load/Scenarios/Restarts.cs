using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>
/// R10: two replicas behind a dumb round-robin proxy; one is ended and started again, over and over, first politely and then not.
/// </summary>
internal static class Restarts
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    // HTTP/1.1 loses a request on a connection that the server closes in the same moment (RFC 9112, section 9.5). One that is
    // used while the server drains is closed by agreement; one that has lain idle all that time must be given up before.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(LoadRun run)
    {
        using var folder = new RuleFolder().WithRules(17, 17);
        await using var replicas = await Replicas.StartAsync(run, folder);
        await using var proxy = new RoundRobinProxy(replicas.Ports);
        using var caller = new Caller(proxy.Address, replicas.Authority, new(16, run.Options.IsHttp2) { Idle = Idle });
        var loop = new OpenLoop(caller, PodReviews.Make(200, RuleFolder.Names(17)));
        await loop.RunAsync(100, TimeSpan.FromSeconds(1));

        var (polite, codes) = await WhileAsync(run, loop, replicas, static server => server.TerminateAsync());
        run.Sound(polite, " through terminations");
        run.Figures.Count(
            $"terminations of {codes.Count} that ended otherwise than with 0", codes.Count(static code => code != 0));
        Ready(run, replicas, "terminated");

        var (rude, _) = await WhileAsync(run, loop, replicas, static async server =>
        {
            await server.KillAsync();
            return 0;
        });
        run.Figures.Count($"wrong answers through kills of {rude.Offered}", rude.Wrong.Count);
        run.Figures.Count(
            $"requests without an answer through {codes.Count} kills, the connections of one replica each", rude.Failures.Count,
            codes.Count * 16);
        Ready(run, replicas, "killed");
    }

    private static void Ready(LoadRun run, Replicas replicas, string what)
    {
        run.Figures.Time($"ready again when {what}, longest", replicas.Restarts.Max(), 2_000);
        replicas.Restarts.Clear();
    }

    private static async Task<(LoadResult Result, List<int> Codes)> WhileAsync(
        LoadRun run, OpenLoop loop, Replicas replicas, Func<ServedProcess, Task<int>> end)
    {
        using var stop = new CancellationTokenSource();
        var load = loop.RunAsync(run.Options.Rate ?? 200, TimeSpan.FromMinutes(10), stop.Token);
        var codes = new List<int>();
        for (var i = 0; i < run.Options.Count(run.Options.Seconds is null ? 6 : 2, 30); i++)
        {
            codes.Add(await replicas.RestartAsync(i % 2, end));
            await Task.Delay(Settling, TimeProvider.System);
        }

        await stop.CancelAsync();
        return (await load, codes);
    }

    private sealed class Replicas(LoadRun run, RuleFolder folder) : IAsyncDisposable
    {
        private readonly (int Reviews, int Operations)[] ports = [
            (ServedProcess.FreePort(), ServedProcess.FreePort()),
            (ServedProcess.FreePort(), ServedProcess.FreePort())
        ];
        private readonly ServedProcess?[] servers = new ServedProcess?[2];

        public (int Reviews, int Operations)[] Ports => ports;

        public string Authority => servers[0]!.Authority;

        public List<double> Restarts { get; } = [];

        // One after the other: the first makes the certificates that the second shows too.
        public static async Task<Replicas> StartAsync(LoadRun run, RuleFolder folder)
        {
            var replicas = new Replicas(run, folder);
            for (var i = 0; i < 2; i++) await replicas.StartAsync(i);
            replicas.Restarts.Clear();
            return replicas;
        }

        public async Task<int> RestartAsync(int which, Func<ServedProcess, Task<int>> end)
        {
            await using var old = servers[which]!;
            var code = await end(old);
            await StartAsync(which);
            return code;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var server in servers)
                if (server is not null) await server.DisposeAsync();
        }

        private async Task StartAsync(int which)
        {
            servers[which] = await ServedProcess.Start(
                run.Program, folder.Path, new("--drain", "2") { Ports = ports[which] }).ReadyAsync();
            Restarts.Add(servers[which]!.ReadyAfter.TotalMilliseconds);
        }
    }
}
