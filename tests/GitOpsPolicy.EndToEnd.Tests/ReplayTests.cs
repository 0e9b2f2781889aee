using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>A real webhook records what it judges; afterwards the command line judges it again.</summary>
public sealed partial class ReplayTests
{
    private const string Canary = "Zq9-canary-7HkTr0ub4dor";

    [Fact]
    public async Task What_serve_recorded_gets_the_same_decisions_again_and_others_by_other_rules()
    {
        using var folder = await TemporaryRepository.CreateAsync();
        folder.Write("policies/no-debug.rule.yaml", Rule("yes"));
        folder.Write("next/no-debug.rule.yaml", Rule("maybe"));
        await RecordAsync(folder.Folder, "yes", "maybe", "no", "yes");

        var same = await Binary.RunAsync(folder.Folder, "replay", "ring", "--policies", "policies");
        Assert.True(same.ExitCode == 0, same.ToString());
        Assert.Contains("8 reviews: 0 newly denied, 0 newly allowed, 8 left as they were", same.Out, StringComparison.Ordinal);
        Assert.Contains("same digest: 8 of 8 decisions equal", same.Out, StringComparison.Ordinal);

        var other = await Binary.RunAsync(
            folder.Folder, "replay", "ring", "--policies", "next", "--fail-on", "newly-denied", "--format", "json");
        Assert.True(other.ExitCode == 1, other.ToString());
        using var report = JsonDocument.Parse(other.Out);
        Assert.Equal((1, 2, 5), (Number(report, "newlyDenied"), Number(report, "newlyAllowed"), Number(report, "same")));
        var denied = Assert.Single(report.RootElement.GetProperty("newlyDeniedExamples").EnumerateArray());
        Assert.Equal("create ConfigMap shop/settings by alice", denied.GetProperty("request").GetString());
    }

    [Fact]
    public async Task Whoever_reads_the_recording_learns_no_secret()
    {
        using var folder = await TemporaryRepository.CreateAsync();
        folder.Write("policies/no-debug.rule.yaml", Rule("yes"));
        await RecordAsync(folder.Folder, "yes");
        foreach (var file in Directory.GetFiles(Path.Combine(folder.Folder, "ring")))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            var text = await File.ReadAllTextAsync(file);
            Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Encode(Canary), text, StringComparison.Ordinal);
            Assert.Contains("\"redacted\":[\"/object/data/password\"]", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_recording_cut_short_is_replayed_up_to_there_and_a_changed_one_is_found_out()
    {
        using var folder = await TemporaryRepository.CreateAsync();
        folder.Write("policies/no-debug.rule.yaml", Rule("yes"));
        await RecordAsync(folder.Folder, "yes", "no");
        var file = Assert.Single(Directory.GetFiles(Path.Combine(folder.Folder, "ring")));
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..^40]);
        var ran = await Binary.RunAsync(folder.Folder, "replay", "ring", "--policies", "policies");
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.Contains(
            $"ring/{Path.GetFileName(file)}:4: this line is no whole record and was skipped", ran.Error,
            StringComparison.Ordinal);
        Assert.Contains("same digest: 3 of 3 decisions equal", ran.Out, StringComparison.Ordinal);
    }

    // Each time a ConfigMap and a Secret.
    private static async Task RecordAsync(string folder, params string[] settings)
    {
        using var server = RunningBinary.Start(
            folder, [], "serve", "--policies", "policies", "--record", "ring", "--address", "127.0.0.1", "--port", "0",
            "--operations-port", "0", "--drain", "0");
        var said = await server.SaysAsync("readyz");
        using var client = ClientOf(Path.Combine(folder, "webhook-certs", "ca.crt"));
        foreach (var setting in settings)
        {
            await PostAsync(
                client, Address().Match(said).Value, Review("ConfigMap", "settings", $$"""{"debug":"{{setting}}"}"""));
            await PostAsync(
                client, Address().Match(said).Value, Review("Secret", "db", $$"""{"password":"{{Encode(Canary)}}"}"""));
        }

        Assert.Equal(0, await server.InterruptAsync());
    }

    private static async Task PostAsync(HttpClient client, string address, string review)
    {
        using var body = new StringContent(review, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(address), body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static HttpClient ClientOf(string authority)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.ImportFromPemFile(authority);
        return new(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
        });
    }

    private static string Review(string kind, string name, string data) =>
        $$$"""
        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","kind":{"group":"","version":"v1","kind":"{{{kind}}}"},"name":"{{{name}}}","namespace":"shop",
        "operation":"CREATE","userInfo":{"username":"alice"},"object":{"apiVersion":"v1","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}","namespace":"shop"},"data":{{{data}}} } } }
        """;

    private static string Rule(string forbidden) =>
        $$"""
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: { name: no-debug }
        spec:
          title: Debugging is off
          severity: low
          remediation: Take it out.
          match: { operations: [create], kubernetes: { kinds: [ConfigMap] } }
          deny: [{ when: change.after.data.debug === "{{forbidden}}", message: "debugging is on", where: change.after.data.debug }]
        """;

    private static int Number(JsonDocument report, string name) => report.RootElement.GetProperty(name).GetInt32();

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"https://\S+/validate", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
