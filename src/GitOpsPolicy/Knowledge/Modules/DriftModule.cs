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
            ["driftKind"] = NativeFunction.Create("driftKind", DriftKind),
        });
    }

    // changedPaths(change): what differs and means something, each { path, steps, before, after, where }.
    private static Value ChangedPaths(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], "changedPaths").Change;
        ChargeForComparing(run, change);
        var differences = Differences.Between(change.Before, change.After, change.Resource);
        ModuleArguments.ChargeForAnswer(run, differences.Count);
        return ScriptValues.Array(differences.Select(Show));
    }

    // driftClass(change): ignore, correct, alert or freeze; ignore where nothing that means something differs.
    private Value DriftClassOf(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], "driftClass").Change;
        ChargeForComparing(run, change);
        var isQuiet = change.Before is not null && change.After is not null && Differences.Between(change.Before, change.After, change.Resource).Count == 0;
        return Value.Of(Words<DriftClass>.Of(isQuiet ? DriftClass.Ignore : table.ClassOf(change.Resource).Drift));
    }

    // driftKind(change): missing, added, modified or none.
    private static Value DriftKind(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], "driftKind").Change;
        run.Charge(1);
        return Value.Of((change.Before, change.After) switch
        {
            (not null, null) => "missing",
            (null, not null) => "added",
            (null, null) => "none",
            _ => "modified",
        });
    }

    // Every value is held against every place that does not count.
    private static void ChargeForComparing(ScriptRun run, Change change)
    {
        ModuleArguments.ChargeFor(run, change.Before, Effort.Comparing);
        ModuleArguments.ChargeFor(run, change.After, Effort.Comparing);
    }

    private static Value Show(Difference difference) => ScriptValues.Object(
        ("path", Value.Of(difference.Path, difference.After ?? difference.Before)),
        ("steps", ModuleArguments.Texts(difference.Steps)),
        ("before", ModuleArguments.OrNull(difference.Before)),
        ("after", ModuleArguments.OrNull(difference.After)),
        ("where", ModuleArguments.OrNull(difference.After ?? difference.Before)));
}
