using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>
/// What people see of <c>gitops-policy reconcile</c>: the real program with its dashboard, metrics and notices.
/// </summary>
public sealed class ReconcileViewsTests : IDisposable
{
    private const string NoCluster =
        """
        apiVersion: v1
        kind: Config
        clusters: [{ name: none, cluster: { server: "http://127.0.0.1:9" } }]
        contexts: [{ name: none, context: { cluster: none, user: none } }]
        users: [{ name: none, user: {} }]
        current-context: none
        """;

    private readonly DirectoryInfo cache = Directory.CreateTempSubdirectory("gitops-policy-cache-");

    public void Dispose() => cache.Delete(recursive: true);

    [Fact]
    public async Task A_unit_whose_cluster_is_gone_is_seen_measured_and_told()
    {
        using var repository = await RepositoryAsync();
        using var chat = new TcpListener(IPAddress.Loopback, 0);
        chat.Start();
        var told = HearAsync(chat);
        var secret = $"http://127.0.0.1:{((IPEndPoint)chat.LocalEndpoint).Port}/services/s3cr3tpath";
        using var running = RunningBinary.Start(
            repository.Folder, [("GITOPS_POLICY_NOTIFY_URL", secret)],
            "reconcile", "--unit", "unit.yaml", "--kubeconfig", "none.yaml", "--allow-local", "--cache", cache.FullName,
            "--dashboard", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--notify-format", "slack");
        await running.SaysAsync("dashboard: ");
        var dashboard = new Uri((await running.SaysAsync("\n")).Trim());
        await running.SaysAsync("metrics: ");
        var metrics = new Uri((await running.SaysAsync("\n")).Trim());

        var notice = await told.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("\"text\":\"warning: shop/web failed.", notice, StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.Contains("1 unit needs you", await client.GetStringAsync(dashboard), StringComparison.Ordinal);
        Assert.Contains(
            "\"phase\":\"failed\"", await client.GetStringAsync(new Uri(dashboard, "api/units/shop/web")),
            StringComparison.Ordinal);
        Assert.Contains(
            "gitops_policy_reconcile_units{phase=\"failed\"} 1\n", await client.GetStringAsync(metrics),
            StringComparison.Ordinal);
        Assert.Contains(
            "gitops_policy_ruleset_info{digest=\"sha256:", await client.GetStringAsync(metrics), StringComparison.Ordinal);
        Assert.Equal(0, await running.InterruptAsync());
        Assert.DoesNotContain("s3cr3t", running.Rest(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`--dashboard nonsense` is no address", "--dashboard", "nonsense")]
    [InlineData("`--metrics 1.2.3.4:x` is no address", "--metrics", "1.2.3.4:x")]
    [InlineData("what `--notify` was given is no `http` or `https` address", "--notify", "s3cr3t")]
    public async Task What_makes_no_sense_is_said_before_anything_begins(string expected, params string[] arguments)
    {
        using var repository = await RepositoryAsync();
        var ran = await Binary.StartAsync(
            Binary.GitOpsPolicy, repository.Folder, "",
            ["reconcile", "--unit", "unit.yaml", "--kubeconfig", "none.yaml", .. arguments]);
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(expected, ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var repository = await RepositoryAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var ran = await Binary.StartAsync(
            Binary.GitOpsPolicy, repository.Folder, "", "reconcile", "--unit", "unit.yaml", "--kubeconfig", "none.yaml",
            "--allow-local", "--cache", cache.FullName, "--dashboard", taken.LocalEndpoint.ToString()!);
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("`--dashboard` and `--metrics` name others", ran.Error, StringComparison.Ordinal);
    }

    private static async Task<TemporaryRepository> RepositoryAsync()
    {
        var repository = await TemporaryRepository.CreateAsync();
        repository.Write(
            "web/settings.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata: { mode: calm }\n");
        await repository.CommitAsync("Begin");
        repository.Write("none.yaml", NoCluster);
        repository.Write(
            "unit.yaml",
            $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Reconciliation\nmetadata: {{ name: web, namespace: shop }}\nspec:\n  source: {{ url: \"{repository.Folder}\", path: web }}\n");
        return repository;
    }

    // One request, answered; a whole HTTP server is more than this needs.
    private static async Task<string> HearAsync(TcpListener chat)
    {
        using var client = await chat.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var heard = new StringBuilder();
        var buffer = new byte[1 << 14];
        while (!heard.ToString().Contains("}]}", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var count)
            heard.Append(Encoding.UTF8.GetString(buffer, 0, count));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return heard.ToString();
    }
}
