using System.Globalization;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Webhook.Certificates.InCluster;

/// <summary>What was found in the place that replicas share.</summary>
/// <param name="State">The certificates; null when there are none yet, or they cannot be used.</param>
/// <param name="Version">What a write must find unchanged; empty when there is nothing at all.</param>
internal sealed record StoredCertificates(CertificateState? State, string Version);

/// <summary>The place that replicas share.</summary>
internal interface ICertificateStore
{
    /// <summary>Reads what is there.</summary>
    /// <exception cref="KubernetesException">It cannot be asked.</exception>
    /// <exception cref="CertificateException">Something else is there.</exception>
    Task<StoredCertificates> ReadAsync(CancellationToken cancellation);

    /// <summary>Writes, where what was found is still what is there; false when somebody else was faster.</summary>
    /// <exception cref="KubernetesException">It cannot be written.</exception>
    Task<bool> TryWriteAsync(StoredCertificates found, CertificateState state, CancellationToken cancellation);
}

/// <summary>
/// Certificates in a Secret: <c>ca.crt</c>, <c>ca.key</c>, <c>tls.crt</c> and <c>tls.key</c> as in a
/// <see cref="CertificateFolder"/>, and <c>next-ca.crt</c> and <c>next-ca.key</c> while an authority is being rolled.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="inNamespace">The Secret's namespace.</param>
/// <param name="name">The Secret's name.</param>
internal sealed class CertificateSecret(KubernetesClient client, string inNamespace, string name) : ICertificateStore
{
    private const string OwnerLabel = "app.kubernetes.io/managed-by";
    private const string Owner = "gitops-policy";
    private const string PublishedAnnotation = "gitopspolicy.dev/next-authority-published";

    /// <summary>The type of Secrets.</summary>
    public static readonly ResourceType Type = new("", "v1", "secrets", "Secret", IsNamespaced: true);

    private readonly ObjectAddress address = new(Type, inNamespace, name);

    /// <inheritdoc/>
    public async Task<StoredCertificates> ReadAsync(CancellationToken cancellation)
    {
        if (await client.FindAsync(address, cancellation) is not { } found) return new(null, "");
        var metadata = new ObjectMetadata(found);
        if (found.Mapping("data") is not { Count: > 0 } data) return new(null, metadata.ResourceVersion);
        try
        {
            return new(Read(data, metadata.Annotation(PublishedAnnotation)), metadata.ResourceVersion);
        }
        catch (Exception e) when (e is CertificateException or FormatException)
        {
            // Of ours and damaged: made anew. Of anybody else: not ours to write over.
            if (metadata.Label(OwnerLabel) == Owner) return new(null, metadata.ResourceVersion);
            throw new CertificateException($"the Secret {inNamespace}/{name} holds something else, and no label `{OwnerLabel}: {Owner}`; give another name or delete it");
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(StoredCertificates found, CertificateState state, CancellationToken cancellation)
    {
        try
        {
            if (found.Version.Length == 0) await client.CreateAsync(Type, inNamespace, Body(null, state), null, cancellation);
            else await client.PatchAsync(address, PatchForm.Merge, Body(found.Version, state), null, cancellation);
            return true;
        }
        catch (KubernetesException e) when (e.Failure.IsConflict || (e.Failure.IsNotFound && found.Version.Length > 0))
        {
            return false;
        }
    }

    private static CertificateState Read(MappingNode data, string? published)
    {
        var issuer = new CertificateAuthority(Pair(data, "ca").Load());
        var next = data["next-ca.key"] is null ? null : new CertificateAuthority(Pair(data, "next-ca").Load());
        return new([.. PemPair.Bundle(Pair(data, "ca").Certificate)], issuer, Pair(data, "tls").Load())
        {
            Next = next,
            NextPublished = next is not null
                    && DateTimeOffset.TryParse(
                        published, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : null,
        };
    }

    private static PemPair Pair(MappingNode data, string name) => new(Decode(data, name + ".crt"), Decode(data, name + ".key"));

    private static string Decode(MappingNode data, string key) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(data.Text(key)));

    private MappingNode Body(string? version, CertificateState state) => NewObject.Of(
        ("apiVersion", Type.ApiVersion),
        ("kind", Type.Kind),
        ("metadata", NewObject.Of(
            ("name", name),
            ("namespace", inNamespace),
            ("resourceVersion", version),
            ("labels", NewObject.Of((OwnerLabel, Owner))),
            ("annotations",
                NewObject.Of(
                    (PublishedAnnotation,
                        OrNothing(
                            state.NextPublished?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                            version)))))),
        ("data", Data(state, version)));

    private static MappingNode Data(CertificateState state, string? version)
    {
        var (issuer, leaf) = (PemPair.Of(state.Issuer.Certificate), PemPair.Of(state.Leaf));
        PemPair? next = state.Next is null ? null : PemPair.Of(state.Next.Certificate);
        return NewObject.Of(
            ("ca.crt", Encode(state.Bundle)),
            ("ca.key", Encode(issuer.Key)),
            ("tls.crt", Encode(leaf.Certificate)),
            ("tls.key", Encode(leaf.Key)),
            ("next-ca.crt", OrNothing(Encode(next?.Certificate), version)),
            ("next-ca.key", OrNothing(Encode(next?.Key), version)));
    }

    // In a merge patch null takes a key away; in a new object it is left out.
    private static object? OrNothing(string? value, string? version) =>
        (object?)value ?? (version is null ? null : ScalarNode.Null());

    private static string? Encode(string? text) => text is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
