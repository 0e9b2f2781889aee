using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>gitops-policy init</c>: the repository it writes.</summary>
public sealed class InitTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("both", "both")]
    [InlineData("argocd", "github")]
    [InlineData("flux", "gitlab")]
    public async Task What_is_written_passes_its_own_check(string controller, string ci)
    {
        Assert.Equal(0, (await line.Run("init", "--controller", controller, "--ci", ci)).Exit);
        var (exit, report, errors) = await line.Run("check", ".", "--no-render", "--fail-on", "warn");
        Assert.True(exit == 0, report + errors);
        Assert.Contains("allow  0 denied, 0 warned;", report, StringComparison.Ordinal);
        Assert.DoesNotContain("is not applied", report, StringComparison.Ordinal);
        Assert.Equal((0, "", ""), await line.Run("fmt", "--check"));
    }

    [Fact]
    public async Task It_passes_from_outside_of_the_folder_too()
    {
        await line.Run("init", "demo");
        var (exit, report, errors) = await line.Run("check", "demo", "--fail-on", "warn");
        Assert.True(exit == 0, report + errors);
    }

    [Theory]
    [InlineData("argocd", "github", "clusters/argocd/production.yaml", ".github/workflows/policy.yaml", "flux", "gitlab")]
    [InlineData("flux", "gitlab", "clusters/flux/production.yaml", ".gitlab-ci.yml", "argocd", "github")]
    public async Task Only_what_was_chosen_is_written(string controller, string ci, string cluster, string jobs, params string[] others)
    {
        await line.Run("init", "--controller", controller, "--ci", ci);
        var files = line.Files();
        Assert.Contains(cluster, files);
        Assert.Contains(jobs, files);
        Assert.Contains("CODEOWNERS", files);
        Assert.DoesNotContain(files, file => others.Any(other => file.Contains(other, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rules_alone_are_written_on_request()
    {
        await line.Run("init", "--rules-only");
        Assert.DoesNotContain(line.Files(), static file => file.StartsWith("environments", StringComparison.Ordinal));
        Assert.Equal("5 passed, 0 failed\n", (await line.Run("test")).Out);
        Assert.Equal(
            (2, "", "gitops-policy: `--rules-only` writes nothing for controllers or CI; leave out `--controller` and `--ci`\n"),
            await line.Run("init", "--rules-only", "--ci", "github"));
    }

    [Fact]
    public async Task Files_that_are_there_are_kept()
    {
        line.Write("README.md", "ours");
        line.Write("environments/production/shop/kustomization.yaml", "resources: []\n");
        var (_, written, _) = await line.Run("init");
        Assert.Contains("kept     README.md, as it is there", written, StringComparison.Ordinal);
        Assert.Equal("ours", line.Read("README.md"));
        Assert.Equal("resources: []\n", line.Read("environments/production/shop/kustomization.yaml"));
    }
}
