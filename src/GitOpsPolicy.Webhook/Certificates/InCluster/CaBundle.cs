using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Webhook.Certificates.InCluster;

/// <summary>Where the authorities are published that vouch for the webhook.</summary>
internal interface ICaBundle
{
    /// <summary>Publishes them where something else is; true once they are published everywhere.</summary>
    /// <param name="bundle">The authorities, in PEM.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="KubernetesException">It cannot be asked or written.</exception>
    /// <exception cref="CertificateException">There is no such place.</exception>
    Task<bool> PublishAsync(string bundle, CancellationToken cancellation);
}

/// <summary>The <c>caBundle</c> of every webhook in one ValidatingWebhookConfiguration.</summary>
/// <param name="client">The cluster.</param>
/// <param name="name">Name of the configuration.</param>
internal sealed class CaBundle(KubernetesClient client, string name) : ICaBundle
{
    private const int Unprocessable = 422;

    /// <summary>The type of such configurations.</summary>
    public static readonly ResourceType Type = new(
        "admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration",
        IsNamespaced: false);

    private readonly ObjectAddress address = new(Type, null, name);

    /// <inheritdoc/>
    public async Task<bool> PublishAsync(string bundle, CancellationToken cancellation)
    {
        if (await client.FindAsync(address, cancellation) is not { } found)
            throw new CertificateException($"there is no ValidatingWebhookConfiguration `{name}` to publish the authority in");
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(bundle));
        var steps = found.Mappings("webhooks").SelectMany((webhook, at) => Steps(webhook, at, text)).ToList();
        if (steps.Count == 0) return true;
        try
        {
            await client.PatchAsync(address, PatchForm.Json, new SequenceNode([.. steps]), null, cancellation);
            return true;
        }
        catch (KubernetesException e) when (e.Failure.IsConflict || e.Failure.Code == Unprocessable)
        {
            return false; // somebody moved the webhooks meanwhile
        }
    }

    // The name is tried first: between reading and writing another webhook may have come to this place.
    private static IEnumerable<Node> Steps(MappingNode webhook, int at, string bundle)
    {
        if (webhook.Mapping("clientConfig")?.Text("caBundle") == bundle) yield break;
        yield return NewObject.Of(("op", "test"), ("path", $"/webhooks/{at}/name"), ("value", webhook.Text("name")));
        yield return NewObject.Of(("op", "add"), ("path", $"/webhooks/{at}/clientConfig/caBundle"), ("value", bundle));
    }
}
