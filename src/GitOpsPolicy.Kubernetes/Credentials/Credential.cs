using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Kubernetes.Credentials;

/// <summary>Who calls the API server, as it is proved at the moment of a request.</summary>
public abstract class Credential
{
    private protected Credential()
    {
    }

    /// <summary>Nobody in particular.</summary>
    public static Credential Anonymous { get; } = new GivenCredential();

    /// <summary>What proves the caller now.</summary>
    /// <exception cref="CredentialException">It cannot be had.</exception>
    internal abstract ValueTask<Proof> GetAsync(CancellationToken cancellation);

    /// <summary>Says that the server took no notice of a proof.</summary>
    /// <returns>Whether asking again may give another one.</returns>
    internal abstract bool Refuse(Proof proof);
}

/// <summary>What proves the caller of a request. Two proofs are the same when they are the same object.</summary>
/// <param name="Token">Bearer token; null for none.</param>
/// <param name="Certificate">Client certificate with its key and what lies between it and the authority; null for none.</param>
internal sealed record Proof(string? Token, ClientCertificate? Certificate);

/// <summary>A client certificate with its key.</summary>
/// <param name="Leaf">The certificate.</param>
/// <param name="Chain">Certificates that lie between it and its authority.</param>
internal sealed record ClientCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var certificate in Chain) certificate.Dispose();
    }
}

/// <summary>The caller's credential cannot be had. The message says why, and what to do.</summary>
public sealed class CredentialException(string message, Exception? inner = null) : Exception(message, inner);
