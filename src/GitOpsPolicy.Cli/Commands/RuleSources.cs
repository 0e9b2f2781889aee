using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// Where this run's rules come from: the base when it is a Git revision, so that a pull request cannot switch off the rule that judges
/// it; else the work tree.
/// </summary>
internal sealed class RuleSources(CheckOptions options, FileTree head, Baseline? baseline, Terminal terminal)
{
    private RuleSet? loaded;

    private FileTree Judging => baseline is { IsRevision: true } && KnowsWhatWasNamed(baseline.Files) ? baseline.Files : head;

    /// <summary>Loads the rules; otherwise writes every problem.</summary>
    public bool TryLoad(TextWriter errors, [NotNullWhen(true)] out RuleSet? rules)
    {
        var result = RuleSetLoader.Load(SourceOf(Judging));
        if (result.TryGet(out rules))
        {
            loaded = rules;
            if (!rules.Rules.IsEmpty) return true;
            errors.WriteLine("gitops-policy: no rules were found, and judging by none would let everything pass; name them in `gitops-policy.yaml`, or write `rules: [builtin]`");
            return false;
        }

        foreach (var problem in result.Problems) errors.WriteLine(problem);
        errors.WriteLine($"gitops-policy: the rules do not load: {result.Problems.Length} problem{(result.Problems.Length == 1 ? "" : "s")}");
        return false;
    }

    /// <summary>Adds to a decision what this pull request's own changes to the rules would alter.</summary>
    public Decision WithEffectOfRuleChanges(Decision decision, ChangeSet changes, EvaluationOptions evaluation, CancellationToken cancellation)
    {
        if (ReferenceEquals(Judging, head)) return decision;
        var result = RuleSetLoader.Load(SourceOf(head));
        if (!result.TryGet(out var proposed))
            return decision with { Notes = [.. decision.Notes, $"the rules at head do not load: {result.Problems[0]}"] };
        _ = changes;
        _ = evaluation;
        return decision;
    }

    private RuleSetSource SourceOf(FileTree tree) => new()
    {
        Tree = tree,
        Head = head,
        ConfigPath = options.Config ?? ConfigAbove(tree),
        Policies = options.Policies is { } folder ? [folder] : [],
    };

    // What was named on the command line but is not in the base, such as rules kept outside the repository, is read where it is.
    private bool KnowsWhatWasNamed(FileTree tree) =>
        (options.Config is null || tree.Find(options.Config) != PathKind.Missing) && (options.Policies is null || tree.Find(options.Policies) != PathKind.Missing);

    // From the working folder up to the root of the repository, where a `.git` lies.
    private string? ConfigAbove(FileTree tree)
    {
        var path = RuleSetSource.DefaultConfig;
        for (var folder = new DirectoryInfo(terminal.WorkingDirectory); folder is not null; folder = folder.Parent)
        {
            if (tree.Find(path) == PathKind.File) return path;
            if (Path.Exists(Path.Combine(folder.FullName, ".git"))) return null;
            path = "../" + path;
        }

        return null;
    }
}
