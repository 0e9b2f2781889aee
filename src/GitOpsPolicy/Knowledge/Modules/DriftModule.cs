using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary><c>gitops-policy/drift</c>: what differs between two states, and what that calls for.</summary>
internal sealed class DriftModule(DriftTable table)
{
    // Finding out when a schedule came up last takes a look at each day since.
    private const int StepsAWindow = 200;

    private readonly DriftAdvisor advisor = new(table);

    /// <summary>Makes the module over one drift table.</summary>
    public static NativeModule Create(DriftTable table)
    {
        var module = new DriftModule(table);
        return new NativeModule("gitops-policy/drift", new Dictionary<string, Value>(StringComparer.Ordinal)
        {
            ["changedPaths"] = NativeFunction.Create("changedPaths", ChangedPaths),
            ["driftClass"] = NativeFunction.Create("driftClass", module.DriftClassOf),
            ["driftDecision"] = NativeFunction.Create("driftDecision", module.DriftDecisionOf),
            ["driftKind"] = NativeFunction.Create("driftKind", DriftKindOf),
        });
    }

    // changedPaths(change): what differs and means something, each { path, steps, before, after, where, manager }.
    private static Value ChangedPaths(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], "changedPaths").Change;
        ChargeForComparing(run, change);
        var differences = Drifting.DifferencesOf(change);
        ModuleArguments.ChargeForAnswer(run, differences.Count);
        return ScriptValues.Array(differences.Select(difference => Show(change, difference)));
    }

    // driftClass(change): ignore, correct, alert or freeze by the table; ignore where nothing that means something differs.
    private Value DriftClassOf(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], "driftClass").Change;
        ChargeForComparing(run, change);
        ChargeForClass(run, change);
        return Value.Of(Words<DriftClass>.Of(advisor.ClassOf(change)));
    }

    // driftDecision(change): { kind, class, prune, security, reasons }: the table's answer, made stricter by what is going on.
    private Value DriftDecisionOf(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var view = ModuleArguments.ChangeOf(run, arguments[0], "driftDecision");
        ChargeForComparing(run, view.Change);
        ChargeForClass(run, view.Change);
        if (Statefulness.ReadsValues(view.Change)) ModuleArguments.ChargeFor(run, view.Change.Before, Effort.Detecting);
        var advice = advisor.Of(view.Change, view.Set.Around, FrozenBy(run, view.Change, view.Set));
        return ScriptValues.Object(
            ("kind", Value.Of(Words<DriftKind>.Of(advice.Kind))), ("class", Value.Of(Words<DriftClass>.Of(advice.Class))),
            ("prune", Value.Of(Words<PrunePolicy>.Of(advice.Prune))),
            ("security", Value.Of(advice.IsSecurity)), ("reasons", ModuleArguments.Texts(advice.Reasons)),
            ("because", ModuleArguments.OrNull(view.Change.Drift?.Because)));
    }

    private static string? FrozenBy(ScriptRun run, Change change, ChangeSetView set)
    {
        if (set.Around.Now is not { } now || set.FreezeWindows.All.IsEmpty) return null;
        run.Charge(set.FreezeWindows.All.Length * StepsAWindow);
        return set.FreezeWindows.ActiveAt(now, change.Environment, (change.Resource as KubernetesId)?.Namespace)?.ToString();
    }

    // driftKind(change): missing, modified, added, extraneous, unmanaged, identity, conflict, policy, unknown or none.
    private static Value DriftKindOf(ScriptRun run, Value thisValue, Arguments arguments)
    {
        run.Charge(1);
        return Value.Of(Words<DriftKind>.Of(Drifting.KindOf(ModuleArguments.ChangeOf(run, arguments[0], "driftKind").Change)));
    }

    // Every value is held against every place that does not count.
    private static void ChargeForComparing(ScriptRun run, Change change)
    {
        ModuleArguments.ChargeFor(run, change.Before, Effort.Comparing);
        ModuleArguments.ChargeFor(run, change.After, Effort.Comparing);
    }

    private void ChargeForClass(ScriptRun run, Change change)
    {
        if (!table.ReadsTexts(change.Resource)) return;
        ModuleArguments.ChargeFor(run, change.Before, Effort.Parsing);
        ModuleArguments.ChargeFor(run, change.After, Effort.Parsing);
    }

    private static Value Show(Change change, Difference difference) => ScriptValues.Object(
        ("path", Value.Of(difference.Path, difference.After ?? difference.Before)),
        ("steps", ModuleArguments.Texts(difference.Steps)),
        ("before", ModuleArguments.OrNull(difference.Before)),
        ("after", ModuleArguments.OrNull(difference.After)),
        ("where", ModuleArguments.OrNull(Drifting.PlaceOf(change, difference))),
        ("manager", ModuleArguments.OrNull(Drifting.ManagerOf(change, difference))));
}
