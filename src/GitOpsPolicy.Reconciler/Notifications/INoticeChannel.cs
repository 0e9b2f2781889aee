namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>A way by which people are told: a web address, the cluster's events.</summary>
public interface INoticeChannel
{
    /// <summary>What it is called in logs; nothing secret.</summary>
    string Name { get; }

    /// <summary>Tells a notice.</summary>
    /// <returns>Why it could not be told, without anything secret; null when it was.</returns>
    Task<string?> TellAsync(Notice notice, CancellationToken cancellation);
}
