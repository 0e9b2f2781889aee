using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using GitOpsPolicy.Webhook.Certificates;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Webhook.Tests.Certificates;

/// <summary>Certificates change while requests come in, as when a Secret is renewed under a busy API server.</summary>
public sealed class RotationTests(ITestOutputHelper output)
{
    /// <summary>Set to something to run the long form: 50 renewals and 5 authorities.</summary>
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 };

    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["policies/none.rule.js"] = """export default { name: "none", title: "None", severity: "low", match: { operations: ["create"] }, check(change) { return; } };""",
    };

    private readonly int[] counts = new int[4];
    private volatile X509Certificate2Collection trusted = [];

    [Fact]
    public async Task No_request_fails_while_certificates_and_authorities_are_renewed()
    {
        await using var server = await TestServer.StartAsync(Rules);
        Distribute(server);
        using var stop = new CancellationTokenSource();
        var failures = new ConcurrentQueue<string>();
        Task[] callers = [.. Enumerable.Range(0, counts.Length).Select(i => CallAsync(server, i, failures, stop.Token))];

        var slowest = TimeSpan.Zero;
        for (var roll = 0; roll < (IsLong ? 5 : 2); roll++)
        {
            for (var i = 0; i < 10; i++) slowest = Longer(slowest, await RenewAsync(server));
            server.Folder.AddAuthorities(TimeProvider.System.GetUtcNow(), CertificateLifetimes.Default);
            Distribute(server);
            slowest = Longer(slowest, await RenewAsync(server));
            await SettleAsync();
            server.Folder.Retire();
            Distribute(server);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        output.WriteLine($"{counts.Sum()} requests, the slowest new certificate was seen after {slowest.TotalMilliseconds:0} ms");
        Assert.Empty(failures);
        Assert.Single(trusted);
    }

    [Fact]
    public async Task A_mounted_Secret_is_followed_though_only_a_link_above_its_files_moves()
    {
        var mount = Directory.CreateTempSubdirectory("gitops-policy-mount-").FullName;
        try
        {
            new CertificateFolder(Path.Combine(mount, "..1")).Fill(["one.test"], TimeProvider.System.GetUtcNow());
            new CertificateFolder(Path.Combine(mount, "..2")).Fill(["two.test"], TimeProvider.System.GetUtcNow());
            Directory.CreateSymbolicLink(Path.Combine(mount, "..data"), "..1");
            File.CreateSymbolicLink(Path.Combine(mount, "tls.crt"), "..data/tls.crt");
            File.CreateSymbolicLink(Path.Combine(mount, "tls.key"), "..data/tls.key");
            using var certificate = new FileCertificate(
                Path.Combine(mount, "tls.crt"), Path.Combine(mount, "tls.key"), TimeProvider.System,
                TimeSpan.FromMilliseconds(10));
            Assert.Equal("one.test", CertificateNames.CommonName(certificate.Current!.TargetCertificate));

            Directory.Delete(Path.Combine(mount, "..data"));
            Directory.CreateSymbolicLink(Path.Combine(mount, "..data"), "..2");

            await UntilAsync(() => CertificateNames.CommonName(certificate.Current!.TargetCertificate) == "two.test");
        }
        finally
        {
            Directory.Delete(mount, recursive: true);
        }
    }

    [Fact]
    public async Task A_pair_that_does_not_belong_together_leaves_the_last_good_one_in_use_and_says_so()
    {
        await using var server = await TestServer.StartAsync(Rules);
        using var client = server.Client();
        var key = File.ReadAllText(server.Folder.KeyPath);
        using var stranger = CertificateAuthority.Create(TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        File.WriteAllText(server.Folder.KeyPath, PemPair.Of(stranger.Certificate).Key);

        var detail = "";
        await UntilAsync(() => (detail = client.GetStringAsync("/readyz").GetAwaiter().GetResult()).Contains(
            "cannot use", StringComparison.Ordinal));
        Assert.Contains("certificate: until ", detail, StringComparison.Ordinal);

        File.WriteAllText(server.Folder.KeyPath, key);
        await UntilAsync(
            () => !client.GetStringAsync("/readyz").GetAwaiter().GetResult().Contains("cannot use", StringComparison.Ordinal));
    }

    // What the API server trusts is what the webhook configuration says at that moment.
    private void Distribute(TestServer server) => trusted = PemPair.Bundle(File.ReadAllText(server.Folder.AuthorityPath));

    private async Task<TimeSpan> RenewAsync(TestServer server)
    {
        var started = Stopwatch.GetTimestamp();
        var now = TimeProvider.System.GetUtcNow();
        server.Folder.Renew([], DateTimeOffset.MaxValue, now, CertificateLifetimes.Default);
        using var renewed = X509CertificateLoader.LoadCertificateFromFile(server.Folder.CertificatePath);
        var seen = "";
        while (seen != renewed.SerialNumber)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "the new certificate is never shown");
            seen = await ShownAsync(server);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    // A handshake that is under way may have been shown the old certificate: it ends before its authority is retired.
    private Task SettleAsync()
    {
        var before = counts.ToArray();
        return UntilAsync(() => before.Index().All(count => Volatile.Read(ref counts[count.Index]) >= count.Item + 2));
    }

    private async Task CallAsync(TestServer server, int caller, ConcurrentQueue<string> failures, CancellationToken stop)
    {
        using var client = new HttpClient(Handler()) { BaseAddress = server.Server.Address };
        client.DefaultRequestHeaders.ConnectionClose = caller % 2 == 1;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var answer = await client.PostAsync("/validate", Reviews.Json(Reviews.ConfigMap("u")), CancellationToken.None);
                if (answer.StatusCode != HttpStatusCode.OK) failures.Enqueue($"{(int)answer.StatusCode}");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                failures.Enqueue(e.ToString());
            }

            Interlocked.Increment(ref counts[caller]);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<string> ShownAsync(TestServer server)
    {
        var serial = "";
        using var handler = Handler(shown => serial = shown.SerialNumber);
        using var client = new HttpClient(handler) { BaseAddress = server.Server.Address };
        await client.GetAsync("/healthz");
        return serial;
    }

    private SocketsHttpHandler Handler(Action<X509Certificate2>? see = null) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) =>
            {
                see?.Invoke((X509Certificate2)shown!);
                using var chain = new X509Chain
                {
                    ChainPolicy = new()
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                };
                chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
                return chain.Build((X509Certificate2)shown!);
            },
        },
    };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 600 && !holds(); i++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.True(holds());
    }
}
