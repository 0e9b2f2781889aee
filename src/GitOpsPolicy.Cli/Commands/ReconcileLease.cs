using System.CommandLine;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Reconciler.Running;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options by which replicas of <c>reconcile</c> agree which of them writes.</summary>
internal sealed class ReconcileLease
{
    private readonly Option<string?> lease = new("--lease") { HelpName = "NAME", Description = "The Lease by which replicas agree which of them reconciles; each shard takes one of its own, `NAME-I`. Default: this process is alone." };
    private readonly Option<string?> place = new("--lease-namespace") { HelpName = "NAME", Description = "Where the Lease is. Default: the namespace of the Pod, else that of the kubeconfig." };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(lease);
        command.Options.Add(place);
    }

    /// <summary>Says that a Lease does not go with something else.</summary>
    /// <exception cref="UsageException">A Lease was given.</exception>
    public void RefuseBeside(ParseResult parsed, string other)
    {
        if (parsed.GetValue(lease) is not null || parsed.GetValue(place) is not null) throw new UsageException($"`--lease` does not go with `{other}`: a Lease is for replicas that follow the units of a cluster");
    }

    /// <summary>Makes this process a candidate for the Lease of its shard; null where none was asked for.</summary>
    /// <exception cref="UsageException">A namespace without a name.</exception>
    public Func<KubernetesClient, LeaseRecord>? Read(ParseResult parsed, Terminal terminal, UnitShard shard)
    {
        if (parsed.GetValue(lease) is not { Length: > 0 } name) return parsed.GetValue(place) is null ? null : throw new UsageException("`--lease-namespace` goes with `--lease`");
        var identity = OwnProcess.Identity(terminal);
        var (home, whole) = (parsed.GetValue(place) ?? OwnProcess.Namespace(terminal), shard.Count == 1 ? name : $"{name}-{shard.Number}");
        return client => new(client, home ?? client.Connection.Namespace, whole, identity);
    }
}
