using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation.Tracing;

/// <summary>
/// Follows one rule while changes are judged, so that one can say why it answered as it did. Load the rule set with it
/// (<see cref="RuleSetSource.Tracer"/>), then ask for the trace. It is used once.
/// </summary>
/// <param name="rule">Name of the rule.</param>
public sealed class RuleTracer(string rule)
{
    /// <summary>No more judgements are told.</summary>
    public const int MostJudgements = 20;

    private readonly TraceObserver observer = new(rule);

    /// <summary>What loading the rules has to do.</summary>
    internal ScriptInstrumentation Instrumentation => new() { Observer = observer };

    /// <summary>Judges changes, and tells how the rule did.</summary>
    /// <param name="rules">The rules, loaded with this tracer.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="options">How to judge them.</param>
    /// <param name="resource">Found in the names of the resources looked at; null to look at those that the rule matches.</param>
    /// <exception cref="ArgumentException">There is no such rule in the set.</exception>
    public RuleTrace Trace(RuleSet rules, ChangeSet changes, EvaluationOptions options, string? resource)
    {
        var masking = new Masking(changes, options.SensitiveKey);
        observer.Masking = masking;
        var decision = new Evaluator(rules).Evaluate(changes, options with { Observer = observer, Workers = 1 });
        var metadata = rules.Rules.FirstOrDefault(r => r.Name == rule)
            ?? throw new ArgumentException($"There is no rule `{rule}`.", nameof(rules));
        var account = new TraceAccount(rules, metadata, decision, observer, masking);
        if (metadata.JudgesSets) return new(rule, [account.OfSet()], 0, 0);

        var judged = new Dictionary<Change, TraceObserver.Judgement>(ReferenceEqualityComparer.Instance);
        foreach (var judgement in observer.Judgements) judged[judgement.Change!] = judgement;
        var asked = decision.ChangeSet.Changes
            .Where(c => resource is null
                ? judged.ContainsKey(c) || decision.ChangeSet.Changes.Length == 1
                : IsNamed(c.Resource, resource))
                .ToList();
        var told = asked.Take(MostJudgements)
            .Select(c => account.Of(c, judged.TryGetValue(c, out var j) ? j : null))
            .ToImmutableArray();
        return new(rule, told, asked.Count - told.Length, resource is null ? decision.ChangeSet.Changes.Length - asked.Count : 0);
    }

    private static bool IsNamed(ResourceId id, string text) =>
        id.ToString().Contains(text, StringComparison.OrdinalIgnoreCase)
            || id.Canonical.Contains(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Puts together what came of judgements.</summary>
internal sealed class TraceAccount(RuleSet rules, RuleMetadata rule, Decision decision, TraceObserver observer, Masking masking)
{
    private readonly MatchExplanation match = new(rule.Match, masking);

    /// <summary>The account of the one judgement of a set.</summary>
    public JudgementTrace OfSet()
    {
        var judgement = observer.Judgements.FirstOrDefault();
        var surface = Evaluator.SurfaceOf(decision.ChangeSet);
        var notRun = judgement is not null ? null : WhyNot(null, surface) ?? "no change of the set fits its `match`";
        return Account(null, judgement, notRun, decision.Findings.Where(f => f.Rule == rule.Name));
    }

    /// <summary>The account of a change.</summary>
    public JudgementTrace Of(Change change, TraceObserver.Judgement? judgement)
    {
        var constraints = match.Of(change);
        var failing = constraints.Where(m => !m.Holds).Select(m => $"`{m.Constraint}`").Distinct(StringComparer.Ordinal).ToList();
        var notRun = judgement is not null ? null
            : failing.Count > 0 ? $"{string.Join(", ", failing)} does not fit"
            : WhyNot(change.Environment, change.Surface) ?? "it does not match";
        return Account(
            change, judgement, notRun,
            decision.Findings.Where(f => f.Rule == rule.Name && ReferenceEquals(f.Change, change))) with { Match = constraints };
    }

    private string? WhyNot(string? environment, Surface surface)
    {
        if (rules.EnforcementOf(rule, surface) == Enforcement.Off)
            return $"its enforcement is off on the surface `{Words<Surface>.Of(surface)}`";
        return rules.Index.InEnvironment(environment)
            .FirstOrDefault(b => b.Metadata.Name == rule.Name)?.Unanswered is { } parameter
            ? $"its parameter `{parameter.Name}` is not set ({parameter.Ask})"
            : null;
    }

    private JudgementTrace Account(
        Change? change, TraceObserver.Judgement? judgement, string? notRun, IEnumerable<Finding> findings)
    {
        var found = findings.ToImmutableArray();
        var sites = judgement?.Made.Select(m => m.Site).ToHashSet() ?? [];
        var owners = new PlaceOwners(rules.Rules);
        return new()
        {
            Change = change,
            NotRun = notRun,
            Steps = [.. judgement?.Steps ?? []],
            StepsLeftOut = judgement?.LeftOut ?? 0,
            Reports = [.. (judgement?.Made
                ?? []).Select(m => new ReportTrace(
                    m.Site, m.Action, m.Message, m.Node?.Location ?? (m.Change ?? change)?.Location))],
            Withheld = judgement is null ? [] :
            [
                .. observer.Reports.Where(p =>
                    !sites.Contains(p.Location) && owners.Of(p.Location) is var (owner, _) && owner == rule.Name)
                    .OrderBy(p => p.Location.Line)
                        .ThenBy(p => p.Location.Column)
                        .Select(p => new WithheldTrace(p.Location, p.Name)),
            ],
            Ending = EndingOf(judgement?.Ending),
            Findings = found,
            Answer = AnswerOf(judgement, found),
        };
    }

    private static string? EndingOf(Exception? ending) => ending switch
    {
        null => null,
        UndeterminedException e =>
            $"needs a value that is not known yet: {string.Join(", ", e.Unknowns.Select(n => n.Pointer))} ({e.Location})",
        ScriptException e => $"failed: {MessageText.OneLine(e.Message)} ({e.Location})",
        _ => ending.GetType().Name,
    };

    private static string AnswerOf(TraceObserver.Judgement? judgement, ImmutableArray<Finding> findings) => (judgement?.Ending,
        findings) switch
    {
        _ when judgement is null => "not run",
        (ScriptException, _) => "failed",
        (UndeterminedException, _) => "undetermined",
        (_, { IsEmpty: true }) => "nothing found",
        _ when findings.All(f => f.Waiver is not null) => "waived",
        _ => Words<FindingAction>.Of(findings.Where(f => f.Waiver is null).Max(f => f.Action)),
    };
}
