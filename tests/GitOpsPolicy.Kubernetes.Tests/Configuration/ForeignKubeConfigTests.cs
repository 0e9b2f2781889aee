using System.Text;
using GitOpsPolicy.Kubernetes.Configuration;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Configuration;

/// <summary>Kubeconfigs that somebody else wrote, such as those in Secrets.</summary>
public sealed class ForeignKubeConfigTests
{
    [Fact]
    public async Task One_that_holds_all_it_needs_gives_a_connection()
    {
        var loaded = Read("server: \"https://there.test:6443\"", "token: secret");
        Assert.True(loaded.TryGet(out var connection), string.Join('\n', loaded.Problems));
        Assert.Equal(
            ("https://there.test:6443", "secret"),
            (connection.ToString(), (await connection.Credential.GetAsync(default)).Token));
    }

    [Theory]
    [InlineData("certificate-authority: /etc/passwd", "", "`certificate-authority`")]
    [InlineData("", "client-certificate: /etc/passwd", "`client-certificate`")]
    [InlineData("", "client-key: /etc/passwd", "`client-key`")]
    [InlineData("", "tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token", "`tokenFile`")]
    [InlineData("", "exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/sh}", "`exec`")]
    [InlineData("", "auth-provider: {name: gcp}", "`auth-provider`")]
    public void One_that_names_a_file_or_a_program_of_this_machine_is_refused(string cluster, string user, string field)
    {
        var loaded = Read("server: \"https://there.test:6443\"" + (cluster.Length > 0 ? ", " + cluster : ""), user);
        Assert.False(loaded.TryGet(out _));
        Assert.Contains(field, Assert.Single(loaded.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("HTTP://there.test")]
    public void One_that_would_send_credentials_in_clear_is_refused(string server) =>
        Assert.Contains(
            "`https`", Assert.Single(Read($"server: \"{server}\"", "token: secret").Problems).Message, StringComparison.Ordinal);

    private static Documents.Loaded<ClusterConnection> Read(string cluster, string user) => Connections.FromText(
        "Secret shop/there", Encoding.UTF8.GetBytes(
            $"current-context: a\nclusters: [{{name: one, cluster: {{{cluster}}}}}]\nusers: [{{name: jane, user: {{{user}}}}}]\ncontexts: [{{name: a, context: {{cluster: one, user: jane}}}}]\n"), TimeProvider.System);
}
