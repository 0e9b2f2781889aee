using System.Collections.Immutable;
using System.Net.Security;
using System.Threading.Channels;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Watching;

namespace GitOpsPolicy.Webhook.Certificates.InCluster;

/// <summary>Where a webhook in a cluster keeps its certificates, and what for.</summary>
/// <param name="Namespace">The Secret's namespace.</param>
/// <param name="Secret">The Secret's name.</param>
/// <param name="Names">The names that the webhook is reached by, such as <c>gitops-policy.policy.svc</c>.</param>
public sealed record ClusterCertificateOptions(string Namespace, string Secret, ImmutableArray<string> Names)
{
    /// <summary>
    /// The ValidatingWebhookConfiguration whose webhooks are told whom to trust; null when somebody else tells them.
    /// </summary>
    public string? WebhookConfiguration { get; init; }

    /// <summary>How long what is made holds.</summary>
    public CertificateLifetimes Lifetimes { get; init; } = CertificateLifetimes.Default;

    /// <summary>
    /// How long everybody may take to see a change. API servers follow webhook configurations within a second or so, replicas the
    /// Secret likewise; ten minutes leave room for one that is cut off. Whoever copies the bundle by other means gets a day.
    /// </summary>
    public TimeSpan Settling => WebhookConfiguration is null ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(10);
}

/// <summary>
/// The certificate of a webhook that makes its own: kept in a Secret that replicas share, renewed when two thirds of its time are
/// over, with an authority that is rolled the same way. Looked at whenever the Secret or the webhook configuration changes, and
/// every minute.
/// </summary>
public sealed class ClusterCertificate : IServingCertificate
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>When to look again after something went wrong; each request has been tried several times by then.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly KubernetesClient client;
    private readonly ClusterCertificateOptions options;
    private readonly CertificateKeeper keeper;

    /// <summary>Sets it up; there is no certificate before <see cref="RunAsync"/> has looked once.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="options">Where and what for.</param>
    /// <param name="told">Hears of every step and of trouble, in one line.</param>
    public ClusterCertificate(KubernetesClient client, ClusterCertificateOptions options, Action<string>? told = null)
    {
        (this.client, this.options) = (client, options);
        var published = options.WebhookConfiguration is { } name ? new CaBundle(client, name) : null;
        keeper = new(
            new CertificateSecret(client, options.Namespace, options.Secret), published, options.Names,
            new(options.Lifetimes, options.Settling), client.Options.Time)
        {
            Told = told,
        };
    }

    /// <inheritdoc/>
    public SslStreamCertificateContext? Current => keeper.Current;

    /// <inheritdoc/>
    public DateTimeOffset? NotAfter => keeper.NotAfter;

    /// <inheritdoc/>
    public string? Trouble => keeper.Trouble;

    /// <summary>Looks and does what is due, until it is cancelled. Nothing that goes wrong ends it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var look = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        await using var timer = client.Options.Time.CreateTimer(_ => look.Writer.TryWrite(true), null, TimeSpan.Zero, Every);
        var following = Task.WhenAll(Watched().Select(watched => FollowAsync(
            watched.Type, watched.Selection, look.Writer, cancellation)));
        try
        {
            await foreach (var _ in look.Reader.ReadAllAsync(cancellation))
            {
                await keeper.PassAsync(cancellation);
                timer.Change(Trouble is null ? Every : Soon, Every);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<(ResourceType Type, Selection Selection)> Watched()
    {
        yield return (CertificateSecret.Type,
            new() { Namespace = options.Namespace, FieldSelector = $"metadata.name={options.Secret}" });
        if (options.WebhookConfiguration is { } name)
            yield return (CaBundle.Type, new() { FieldSelector = $"metadata.name={name}" });
    }

    private async Task FollowAsync(
        ResourceType type, Selection selection, ChannelWriter<bool> look, CancellationToken cancellation)
    {
        await foreach (var seen in client.FollowAsync(type, selection, cancellation))
            if (seen is WatchEvent.Added or WatchEvent.Modified or WatchEvent.Deleted or WatchEvent.Synced) look.TryWrite(true);
    }
}
