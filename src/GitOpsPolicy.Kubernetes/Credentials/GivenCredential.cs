using System.Security.Cryptography;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Credentials;

/// <summary>
/// A token or a client certificate that a configuration gives. What lies in files is read anew when a file changes; while a new
/// state of them cannot be read, such as a certificate whose key is not written yet, the last good one serves.
/// </summary>
internal sealed class GivenCredential : Credential
{
    private volatile State? current;

    /// <summary>Bearer token; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>File with a bearer token, which counts more than <see cref="Token"/>; null for none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Client certificate; null for none.</summary>
    public PemText? Certificate { get; init; }

    /// <summary>Key of the client certificate.</summary>
    public PemText? Key { get; init; }

    internal override ValueTask<Proof> GetAsync(CancellationToken cancellation)
    {
        var stamps = new Stamps(
            TokenFile is null ? default : FileStamp.Of(TokenFile), Certificate?.Stamp() ?? default, Key?.Stamp() ?? default);
        var last = current;
        if (last is not null && last.Stamps == stamps) return new(last.Proof);
        try
        {
            var read = new State(
                stamps,
                new(ReadToken(), Certificate is null ? null : TlsMaterial.ClientCertificate(Certificate.Read(), Key!.Read())));
            current = read;
            return new(read.Proof);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return last is not null
                ? new(last.Proof)
                : throw new CredentialException($"the credential cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    // A file may have been renewed within the time that its stamp can tell, so it is read once more.
    internal override bool Refuse(Proof proof)
    {
        if (TokenFile is null && Certificate?.Path is null) return false;
        if (current is { } state && ReferenceEquals(state.Proof, proof)) current = state with { Stamps = default };
        return true;
    }

    private string? ReadToken()
    {
        if (TokenFile is null) return Token;
        var text = File.ReadAllText(TokenFile).Trim();
        return text.Length > 0 ? text : throw new IOException($"`{TokenFile}` is empty");
    }

    private readonly record struct Stamps(FileStamp Token, FileStamp Certificate, FileStamp Key);

    private sealed record State(Stamps Stamps, Proof Proof);
}
