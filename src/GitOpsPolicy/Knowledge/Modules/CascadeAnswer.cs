using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary>What <c>cascade</c> answers.</summary>
internal static class CascadeAnswer
{
    private const int Named = 3;

    // They hold nothing but what goes with them, and that is counted.
    private static readonly string[] Containers = ["namespaces", "definitions", "cascade-roots"];

    /// <summary>Nothing is deleted.</summary>
    public static Value None => Make(0, [], [], Value.Null);

    /// <summary>What is lost.</summary>
    /// <param name="deleted">What is deleted.</param>
    /// <param name="lost">Indexes of everything that is gone then.</param>
    /// <param name="set">The set of all of them.</param>
    /// <param name="table">Says what holds state.</param>
    public static Value Of(IReadOnlyList<ChangeView> deleted, IReadOnlyList<int> lost, ChangeSetView set, DriftTable table)
    {
        var views = lost.Select(index => set.Changes[index]).ToList();
        var stateful = views.FindAll(view => HoldsState(view.Change, set.ChangeSet, table));
        return Make(
            views.Count, views, stateful,
            views.Count > deleted.Count ? Value.Of(Text(deleted.Count, views.Count, stateful)) : Value.Null);
    }

    // What a guard keeps whoever deletes, or whose data stays, is not lost.
    private static bool HoldsState(Change change, ChangeSet set, DriftTable table) =>
        Statefulness.Of(change, table)
            && !Containers.Contains(table.ClassOf(change.Resource).Name)
            && !Protection.Of(change with { Operation = Operation.Delete, Origin = ChangeOrigin.Review }, set).IsProtected;

    private static string Text(int deleted, int lost, List<ChangeView> stateful)
    {
        var text = $"{deleted} deletion{(deleted == 1 ? "" : "s")} ⇒ {lost} objects";
        if (stateful.Count == 0) return text;
        var names = string.Join(", ", stateful.Take(Named).Select(view => view.Change.Resource.ToString()));
        var more = stateful.Count > Named ? $" and {stateful.Count - Named} more" : "";
        return $"{text}, {stateful.Count} stateful ({names}{more})";
    }

    private static Value Make(int count, List<ChangeView> objects, List<ChangeView> stateful, Value text) => ScriptValues.Object(
        ("count", Value.Of(count)),
        ("objects", ScriptValues.Array(objects.Select(view => Value.Of(view)))),
        ("stateful", ScriptValues.Array(stateful.Select(view => Value.Of(view)))),
        ("text", text));
}
