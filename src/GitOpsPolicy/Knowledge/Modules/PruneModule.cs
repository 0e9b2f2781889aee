using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Knowledge.Prune.Cascades;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary><c>gitops-policy/prune</c>: what a deletion loses, and what stands against it.</summary>
internal sealed class PruneModule(DriftTable table)
{
    /// <summary>Looking a resource up in the drift table, row by row.</summary>
    private const int TableSteps = 32;

    /// <summary>Looking at a resource that may go down with another, and at the marks that spare it.</summary>
    private const int CandidateSteps = 8;

    /// <summary>Makes the module over one drift table.</summary>
    public static NativeModule Create(DriftTable table)
    {
        var module = new PruneModule(table);
        return new NativeModule("gitops-policy/prune", new Dictionary<string, Value>(StringComparer.Ordinal)
        {
            ["isStateful"] = NativeFunction.Create("isStateful", module.IsStateful),
            ["isDestructive"] = NativeFunction.Create("isDestructive", IsDestructive),
            ["resourceClass"] = NativeFunction.Create("resourceClass", module.ResourceClass),
            ["prunePolicy"] = NativeFunction.Create("prunePolicy", module.PrunePolicy),
            ["cascade"] = NativeFunction.Create("cascade", module.Cascade),
            ["pruneProtection"] = NativeFunction.Create("pruneProtection", PruneProtection),
        });
    }

    // isStateful(change): deleting it loses what Git cannot give back.
    private Value IsStateful(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], "isStateful").Change;
        run.Charge(TableSteps);
        if (Statefulness.ReadsValues(change)) ModuleArguments.ChargeFor(run, change.Before, Effort.Detecting);
        return Value.Of(Statefulness.Of(change, table));
    }

    // isDestructive(change): the object that was there is gone afterwards. A forget is not: it lives on unmanaged.
    private static Value IsDestructive(ScriptRun run, Value thisValue, Arguments arguments)
    {
        run.Charge(1);
        return Value.Of(
            ModuleArguments.ChangeOf(run, arguments[0], "isDestructive").Change.Operation is Operation.Delete
                or Operation.Replace);
    }

    // resourceClass(change): { name, drift, prune, stateful, backup, why }.
    private Value ResourceClass(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var of = ClassOf(run, arguments, "resourceClass");
        return ScriptValues.Object(
            ("name", Value.Of(of.Name)), ("drift", Value.Of(Words<DriftClass>.Of(of.Drift))),
            ("prune", Value.Of(Words<PrunePolicy>.Of(of.Prune))),
            ("stateful", Value.Of(of.IsStateful)), ("backup", Value.Of(of.NeedsBackup)), ("why", Value.Of(of.Why)));
    }

    // prunePolicy(change): allow, confirm or never.
    private Value PrunePolicy(ScriptRun run, Value thisValue, Arguments arguments)
    {
        return Value.Of(Words<PrunePolicy>.Of(ClassOf(run, arguments, "prunePolicy").Prune));
    }

    private ResourceClass ClassOf(ScriptRun run, Arguments arguments, string function)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], function).Change;
        run.Charge(TableSteps);
        if (table.ReadsTexts(change.Resource)) ModuleArguments.ChargeFor(run, change.Before ?? change.After, Effort.Parsing);
        return table.ClassOf(change.Resource, change.Before ?? change.After);
    }

    // pruneProtection(change): { protected, by: [text], effects: [word], powerless: [text], where, acknowledged, lost: [{ by,
    // where }], dangers: [{ name, does, where }] }.
    private static Value PruneProtection(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var view = ModuleArguments.ChangeOf(run, arguments[0], "pruneProtection");
        run.Charge(TableSteps + KnownResources.Of(view.Set.ChangeSet).Locks.Length);   // each may be one on this resource
        ModuleArguments.ChargeFor(run, view.Change.Before, Effort.Looking);
        ModuleArguments.ChargeFor(run, view.Change.After, Effort.Looking);
        var protection = Protection.Of(view.Change, view.Set.ChangeSet);
        return ScriptValues.Object(
            ("protected", Value.Of(protection.IsProtected)),
            ("by", ModuleArguments.Texts(protection.Guards.Select(guard => guard.By))),
            ("effects", ModuleArguments.Texts(protection.Guards.Select(guard => Words<GuardEffect>.Of(guard.Effect)))),
            ("powerless", ModuleArguments.Texts(protection.Powerless.Select(guard => guard.By))),
            ("where", ModuleArguments.OrNull(protection.Guards.Count > 0 ? protection.Guards[0].Node : view.Change.Before)),
            ("acknowledged", Value.Of(view.IsAcknowledged)),
            ("lost", ScriptValues.Array(protection.Lost.Select(guard => ScriptValues.Object(
                ("by", Value.Of(guard.By)), ("against", ModuleArguments.Texts(Words(guard.Reach))),
                ("where", Value.Of(guard.Node)))))),
            ("dangers", ScriptValues.Array(protection.Dangers.Select(danger =>
                ScriptValues.Object(
                    ("name", Value.Of(danger.Name)), ("does", Value.Of(danger.Does)), ("where", Value.Of(danger.Node)))))));
    }

    private static IEnumerable<string> Words(GuardReach reach) =>
        Enum.GetValues<GuardReach>().Where(one => one != GuardReach.None && (reach & one) != 0).Select(Words<GuardReach>.Of);

    // cascade(change or changes): { count, objects, stateful, text }: what is gone once these are deleted, these included.
    private Value Cascade(ScriptRun run, Value thisValue, Arguments arguments)
    {
        ChangeView[] deleted = ValueReader.IsArray(arguments[0])
            ? [.. ValueReader.Elements(run, arguments[0]).Select(item => ModuleArguments.ChangeOf(run, item, "cascade"))]
            : [ModuleArguments.ChangeOf(run, arguments[0], "cascade")];
        if (deleted.Length == 0) return CascadeAnswer.None;
        var set = deleted[0].Set;
        run.Charge(TableSteps * (long)deleted.Length);
        var lost = CascadeGraph.Of(set.ChangeSet).LostWith(
            deleted.Select(static view => view.Index), () => run.Charge(CandidateSteps));
        run.Charge(TableSteps * 2L * lost.Count);
        ModuleArguments.ChargeForAnswer(run, lost.Count);
        return CascadeAnswer.Of(deleted, lost, set, table);
    }
}
