using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.Hosting;
using GitOpsPolicy.Webhook.Metrics;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests;

/// <summary>A whole webhook on free ports of loopback, with an authority and rules of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gitops-policy-webhook-").FullName;
    private readonly FileCertificate certificate;
    private readonly WebhookMetrics metrics = new();

    private TestServer(
        WebhookOptions options, CertificateAuthority? callers, IReadOnlyList<string> callerNames,
        Func<WebhookParts, WebhookParts>? with = null)
    {
        Folder = new(Path.Combine(folder, "certs"));
        Folder.Fill(["localhost", "127.0.0.1", "::1"], TimeProvider.System.GetUtcNow());
        certificate = new(Folder.CertificatePath, Folder.KeyPath, TimeProvider.System, TimeSpan.FromMilliseconds(50));
        var allowed = callers is null ? null : new AllowedCallers([callers.Certificate], [.. callerNames]);
        var parts = new WebhookParts(Rules, certificate, metrics, TimeProvider.System, allowed);
        Server = new(
            options with { Port = 0, OperationsPort = 0, Address = IPAddress.Loopback, Drain = TimeSpan.Zero },
            with?.Invoke(parts) ?? parts);
    }

    public RulesInForce Rules { get; } = new();

    public CertificateFolder Folder { get; }

    public WebhookServer Server { get; }

    public WebhookMetrics Metrics => metrics;

    /// <summary>Starts a server that judges by some rules, which are files of a folder by name; null for none yet.</summary>
    public static Task<TestServer> StartAsync(
        Dictionary<string, string>? rules, WebhookOptions? options = null, CertificateAuthority? callers = null,
        params IReadOnlyList<string> callerNames) =>
        new TestServer(options ?? new(), callers, callerNames).StartedAsync(rules);

    /// <summary>Starts a server with other parts than usual.</summary>
    public static Task<TestServer> StartAsync(Dictionary<string, string>? rules, Func<WebhookParts, WebhookParts> with) =>
        new TestServer(new(), null, [], with).StartedAsync(rules);

    /// <summary>Loads rules.</summary>
    public RuleSet Load(Dictionary<string, string> files)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, name))!);
            File.WriteAllText(Path.Combine(root, name), text);
        }

        using var tree = new WorkTree(root);
        var loaded = RuleSetLoader.Load(new() { Tree = tree });
        Assert.True(loaded.TryGet(out var rules), string.Join('\n', loaded.Problems));
        return rules;
    }

    /// <summary>A client that trusts this server's authority alone.</summary>
    public HttpClient Client(X509Certificate2? certificate = null)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.ImportFromPemFile(Folder.AuthorityPath);
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
        };
        if (certificate is not null) handler.SslOptions.ClientCertificates = [certificate];
        return new(handler) { BaseAddress = Server.Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Server.DisposeAsync();
            certificate.Dispose();
            metrics.Dispose();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Whatever goes wrong on the way, nothing is left behind.
    private async Task<TestServer> StartedAsync(Dictionary<string, string>? rules)
    {
        try
        {
            if (rules is not null) Rules.Put(new(Load(rules), TimeProvider.System.GetUtcNow()));
            await Server.StartAsync(CancellationToken.None);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}

/// <summary>Reviews to send.</summary>
internal static class Reviews
{
    /// <summary>Rules that deny a ConfigMap with debugging on.</summary>
    public static readonly Dictionary<string, string> NoDebug = new(StringComparer.Ordinal)
    {
        ["policies/no-debug.rule.yaml"] =
            """
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: Rule
            metadata: { name: no-debug }
            spec:
              title: Debugging is off
              severity: low
              remediation: Take it out.
              match: { operations: [create], kubernetes: { kinds: [ConfigMap] } }
              deny: [{ when: change.after.data.debug === "yes", message: "debugging is on", where: change.after.data.debug }]
            """,
    };

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>A request to create a ConfigMap with some data.</summary>
    public static string ConfigMap(string uid, string data = "{}", string user = "alice", string place = "prod") =>
        $$$"""
        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"{{{uid}}}","kind":{"group":"","version":"v1","kind":"ConfigMap"},
        "resource":{"group":"","version":"v1","resource":"configmaps"},"name":"settings","namespace":"{{{place}}}","operation":"CREATE","userInfo":{"username":"{{{user}}}"},
        "object":{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"{{{place}}}"},"data":{{{data}}}},"oldObject":null,"dryRun":false}}
        """;
}
