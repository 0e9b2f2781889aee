using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Script;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// One run of <c>check</c>: load the rules, read the inputs as changes, evaluate, report. Reports are written last and whole, so an
/// interrupted run leaves nothing half-written.
/// </summary>
internal sealed class CheckRun(Terminal terminal, CheckOptions options)
{
    private readonly Progress progress = new(terminal);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        using var head = new WorkTree(terminal.WorkingDirectory);
        using var baseline = Baseline.Open(options.Base, terminal);
        var sources = new RuleSources(options, head, baseline, terminal);
        if (!sources.TryLoad(terminal.Error, out var rules)) return Task.FromResult(ExitCode.Usage);

        var changes = ReadPlans(ReadManifests(head, baseline), cancellation);
        progress.Say($"judging {changes.Changes.Length} changes with {rules.Rules.Length} rules");
        cancellation.ThrowIfCancellationRequested();
        var evaluation = new EvaluationOptions
        {
            Today = DateOnly.FromDateTime(terminal.Clock.GetUtcNow().UtcDateTime),
            Environment = options.Environment,
        };
        if (terminal.Variable("GITOPS_POLICY_FINGERPRINT_KEY") is { Length: > 0 } key) evaluation = evaluation with { SensitiveKey = new SensitiveKey(Encoding.UTF8.GetBytes(key)) };
        var decision = new Evaluator(rules).Evaluate(changes, evaluation, cancellation);
        decision = sources.WithEffectOfRuleChanges(decision, changes, evaluation, cancellation);
        progress.Clear();

        var exitCode = ExitCode.For(decision, options.FailOn, options.AllowUndetermined);
        new ReportFiles(terminal, options.Reports).Write(decision, exitCode);
        return Task.FromResult(exitCode);
    }

    private ChangeSet ReadManifests(WorkTree head, Baseline? baseline)
    {
        if (options.Paths.IsEmpty && !options.Plans.IsEmpty && baseline is null) return new() { Changes = [] };
        var paths = options.Paths.IsEmpty ? (IReadOnlyList<string>)["."] : options.Paths;
        progress.Say($"reading {string.Join(' ', paths)}");
        var input = paths.Contains(ManifestInput.StandardInput) ? terminal.In() : null;
        var renderer = options.NoRender ? null : new ToolRenderer();
        return baseline is null
            ? new ManifestInput(head, input) { Renderer = renderer }.ReadChanges(paths)
            : new DiffInput(head, baseline.Files, input) { BaseFolder = baseline.Folder, Renderer = renderer }.ReadChanges(paths);
    }

    private ChangeSet ReadPlans(ChangeSet changes, CancellationToken cancellation)
    {
        foreach (var path in options.Plans)
        {
            progress.Say($"reading {path}");
            changes = changes.Append(ReadPlan(path, cancellation));
        }

        return changes;
    }

    private ChangeSet ReadPlan(string path, CancellationToken cancellation)
    {
        try
        {
            using var plan = path == ManifestInput.StandardInput ? terminal.In() : File.OpenRead(Path.Combine(terminal.WorkingDirectory, path));
            return TerraformPlanInput.Read(path, plan, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "the plan cannot be read";
            return new() { Changes = [], Problems = [new Problem(new(path, 0, 0), message, "write it with `terraform show -json PLANFILE`")] };
        }
    }
}
