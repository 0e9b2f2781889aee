using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation;

/// <summary>
/// Judges changes by rules. The steps, in order: give each change its environment; match acknowledgements; run the rules that
/// match each change, then those that judge the set; excuse what waivers cover; decide.
/// </summary>
/// <param name="rules">The rules.</param>
/// <threadsafety>Safe from any thread; each evaluation stands by itself.</threadsafety>
public sealed class Evaluator(RuleSet rules)
{
    /// <summary>Below this many changes a second worker costs more than it saves.</summary>
    private const int ParallelFrom = 256;

    /// <summary>
    /// Judges a change set. The same rules, changes and options give the same decision, with any number of workers.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Decision Evaluate(ChangeSet changeSet, EvaluationOptions options, CancellationToken cancellation = default)
    {
        var placed = Place(changeSet, options);
        var acknowledged = Acknowledgements.Match(rules, placed, options.Today);
        var set = new ChangeSetView(placed, acknowledged.Changes.Contains)
        {
            Around = options.Drift,
            FreezeWindows = rules.Config.Drift.FreezeWindows,
        };

        var all = JudgeChanges(set, options, cancellation);
        JudgeSet(set, options, all, cancellation);
        var findings = FindingList.Number(all.Findings);
        var waived = Waiving.Apply(rules, placed, findings, options.Today);
        var decided = waived == findings && acknowledged.Findings.IsEmpty
            ? findings
            : FindingList.InOrder([.. waived, .. acknowledged.Findings]);
        var (undetermined, harmless) = Split(all.Undetermined, placed);
        return new()
        {
            Outcome = Verdict.OutcomeOf(Verdict.Worst(decided), !undetermined.IsEmpty, all.Failures.Count > 0),
            LateId = new(rules, placed, options),
            RuleSetDigest = rules.Digest,
            ChangeSet = placed,
            Acknowledged = [.. acknowledged.Changes.Order()],
            Findings = decided,
            AcknowledgedBy = acknowledged.By,
            Undetermined = undetermined,
            Failures = all.Failures.Count == 0 ? [] : FindingList.InOrder(all.Failures),
            RuleCount = rules.Rules.Length,
            Runs = all.Runs,
            Costs = options.CountsCosts ? all.Costs.InOrder() : [],
            Notes = [.. Notes.OfUnanswered(rules, placed), .. Notes.OfUndetermined(harmless)],
        };
    }

    /// <summary>
    /// Runs every rule once, on the first sample that it matches or else on the first of all, and forgets what came of it: what
    /// is done on first use is done then, and the first change that is judged does not pay for it.
    /// </summary>
    public void WarmUp(ImmutableArray<Change> samples, EvaluationOptions options, CancellationToken cancellation = default)
    {
        var placed = Place(new ChangeSet { Changes = samples }, options);
        var runner = new RuleRunner(new(placed, static _ => false), rules, options);
        foreach (var rule in rules.Index.InEnvironment(options.Environment))
        {
            cancellation.ThrowIfCancellationRequested();
            runner.Try(rule);
        }
    }

    /// <summary>Some rule may have something to say about a change of this kind, whatever its object holds.</summary>
    public bool Judges(Change change, EvaluationOptions options)
    {
        var placed = Place(change, options);
        return rules.Index.For(placed).Length > 0
            || rules.Index.ForSet(placed.Surface, placed.Environment).Any(rule => rule.Metadata.Match.FitsKind(placed));
    }

    /// <summary>Gives each change its environment.</summary>
    internal ChangeSet Place(ChangeSet changeSet, EvaluationOptions options)
    {
        if (options.Environment is null && rules.Config.Environments.IsEmpty) return changeSet;
        return changeSet with
        {
            Changes = [.. changeSet.Changes.Select(c => Place(c, options))],
            Environments = [.. rules.Config.Environments.Select(e => e.Step)],
        };
    }

    private Change Place(Change change, EvaluationOptions options)
    {
        var environment = options.Environment
            ?? change.Environment
            ?? rules.Config.EnvironmentOf(change.File ?? change.Location.File);
        return environment == change.Environment ? change : change with { Environment = environment };
    }

    private Outcomes JudgeChanges(ChangeSetView set, EvaluationOptions options, CancellationToken cancellation)
    {
        var count = set.Changes.Count;
        var workers = count < ParallelFrom ? 1 : options.Workers > 0 ? options.Workers : Environment.ProcessorCount;
        if (workers == 1) return JudgeRange(set, 0, count, options, cancellation);

        // Neighbours are often alike, so each worker takes one run of changes; joined in order they are as one worker's.
        var outcomes = new Outcomes[workers];
        Parallel.For(
            0, workers, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = workers }, worker =>
                outcomes[worker] = JudgeRange(
                    set, (int)((long)count * worker / workers), (int)((long)count * (worker + 1) / workers), options,
                    cancellation));
        foreach (var outcome in outcomes.AsSpan(1)) outcomes[0].Take(outcome);
        return outcomes[0];
    }

    private Outcomes JudgeRange(ChangeSetView set, int from, int to, EvaluationOptions options, CancellationToken cancellation)
    {
        var runner = new RuleRunner(set, rules, options);
        for (var i = from; i < to; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            runner.Judge(set.Changes[i], cancellation);
        }

        return runner.Outcomes;
    }

    private void JudgeSet(ChangeSetView set, EvaluationOptions options, Outcomes all, CancellationToken cancellation)
    {
        if (!rules.Index.JudgesSets) return;
        var runner = new RuleRunner(set, rules, options);
        runner.JudgeSet(cancellation);
        all.Take(runner.Outcomes);
    }

    // What a rule could not answer matters as far as it could have denied; else it is worth a note.
    private (ImmutableArray<Undetermined> Open, ImmutableArray<Undetermined> Harmless) Split(
        List<Undetermined> undetermined, ChangeSet changeSet)
    {
        if (undetermined.Count == 0) return ([], []);
        var byEffect = undetermined.ToLookup(u => MayDeny(u.Rule, changeSet));
        return (FindingList.InOrder(byEffect[true]), FindingList.InOrder(byEffect[false]));
    }

    private bool MayDeny(string rule, ChangeSet changeSet)
    {
        var metadata = rules.Rules.First(r => r.Name == rule);
        return rules.EnforcementOf(metadata, SurfaceOf(changeSet)) == Enforcement.Deny;
    }

    /// <summary>The surface a set is judged on: all its changes are on one.</summary>
    internal static Surface SurfaceOf(ChangeSet changeSet) =>
        changeSet.Changes.IsEmpty ? Surface.Ci : changeSet.Changes[0].Surface;
}

/// <summary>What came of running rules, in no particular order.</summary>
internal sealed class Outcomes
{
    /// <summary>Findings, before waivers and without fingerprints.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>What could not be decided.</summary>
    public List<Undetermined> Undetermined { get; } = [];

    /// <summary>Rules that failed.</summary>
    public List<RuleFailure> Failures { get; } = [];

    /// <summary>How often a rule judged something.</summary>
    public int Runs { get; set; }

    /// <summary>What rules used; empty unless asked for.</summary>
    public RuleCosts Costs { get; } = new();

    /// <summary>Takes over what another worker found.</summary>
    public void Take(Outcomes other)
    {
        Findings.AddRange(other.Findings);
        Undetermined.AddRange(other.Undetermined);
        Failures.AddRange(other.Failures);
        Runs += other.Runs;
        Costs.Take(other.Costs);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Findings.Clear();
        Undetermined.Clear();
        Failures.Clear();
        Runs = 0;
    }
}
