using System.CommandLine;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Configuration;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// Which cluster a command talks to: <c>--kubeconfig</c> and <c>--context</c>, else as kubectl finds it, else the cluster it runs
/// in.
/// </summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> kubeConfig = new("--kubeconfig")
    {
        HelpName = "FILE",
        Description = "How to reach the cluster. Default: as kubectl, or as the Pod this runs in.",
    };
    private readonly Option<string?> context = new("--context")
    {
        HelpName = "NAME",
        Description = "The context of the kubeconfig to use.",
    };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(kubeConfig);
        command.Options.Add(context);
    }

    /// <summary>A client of that cluster; it connects when it is first asked something.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="pageSize">Objects of a list asked for at a time.</param>
    /// <exception cref="UsageException">No cluster is configured, or its configuration cannot be used.</exception>
    public KubernetesClient Client(ParseResult parsed, Terminal terminal, int pageSize = 500) =>
        new(Connection(parsed, terminal), new() { Time = terminal.Clock, PageSize = pageSize });

    /// <summary>How to reach that cluster.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <exception cref="UsageException">No cluster is configured, or its configuration cannot be used.</exception>
    public ClusterConnection Connection(ParseResult parsed, Terminal terminal)
    {
        var file = parsed.GetValue(kubeConfig) is { } named ? Path.Combine(terminal.WorkingDirectory, named) : null;
        var found = Connections.Find(ConnectionSources.FromEnvironment(file, parsed.GetValue(context)), terminal.Clock);
        return found.TryGet(out var connection)
            ? connection
            : throw new UsageException(string.Join('\n', found.Problems));
    }
}
