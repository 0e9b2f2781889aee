using GitOpsPolicy.Changes;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Metrics;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Terraform;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>What passes of <c>reconcile</c> need, for as long as the process lives: clusters, repositories and rules.</summary>
internal sealed class ReconcileParts : IDisposable
{
    private readonly Terminal terminal;
    private readonly GitMirror mirror;
    private readonly GitSettings git;

    /// <summary>Opens them; nothing is asked yet.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="connection">The cluster that units live in.</param>
    /// <param name="pace">Makes what spaces the requests to one API server out.</param>
    /// <param name="git">What Git may be asked, and where it is kept.</param>
    /// <exception cref="UsageException">The folder for what is fetched cannot be used.</exception>
    public ReconcileParts(Terminal terminal, ClusterConnection connection, Func<RequestPace> pace, GitSettings git)
    {
        (this.terminal, this.git) = (terminal, git);
        if (CacheFolder.Refusal(git.CacheFolder) is { } why)
            throw new UsageException($"the cache folder `{git.CacheFolder}` {why}: name another one with `--cache`");
        Metrics = new(Board, terminal.Clock);
        Clusters = new(connection, new() { Time = terminal.Clock, Waiting = Metrics.Waits }) { PaceOfServer = pace };
        mirror = new(git, terminal.Clock);
    }

    /// <summary>The rules in force; passes run only when there are some.</summary>
    public RulesInForce InForce { get; } = new();

    /// <summary>The same, as a pass takes them: once, so that it goes by one set from its beginning to its end.</summary>
    public RuleSet Rules =>
        InForce.TryGet(out var active) ? active.Rules : throw new InvalidOperationException("No rules are in force.");

    /// <summary>What is known of the units.</summary>
    public StatusBoard Board { get; } = new();

    /// <summary>What is counted.</summary>
    public ReconcileMetrics Metrics { get; }

    /// <summary>Leave to break the rules; by itself there is none.</summary>
    public BrokenGlass BrokenGlass { get; set; } = BrokenGlass.None;

    /// <summary>The clusters that units live in and write to.</summary>
    public Clusters Clusters { get; }

    /// <summary>What passes need that remember nothing of earlier ones.</summary>
    /// <param name="fence">What is asked before each write.</param>
    public PassServices ServicesOf(Fence fence)
    {
        var secrets = new UnitSecrets(Clusters.Home);
        var desired = new GitDesiredState(
            mirror, secrets.CredentialsOfAsync, secrets.DecryptionOfAsync, ScopesOfAsync, terminal.Clock);
        var store = new StateStore(Clusters.Home);
        var terraform = new TerraformHost
        {
            CacheFolder = git.CacheFolder,
            Rules = () => Rules,
            Time = terminal.Clock,
            SaveAsync = static (_, _) => Task.CompletedTask,
            BrokenGlass = BrokenGlass.At,
            Applied = Metrics.AppliedPlan,
            CliConfigFile = terminal.Variable("TF_CLI_CONFIG_FILE"),
        };
        return new()
        {
            Desired = desired,
            ClusterOf = Clusters.OfAsync,
            Store = store,
            Rules = () => Rules,
            Time = terminal.Clock,
            Fence = fence,
            Wrote = Metrics.Wrote,
            BrokenGlass = BrokenGlass.At,
            Terraform = new(desired, store, fence, secrets.EnvironmentOfAsync, terraform),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clusters.Dispose();
        mirror.Dispose();
        Metrics.Dispose();
    }

    private async Task<Func<KubernetesId, bool?>> ScopesOfAsync(Unit unit, CancellationToken cancellation)
    {
        var catalog = await (await Clusters.OfAsync(unit, cancellation)).Discovery.GetAsync(cancellation);
        return id => (catalog.Find(id.Group, id.Kind, id.Version) ?? catalog.Find(id.Group, id.Kind))?.IsNamespaced;
    }
}
