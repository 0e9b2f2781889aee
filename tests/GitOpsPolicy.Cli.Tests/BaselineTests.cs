using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>gitops-policy check --baseline</c>: known findings are counted, new ones are told.</summary>
public sealed class BaselineTests : IDisposable
{
    private const string Known = "baseline.json";
    private readonly CommandLine line = new();

    public BaselineTests()
    {
        line.Write(
            "gitops-policy.yaml",
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\nparameters:\n  approved-images: { registries: [ghcr.io/acme] }\n");
        Deploy("apps", "web", "docker.io/acme/web:1.4.2");
        Deploy("apps", "cart", "quay.io/acme/cart:1.0.0");
    }

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task What_is_written_down_passes_and_what_is_new_does_not()
    {
        Assert.Equal(1, (await line.Run("check", "apps")).Exit);
        var (exit, report, errors) = await line.Run("check", "apps", "--write-baseline", Known);
        Assert.Equal((0, "gitops-policy: `baseline.json` names 2 findings\n"), (exit, errors));
        Assert.Contains("allow  0 denied, 0 warned, 2 in the baseline;", report, StringComparison.Ordinal);

        Deploy("apps", "mail", "docker.io/acme/mail:1.0.0");
        var (again, told, _) = await line.Run("check", "apps", "--baseline", Known);
        Assert.Equal(1, again);
        Assert.Contains("acme/mail:1.0.0", told, StringComparison.Ordinal);
        Assert.DoesNotContain("acme/web", told, StringComparison.Ordinal);
        Assert.Contains("deny  1 denied, 0 warned, 2 in the baseline;", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_in_one_order_and_keeps_the_days_it_had()
    {
        await line.Run("check", "apps", "--write-baseline", Known);
        var first = line.Read(Known);
        Assert.True(first.IndexOf("shop/cart", StringComparison.Ordinal) < first.IndexOf("shop/web", StringComparison.Ordinal));
        line.Write(
            Known,
            Regex.Replace(
                first, "\"since\": \"[0-9-]+\"", "\"since\": \"2026-01-02\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var dated = line.Read(Known);
        await line.Run("check", "apps", "--baseline", Known, "--write-baseline", Known);
        Assert.Equal(dated, line.Read(Known));
    }

    [Fact]
    public async Task What_is_no_longer_found_can_be_removed()
    {
        await line.Run("check", "apps", "--write-baseline", Known);
        Deploy("apps", "web", "ghcr.io/acme/web:1.4.2");
        var (exit, report, _) = await line.Run("check", "apps", "--baseline", Known);
        Assert.Equal(0, exit);
        Assert.Contains("note  1 of the 2 entries of `baseline.json` can be removed", report, StringComparison.Ordinal);
        await line.Run("check", "apps", "--baseline", Known, "--write-baseline", Known);
        Assert.DoesNotContain("shop/web", line.Read(Known), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_counts_until_its_last_day_and_writing_anew_does_not_renew_it()
    {
        await line.Run("check", "apps", "--write-baseline", Known);
        var first = line.Read(Known);
        line.Write(Known, With(first, "2999-12-31"));
        Assert.Equal(0, (await line.Run("check", "apps", "--baseline", Known)).Exit);
        line.Write(Known, With(first, "2026-01-02"));
        var (exit, report, _) = await line.Run("check", "apps", "--baseline", Known, "--write-baseline", Known);
        Assert.Equal(1, exit);
        Assert.Contains(
            "note  1 entry of `baseline.json` that team-shop owns expired on 2026-01-02: what it names counts again\n", report,
            StringComparison.Ordinal);
        Assert.Contains("deny  1 denied, 0 warned, 1 in the baseline;", report, StringComparison.Ordinal);
        Assert.Contains(
            "\"owner\": \"team-shop\",\n      \"expires\": \"2026-01-02\"", line.Read(Known), StringComparison.Ordinal);

        static string With(string baseline, string day) => new Regex(
            "(\"since\": \"[0-9-]+\")", RegexOptions.None, TimeSpan.FromSeconds(1)).Replace(
            baseline, $"$1, \"owner\": \"team-shop\", \"expires\": \"{day}\"", 1);
    }

    [Fact]
    public async Task Entries_of_what_a_difference_leaves_alone_are_not_called_removable()
    {
        await line.Run("check", "apps", "--write-baseline", Known);
        Deploy("base/apps", "web", "docker.io/acme/web:1.4.2");
        Deploy("base/apps", "cart", "quay.io/acme/cart:1.0.0");
        var (exit, report, _) = await line.Run("check", "apps", "--base", "./base/", "--baseline", Known);
        Assert.Equal(0, exit);
        Assert.DoesNotContain("can be removed", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_the_change_itself_writes_is_new()
    {
        await line.Run("check", "apps", "--write-baseline", Known);
        Deploy("base/apps", "web", "docker.io/acme/web:1.4.2", replicas: 2);
        Deploy("base/apps", "cart", "quay.io/acme/cart:0.9.0");
        var (exit, report, _) = await line.Run("check", "apps", "--base", "./base/", "--baseline", Known);
        Assert.Equal(1, exit);
        Assert.Contains("acme/cart:1.0.0", report, StringComparison.Ordinal);
        Assert.Contains("deny  1 denied, 0 warned, 1 in the baseline;", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_is_in_no_baseline()
    {
        const string Claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: orders, namespace: shop }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }\n";
        Deploy("base/apps", "web", "docker.io/acme/web:1.4.2");
        line.Write("base/apps/claim.yaml", Claim);
        var (_, found, _) = await line.Run("check", "apps", "--base", "./base/", "--format", "json");
        var print = found.Split("\"no-unprotected-prune\"")[1].Split("\"fingerprint\": \"")[1][..16];
        var resource = found.Split("\"destructive\": [")[1].Split('"')[1];
        line.Write(
            Known,
            $$"""{ "schemaVersion": "1.0", "findings": [{ "fingerprint": "{{print}}", "rule": "no-unprotected-prune", "resource": "{{resource}}", "since": "2026-01-02" }] }""");
        var (exit, report, _) = await line.Run("check", "apps", "--base", "./base/", "--baseline", Known);
        Assert.Equal(1, exit);
        Assert.Contains("PersistentVolumeClaim shop/orders holds state", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_count_what_is_known()
    {
        await line.Run("check", "apps", "--write-baseline", Known);
        var (_, json, _) = await line.Run("check", "apps", "--baseline", Known, "--format", "json");
        Assert.Contains("\"known\": 2", json, StringComparison.Ordinal);
        Assert.Contains("\"knownSince\": ", json, StringComparison.Ordinal);
        var (_, sarif, _) = await line.Run("check", "apps", "--baseline", Known, "--format", "sarif");
        Assert.Equal(2, sarif.Split("\"baselineState\": \"unchanged\"").Length - 1);
        Assert.Contains("\"justification\": \"in the baseline since ", sarif, StringComparison.Ordinal);
        foreach (var format in new[] { "github", "gitlab", "junit", "markdown" })
            Assert.DoesNotContain(
                "acme/web", (await line.Run("check", "apps", "--baseline", Known, "--format", format)).Out,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_down_when_not_everything_could_be_judged()
    {
        line.Write("apps/broken.yaml", "a: [\n");
        var (exit, _, errors) = await line.Run("check", "apps", "--write-baseline", Known);
        Assert.Equal((3, "gitops-policy: `baseline.json` is not written, as not everything could be judged\n"), (exit, errors));
        Assert.DoesNotContain(Known, line.Files());
    }

    [Theory]
    [InlineData("there is no baseline `none.json`", "--baseline", "none.json")]
    [InlineData("`rule` is missing", "--baseline", "odd.json")]
    [InlineData("unknown format `2.0`", "--baseline", "new.json")]
    [InlineData("leave out `--base`", "--write-baseline", "x.json", "--base", "./apps/")]
    public async Task What_cannot_be_used_is_told(string message, params string[] args)
    {
        line.Write(
            "odd.json",
            "{\"schemaVersion\":\"1.0\",\"findings\":   [{\"fingerprint\":\"bf9c2b7a1d0e4c55\",\"resource\":\"x\",\"since\":\"2026-01-02\"}]}");
        line.Write("new.json", "{\"schemaVersion\":\"2.0\",\"findings\":[]}");
        var (exit, _, errors) = await line.Run(["check", "apps", .. args]);
        Assert.Equal(2, exit);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    private void Deploy(string folder, string name, string image, int replicas = 1) => line.Write($"{folder}/{name}.yaml", $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: {{name}}, namespace: shop }
        spec:
          replicas: {{replicas}}
          selector: { matchLabels: { app: {{name}} } }
          template:
            metadata: { labels: { app: {{name}} } }
            spec: { containers: [{ name: {{name}}, image: "{{image}}" }] }

        """);
}
