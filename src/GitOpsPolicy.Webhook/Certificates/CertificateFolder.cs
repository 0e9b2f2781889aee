using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>
/// A folder with an authority and what it has issued: <c>ca.crt</c>, <c>ca.key</c>, <c>tls.crt</c>, <c>tls.key</c>, all PEM. The names of
/// the last two are those of a Kubernetes Secret of type <c>kubernetes.io/tls</c>.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class CertificateFolder(string path)
{
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3_650);
    private static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(90);

    /// <summary>The authority's certificate: what goes into <c>caBundle</c>, and what curl is given.</summary>
    public string AuthorityPath { get; } = Path.Combine(path, "ca.crt");

    /// <summary>The serving certificate.</summary>
    public string CertificatePath { get; } = Path.Combine(path, "tls.crt");

    /// <summary>Its key.</summary>
    public string KeyPath { get; } = Path.Combine(path, "tls.key");

    private string AuthorityKeyPath { get; } = Path.Combine(path, "ca.key");

    /// <summary>There is a serving certificate already.</summary>
    public bool IsFilled => File.Exists(CertificatePath) && File.Exists(KeyPath);

    /// <summary>Makes an authority where there is none, and a serving certificate by it.</summary>
    /// <param name="names">DNS names and addresses that the server is reached by.</param>
    /// <param name="now">The time it is.</param>
    /// <exception cref="CertificateException">The folder cannot be written, or holds an authority that cannot be used.</exception>
    public void Fill(IReadOnlyList<string> names, DateTimeOffset now)
    {
        try
        {
            Directory.CreateDirectory(path);
            using var authority = File.Exists(AuthorityKeyPath) ? new(X509Certificate2.CreateFromPemFile(AuthorityPath, AuthorityKeyPath)) : NewAuthority(now);
            using var leaf = authority.Issue(names, now, LeafLifetime);
            Write(leaf, CertificatePath, KeyPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new CertificateException($"cannot make certificates in {path}: {e.Message}");
        }
    }

    private CertificateAuthority NewAuthority(DateTimeOffset now)
    {
        var authority = CertificateAuthority.Create(now, AuthorityLifetime);
        Write(authority.Certificate, AuthorityPath, AuthorityKeyPath);
        return authority;
    }

    private static void Write(X509Certificate2 certificate, string certificatePath, string keyPath)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new CertificateException("the certificate has no ECDSA key");
        Replace(keyPath, key.ExportPkcs8PrivateKeyPem(), isSecret: true);
        Replace(certificatePath, certificate.ExportCertificatePem(), isSecret: false);
    }

    // Whole or not at all, and never readable by others for a moment.
    private static void Replace(string file, string pem, bool isSecret)
    {
        var next = file + ".next";
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(next, options)) writer.Write(pem + "\n");
        File.Move(next, file, overwrite: true);
    }
}
