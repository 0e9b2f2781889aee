using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Webhook.Audit;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// One run of <c>audit --desired</c>: read what lives where Git decides about it, and tell where it departs from Git.
/// </summary>
internal sealed class DriftAuditRun(Terminal terminal, KubernetesClient client, RuleSet rules)
{
    private readonly Progress progress = new(terminal);

    /// <summary>The paths of what is wanted.</summary>
    public required ImmutableArray<string> Desired { get; init; }

    /// <summary>Read the files of kustomizations and charts as they are.</summary>
    public bool NoRender { get; init; }

    /// <summary>The environment of the cluster; null to go by the paths.</summary>
    public string? Environment { get; init; }

    /// <summary>What of the cluster is compared.</summary>
    public AuditScope Scope { get; init; } = AuditScope.All;

    /// <summary>The reports to write.</summary>
    public ImmutableArray<RequestedReport> Reports { get; init; } = [];

    /// <summary>The weakest action that makes the exit code 1.</summary>
    public FindingAction FailOn { get; init; } = FindingAction.Deny;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        try
        {
            var decision = new Evaluator(rules).Evaluate(
                await CompareAsync(cancellation), Judging.OptionsFor(terminal, Environment), cancellation);
            progress.Clear();
            var exitCode = ExitCode.For(decision, FailOn, allowUndetermined: false);
            new ReportFiles(terminal, Reports).Write(decision, exitCode);
            return exitCode;
        }
        catch (KubernetesException e)
        {
            return AuditRun.Refused(terminal, progress, e.Failure);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            progress.Clear();
            await terminal.Error.WriteLineAsync(
                "gitops-policy: interrupted before all was read; nothing is known, and no report was written");
            return ExitCode.Interrupted;
        }
    }

    private async Task<ChangeSet> CompareAsync(CancellationToken cancellation)
    {
        progress.Say($"reading {string.Join(' ', Desired)}");
        using var tree = new WorkTree(terminal.WorkingDirectory);
        var read = new ManifestInput(tree) { Renderer = NoRender ? null : new ToolRenderer() }.Read(Desired);
        var desired = read with { Objects = [.. read.Objects.Where(IsInScope)] };
        var reading = new ClusterReading(client, Scope) { Begins = type => progress.Say($"reading {type}") };
        var live = await reading.ReadAsync(desired, cancellation);
        var ignoring = new DriftIgnoring(rules.Config.Drift.Ignore);
        var drift = new LiveDrift(desired, live)
        {
            WhyNotRead = reading.WhyNotRead,
            References = reading.References,
            Ignoring = ignoring,
            EnvironmentOf = file => Environment ?? rules.Config.EnvironmentOf(file),
        }.ReadChanges();
        return ignoring.AddUnusedTo(
            drift with { Problems = [.. read.Problems, .. drift.Problems] }, Scope.IsAll && rules.Config.AreWhole(Desired)) with
        {
            Changes = [.. drift.Changes.Select(static change => change with { Surface = Surface.Audit })],
            Uneventful = desired.Objects.Length - drift.Changes.Count(static change => change.Before is not null),
        };
    }

    private bool IsInScope(Manifest manifest) =>
        (Scope.Namespaces.IsEmpty
            || (manifest.Id.Namespace.Length > 0 && Scope.Namespaces.Any(glob => glob.Fits(manifest.Id.Namespace))))
        && (Scope.Kinds.IsEmpty
            || Scope.Kinds.Any(glob => glob.Fits(manifest.Id.Kind) || glob.Fits($"{manifest.Id.Group}/{manifest.Id.Kind}")));
}
