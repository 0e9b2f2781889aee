using System.Collections.Immutable;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>
/// A folder with an authority and what it has issued: <c>ca.crt</c>, <c>ca.key</c>, <c>tls.crt</c>, <c>tls.key</c>, all PEM. The
/// names of the last two are those of a Kubernetes Secret of type <c>kubernetes.io/tls</c>. Beside them, where it was asked for,
/// an authority for callers and the certificate that the API server shows: <c>client-ca.crt</c>, <c>client-ca.key</c>,
/// <c>client.crt</c>, <c>client.key</c>.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class CertificateFolder(string path)
{
    private readonly IssuedFiles server = new(path, "ca", "tls", isForClient: false);
    private readonly IssuedFiles client = new(path, "client-ca", "client", isForClient: true);

    /// <summary>The authorities' certificates: what goes into <c>caBundle</c>, and what curl is given.</summary>
    public string AuthorityPath => server.AuthorityPath;

    /// <summary>The serving certificate.</summary>
    public string CertificatePath => server.CertificatePath;

    /// <summary>Its key.</summary>
    public string KeyPath => server.KeyPath;

    /// <summary>There is a serving certificate already.</summary>
    public bool IsFilled => server.HasCertificate;

    /// <summary>There is a client certificate already.</summary>
    public bool HasClient => client.HasCertificate;

    /// <summary>Makes an authority where there is none, and a serving certificate by it.</summary>
    /// <param name="names">DNS names and addresses that the server is reached by.</param>
    /// <param name="now">The time it is.</param>
    /// <param name="lifetimes">How long they hold; null for the defaults.</param>
    /// <exception cref="CertificateException">The folder cannot be written, or holds an authority that cannot be
    /// used.</exception>
    public void Fill(IReadOnlyList<string> names, DateTimeOffset now, CertificateLifetimes? lifetimes = null) =>
        Make(() => server.Issue(names, now, lifetimes ?? CertificateLifetimes.Default));

    /// <summary>Makes an authority for callers where there is none, and a client certificate by it.</summary>
    /// <param name="name">The common name that the caller is known by.</param>
    /// <param name="now">The time it is.</param>
    /// <param name="lifetimes">How long they hold.</param>
    /// <exception cref="CertificateException">The folder cannot be written, or holds an authority that cannot be
    /// used.</exception>
    public void FillClient(string name, DateTimeOffset now, CertificateLifetimes lifetimes) =>
        Make(() => client.Issue([name], now, lifetimes));

    /// <summary>Issues the certificates anew that end before a day, for the names they have.</summary>
    /// <param name="names">Other names for the serving certificate, which is then issued whenever it ends; empty for those it
    /// has.</param>
    /// <param name="endingBefore">Those that end later stay as they are.</param>
    /// <param name="now">The time it is.</param>
    /// <param name="lifetimes">How long new ones hold.</param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="CertificateException">There is nothing to renew, or it cannot be.</exception>
    public ImmutableArray<string> Renew(
        IReadOnlyList<string> names, DateTimeOffset endingBefore, DateTimeOffset now, CertificateLifetimes lifetimes)
    {
        var written = ImmutableArray.CreateBuilder<string>();
        foreach (var files in Existing())
        {
            using var shown = files.Certificate();
            var others = files == server ? names : [];
            if (others.Count == 0 && Validity.Of(shown).Until >= endingBefore) continue;
            Make(() => files.Issue(others.Count > 0 ? others : CertificateNames.Of(shown), now, lifetimes));
            written.Add(files.CertificatePath);
        }

        return written.DrainToImmutable();
    }

    /// <summary>Makes new authorities, which issue from the next renewal on; those before them are trusted on.</summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="CertificateException">There is no authority yet, or the folder cannot be written.</exception>
    public ImmutableArray<string> AddAuthorities(DateTimeOffset now, CertificateLifetimes lifetimes)
    {
        var existing = Existing();
        foreach (var files in existing) Make(() => files.AddAuthority(now, lifetimes.Authority).Dispose());
        return [.. existing.Select(static files => files.AuthorityPath)];
    }

    /// <summary>Trusts nothing any more but the authorities that issue and those that have issued what is shown now.</summary>
    /// <returns>The files that were written, with how many authorities were taken out of each.</returns>
    /// <exception cref="CertificateException">The folder holds no certificates, or cannot be written.</exception>
    public ImmutableArray<(string File, int Count)> Retire()
    {
        var written = ImmutableArray.CreateBuilder<(string, int)>();
        foreach (var files in Existing())
            Make(() =>
            {
                if (files.Retire() is var count and > 0) written.Add((files.AuthorityPath, count));
            });
        return written.DrainToImmutable();
    }

    /// <summary>All certificates of the folder, authorities first.</summary>
    /// <exception cref="CertificateException">There are none, or one cannot be read.</exception>
    public ImmutableArray<ShownCertificate> Show() => [.. Existing().SelectMany(ShownCertificate.Of)];

    private List<IssuedFiles> Existing()
    {
        List<IssuedFiles> existing = [.. new[] { server, client }.Where(static files => files.HasCertificate)];
        return existing.Count > 0
            ? existing
            : throw new CertificateException($"there are no certificates in {path}; `gitops-policy certs init` makes them");
    }

    private void Make(Action make)
    {
        try
        {
            Directory.CreateDirectory(path);
            make();
        }
        catch (Exception e) when (e is IOException
            or UnauthorizedAccessException
            or System.Security.Cryptography.CryptographicException)
        {
            throw new CertificateException($"cannot make certificates in {path}: {e.Message}");
        }
    }
}
