using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>
/// The files of one authority and of the one certificate that it has issued. The first certificate of the authority's file is the
/// one that issues; others in it are still, or already, to be trusted.
/// </summary>
/// <param name="folder">Where they are.</param>
/// <param name="authority">Name of the authority's files, without extension.</param>
/// <param name="leaf">Name of the issued certificate's files, without extension.</param>
/// <param name="isForClient">The certificate is shown by a client; by a server otherwise.</param>
internal sealed class IssuedFiles(string folder, string authority, string leaf, bool isForClient)
{
    /// <summary>The authorities to trust.</summary>
    public string AuthorityPath { get; } = Path.Combine(folder, authority + ".crt");

    /// <summary>The issuing authority's key.</summary>
    public string AuthorityKeyPath { get; } = Path.Combine(folder, authority + ".key");

    /// <summary>The certificate.</summary>
    public string CertificatePath { get; } = Path.Combine(folder, leaf + ".crt");

    /// <summary>Its key.</summary>
    public string KeyPath { get; } = Path.Combine(folder, leaf + ".key");

    /// <summary>There is a certificate with a key.</summary>
    public bool HasCertificate => File.Exists(CertificatePath) && File.Exists(KeyPath);

    /// <summary>The certificate with its key.</summary>
    /// <exception cref="CertificateException">It cannot be used.</exception>
    public X509Certificate2 Certificate() => Pair(CertificatePath, KeyPath);

    /// <summary>The authorities to trust.</summary>
    /// <exception cref="CertificateException">They cannot be read.</exception>
    public X509Certificate2Collection Trusted() => Named(AuthorityPath, () => PemPair.Bundle(File.ReadAllText(AuthorityPath)));

    /// <summary>The authority that issues; made when there is none.</summary>
    /// <exception cref="CertificateException">There is one, but it cannot be used.</exception>
    public CertificateAuthority Authority(DateTimeOffset now, TimeSpan lifetime)
    {
        if (File.Exists(AuthorityKeyPath)) return new(Pair(AuthorityPath, AuthorityKeyPath));
        if (File.Exists(AuthorityPath))
            throw new CertificateException(
                $"{AuthorityPath} is there without {AuthorityKeyPath}: nothing can be issued by it; take it away to begin anew");
        return AddAuthority(now, lifetime);
    }

    /// <summary>Makes an authority that issues from now on, and has those before it trusted on.</summary>
    public CertificateAuthority AddAuthority(DateTimeOffset now, TimeSpan lifetime)
    {
        var before = File.Exists(AuthorityPath) ? Trusted() : [];
        var made = CertificateAuthority.Create(now, lifetime);
        var pair = PemPair.Of(made.Certificate);
        PemFiles.Write(
            pair with { Certificate = pair.Certificate + PemPair.Bundle(before.Where(old => Validity.Of(old).Lasts(now))) },
            AuthorityPath, AuthorityKeyPath);
        return made;
    }

    /// <summary>Trusts nothing any more but the authority that issues and the one that has issued the certificate.</summary>
    /// <returns>How many are no longer trusted.</returns>
    public int Retire()
    {
        var trusted = Trusted();
        using var shown = Certificate();
        var kept = trusted.Where((one, at) => at == 0 || CertificateAuthority.HasIssued(one, shown)).ToList();
        if (kept.Count < trusted.Count) PemFiles.Replace(AuthorityPath, PemPair.Bundle(kept), isSecret: false);
        return trusted.Count - kept.Count;
    }

    /// <summary>Issues a certificate in the place of the one that there is.</summary>
    public void Issue(IReadOnlyList<string> names, DateTimeOffset now, CertificateLifetimes lifetimes)
    {
        using var issuer = Authority(now, lifetimes.Authority);
        if (!Validity.Of(issuer.Certificate).Lasts(now))
            throw new CertificateException($"{AuthorityPath} expired on {issuer.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; `gitops-policy certs renew --authority` makes another authority");
        using var issued = isForClient
            ? issuer.IssueForClient(names[0], now, lifetimes.Leaf)
            : issuer.Issue(names, now, lifetimes.Leaf);
        PemFiles.Write(PemPair.Of(issued), CertificatePath, KeyPath);
    }

    private static X509Certificate2 Pair(string certificatePath, string keyPath) =>
        Named(certificatePath, () => new PemPair(File.ReadAllText(certificatePath), File.ReadAllText(keyPath)).Load());

    private static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CertificateException e)
        {
            throw new CertificateException($"{path}: {e.Message}; take both files away and run `gitops-policy certs init`");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"cannot read {path}: {e.Message}");
        }
    }
}
