namespace GitOpsPolicy.Webhook.Tests.Certificates.InCluster;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class MovableTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
