using GitOpsPolicy.Changes;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary><c>gitops-policy/drift</c>: what differs between two states, and what that calls for.</summary>
internal sealed class DriftModule(DriftTable table)
{
    /// <summary>Makes the module over one drift table.</summary>
    public static NativeModule Create(DriftTable table)
    {
        var module = new DriftModule(table);
        return new NativeModule("gitops-policy/drift", new Dictionary<string, Value>(StringComparer.Ordinal)
        {
            ["changedPaths"] = NativeFunction.Create("changedPaths", ChangedPaths),
            ["driftClass"] = NativeFunction.Create("driftClass", module.DriftClassOf),
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

    // driftClass(change): ignore, correct, alert or freeze; ignore where nothing that means something differs.
    private Value DriftClassOf(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], "driftClass").Change;
        ChargeForComparing(run, change);
        var isQuiet = change.Before is not null && change.After is not null && Drifting.DifferencesOf(change).Count == 0 && Drifting.KindOf(change) is DriftKind.Modified or DriftKind.Added or DriftKind.None;
        return Value.Of(Words<DriftClass>.Of(isQuiet ? DriftClass.Ignore : table.ClassOf(change.Resource).Drift));
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

    private static Value Show(Change change, Difference difference) => ScriptValues.Object(
        ("path", Value.Of(difference.Path, difference.After ?? difference.Before)),
        ("steps", ModuleArguments.Texts(difference.Steps)),
        ("before", ModuleArguments.OrNull(difference.Before)),
        ("after", ModuleArguments.OrNull(difference.After)),
        ("where", ModuleArguments.OrNull(Drifting.PlaceOf(change, difference))),
        ("manager", ModuleArguments.OrNull(Drifting.ManagerOf(change, difference))));
}
