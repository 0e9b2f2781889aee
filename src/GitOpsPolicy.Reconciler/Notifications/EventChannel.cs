using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Events;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>Writes notices as events of the cluster, where <c>kubectl describe</c> shows them.</summary>
/// <param name="events">Writes events.</param>
/// <param name="regarding">The object that a unit is in the cluster; null for a unit of a file, of which nothing is
/// written.</param>
public sealed class EventChannel(ClusterEvents events, Func<UnitKey, MappingNode?> regarding) : INoticeChannel
{
    private const string Action = "Reconcile";

    /// <inheritdoc/>
    public string Name => "events of the cluster";

    /// <inheritdoc/>
    public async Task<string?> TellAsync(Notice notice, CancellationToken cancellation)
    {
        if (regarding(notice.Unit) is not { } unit) return null;
        var reason = char.ToUpperInvariant(notice.Subject[0]) + notice.Subject[1..];
        var what = notice.Message.Length > 0 ? notice.Message : notice.Title;
        var note = string.Join("; ", [what.TrimEnd('.'), .. notice.Details]);
        var failure = await events.WriteAsync(
            unit, new(reason, Action, note) { IsWarning = notice.Severity != NoticeSeverity.Info }, cancellation);
        return failure?.ToString();
    }
}
