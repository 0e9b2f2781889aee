using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation;

/// <summary>One worker: runs rules, one after another, and turns what they report into findings.</summary>
/// <param name="set">The change set.</param>
/// <param name="rules">The rules.</param>
/// <param name="options">The options in force.</param>
internal sealed class RuleRunner(ChangeSetView set, RuleSet rules, EvaluationOptions options)
{
    /// <summary>Objects of this many values or fewer get the budget as it is.</summary>
    private const int OrdinarySize = 2_000;

    private readonly RuleCall call = new(set, options.SensitiveKey);
    private readonly ScriptRun run = new(options.Budget);
    private Dictionary<Node, Change>? byRoot;

    /// <summary>What has come of it so far.</summary>
    public Outcomes Outcomes { get; } = new();

    /// <summary>Judges one change by every rule that matches it.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; it is looked at before each rule.</exception>
    public void Judge(ChangeView view, CancellationToken cancellation = default)
    {
        if (CapOn(view.Change) == Enforcement.Off) return;
        ScriptBudget? budget = null;
        foreach (var rule in rules.Index.For(view.Change))
        {
            if (!rule.Metadata.Match.FitsObject(view.Change)) continue;
            cancellation.ThrowIfCancellationRequested();
            budget ??= BudgetFor(Sizes.Of(view.Change.Before) + Sizes.Of(view.Change.After));
            Run(rule, budget, view);
        }
    }

    /// <summary>Judges the set by every rule for sets that matches one of its changes.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; it is looked at before each rule.</exception>
    public void JudgeSet(CancellationToken cancellation = default)
    {
        var changes = set.ChangeSet.Changes;
        ScriptBudget? budget = null;
        foreach (var rule in rules.Index.ForSet(Evaluator.SurfaceOf(set.ChangeSet), EnvironmentOf(changes)))
        {
            if (!changes.Any(c => rule.Metadata.Match.FitsKind(c) && rule.Metadata.Match.FitsObject(c))) continue;
            cancellation.ThrowIfCancellationRequested();
            budget ??= BudgetFor(changes.Sum(c => 20L + Sizes.Of(c.Before) + Sizes.Of(c.After)));
            Run(rule, budget, null);
        }
    }

    /// <summary>
    /// Runs a rule whether or not it matches: on the first change that it matches, or else on the first of all; one for sets on
    /// the set.
    /// </summary>
    public void Try(BoundRule rule)
    {
        if (rule.Unanswered is not null) return;
        var views = set.Changes;
        var view = views.FirstOrDefault(v => rule.Metadata.Match.FitsKind(v.Change) && rule.Metadata.Match.FitsObject(v.Change))
            ?? views[0];
        Run(rule, options.Budget, rule.Metadata.JudgesSets ? null : view);
        Outcomes.Clear();
    }

    // Parameters of an environment hold for a set that is wholly in it.
    private static string? EnvironmentOf(ImmutableArray<Change> changes) =>
        !changes.IsEmpty && changes.All(c => c.Environment == changes[0].Environment) ? changes[0].Environment : null;

    private ScriptBudget BudgetFor(long size)
    {
        if (size <= OrdinarySize) return options.Budget;
        var factor = (double)size / OrdinarySize;
        return options.Budget with
        {
            Fuel = (long)Math.Min(long.MaxValue / 4, options.Budget.Fuel * factor),
            MemoryBytes = (long)Math.Min(long.MaxValue / 4, options.Budget.MemoryBytes * factor),
        };
    }

    // The one place where a rule's failure is caught, and only the failures that have a name.
    private void Run(BoundRule rule, ScriptBudget budget, ChangeView? view)
    {
        run.Restart(budget);
        Outcomes.Runs++;
        options.Observer?.Judging(rule, view?.Change);
        Exception? ending = null;
        try
        {
            call.Judge(rule, run, view);
        }
        catch (ScriptException e)
        {
            ending = e;
            Outcomes.Failures.Add(Describe(rule, view?.Change, e));
        }
        catch (UndeterminedException e)
        {
            ending = e;
            Outcomes.Undetermined.Add(Describe(rule, view?.Change, e));
        }

        if (options.CountsCosts) Outcomes.Costs.Add(rule.Metadata.Name, run);

        options.Observer?.Judged(rule, view?.Change, call.Reports, ending);

        // What a rule reported before it stopped is true all the same.
        foreach (var report in call.Reports) Outcomes.Findings.Add(Finding(rule, view?.Change, report));
    }

    private Finding Finding(BoundRule rule, Change? judged, in Reported report)
    {
        var change = judged ?? report.Change ?? (report.Node is null ? null : OwnerOf(report.Node));
        var (pointed, node) = (report.Change ?? change, report.Node);
        var metadata = rule.Metadata;
        return new()
        {
            Rule = metadata.Name,
            Title = metadata.Title,
            Severity = metadata.Severity,
            Category = metadata.Category,
            Remediation = report.Options.Remediation ?? metadata.Remediation,
            Action = Verdict.ActionOf(report.Action, LimitOf(rule, judged), isWaived: false),
            Wanted = report.Action,
            Message = report.Message,
            Resource = change?.Resource,
            Change = change,
            Location = node?.Location ?? pointed?.Location ?? new SourceLocation("", 0, 0),
            Node = node,
            FixRequest = report.Options.Fix,
        };
    }

    private Enforcement LimitOf(BoundRule rule, Change? judged)
    {
        var (limit, cap) = (rule.LimitOn(judged?.Surface ?? Evaluator.SurfaceOf(set.ChangeSet)), CapOn(judged));
        return cap < limit ? cap : limit;
    }

    // What holds whatever the rule: the caller's limit, and in a cluster the namespace's.
    private Enforcement CapOn(Change? change)
    {
        if (change is not { Surface: Surface.Admission or Surface.Audit, Resource: KubernetesId id }) return options.Limit;
        var inNamespace = rules.Config.EnforcementIn(id is { Group: "", Kind: "Namespace" } ? id.Name : id.Namespace);
        return inNamespace < options.Limit ? inNamespace : options.Limit;
    }

    // The change that a value belongs to, for rules that judge the whole set.
    private Change? OwnerOf(Node node)
    {
        if (byRoot is null)
        {
            byRoot = [];
            foreach (var change in set.ChangeSet.Changes)
            {
                if (change.Before is not null) byRoot.TryAdd(change.Before, change);
                if (change.After is not null) byRoot[change.After] = change;
            }
        }

        for (var at = node; at is not null; at = at.Parent)
            if (byRoot.TryGetValue(at, out var owner)) return owner;
        return null;
    }

    private RuleFailure Describe(BoundRule rule, Change? change, ScriptException e) =>
        new(
            rule.Metadata.Name, change?.Resource, call.Conceal(e.Message),
            e.Location == default ? rule.Metadata.Location : e.Location)
        {
            IsOutOfBudget = e.Failure != ScriptFailure.Thrown,
        };

    private Undetermined Describe(BoundRule rule, Change? change, UndeterminedException e)
    {
        var unknowns = e.Unknowns.Select(node => $"{(change ?? OwnerOf(node))?.Resource} {RelativePointer(node, change)}".Trim());
        var location = e.Unknowns.Count > 0 && e.Unknowns[0].Document is not null
            ? e.Unknowns[0].Location
            : change?.Location ?? e.Location;
        return new(rule.Metadata.Name, change?.Resource, [.. unknowns.Distinct(StringComparer.Ordinal)], location);
    }

    private static string RelativePointer(Node node, Change? change)
    {
        var whole = node.Pointer;
        for (var at = node; at is not null; at = at.Parent)
            if (ReferenceEquals(at, change?.After) || ReferenceEquals(at, change?.Before)) return whole[at.Pointer.Length..];
        return whole;
    }
}

/// <summary>Sizes of objects, by which budgets grow.</summary>
internal static class Sizes
{
    /// <summary>Looking through so many characters is as much work as all the rest there is to do with a value.</summary>
    private const int CharactersAValue = 256;

    /// <summary>How many values an object holds, long texts counted as several; 0 for none.</summary>
    public static int Of(Node? node)
    {
        switch (node)
        {
            case MappingNode mapping:
                var inMapping = 1;
                foreach (ref readonly var entry in mapping.Entries)
                    inMapping += entry.Value is ScalarNode leaf ? OfScalar(leaf) : Of(entry.Value);
                return inMapping;
            case SequenceNode list:
                var inList = 1;
                foreach (var item in list.Items) inList += item is ScalarNode leaf ? OfScalar(leaf) : Of(item);
                return inList;
            default:
                return node is ScalarNode scalar ? OfScalar(scalar) : 0;
        }
    }

    private static int OfScalar(ScalarNode scalar) => 1 + (scalar.Text.Length / CharactersAValue);
}
