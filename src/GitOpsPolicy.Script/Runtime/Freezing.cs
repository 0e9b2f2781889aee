namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// Freezes everything that can be reached, so that what is shared between runs cannot carry anything from one to the next.
/// </summary>
internal static class Freezing
{
    /// <summary>Freezes <paramref name="roots"/> and everything they hold, closures' variables included.</summary>
    /// <param name="roots">Where to start.</param>
    /// <param name="seen">Filled with everything frozen; what is in it already is skipped.</param>
    public static void FreezeAll(IEnumerable<object> roots, HashSet<object> seen)
    {
        var open = new List<object>(roots);
        while (open.Count > 0)
        {
            var reference = open[^1];
            open.RemoveAt(open.Count - 1);
            switch (reference)
            {
                case ScriptObject o when !Intrinsics.IsIntrinsic(o) && seen.Add(o):
                    o.Share();
                    o.CollectReferences(open);
                    break;
                case HeapScope scope when seen.Add(scope):
                    scope.Freeze();
                    scope.CollectReferences(open);
                    break;
                case Accessor accessor when seen.Add(accessor):
                    if (accessor.Get is { } get) open.Add(get);
                    if (accessor.Set is { } set) open.Add(set);
                    break;
                default:
                    break;
            }
        }
    }
}
