using System.Net;

namespace GitOpsPolicy.Webhook.Hosting;

/// <summary>Where the webhook listens and how much it takes on.</summary>
public sealed record WebhookOptions
{
    /// <summary>The address to listen on; every one by default.</summary>
    public IPAddress Address { get; init; } = IPAddress.IPv6Any;

    /// <summary>Port for admission reviews, over TLS; 0 for any free one.</summary>
    public int Port { get; init; } = 8443;

    /// <summary>Port for <c>/metrics</c>, <c>/healthz</c> and <c>/readyz</c>, in clear; 0 for any free one.</summary>
    public int OperationsPort { get; init; } = 8080;

    /// <summary>Requests judged at once. More than there are processors only makes each of them slower.</summary>
    public int Width { get; init; } = System.Environment.ProcessorCount;

    /// <summary>Requests that may wait for their turn however long it takes.</summary>
    public int Queue { get; init; } = 16;

    /// <summary>
    /// Requests that may wait as long as none of them will wait for more than <see cref="MaxWait"/>; the next one is turned away.
    /// </summary>
    public int MaxQueue { get; init; } = 1_024;

    /// <summary>The longest that a request may have to wait, by how long the last ones took.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Bytes that the bodies of all requests together may take; the next one is turned away.</summary>
    public long MaxBodies { get; init; } = 64L << 20;

    /// <summary>Connections at once.</summary>
    public int MaxConnections { get; init; } = 2_048;

    /// <summary>
    /// How long requests are still answered after <c>/readyz</c> has gone red, so that nothing is sent to a closed door.
    /// </summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Also speak TLS 1.2; 1.3 alone otherwise.</summary>
    public bool AllowTls12 { get; init; }

    /// <summary>The environment of the cluster, as the configuration calls it; null for none.</summary>
    public string? Environment { get; init; }
}
