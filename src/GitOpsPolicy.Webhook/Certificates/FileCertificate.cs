using System.Net.Security;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>
/// A certificate in two PEM files that something else renews, such as a mounted Secret. The files are read again when they have
/// changed; a pair that does not belong together, as between two writes, leaves the last good one in use.
/// </summary>
public sealed class FileCertificate : IServingCertificate, IDisposable
{
    private readonly string certificatePath;
    private readonly string keyPath;
    private readonly Lock looking = new();
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
        shown = Load(Read());
        timer = clock.CreateTimer(_ => Look(), null, every, every);
    }

    /// <inheritdoc/>
    public SslStreamCertificateContext? Current => shown?.Context;

    /// <inheritdoc/>
    public DateTimeOffset? NotAfter => shown is { } now ? new DateTimeOffset(now.Context.TargetCertificate.NotAfter) : null;

    /// <inheritdoc/>
    public string? Trouble { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    // A timer does not wait for its last call to end: one that read the files earlier must not put an older pair over a newer
    // one.
    private void Look()
    {
        if (!looking.TryEnter()) return;
        try
        {
            var files = Read();
            if (files != shown?.Files) shown = Load(files);
            Trouble = null;
        }
        catch (CertificateException e)
        {
            Trouble = e.Message;
        }
        finally
        {
            looking.Exit();
        }
    }

    // Read whole rather than told by their times: kubelet changes a mounted Secret by moving a link above the files.
    private PemPair Read()
    {
        try
        {
            return new(File.ReadAllText(certificatePath), File.ReadAllText(keyPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"cannot use {certificatePath} with {keyPath}: {e.Message}");
        }
    }

    private Shown Load(PemPair files)
    {
        try
        {
            return new(files.Servable(), files);
        }
        catch (CertificateException e)
        {
            throw new CertificateException($"cannot use {certificatePath} with {keyPath}: {e.Message}");
        }
    }

    private sealed record Shown(SslStreamCertificateContext Context, PemPair Files);
}

/// <summary>A certificate that cannot be used; the message says which and why, in one line.</summary>
public sealed class CertificateException(string message) : Exception(message);
