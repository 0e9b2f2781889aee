using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Configuration;

public sealed class KubeConfigTests : IDisposable
{
    private const string Simple = """
        apiVersion: v1
        kind: Config
        current-context: a
        clusters: [{name: one, cluster: {server: "https://one.test:6443"}}]
        users: [{name: jane, user: {token: secret}}]
        contexts: [{name: a, context: {cluster: one, user: jane, namespace: shop}}, {name: b, context: {cluster: one, user: jane}}]
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("gitops-policy-kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_context_gives_server_token_and_namespace()
    {
        var connection = Load([Write("config", Simple)]);
        Assert.Equal(
            ("https://one.test:6443", "shop", "secret"),
            (connection.ToString(), connection.Namespace, (await connection.Credential.GetAsync(default)).Token));
    }

    [Fact]
    public void Another_context_is_chosen_by_name_and_has_the_default_namespace() =>
        Assert.Equal("default", Load([Write("config", Simple)], "b").Namespace);

    [Fact]
    public void The_first_file_that_names_something_owns_it_as_in_kubectl()
    {
        var first = Write("first", """
            clusters: [{name: one, cluster: {server: "https://first.test"}}]
            contexts: [{name: c, context: {cluster: two, user: jane, namespace: first}}]
            """);
        var second = Write("second", """
            current-context: c
            clusters: [{name: one, cluster: {server: "https://second.test"}}, {name: two, cluster: {server: "https://two.test"}}]
            contexts: [{name: c, context: {cluster: one, user: jane, namespace: second}}, {name: d, context: {cluster: one, user: jane}}]
            users: [{name: jane, user: {token: x}}]
            """);

        Assert.Equal(("https://two.test", "first"), (Load([first, second]).ToString(), Load([first, second]).Namespace));
        Assert.Equal("https://first.test", Load([first, second], "d").ToString());
        Assert.Equal("https://second.test", Load([second, first]).ToString());
    }

    // kubectl is asked where it is there; what it answers stands in the test above too.
    [KubectlFact]
    public async Task Merged_files_mean_to_kubectl_what_they_mean_here()
    {
        var first = Write("first", """
            clusters: [{name: one, cluster: {server: "https://first.test"}}]
            contexts: [{name: c, context: {cluster: two, user: jane, namespace: first}}]
            """);
        var second = Write("second", Simple.Replace("one.test", "second.test", StringComparison.Ordinal)
            .Replace(
                "clusters: [", "clusters: [{name: two, cluster: {server: \"https://two.test\"}}, ", StringComparison.Ordinal));
        foreach (var context in (string[])["a", "b", "c"])
        {
            var start = new ProcessStartInfo("kubectl") { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var argument in (string[])["config", "view", "--minify", "-o", "json", "--context", context])
                start.ArgumentList.Add(argument);
            start.Environment["KUBECONFIG"] = $"{first}:{second}";
            using var process = Process.Start(start)!;
            var theirs = JsonNode.Parse(await process.StandardOutput.ReadToEndAsync())!;
            var ours = Load([first, second], context);
            Assert.Equal((string?)theirs["clusters"]![0]!["cluster"]!["server"], ours.ToString());
            Assert.Equal((string?)theirs["contexts"]![0]!["context"]!["namespace"] ?? "default", ours.Namespace);
        }
    }

    [Fact]
    public async Task Paths_start_at_the_folder_of_their_file()
    {
        using var authority = new TestAuthority();
        var pair = authority.ForClient("jane");
        Directory.CreateDirectory(Path.Join(folder, "keys"));
        Write("keys/ca.crt", authority.Pem);
        Write("keys/tls.crt", pair.Certificate);
        Write("keys/tls.key", pair.Key);
        var connection = Load([Write("config", """
            current-context: a
            clusters: [{name: one, cluster: {server: "https://one.test", certificate-authority: keys/ca.crt, tls-server-name: other.test, proxy-url: "http://proxy.test:3128"}}]
            users: [{name: jane, user: {client-certificate: keys/tls.crt, client-key: ./keys/tls.key}}]
            contexts: [{name: a, context: {cluster: one, user: jane}}]
            """)]);

        Assert.Equal(Path.Join(folder, "keys", "ca.crt"), connection.Authorities!.Path);
        Assert.Equal(("other.test", "http://proxy.test:3128/"), (connection.TlsServerName, connection.Proxy!.ToString()));
        Assert.Equal("CN=jane", (await connection.Credential.GetAsync(default)).Certificate!.Leaf.Subject);
    }

    [Fact]
    public async Task Data_in_place_counts_more_than_a_file_and_a_token_file_more_than_a_token()
    {
        using var authority = new TestAuthority();
        var data = Convert.ToBase64String(Encoding.ASCII.GetBytes(authority.Pem));
        Write("token", "from file\n");
        var connection = Load([Write("config", $$"""
            current-context: a
            clusters: [{name: one, cluster: {server: "https://one.test", certificate-authority: /nowhere, certificate-authority-data: {{data}} } }]
            users: [{name: jane, user: {token: in place, tokenFile: token} }]
            contexts: [{name: a, context: {cluster: one, user: jane} }]
            """)]);

        Assert.Equal(authority.Pem, connection.Authorities!.Read());
        Assert.Equal("from file", (await connection.Credential.GetAsync(default)).Token);
    }

    [Fact]
    public void Whom_a_user_acts_as_is_read()
    {
        var connection = Load([Write(
            "config",
            Simple.Replace(
                "token: secret", "as: bob, as-uid: u, as-groups: [g, h], as-user-extra: {k: [v, w]}",
                StringComparison.Ordinal))]);
        Assert.Equal(("bob", "u", "g,h", "[k, v],[k, w]"), (connection.Impersonation!.User, connection.Impersonation.Uid,
            string.Join(',', connection.Impersonation.Groups), string.Join(',', connection.Impersonation.Extra)));
    }

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "token: secret", "auth-provider: {name: gcp}",
            "config:5:44: `auth-provider` is gone from Kubernetes since 1.26 (use an `exec` plugin of your provider)" },
        { "token: secret", "username: u, password: p",
            "config:5:39: API servers take no password since Kubernetes 1.19 (use a token, a client certificate or an `exec` plugin)" },
        { "token: secret", "token: 123", "config:5:36: `token` must be text (write it in quotes)" },
        { "token: secret", "client-certificate-data: '%%'", "config:5:54: `client-certificate-data` is not base64" },
        { "token: secret", "client-certificate: gone.crt, client-key: gone.key",
            "config:5:49: `client-certificate` names a file that cannot be read: `FOLDER/gone.crt`|config:5:71: `client-key` names a file that cannot be read: `FOLDER/gone.key`" },
        { "token: secret", "tokenFile: gone", "config:5:40: there is no token file `FOLDER/gone`" },
        { "token: secret", "exec: {command: x, apiVersion: client.authentication.k8s.io/v1alpha1}",
            "config:5:60: unknown plugin version `client.authentication.k8s.io/v1alpha1` (one of client.authentication.k8s.io/v1, client.authentication.k8s.io/v1beta1)" },
        { "token: secret", "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Sometimes}",
            "config:5:35: the plugin has no `command`|config:5:98: unknown `interactiveMode` value `Sometimes` (one of Never, IfAvailable, Always)" },
        { "server: \"https://one.test:6443\"", "server: one.test",
            "config:4:42: `server` is no address of the form `https://HOST:PORT`" },
        { "server: \"https://one.test:6443\"", "", "config:4:33: the cluster has no `server` (such as `https://10.0.0.1:6443`)" },
        { "server: \"https://one.test:6443\"", "server: \"https://one.test\", certificate-authority-data: eA==",
            "config:4:90: the certificate authority holds no certificate (it must be PEM: `-----BEGIN CERTIFICATE-----`)" },
        { "current-context: a", "",
            "config: no context is chosen: `current-context` is not set (run `kubectl config use-context NAME` or give `--context NAME`; known: a, b)" },
        { "current-context: a", "current-context: z", "config: there is no context `z` (known: a, b)" },
        { "cluster: one, user: jane, namespace: shop", "cluster: three, user: bob",
            "config:6:41: there is no cluster `three` (known: one)|config:6:54: there is no user `bob` (known: jane)" },
        { "clusters: [", "clusters: [{{",
            "config:5:1: a line inside `[` or `{` is not indented, or the bracket is not closed above it (close the bracket, or indent the line more than the key that it belongs to)" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_place_and_what_to_do(string right, string wrong, string expected)
    {
        var path = Write("config", Simple.Replace(right, wrong, StringComparison.Ordinal));
        var loaded = Connections.Find(new() { KubeConfigs = [path] }, TimeProvider.System);
        Assert.False(loaded.TryGet(out _));
        var told = string.Join('|', loaded.Problems).Replace(folder + "/config", "config", StringComparison.Ordinal)
            .Replace(folder, "FOLDER", StringComparison.Ordinal);
        Assert.True(told == expected, told);
    }

    [Fact]
    public void A_file_that_the_user_names_must_be_there_and_is_the_only_one()
    {
        var other = Write("config", Simple);
        var loaded = Connections.Find(
            new() { KubeConfigs = [other], ExplicitKubeConfig = "/nowhere/config" }, TimeProvider.System);
        Assert.Equal(
            "/nowhere/config: there is no such kubeconfig (check the path given with `--kubeconfig`)",
            Assert.Single(loaded.Problems).ToString());
    }

    [Fact]
    public void A_folder_that_the_user_names_is_told_as_one()
    {
        var place = Path.GetDirectoryName(Write("config", Simple))!;
        Assert.Equal(
            $"{place}: this is a folder, and no kubeconfig (check the path given with `--kubeconfig`)",
            Assert.Single(Connections.Find(new() { KubeConfigs = [], ExplicitKubeConfig = place }, TimeProvider.System).Problems).ToString());
    }

    [Fact]
    public void Without_any_file_and_outside_a_cluster_the_message_says_how_to_name_one()
    {
        var loaded = Connections.Find(new() { KubeConfigs = ["/nowhere/a", "/nowhere/b"] }, TimeProvider.System);
        Assert.Equal(
            "/nowhere/a:/nowhere/b: no cluster is configured: there is no such file (give `--kubeconfig FILE`, set KUBECONFIG, or run inside a cluster)", Assert.Single(
                loaded.Problems).ToString());
    }

    [Theory]
    [InlineData("10.0.0.1", "https://10.0.0.1")]
    [InlineData("fd00::1", "https://[fd00::1]")]
    [InlineData("kubernetes.default.svc", "https://kubernetes.default.svc")]
    public async Task In_a_Pod_the_service_account_is_taken_and_its_token_read_anew(string host, string server)
    {
        Write("token", "one");
        Write("ca.crt", "");
        Write("namespace", "shop\n");
        var loaded = Connections.Find(
            new() { KubeConfigs = ["/nowhere"], ServiceHost = host, ServicePort = "443", ServiceAccountFolder = folder },
            TimeProvider.System);
        Assert.True(loaded.TryGet(out var connection));
        Assert.Equal(
            (server, "shop", "one"),
            (connection.ToString(), connection.Namespace, (await connection.Credential.GetAsync(default)).Token));

        Write("token", "later");
        Assert.Equal("later", (await connection.Credential.GetAsync(default)).Token);
    }

    [Fact]
    public void A_Pod_without_a_token_is_told_how_to_get_one()
    {
        var loaded = Connections.Find(
            new() { KubeConfigs = [], ServiceHost = "10.0.0.1", ServicePort = "443", ServiceAccountFolder = folder },
            TimeProvider.System);
        Assert.Equal(2, loaded.Problems.Length);
        Assert.Contains("automountServiceAccountToken: true", loaded.Problems[0].ToString(), StringComparison.Ordinal);
    }

    private static ClusterConnection Load(string[] paths, string? context = null)
    {
        var loaded = Connections.Find(new() { KubeConfigs = paths, Context = context }, TimeProvider.System);
        return loaded.TryGet(out var connection)
            ? connection
            : throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Join(folder, name), text);
        return Path.Join(folder, name);
    }
}

/// <summary>A test that asks kubectl; skipped, and said so, where there is none.</summary>
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(static folder => File.Exists(Path.Join(folder, "kubectl")));
        if (!found) Skip = "needs kubectl in PATH";
    }
}
