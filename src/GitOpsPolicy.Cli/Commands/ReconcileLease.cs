using System.CommandLine;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Reconciler.Running;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options by which replicas of <c>reconcile</c> agree which of them writes.</summary>
internal sealed class ReconcileLease
{
    private readonly Option<string?> lease = new("--lease")
    {
        HelpName = "NAME",
        Description = "The Lease by which replicas agree which of them reconciles; each shard takes one of its own, `NAME-I`. Default: this process is alone.",
    };
    private readonly Option<string?> place = new("--lease-namespace")
    {
        HelpName = "NAME",
        Description = "Where the Lease is. Default: the namespace of the Pod, else that of the kubeconfig.",
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [lease, place];

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>Makes this process a candidate for the Lease of its shard; null where none was asked for.</summary>
    /// <exception cref="UsageException">A namespace without a name, or a name that no object can have.</exception>
    public Func<KubernetesClient, LeaseRecord>? Read(ParseResult parsed, Terminal terminal, UnitShard shard)
    {
        if (parsed.GetValue(lease) is not { } name)
            return parsed.GetValue(place) is null ? null : throw new UsageException("`--lease-namespace` goes with `--lease`");
        if (!ObjectNames.IsSubdomain(name))
            throw new UsageException(
                $"`{lease.Name} {name}` is no name that an object can have: lower-case letters, digits, dashes and dots");
        if (parsed.GetValue(place) is { } named && !ObjectNames.IsLabel(named))
            throw new UsageException(
                $"`{place.Name} {named}` is no name that a namespace can have: lower-case letters, digits and dashes");
        var identity = OwnProcess.Identity(terminal);
        var (home, whole) = (parsed.GetValue(place) ?? OwnProcess.Namespace(terminal),
            shard.Count == 1 ? name : $"{name}-{shard.Number}");
        return client => new(client, home ?? client.Connection.Namespace, whole, identity);
    }
}
