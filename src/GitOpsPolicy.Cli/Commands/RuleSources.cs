using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Tracing;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// Where this run's rules come from: the base when it is a Git revision, so that a pull request cannot switch off the rule that
/// judges it; else the work tree.
/// </summary>
internal sealed class RuleSources(CheckOptions options, FileTree head, Baseline? baseline, Terminal terminal)
{
    /// <summary>Follows one of the rules; null for none.</summary>
    public RuleTracer? Tracer { get; init; }

    private FileTree Judging => baseline is { IsRevision: true } && KnowsWhatWasNamed(baseline.Files) ? baseline.Files : head;

    /// <summary>Loads the rules; otherwise writes every problem.</summary>
    public bool TryLoad(TextWriter errors, [NotNullWhen(true)] out RuleSet? rules)
    {
        var result = RuleSetLoader.Load(SourceOf(Judging) with { Tracer = Tracer });
        if (!result.TryGet(out rules)) Refuse(errors, "the rules do not load", result.Problems);
        else if (!rules.Rules.IsEmpty) return true;
        else
            errors.WriteLine("gitops-policy: no rules were found, and judging by none would let everything pass; name them in `gitops-policy.yaml`, or write `rules: [builtin]`");
        return false;
    }

    /// <summary>Adds to a decision what this pull request's own changes to the rules would alter.</summary>
    public Decision WithEffectOfRuleChanges(
        Decision decision, ChangeSet changes, EvaluationOptions evaluation, CancellationToken cancellation)
    {
        if (ReferenceEquals(Judging, head)) return decision;
        var result = RuleSetLoader.Load(SourceOf(head));
        if (!result.TryGet(out var proposed))
            return decision with { Notes = [.. decision.Notes, $"the rules of this change do not load: {result.Problems[0]}"] };
        if (proposed.Digest == decision.RuleSetDigest) return decision;
        var effect = RuleSetComparison.Of(decision, new Evaluator(proposed).Evaluate(changes, evaluation, cancellation));
        return decision with { Notes = [
            .. decision.Notes,
            $"this change alters the rules, which counts from the next one on: {effect}"
        ] };
    }

    /// <summary>
    /// Adds to a decision that a configuration lies in a folder that is judged, and does not count: whoever writes there must not
    /// choose the rules.
    /// </summary>
    public Decision WithConfigurationsPassedOver(Decision decision)
    {
        if (options.Config is not null || ConfigAbove(Judging, terminal.WorkingDirectory) is not null) return decision;
        var passedOver = options.Paths.Select(static path => $"{path.TrimEnd('/')}/{RuleSetSource.DefaultConfig}")
            .Where(path => head.Find(path) == PathKind.File);
        return decision with { Notes = [
            .. passedOver.Select(
                static path => $"`{path}` is not in force: give `--config {path}`, or run the check in that folder"),
            .. decision.Notes
        ] };
    }

    /// <summary>Writes every problem and a line that sums up.</summary>
    /// <returns>The exit code for rules that do not load.</returns>
    public static int Refuse(TextWriter errors, string what, ImmutableArray<Problem> problems)
    {
        foreach (var problem in problems) errors.WriteLine(SafeText.OneLine(problem.ToString()));
        errors.WriteLine($"gitops-policy: {what}: {Counted.Of(problems.Length, "problem")}");
        return ExitCode.Usage;
    }

    /// <summary>Rules of a tree: those of some folders, or those that its configuration names.</summary>
    public static RuleSetSource SourceOf(FileTree tree, string? config, IEnumerable<string> folders, Terminal terminal)
    {
        var above = config is null ? ConfigAbove(tree, terminal.WorkingDirectory) : null;
        return new()
        {
            Tree = tree,
            ConfigPath = config ?? above,
            WorkingFolder = FolderBelow(above, terminal.WorkingDirectory),
            Policies = [.. folders],
        };
    }

    // Seen from `../../gitops-policy.yaml`, the working folder is called by the last two names of its path.
    private static string FolderBelow(string? config, string workingDirectory)
    {
        var levels = config?.Split('/').Count(step => step == "..") ?? 0;
        return string.Join('/', workingDirectory.Replace('\\', '/').TrimEnd('/').Split('/')[^levels..]);
    }

    private RuleSetSource SourceOf(FileTree tree) =>
        SourceOf(tree, options.Config, options.Policies is { } folder ? [folder] : [], terminal) with { Head = head };

    // What was named on the command line but is not in the base, such as rules kept outside the repository, is read where it is.
    private bool KnowsWhatWasNamed(FileTree tree) =>
        (options.Config is null || tree.Find(options.Config) != PathKind.Missing)
            && (options.Policies is null || tree.Find(options.Policies) != PathKind.Missing);

    // From the working folder up to the root of the repository, where a `.git` lies.
    private static string? ConfigAbove(FileTree tree, string workingDirectory)
    {
        var path = RuleSetSource.DefaultConfig;
        for (var folder = new DirectoryInfo(workingDirectory); folder is not null; folder = folder.Parent)
        {
            if (tree.Find(path) == PathKind.File) return path;
            if (Path.Exists(Path.Combine(folder.FullName, ".git"))) return null;
            path = "../" + path;
        }

        return null;
    }
}
