using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Hosting;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard;

/// <summary>The dashboard on a port of its own.</summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private readonly PlainServer server;

    private DashboardHost(PlainServer server) => this.server = server;

    /// <summary>Where it is, with the port that it got.</summary>
    public Uri Address => server.Address;

    /// <summary>Starts it.</summary>
    /// <param name="board">What is known of the units.</param>
    /// <param name="rules">The rules in force; null before there are any. Asked for each page.</param>
    /// <param name="options">How it is shown.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="IOException">The port is taken, or may not be used.</exception>
    public static async Task<DashboardHost> StartAsync(
        StatusBoard board, Func<RuleSet?> rules, DashboardOptions options, CancellationToken cancellation) =>
        new(await PlainServer.StartAsync(options.Endpoint, new DashboardApp(board, rules, options).AnswerAsync, cancellation));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}
