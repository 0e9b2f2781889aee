using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Webhook.Admission;

namespace GitOpsPolicy.Webhook.Hosting;

/// <summary>
/// A review that the server sends to itself before it is ready, on a path of that moment only: what is compiled on first use,
/// from the handshake to the answer, is compiled before the API server waits for it.
/// </summary>
/// <param name="certificate">The certificate that the server shows; no other is trusted.</param>
internal sealed class SelfRequest(ReadOnlyMemory<byte> certificate) : IJudge
{
    private const string Review =
        """
        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"warm-up","kind":{"group":"","version":"v1","kind":"ConfigMap"},"name":"a","namespace":"a",
        "operation":"UPDATE","userInfo":{"username":"a","groups":["a"]},"object":{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}},"oldObject":{"apiVersion":"v1","kind":"ConfigMap"}}}
        """;

    /// <summary>The path, which nobody else can know.</summary>
    public string Path { get; } = $"/warm-up/{Guid.NewGuid():N}";

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <inheritdoc/>
    public Answer Judge(AdmissionReview review, CancellationToken deadline) =>
        new() { IsAllowed = false, Message = "warm-up", Warnings = ["warm-up"], Annotations = [("ruleset", "none")] };

    /// <summary>Sends it. A server that wants client certificates ends it in the handshake, which is the dearest part.</summary>
    public async Task SendAsync(Uri address, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    shown is not null && certificate.Span.SequenceEqual(shown.GetRawCertData()),
            },
        };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        using var body = new StringContent(Review, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var response = await client.PostAsync(new Uri(address, Path + "?timeout=5s"), body, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or AuthenticationException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // It was for the way there, not for the answer.
        }
    }
}
