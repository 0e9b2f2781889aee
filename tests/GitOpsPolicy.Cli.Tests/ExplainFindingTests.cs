using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>explain FINDING</c>: what a finding rests on, and what would satisfy it.</summary>
public sealed class ExplainFindingTests : IDisposable
{
    private readonly CommandLine line = new();

    public ExplainFindingTests()
    {
        line.Write(
            "gitops-policy.yaml",
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\nparameters:\n  approved-images: { registries: [ghcr.io/acme] }\nenvironments:\n  production:\n    paths: [production/**]\n    parameters:\n      approved-images: { registries: [ghcr.io/acme/released] }\ndrift: table.yaml\n");
        line.Write(
            "table.yaml",
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: DriftTable\nmetadata:\n  name: own\nspec:\n  classes:\n    - { name: ledgers, drift: alert, prune: never, stateful: true, why: the books are in it, kinds: [example.com/Ledger] }\n");
        line.Write(
            "apps/web.yaml",
            Deployment("docker.io/acme/web:1.4.2@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
        line.Write("production/web.yaml", Deployment("ghcr.io/acme/web:1.4.2"));
        line.Write("base/apps/web.yaml", line.Read("apps/web.yaml"));
        line.Write(
            "base/apps/claim.yaml",
            "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: orders, namespace: shop }\nspec: { storageClassName: fast }\n");
        line.Write(
            "base/apps/ledger.yaml",
            "apiVersion: example.com/v1\nkind: Ledger\nmetadata:\n  name: books\n  namespace: shop\n  annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }\n");
        line.Write(
            "apps/map.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: keys, namespace: shop }\ndata:\n  token: ghp_16C7e42F292c6912E7710c838347Ae178B4a\n");
    }

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("registry docker.io, repository acme/web, tag 1.4.2, digest sha256:aaaaaaaa", "apps/web.yaml:8", "apps")]
    [InlineData("  registries   [\"ghcr.io/acme\"], set  [gitops-policy.yaml:5:34]", "apps/web.yaml:8", "apps")]
    [InlineData(
        "[\"ghcr.io/acme/released\"], set for production  [gitops-policy.yaml:10:38]", "production/web.yaml:8", "production")]
    [InlineData("  environment  production, by the configuration's", "production/web.yaml:8", "production")]
    [InlineData(
        "`storage` of the shipped drift table: drift alert, prune never, holds state", "./base/apps/claim.yaml:1", "apps",
        "--base", "./base/")]
    [InlineData(
        "  guard        none is found on the state before the change", "./base/apps/claim.yaml:1", "apps", "--base", "./base/")]
    [InlineData(
        "acknowledge … --only \"PersistentVolumeClaim shop/orders\"", "./base/apps/claim.yaml:1", "apps", "--base", "./base/")]
    [InlineData(
        "`ledgers` of the repository's own drift table: drift alert, prune never, holds state; the books are in it  [table.yaml:",
        "./base/apps/ledger.yaml:6", "apps", "--base", "./base/")]
    [InlineData("(Flux) stands against it", "./base/apps/ledger.yaml:6", "apps", "--base", "./base/")]
    [InlineData("` takes the value for a GitHub ", "apps/map.yaml:5", "apps")]
    [InlineData("the rule asks for deny; on the surface ci it may deny at most", "apps/web.yaml:8", "apps")]
    public async Task An_explanation_tells_what_the_finding_rests_on(string told, string finding, params string[] inputs)
    {
        var (exit, text, errors) = await line.Run(["explain", finding, .. inputs]);
        Assert.True(exit == 0, errors + text);
        Assert.Contains(told, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fingerprint_names_a_finding_here_and_in_a_report()
    {
        await line.Run("check", "apps", "--format", "json=report.json");
        var print = line.Read("report.json").Split("\"fingerprint\": \"")[1][..16];
        var (exit, text, _) = await line.Run("explain", print, "apps");
        Assert.Equal(0, exit);
        Assert.Contains($"finding        {print}, ", text, StringComparison.Ordinal);
        var (again, reported, errors) = await line.Run("explain", print, "--report", "report.json");
        Assert.Equal((0, ""), (again, errors));
        Assert.Contains("What would satisfy it", reported, StringComparison.Ordinal);
        Assert.Contains("  class        `", reported, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry docker.io, repository acme/web, tag 1.4.2, digest sha256:aaaaaaaa", "apps/web.yaml:8")]
    [InlineData("               | ", "apps/web.yaml:8")]
    [InlineData("  change       Deployment shop/web: create, seen in a manifest", "apps/web.yaml:8")]
    [InlineData(
        "  change       PersistentVolumeClaim shop/orders: delete by prune, seen in a diff", "./base/apps/claim.yaml:1", "--base",
        "./base/")]
    [InlineData("acknowledge … --only \"PersistentVolumeClaim shop/orders\"", "./base/apps/claim.yaml:1", "--base", "./base/")]
    [InlineData("` takes the value for a GitHub ", "apps/map.yaml:5")]
    public async Task A_finding_of_a_report_is_looked_up_in_the_file_that_it_is_about(
        string told, string finding, params string[] inputs)
    {
        await line.Run(["check", "apps", .. inputs, "--format", "json=report.json"]);
        var (exit, text, errors) = await line.Run("explain", finding, "--report", "report.json");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_16C7", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_file_says_by_now_is_not_taken_for_what_the_report_is_about()
    {
        await line.Run("check", "apps", "--format", "json=report.json");
        line.Write("apps/web.yaml", "# more\n" + line.Read("apps/web.yaml"));
        var (exit, text, errors) = await line.Run("explain", "apps/web.yaml:8", "--report", "report.json");
        Assert.Equal(0, exit);
        Assert.StartsWith("gitops-policy: apps/web.yaml:8:", errors, StringComparison.Ordinal);
        Assert.Contains("no longer says what the report is about", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("registry docker.io", text, StringComparison.Ordinal);
        Assert.Contains("  change       Deployment shop/web: create, seen in a manifest", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fix_that_is_certain_is_a_way_out_here_and_in_a_report()
    {
        const string way = "  - as a patch: `gitops-policy check … --fix-patch FILE`, then `git apply FILE`; takes `force` out\n";
        line.Write(
            "apps/flux.yaml",
            "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a, namespace: b }\nspec:\n  force: true\n");
        await line.Run("check", "apps", "--format", "json=report.json");
        Assert.Contains(way, (await line.Run("explain", "apps/flux.yaml:5", "apps")).Out, StringComparison.Ordinal);
        Assert.Contains(
            way, (await line.Run("explain", "apps/flux.yaml:5", "--report", "report.json")).Out, StringComparison.Ordinal);
        Assert.Contains(
            "patch        `check --fix-patch FILE`: Takes `force` out.\n", (await line.Run("explain", "flux-forced-apply")).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_other_rules_is_called_so()
    {
        await line.Run("check", "apps", "--format", "json=report.json");
        line.Write(
            "report.json",
            line.Read("report.json")
                .Replace("\"ruleSetDigest\": \"sha256:", "\"ruleSetDigest\": \"sha256:0", StringComparison.Ordinal));
        var (exit, _, errors) = await line.Run("explain", "apps/web.yaml:8", "--report", "report.json");
        Assert.Equal(
            (0,
                "gitops-policy: the report was made with other rules than these; parameters and enforcement are told as they are now\n"), (exit, errors));
    }

    [Fact]
    public async Task Waivers_about_it_are_told_with_their_state()
    {
        line.Write(
            "waivers/web.yaml",
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Waiver\nmetadata: { name: old-web }\nspec: { rule: approved-images, resource: Deployment shop/web, owner: a, approver: b, ticket: T-1, reason: r, expires: 2020-01-01 }\n");
        Assert.Contains(
            "`old-web` does not hold: it expired on 2020-01-01  [waivers/web.yaml:1:1]",
            (await line.Run("explain", "apps/web.yaml:8", "apps")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_told()
    {
        Assert.DoesNotContain("ghp_16C7", (await line.Run("explain", "apps/map.yaml:5", "apps")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "ghp_16C7", (await line.Run("explain", "apps/map.yaml:5", "apps", "--format", "json")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "say where the finding `apps/web.yaml:8` is: name what `check` was given, or a report of it as `--report FILE`",
        "apps/web.yaml:8")]
    [InlineData("there is no finding `apps/web.yaml:1`", "apps/web.yaml:1", "apps")]
    [InlineData("there is no report `none.json`", "apps/web.yaml:1", "--report", "none.json")]
    [InlineData("`findings` is missing", "apps/web.yaml:1", "--report", "empty.json")]
    [InlineData(
        "`--report` is for a finding, and `approved-images` is the name of a rule", "approved-images", "--report", "empty.json")]
    public async Task What_cannot_be_explained_is_told(string message, params string[] args)
    {
        line.Write("empty.json", "{}");
        var (exit, _, errors) = await line.Run(["explain", .. args]);
        Assert.Equal(2, exit);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    private static string Deployment(string image) =>
        $"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: web, namespace: shop }}\nspec:\n  selector: {{ matchLabels: {{ app: web }} }}\n  template:\n    metadata: {{ labels: {{ app: web }} }}\n    spec: {{ containers: [{{ name: web, image: {image} }}] }}\n";
}
