using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>
/// A certificate in two PEM files that something else renews, such as a mounted Secret. The files are read again when they have changed;
/// a pair that does not belong together, as between two writes, leaves the last good one in use.
/// </summary>
public sealed class FileCertificate : IServingCertificate, IDisposable
{
    private readonly string certificatePath;
    private readonly string keyPath;
    private readonly ITimer timer;
    private volatile Shown? shown;

    /// <summary>Reads the files, and looks at them again from time to time.</summary>
    /// <param name="certificatePath">The certificate and those that lead from it to the authority, in PEM.</param>
    /// <param name="keyPath">Its key, in PEM, not encrypted.</param>
    /// <param name="clock">Tells when to look again.</param>
    /// <param name="every">How often to look.</param>
    /// <exception cref="CertificateException">The files cannot be read, or hold no certificate with its key.</exception>
    public FileCertificate(string certificatePath, string keyPath, TimeProvider clock, TimeSpan every)
    {
        (this.certificatePath, this.keyPath) = (certificatePath, keyPath);
        shown = Load();
        timer = clock.CreateTimer(_ => Look(), null, every, every);
    }

    /// <inheritdoc/>
    public SslStreamCertificateContext? Current => shown?.Context;

    /// <inheritdoc/>
    public DateTimeOffset? NotAfter => shown is { } now ? new DateTimeOffset(now.Context.TargetCertificate.NotAfter) : null;

    /// <summary>Why the files were not taken over when they last changed; null when they were.</summary>
    public string? Trouble { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Look()
    {
        try
        {
            if (shown is { } now && Stamp() == now.Stamp) return;
            shown = Load();
            Trouble = null;
        }
        catch (CertificateException e)
        {
            Trouble = e.Message;
        }
    }

    private Shown Load()
    {
        try
        {
            var stamp = Stamp();
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(File.ReadAllText(certificatePath));
            using var pair = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
            return new(SslStreamCertificateContext.Create(Usable(pair), chain, offline: true), stamp);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new CertificateException($"cannot use {certificatePath} with {keyPath}: {e.Message}");
        }
    }

    // A key that was read from PEM belongs to this process alone until it has been through a store format; Windows' TLS wants that.
    private static X509Certificate2 Usable(X509Certificate2 pair) =>
        X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);

    private (DateTime Certificate, DateTime Key) Stamp() => (File.GetLastWriteTimeUtc(certificatePath), File.GetLastWriteTimeUtc(keyPath));

    private sealed record Shown(SslStreamCertificateContext Context, (DateTime Certificate, DateTime Key) Stamp);
}

/// <summary>A certificate that cannot be used; the message says which and why, in one line.</summary>
public sealed class CertificateException(string message) : Exception(message);
