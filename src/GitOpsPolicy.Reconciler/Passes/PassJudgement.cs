using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Planning;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>What the rules say to everything that a pass would do and has found, and the plan that follows from it.</summary>
/// <param name="services">What passes need.</param>
internal sealed class PassJudgement(PassServices services)
{
    /// <summary>
    /// Judges and plans: <see cref="PassFacts.Changes"/>, <see cref="PassFacts.Plan"/> and <see cref="PassFacts.Paused"/> are
    /// known afterwards.
    /// </summary>
    public void Judge(PassFacts facts, UnitState state)
    {
        var unit = facts.Unit;
        var rules = WithAcknowledgements(facts);
        var changes = PassInput.ReadChanges(
            facts.Objects, facts.Rendered!.SensitiveTexts, new(rules.Config.Drift.Ignore), unit.Environment);
        facts.Changes = changes;
        var broken = services.BrokenGlass(facts.Began);
        facts.Paused = Pause.Of(unit, facts.Began) ?? FreezeOf(unit, rules, facts.Began) ?? BrokenOver(facts.Objects, broken);
        var options = new EvaluationOptions
        {
            Today = facts.Today,
            Environment = unit.Environment,
            Drift = new() { Source = facts.Target.Source, Now = facts.Began },
        };
        var evaluator = new Evaluator(rules);
        var decision = evaluator.Evaluate(changes.Set, options);
        services.Watch.At(unit.Key, PassPoint.Judged);
        facts.Plan = Planner.Make(new()
        {
            Unit = unit,
            Now = facts.Began,
            Changes = changes,
            Rules = rules,
            Decision = decision,
            WithoutPrunes = changes.Objects.Any(static one => one.Prune is not null) && new Judged(decision, rules).IsSetDenied
                ? evaluator.Evaluate(WithoutPrunes(changes.Set), options)
                : null,
            Advisor = new(rules),
            Approvals = [.. rules.ApprovalsOn(options.Today, unit.Environment)],
            Inventory = state.Inventory,
            Before = state.Status,
            Source = facts.Target.Source,
            NoPrunes = facts.NoPrunes(state),
            Paused = facts.Paused,
            IsGlassBroken = id => broken.Any(grant => grant.CoversObject(id)),
            Windows = rules.Config.Drift.FreezeWindows,
            Corrections = facts.Memory.CorrectionsOf,
            ChangesNothing = facts.Memory.ChangesNothing,
        });
        facts.Notes.AddRange([
            .. facts.Plan.Notes,
            .. PassNotes.OfAcknowledgements(rules, decision, facts),
            .. PassNotes.OfUnread(facts)
        ]);
    }

    // They are part of what the repository says; what is enforced they do not change.
    private static RuleSet WithAcknowledgements(PassFacts facts)
    {
        if (facts.Rendered?.Tree is not { } tree) return facts.Rules;
        var loaded = facts.Memory.Acknowledging(
            facts.Target.Commit!, facts.Rules, () => facts.Rules.WithAcknowledgements(tree, UnitPass.FolderOfAcknowledgements));
        if (loaded.TryGet(out var rules)) return rules;
        facts.Notes.Add($"acknowledgements of the repository are not heeded: {loaded.Problems[0]}");
        return facts.Rules;
    }

    private static ChangeSet WithoutPrunes(ChangeSet set) => set with
    {
        Changes = [.. set.Changes.Select(static change => change is { Operation: Operation.Delete, Cause: ChangeCause.Prune }
            ? change with { Operation = Operation.None, After = change.Before }
            : change)],
    };

    private static Pause? FreezeOf(Unit unit, RuleSet rules, DateTimeOffset now) =>
        rules.Config.Drift.FreezeWindows.ActiveAt(now, unit.Environment, unit.Target.Namespace) is { } open
            ? new(Pause.FreezeWindow, "", open.Reason ?? open.ToString(), open.Until)
            : null;

    private static Pause? BrokenOver(IReadOnlyList<PassObject> objects, ImmutableArray<BreakGlassGrant> broken) =>
        objects.Select(one => broken.FirstOrDefault(grant => grant.CoversObject(one.Id)))
            .FirstOrDefault(static grant => grant is not null) is { } grant
            ? Pause.Of(grant) : null;
}
