using System.Text;
using GitOpsPolicy.EndToEnd.Tests.Chart;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>
/// Files of SOPS, from the repository to the cluster, by the binary itself. In the place of <c>sops</c> stands the one that the
/// tests of rendering use, which opens the real format.
/// </summary>
[Collection(ReconciledClusterTests.Name)]
public sealed class ReconcileSopsTests(ClusterFixture cluster)
{
    // What the file holds in clear (sops-age.json), and what somebody puts in its place.
    private const string Password = "Kan4rie88Zq";
    private const string Address = "postgres://shop:Kan4rie89Zq@db/shop";
    private const string Other = "Kan4rie77Zq-by-hand";

    private static readonly string Sops = Repository.PathOf("tests", "GitOpsPolicy.Reconciler.Tests", "Rendering", "Sops");

    [ClusterFact]
    public async Task What_is_decrypted_is_applied_and_stands_nowhere_else()
    {
        if (Tools.Missing(["node"]) is not null) return; // as where other tests are skipped
        using var shop = await OpenAsync();
        var said = new StringBuilder();
        using var engine = RunningBinary.Start(
            shop.Folder, Surroundings(shop), [.. shop.Arguments, "--dashboard", "127.0.0.1:0", "--metrics", "127.0.0.1:0"]);
        said.Append(await engine.SaysAsync("dashboard: "));
        var dashboard = await AddressAsync(engine);
        said.Append(await engine.SaysAsync("metrics: "));
        var metrics = await AddressAsync(engine);
        said.Append(await engine.SaysAsync("/shop: synced: "));
        Assert.Equal(Password, await ValueAsync(shop, "password"));
        Assert.Equal(Address, await ValueAsync(shop, "url"));

        // What it was, what it is, and what it becomes again: drift of a secret is told by its place.
        await shop.KubectlAsync(
            "patch", "secret", "db", "--type=merge", "-p", $$"""{ "stringData": { "password": "{{Other}}" } }""");
        said.Append(await engine.SaysAsync("Secret"));
        var shown = new[]
        {
            await ReadAsync(dashboard, ""), await ReadAsync(dashboard, $"units/{shop.Namespace}/shop"),
            await ReadAsync(metrics, ""), await shop.KubectlAsync("get", "configmap", "reconciliation-shop", "-o", "yaml"),
            await shop.KubectlAsync("get", "events.v1.events.k8s.io", "-o", "yaml"),
            await shop.KubectlAsync("get", "secret", "db", "-o", "jsonpath={.metadata}"),
        };
        Assert.Contains("Secret", shown[1], StringComparison.Ordinal);
        Assert.Equal(0, await engine.TerminateAsync());
        said.Append(engine.Rest());

        using (var adopt = RunningBinary.Start(shop.Folder, Surroundings(shop), ["adopt", .. shop.Arguments[1..]]))
            said.Append(await adopt.SaysAsync("edit it with `sops`"));
        foreach (var text in shown.Append(said.ToString())) AssertShowsNothing(text);
        foreach (var file in Directory.EnumerateFiles(shop.Folder, "*", SearchOption.AllDirectories).Where(IsContent))
            AssertShowsNothing(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
    }

    [ClusterFact]
    public async Task A_file_that_was_changed_since_it_was_encrypted_holds_the_unit_and_is_not_shown()
    {
        if (Tools.Missing(["node"]) is not null) return; // as where other tests are skipped
        using var shop = await OpenAsync();
        shop.Repository.Write(
            "shop/db.yaml",
            (await File.ReadAllTextAsync(Path.Combine(Sops, "secret.yaml"))).Replace("name: db", "name: da", StringComparison.Ordinal));
        await shop.Repository.CommitAsync("tampered");
        using var engine = RunningBinary.Start(shop.Folder, Surroundings(shop), shop.Arguments);
        var said = await engine.SaysAsync("shop/db.yaml: the file has been changed since it was encrypted");
        Assert.Equal(0, await engine.TerminateAsync());
        AssertShowsNothing(said + engine.Rest());
        Assert.Equal("", await shop.KubectlAsync("get", "secrets", "da", "db", "--ignore-not-found"));
    }

    private async Task<Shop> OpenAsync()
    {
        var shop = await Shop.OpenAsync(cluster, "render: { decryption: { secretRef: { name: keys } } }");
        shop.Repository.Delete("shop/orders.yaml");
        shop.Repository.Write("shop/db.yaml", await File.ReadAllTextAsync(Path.Combine(Sops, "secret.yaml")));
        await shop.Repository.CommitAsync("a database");
        await shop.KubectlAsync(
            "create", "secret", "generic", "keys", $"--from-file=team.agekey={Path.Combine(Sops, "team.agekey")}");
        Directory.CreateDirectory(Path.Combine(shop.Folder, "bin"));
        Directory.CreateDirectory(Path.Combine(shop.Folder, "tmp"));
        File.CreateSymbolicLink(Path.Combine(shop.Folder, "bin", "sops"), Path.Combine(Sops, "node-sops"));
        return shop;
    }

    // Whatever it leaves in a folder for temporary files lies where the test looks. The runtime's own pipes are no files to read.
    private static (string Name, string Value)[] Surroundings(Shop shop) =>
    [
        ("PATH", $"{Path.Combine(shop.Folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}"),
        ("TMPDIR", Path.Combine(shop.Folder, "tmp")),
        ("DOTNET_EnableDiagnostics", "0"),
    ];

    private static async Task<string> ValueAsync(Shop shop, string key) => Encoding.UTF8.GetString(Convert.FromBase64String(
        await shop.KubectlAsync("get", "secret", "db", "-o", $"jsonpath={{.data.{key}}}")));

    private static async Task<Uri> AddressAsync(RunningBinary engine) => new((await engine.SaysAsync("\n")).TrimEnd('\n'));

    private static async Task<string> ReadAsync(Uri place, string path)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(place, path));
    }

    // What is no file, or has nothing in it, is not waited for.
    private static bool IsContent(string file) => new FileInfo(file) is { Length: > 0, LinkTarget: null };

    private static void AssertShowsNothing(string text)
    {
        Assert.DoesNotContain("AGE-SECRET-KEY-", text, StringComparison.OrdinalIgnoreCase);
        foreach (var value in (string[])[Password, Address, Other, "Kan4rie"])
        {
            Assert.DoesNotContain(value, text, StringComparison.OrdinalIgnoreCase);
            foreach (var shift in (int[])[0, 1, 2])
                Assert.DoesNotContain(InBase64(value, shift), text, StringComparison.Ordinal);
        }
    }

    // Wherever in a longer text it stands: what comes before decides about the letters.
    private static string InBase64(string value, int shift)
    {
        var whole = Convert.ToBase64String([.. new byte[shift], .. Encoding.UTF8.GetBytes(value)]).TrimEnd('=');
        return whole[(shift == 0 ? 0 : shift + 1)..^1];
    }
}
