using System.Net.Sockets;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Dashboard;
using GitOpsPolicy.Reconciler.Metrics;
using GitOpsPolicy.Reconciler.Notifications;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The dashboard, the metrics and the notices of a run of <c>reconcile</c>, as far as somebody asked for them.</summary>
internal sealed class ReconcileViews : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> shown = new();

    private ReconcileViews()
    {
    }

    /// <summary>Starts them, and says where they are.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="board">What is known of the units.</param>
    /// <param name="metrics">The metrics of the run.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="terminal">The terminal.</param>
    /// <exception cref="UsageException">A port is taken, or may not be used.</exception>
    public static async Task<ReconcileViews> StartAsync(
        ReconcileViewSettings settings, StatusBoard board, ReconcileMetrics metrics, Func<RuleSet?> rules, Terminal terminal)
    {
        var views = new ReconcileViews();
        try
        {
            views.Notify(settings, board, metrics, terminal);
            if (settings.Dashboard is { } place)
            {
                var host = await DashboardHost.StartAsync(
                    board, rules,
                    new()
                    {
                        Endpoint = place,
                        Clock = terminal.Clock,
                        Notice = settings.Notice,
                        FileOf = settings.FileOf,
                        Hosts = settings.Link is { } link ? [link.Host] : [],
                    }, CancellationToken.None);
                views.shown.Push(host);
                await terminal.Error.WriteLineAsync($"dashboard: {host.Address}");
            }

            if (settings.Metrics is { } endpoint)
            {
                var host = await MetricsHost.StartAsync(metrics, endpoint, CancellationToken.None);
                views.shown.Push(host);
                await terminal.Error.WriteLineAsync($"metrics: {new Uri(host.Address, "metrics")}");
            }

            return views;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await views.DisposeAsync();
            throw new UsageException($"{e.Message.TrimEnd('.')}; `--dashboard` and `--metrics` name others");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (shown.TryPop(out var view)) await view.DisposeAsync();
    }

    private void Notify(ReconcileViewSettings settings, StatusBoard board, ReconcileMetrics metrics, Terminal terminal)
    {
        var channels = new List<INoticeChannel>();
        if (settings.Events is { } events) channels.Add(events);
        if (settings.Notify is { } address)
        {
            var link = settings.Link ?? (settings.Dashboard is { Port: not 0 } place ? new Uri($"http://{place}/") : null);
            var channel = new UrlChannel(address, new() { Format = settings.Format, Dashboard = link, Clock = terminal.Clock });
            shown.Push(new Ended(channel));
            channels.Add(channel);
        }

        if (channels.Count > 0)
            shown.Push(Notifier.Start(
                board, channels,
                new()
                {
                    Log = TextWriter.Synchronized(terminal.Error),
                    Metrics = metrics,
                    Clock = terminal.Clock,
                    Tells = settings.Tells,
                }));
    }

    private sealed class Ended(IDisposable own) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            own.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
