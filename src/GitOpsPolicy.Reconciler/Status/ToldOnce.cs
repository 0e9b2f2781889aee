namespace GitOpsPolicy.Reconciler.Status;

/// <summary>What waits for a decision is told as that, and not again as something that is forbidden, or as an orphan.</summary>
internal static class ToldOnce
{
    /// <summary>What the rules forbid, but for deletions that wait.</summary>
    public static IEnumerable<BlockedChange> Blocked(UnitStatus status)
    {
        var waiting = Waiting(status);
        return status.Blocked.Where(one => one.Operation != "delete" || !waiting.Contains(one.Resource));
    }

    /// <summary>What left Git and stays, but for what waits to be deleted.</summary>
    public static IEnumerable<Orphan> Orphans(UnitStatus status)
    {
        var waiting = Waiting(status);
        return status.Orphans.Where(one => !waiting.Contains(one.Resource));
    }

    /// <summary>Why a resource that waits to be deleted is not deleted by itself; null where nothing says.</summary>
    public static string? WhyWaiting(UnitStatus status, string resource) =>
        status.Orphans.FirstOrDefault(one => one.Resource == resource) is { } orphan ? Without(resource, orphan.Message) : null;

    /// <summary>A message without the resource that it begins with, where that stands beside it.</summary>
    public static string Without(string resource, string message) =>
        resource.Length > 0 && message.StartsWith(resource + " ", StringComparison.Ordinal)
            ? message[(resource.Length + 1)..]
            : message;

    private static HashSet<string> Waiting(UnitStatus status) =>
        [.. status.Approvals.Where(static one => one.Subject == "prune").SelectMany(static one => one.Resources)];
}
