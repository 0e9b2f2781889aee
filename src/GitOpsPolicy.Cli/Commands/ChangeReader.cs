using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Inputs.Terraform.Configuration;
using GitOpsPolicy.Policies.Configuration;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>Reads what the options name as one change set: manifests, or their difference to the base, and plans.</summary>
internal sealed class ChangeReader(Terminal terminal, CheckOptions options, Progress progress)
{
    /// <summary>What says which environment a file belongs to, and what is no drift.</summary>
    public PolicyConfig Config { get; init; } = PolicyConfig.None;

    /// <summary>Reads it all. What cannot be read is among the problems of the set.</summary>
    public ChangeSet Read(WorkTree head, Baseline? baseline, CancellationToken cancellation) =>
        ReadPlans(ReadLive(ReadManifests(head, baseline), head, baseline), head, baseline, cancellation);

    private ChangeSet ReadManifests(WorkTree head, Baseline? baseline)
    {
        if (options.Paths.IsEmpty && !options.Plans.IsEmpty && options.Live is null && baseline is null)
            return new() { Changes = [] };
        var paths = Paths;
        progress.Say($"reading {string.Join(' ', paths)}");
        var input = paths.Contains(ManifestInput.StandardInput) ? terminal.In() : null;
        var renderer = options.NoRender ? null : new ToolRenderer();
        return baseline is null
            ? new ManifestInput(head, input) { Renderer = renderer, Except = options.Live }.ReadChanges(paths)
            : new DiffInput(head, baseline.Files, input)
            {
                BaseFolder = baseline.Folder,
                Renderer = renderer,
                EnvironmentOf = Config.EnvironmentOf,
                Except = options.Live,
            }.ReadChanges(paths);
    }

    private ImmutableArray<string> Paths => options.Paths.IsEmpty ? ["."] : options.Paths;

    private ChangeSet ReadLive(ChangeSet changes, WorkTree head, Baseline? baseline)
    {
        if (options.Live is not { } path) return changes;
        if (Paths.Contains(ManifestInput.StandardInput))
            throw new UsageException("with `--live`, what is wanted is read from files: give their paths in place of `-`");
        progress.Say($"reading {path}");
        var input = path == ManifestInput.StandardInput ? terminal.In() : null;
        var live = new LiveInput(head, path, input)
        {
            Base = baseline?.Files,
            BaseFolder = baseline?.Folder,
            Renderer = options.NoRender ? null : new ToolRenderer(),
            Settings = Config.Drift,
            EnvironmentOf = file => options.Environment ?? Config.EnvironmentOf(file),
            IsWhole = Config.AreWhole(Paths),
        };
        return changes.Append(live.ReadChanges(Paths));
    }

    private ChangeSet ReadPlans(ChangeSet changes, WorkTree head, Baseline? baseline, CancellationToken cancellation)
    {
        foreach (var path in options.Plans)
        {
            progress.Say($"reading {path}");
            changes = changes.Append(WithConfiguration(ReadPlan(path, cancellation), path, head, baseline));
        }

        return changes;
    }

    private ChangeSet WithConfiguration(ChangeSet plan, string path, WorkTree head, Baseline? baseline)
    {
        var folder = options.Terraform
            ?? (path == ManifestInput.StandardInput ? "" : Path.GetDirectoryName(path)?.Replace('\\', '/') ?? "");
        var after = TerraformConfiguration.Open(head, folder);
        if (after is null && options.Terraform is { } named)
            throw new UsageException($"`--terraform {named}`: there is no configuration in this folder");
        return TerraformConfiguration.Attach(plan, baseline is null ? null : OpenBefore(baseline, folder), after);
    }

    // In a base that is a folder it lies at the same path; or, where the paths given stand for the whole of it, at what is left
    // of the path.
    private TerraformConfiguration? OpenBefore(Baseline baseline, string folder)
    {
        if (baseline.Folder is not { } below) return TerraformConfiguration.Open(baseline.Files, folder);
        var rests = options.Paths.Select(static path => path.TrimEnd('/'))
            .Where(path => folder == path || folder.StartsWith(path + "/", StringComparison.Ordinal))
            .Select(path => folder[path.Length..]);
        return rests.Prepend("/" + folder)
            .Select(rest => TerraformConfiguration.Open(baseline.Files, below.TrimEnd('/') + rest))
            .FirstOrDefault(static found => found is not null);
    }

    private ChangeSet ReadPlan(string path, CancellationToken cancellation)
    {
        try
        {
            using var plan = path == ManifestInput.StandardInput
                ? terminal.In()
                : File.OpenRead(Path.Combine(terminal.WorkingDirectory, path));
            return TerraformPlanInput.Read(path, plan, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = e is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file"
                : "the plan cannot be read";
            return new()
            {
                Changes = [],
                Problems = [new Problem(new(path, 0, 0), message, "write it with `terraform show -json PLANFILE`")],
            };
        }
    }
}
