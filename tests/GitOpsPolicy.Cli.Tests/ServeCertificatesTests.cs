using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary>The options of <c>gitops-policy serve</c> that say which certificate it shows.</summary>
public sealed class ServeCertificatesTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("`--certificate-secret certs` is not of the form NAMESPACE/NAME", "--certificate-secret", "certs")]
    [InlineData("`--certificate-secret a/b/c` is not of the form NAMESPACE/NAME", "--certificate-secret", "a/b/c")]
    [InlineData(
        "`--certs` and `--certificate-secret` are two places for one certificate; give one of them", "--certs", "x",
        "--certificate-secret", "a/b")]
    [InlineData(
        "`--webhook-configuration` goes with `--certificate-secret`: the authority of a folder is published by whoever filled it",
        "--webhook-configuration", "x")]
    [InlineData("`--host a b` is no DNS name and no address", "--host", "a b")]
    public async Task What_cannot_be_meant_is_one_clear_line(string message, params string[] args)
    {
        await line.Run("init");
        var (exit, _, error) = await line.Run(["serve", .. args]);
        Assert.Equal((2, $"gitops-policy: {message}"), (exit, error.TrimEnd()));
    }

    [Fact]
    public async Task A_kubeconfig_that_is_not_there_is_named()
    {
        await line.Run("init");
        var (exit, _, error) = await line.Run("serve", "--certificate-secret", "a/b", "--kubeconfig", "nowhere.yaml");
        Assert.Equal(2, exit);
        Assert.Contains("nowhere.yaml", error, StringComparison.Ordinal);
        Assert.Contains("there is no such kubeconfig", error, StringComparison.Ordinal);
    }
}
