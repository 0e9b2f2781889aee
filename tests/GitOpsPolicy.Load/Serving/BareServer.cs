using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GitOpsPolicy.Load.Serving;

/// <summary>
/// Reads the uid of a review and allows it, with nothing in between: what HTTPS and JSON cost without evaluation.
/// </summary>
internal static class BareServer
{
    /// <summary>Serves until it is killed.</summary>
    /// <param name="port">Port of loopback.</param>
    /// <param name="certificates">Folder with <c>tls.crt</c> and <c>tls.key</c>.</param>
    public static async Task<int> RunAsync(int port, string certificates)
    {
        using var pair = X509Certificate2.CreateFromPemFile(
            Path.Combine(certificates, "tls.crt"), Path.Combine(certificates, "tls.key"));
        using var certificate = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseHttps(certificate)));
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body);
        var uid = document.RootElement.GetProperty("request").GetProperty("uid").GetString();
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            $$$"""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"{{{uid}}}","allowed":true}}""");
    }
}
