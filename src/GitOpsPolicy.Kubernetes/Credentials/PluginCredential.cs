using System.Security.Cryptography;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Credentials;

/// <summary>
/// A credential that a program gives, kept until the program said it runs out or the server refuses it. However many requests
/// wait for it, the program runs once.
/// </summary>
#pragma warning disable CA1001 // a semaphore whose wait handle nobody asks for holds nothing to let go of
internal sealed class PluginCredential(PluginCommand command, TimeProvider time) : Credential
{
    /// <summary>A credential that is about to run out would do so on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile State? current;

    internal override async ValueTask<Proof> GetAsync(CancellationToken cancellation)
    {
        if (Fresh() is { } kept) return kept;
        await gate.WaitAsync(cancellation);
        try
        {
            if (Fresh() is { } made) return made;
            var answer = await PluginRun.AskAsync(command, time, cancellation);
            var state = new State(new(answer.Token, Certificate(answer)), answer.Expires);
            current = state;
            return state.Proof;
        }
        finally
        {
            gate.Release();
        }
    }

    internal override bool Refuse(Proof proof)
    {
        if (ReferenceEquals(current?.Proof, proof)) current = null;
        return true;
    }

    private Proof? Fresh() =>
        current is { } state && (state.Expires is not { } end || time.GetUtcNow() < end - Margin) ? state.Proof : null;

    private ClientCertificate? Certificate(PluginAnswer answer)
    {
        try
        {
            return answer.CertificatePem is null ? null : TlsMaterial.ClientCertificate(answer.CertificatePem, answer.KeyPem!);
        }
        catch (CryptographicException e)
        {
            throw new CredentialException(
                $"the certificate that `{command.Command}` gave cannot be used: {e.Message.TrimEnd('.')}", e);
        }
    }

    private sealed record State(Proof Proof, DateTimeOffset? Expires);
}
