using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>The main job as users meet it: the real binary on real input, by its exit code and what it prints.</summary>
public sealed class MainJobTests
{
    private const string Claim = """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
          namespace: shop
        spec:
          accessModes: [ReadWriteOnce]
          resources: { requests: { storage: 1Gi } }
        """;

    private const string Settings = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
          namespace: shop
        data:
          mode: calm
        """;

    [Fact]
    public async Task A_plan_with_every_kind_of_action_is_told_by_address_and_denied()
    {
        var ran = await Binary.RunAsync(Repository.Root, "check", "--plan", "tests/Fixtures/plans/plan-actions-mixed.json");
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("replaced  terraform_data.cbd", ran.Out, StringComparison.Ordinal);
        Assert.Contains("terraform_data.cnt[1]", ran.Out, StringComparison.Ordinal);
        Assert.Contains("terraform_data.gone", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_errored_plan_is_judged_and_called_incomplete()
    {
        var ran = await Binary.RunAsync(
            Repository.Root, "check", "--plan", "tests/Fixtures/plans/plan-errored-prevent-destroy.json");
        Assert.Contains("incomplete", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_branch_drops_is_denied_with_its_place_in_the_base()
    {
        using var repository = await TemporaryRepository.CreateAsync();
        repository.Write("gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\n");
        repository.Write("shop/data.yaml", Claim);
        repository.Write("shop/settings.yaml", Settings);
        await repository.CommitAsync("base");
        await repository.GitAsync("checkout", "-q", "-b", "change");
        repository.Delete("shop/data.yaml");
        await repository.CommitAsync("drop the claim");

        var ran = await Binary.RunAsync(repository.Folder, "check", "shop", "--base", "main", "--format", "json");
        Assert.True(ran.ExitCode == 1, ran.ToString());
        using var report = JsonDocument.Parse(ran.Out);
        var finding = report.RootElement.GetProperty("findings")
            .EnumerateArray()
            .First(static finding => finding.GetProperty("rule").GetString() == "no-unprotected-prune");
        Assert.Equal("k8s:/PersistentVolumeClaim/shop/data", finding.GetProperty("resource").GetProperty("id").GetString());
        Assert.Equal("shop/data.yaml", finding.GetProperty("location").GetProperty("file").GetString());
        Assert.Equal(1, report.RootElement.GetProperty("summary").GetProperty("changes").GetProperty("pruned").GetInt32());
    }

    [Fact]
    public async Task A_branch_cannot_switch_off_the_rule_that_judges_it_and_is_told_what_its_rules_would_alter()
    {
        using var repository = await TemporaryRepository.CreateAsync();
        repository.Write("gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\n");
        repository.Write("shop/data.yaml", Claim);
        repository.Write("shop/settings.yaml", Settings);
        await repository.CommitAsync("base");
        await repository.GitAsync("checkout", "-q", "-b", "change");
        repository.Delete("shop/data.yaml");
        repository.Write(
            "gitops-policy.yaml",
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\nenforcement: { ci: audit }\n");
        await repository.CommitAsync("drop the claim and the guard");

        var ran = await Binary.RunAsync(repository.Folder, "check", "shop", "--base", "main");
        Assert.True(ran.ExitCode == 1, ran.ToString());
        Assert.Contains("this change alters the rules", ran.Out, StringComparison.Ordinal);
        Assert.Contains("+0 denials", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_branch_passes()
    {
        using var repository = await TemporaryRepository.CreateAsync();
        repository.Write("shop/data.yaml", Claim);
        await repository.CommitAsync("base");
        var ran = await Binary.RunAsync(repository.Folder, "check", "--base", "HEAD");
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.Contains("1 unchanged", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_judged_like_a_file()
    {
        var ran = await Binary.StartAsync(Binary.GitOpsPolicy, Repository.Root, Claim + "\n---\n" + Settings, "check", "-");
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.Contains("2 checked", ran.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("junit")]
    [InlineData("github")]
    [InlineData("gitlab")]
    [InlineData("markdown")]
    public async Task What_a_SealedSecret_left_unsealed_is_denied_and_shown_in_no_report(string format)
    {
        const string Unsealed = """
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: a, namespace: b }
            spec:
              encryptedData: { password: Canary-In-EncryptedData }
              template: { data: { token: Canary-In-Template } }
            """;
        var ran = await Binary.StartAsync(Binary.GitOpsPolicy, Repository.Root, Unsealed, "check", "-", "--format", format);
        Assert.True(ran.ExitCode == 1, ran.ToString());
        Assert.DoesNotContain("Canary", ran.Out + ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_reports_come_of_one_run_and_each_is_whole()
    {
        using var repository = await TemporaryRepository.CreateAsync();
        repository.Write("settings.yaml", Settings);
        var ran = await Binary.RunAsync(
            repository.Folder, "check", "settings.yaml", "--format", "text", "--format", "json=out.json", "--format",
            "sarif=out.sarif", "--format", "junit=out.xml", "--format", "markdown=out.md");
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.Contains("1 checked", ran.Out, StringComparison.Ordinal);
        foreach (var json in (string[])["out.json", "out.sarif"])
            using (JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(repository.Folder, json)))) { }
        Assert.Equal(
            ["out.json", "out.md", "out.sarif", "out.xml", "settings.yaml"],
            Directory.GetFiles(repository.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_shipped_rules_pass_their_own_tests()
    {
        var ran = await Binary.RunAsync(Repository.Root, "test", "policies");
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.Matches("[1-9][0-9]* passed, 0 failed", ran.Out);
    }

    [Theory]
    [InlineData("argo-cd")]
    [InlineData("cert-manager")]
    [InlineData("flux2-kustomize-helm-example")]
    [InlineData("kube-prometheus/manifests")]
    public async Task Healthy_public_manifests_are_not_denied(string folder)
    {
        var ran = await Binary.RunAsync(Repository.PathOf("tests", "Fixtures", "manifests"), "check", folder);
        Assert.True(ran.ExitCode == 0, ran.ToString());
    }
}
