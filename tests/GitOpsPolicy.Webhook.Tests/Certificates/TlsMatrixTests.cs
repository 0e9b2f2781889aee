using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.Hosting;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Certificates;

/// <summary>
/// Who gets through the door: every certificate with every version of TLS, with and without the server's name, at a server that
/// speaks TLS 1.3 alone and at one that speaks 1.2 too. Whoever does not get through has no rule run.
/// </summary>
public sealed class TlsMatrixTests
{
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_the_right_certificate_with_an_allowed_version_gets_through(bool allowTls12)
    {
        using var authority = CertificateAuthority.Create(now.AddDays(-10), TimeSpan.FromDays(20));
        await using var server = await TestServer.StartAsync(
            Reviews.NoDebug, new WebhookOptions { AllowTls12 = allowTls12 }, authority, "kube-apiserver");
        using var evaluations = new EvaluationCount(server.Metrics);
        var (wrong, passed) = (new List<string>(), 0);
        foreach (var (kind, certificate) in Certificates(authority))
            foreach (var version in (string[])["1.0", "1.1", "1.2", "1.3"])
                foreach (var name in (string?[])["localhost", null])
                {
                    var before = evaluations.Value;
                    var got = await GetsThroughAsync(server, certificate, version, name);
                    var should = kind == "right" && (version == "1.3" || (version == "1.2" && allowTls12));
                    if (got) passed++;
                    if (got != should || evaluations.Value - before != (should ? 1 : 0))
                        wrong.Add($"{kind}, TLS {version}, name {name ?? "none"}: {(got ? "got through" : "was refused")}, {evaluations.Value - before} judged");
                }

        Assert.Empty(wrong);
        Assert.Equal(allowTls12 ? 4 : 2, passed);
    }

    private List<(string Kind, X509Certificate2? Certificate)> Certificates(CertificateAuthority authority)
    {
        using var stranger = CertificateAuthority.Create(now, TimeSpan.FromDays(1));
        var day = TimeSpan.FromDays(1);
        return
        [
            ("no certificate", null),
            ("wrong authority", Usable(stranger.IssueForClient("kube-apiserver", now, day))),
            ("expired", Usable(authority.IssueForClient("kube-apiserver", now.AddDays(-5), day))),
            ("not yet", Usable(authority.IssueForClient("kube-apiserver", now.AddDays(5), day))),
            ("wrong name", Usable(authority.IssueForClient("kube-scheduler", now, day))),
            ("right", Usable(authority.IssueForClient("kube-apiserver", now, day))),
        ];
    }

    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);

    private static async Task<bool> GetsThroughAsync(
        TestServer server, X509Certificate2? certificate, string version, string? name) => version switch
    {
        "1.0" => !await ClientHello.IsRefusedAsync(server.Server.Address, 1, name),
        "1.1" => !await ClientHello.IsRefusedAsync(server.Server.Address, 2, name),
        "1.2" => await IsAnsweredAsync(server, certificate, SslProtocols.Tls12, name),
        _ => await IsAnsweredAsync(server, certificate, SslProtocols.Tls13, name),
    };

    private static async Task<bool> IsAnsweredAsync(
        TestServer server, X509Certificate2? certificate, SslProtocols version, string? name)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Server.Address.Port, patience.Token);
        // whom the client trusts is not what is tried here
        await using var tls = new SslStream(
            socket.GetStream(), leaveInnerStreamOpen: false, static (_, shown, _, _) => shown is not null);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = name ?? "",
                    EnabledSslProtocols = version,
                    ClientCertificates = certificate is null ? null : [certificate],
                }, patience.Token);
            var body = Encoding.UTF8.GetBytes(Reviews.ConfigMap("u"));
            await tls.WriteAsync(
                Encoding.ASCII.GetBytes($"POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), patience.Token);
            await tls.WriteAsync(body, patience.Token);
            using var reader = new StreamReader(tls, Encoding.ASCII);
            return await reader.ReadLineAsync(patience.Token) == "HTTP/1.1 200 OK";
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return false;
        }
    }
}
