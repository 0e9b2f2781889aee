using System.Collections.Immutable;
using System.Net.Security;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Webhook.Certificates.InCluster;

/// <summary>
/// Keeps the certificates of a webhook whose replicas share them: shows the one that is stored, has its authority published, and
/// does what is due. Replicas need no leader: each may take the next step, and who finds that another was faster takes what that
/// one wrote.
/// </summary>
/// <param name="store">The place that replicas share.</param>
/// <param name="published">Where the authorities are published; null when somebody else does that.</param>
/// <param name="names">The names that the certificate is for.</param>
/// <param name="times">Times to decide by.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class CertificateKeeper(
    ICertificateStore store, ICaBundle? published, ImmutableArray<string> names, CertificateTimes times,
    TimeProvider clock) : IServingCertificate
{
    /// <summary>Steps in one pass. Rolling an authority takes four; more would mean that steps undo one another.</summary>
    private const int MostSteps = 8;

    private readonly CertificateSteps steps = new(names, times.Lifetimes);
    private volatile Shown? shown;
    private string? unpublished;

    /// <inheritdoc/>
    public SslStreamCertificateContext? Current => shown?.Context;

    /// <inheritdoc/>
    public DateTimeOffset? NotAfter => shown is { } now ? new DateTimeOffset(now.Context.TargetCertificate.NotAfter) : null;

    /// <inheritdoc/>
    public string? Trouble { get; private set; }

    /// <summary>Hears of every step that was taken here, in a few words.</summary>
    public Action<string>? Told { get; init; }

    /// <summary>
    /// Looks at what is stored and does what is due; what goes wrong becomes <see cref="Trouble"/> and is tried again with the
    /// next pass.
    /// </summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        unpublished = null;
        try
        {
            for (var i = 0; i < MostSteps && await StepAsync(cancellation); i++) continue;
            Tell(unpublished);
        }
        catch (Exception e) when (e is KubernetesException or CertificateException)
        {
            Tell(e.Message);
        }
    }

    private void Tell(string? trouble)
    {
        if (trouble is not null && trouble != Trouble) Told?.Invoke(trouble);
        Trouble = trouble;
    }

    /// <summary>Takes one step; false when there was none to take.</summary>
    private async Task<bool> StepAsync(CancellationToken cancellation)
    {
        var found = await store.ReadAsync(cancellation);
        // An authority issues only once it has been published, so what is stored may be shown at once.
        if (found.State is not null) Show(PemPair.Of(found.State.Leaf));
        var isPublished = found.State is not null && await PublishAsync(found.State.Bundle, cancellation);
        var now = clock.GetUtcNow();
        var step = CertificatePlan.Next(found.State?.Facts(names), isPublished, now, times);
        if (step == CertificateStep.None) return false;
        var after = steps.Take(found.State, step, now);
        if (await store.TryWriteAsync(found, after, cancellation)) Told?.Invoke(CertificateSteps.Word(step, after));
        return true;
    }

    // What cannot be published keeps an authority from being rolled, but not a certificate from being renewed.
    private async Task<bool> PublishAsync(string bundle, CancellationToken cancellation)
    {
        try
        {
            return published is null || await published.PublishAsync(bundle, cancellation);
        }
        catch (Exception e) when (e is KubernetesException or CertificateException)
        {
            unpublished = e.Message;
            return false;
        }
    }

    private void Show(PemPair leaf)
    {
        if (shown?.Leaf != leaf) shown = new(leaf.Servable(), leaf);
    }

    private sealed record Shown(SslStreamCertificateContext Context, PemPair Leaf);
}
