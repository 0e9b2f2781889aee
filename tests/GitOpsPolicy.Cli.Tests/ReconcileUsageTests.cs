using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary>
/// Command lines of <c>reconcile</c> that ask for two things at once, or for nothing that there is: exit code 2, and one line.
/// </summary>
public sealed class ReconcileUsageTests
{
    [Theory]
    [InlineData("--once", "`--once` needs units: name their files with `--unit`")]
    [InlineData("--unit u.yaml --shard 1/2", "`--shard` does not go with `--unit`: it is about the units of a cluster")]
    [InlineData(
        "--unit u.yaml --unit-namespaces shop",
        "`--unit-namespaces` does not go with `--unit`: it is about the units of a cluster")]
    [InlineData(
        "--unit u.yaml --unit-selector a=b", "`--unit-selector` does not go with `--unit`: it is about the units of a cluster")]
    [InlineData(
        "--unit u.yaml --lease a",
        "`--lease` does not go with `--unit`: a Lease is for replicas that follow the units of a cluster")]
    [InlineData(
        "--unit u.yaml --once --lease a",
        "`--lease` does not go with `--unit`: a Lease is for replicas that follow the units of a cluster")]
    [InlineData(
        "--unit u.yaml --lease-namespace a",
        "`--lease-namespace` does not go with `--unit`: a Lease is for replicas that follow the units of a cluster")]
    [InlineData(
        "--unit u.yaml --once --dashboard 8090", "`--dashboard` does not go with `--once`: that ends before anybody could look")]
    [InlineData(
        "--unit u.yaml --once --metrics 8080", "`--metrics` does not go with `--once`: that ends before anybody could look")]
    [InlineData(
        "--unit u.yaml --once --notify https://chat.test/x",
        "`--notify` does not go with `--once`: that ends before anybody could look")]
    [InlineData("--unit u.yaml --once --workers 2", "`--workers` does not go with `--once`: that is for a process that goes on")]
    [InlineData("--unit u.yaml --once --reload 5", "`--reload` does not go with `--once`: that is for a process that goes on")]
    [InlineData(
        "--unit u.yaml --format json",
        "`--format` goes with `--once`: a process that goes on tells it in its log, on the dashboard and in the cluster")]
    [InlineData(
        "--write-acknowledgements a",
        "`--write-acknowledgements` goes with `--once`: a process that goes on tells it in its log, on the dashboard and in the cluster")]
    [InlineData("--shard 3/2", "`--shard 3/2` is no part of a whole: write `1/3` for the first of three, at most 64")]
    [InlineData("--shard 0/2", "`--shard 0/2` is no part of a whole: write `1/3` for the first of three, at most 64")]
    [InlineData("--shard 1/65", "`--shard 1/65` is no part of a whole: write `1/3` for the first of three, at most 64")]
    [InlineData("--shard 2", "`--shard 2` is no part of a whole: write `1/3` for the first of three, at most 64")]
    [InlineData("--lease-namespace a", "`--lease-namespace` goes with `--lease`")]
    [InlineData("--lease Mine", "`--lease Mine` is no name that an object can have: lower-case letters, digits, dashes and dots")]
    [InlineData(
        "--lease a --lease-namespace a/b",
        "`--lease-namespace a/b` is no name that a namespace can have: lower-case letters, digits and dashes")]
    [InlineData(
        "--unit-namespaces shop web_2",
        "`--unit-namespaces web_2` is no name that a namespace can have: lower-case letters, digits and dashes")]
    [InlineData("--workers 0", "`--workers` takes 1 to 64")]
    [InlineData("--reload -1", "`--reload` takes 0 to 3600 seconds")]
    [InlineData("--kube-api-qps 0", "`--kube-api-qps` takes 1 to 10000 requests a second")]
    [InlineData("--kube-api-qps NaN", "`--kube-api-qps` takes 1 to 10000 requests a second")]
    [InlineData("--kube-api-burst 0", "`--kube-api-burst` takes 1 to 20000 requests")]
    [InlineData("--dashboard 99999", "`--dashboard 99999` is no port: they go from 0 to 65535")]
    [InlineData("--metrics :65536", "`--metrics :65536` is no port: they go from 0 to 65535")]
    [InlineData(
        "--dashboard 1.2.3:80", "`--dashboard 1.2.3:80` is no address; write `127.0.0.1:8090`, or a port alone")]
    [InlineData(
        "--dashboard board.test:80", "`--dashboard board.test:80` is no address; write `127.0.0.1:8090`, or a port alone")]
    [InlineData(
        "--metrics 127.0.0.1:70000", "`--metrics 127.0.0.1:70000` is no address; write `127.0.0.1:8080`, or a port alone")]
    [InlineData("--dashboard-url https://board.test", "`--dashboard-url` goes with `--dashboard` or `--notify`")]
    [InlineData("--notify-format slack", "`--notify-format` goes with `--notify`")]
    [InlineData(
        "--git-hosts https://git.test",
        "`--git-hosts https://git.test` is no host: write `git.example.com`, or `*.example.com` for all below it")]
    [InlineData("--unit missing.yaml", "the units do not load: 1 problem")]
    [InlineData("--unit u.yaml u.yaml", "the units do not load: 1 problem")]
    public async Task It_is_said_before_anything_begins(string arguments, string message)
    {
        using var folder = new CommandFolder().Write("u.yaml", Unit("https://git.test/u"));
        var (exit, output, error) = await folder.RunAsync(["reconcile", .. arguments.Split(' ')]);
        Assert.Equal((2, ""), (exit, output));
        Assert.Equal($"gitops-policy: {message}", error.TrimEnd('\n').Split('\n')[^1]);
    }

    [Theory]
    [InlineData("u.yaml", "is a file")]
    [InlineData("u.yaml/below/it", "cannot be made, since `{folder}/u.yaml` is a file")]
    [InlineData("/proc/cache", "cannot be made there")]
    public async Task A_cache_folder_that_cannot_be_used_is_said_to_be_so(string cache, string why)
    {
        using var folder = new CommandFolder().Write("u.yaml", Unit("https://git.test/u")).Write(
            "kubeconfig",
            "apiVersion: v1\nkind: Config\nclusters: [{ name: c, cluster: { server: 'https://127.0.0.1:1' } }]\nusers: [{ name: u, user: {} }]\ncontexts: [{ name: x, context: { cluster: c, user: u } }]\ncurrent-context: x\n");
        var (exit, output, error) = await folder.RunAsync(
            "reconcile", "--unit", "u.yaml", "--once", "--kubeconfig", "kubeconfig", "--cache", cache);
        var path = cache.StartsWith('/') ? cache : folder.PathOf(cache);
        Assert.Equal((2, ""), (exit, output));
        Assert.Equal(
            $"gitops-policy: the cache folder `{path}` {why.Replace("{folder}", folder.PathOf("u.yaml")[..^"/u.yaml".Length], StringComparison.Ordinal)}: name another one with `--cache`",
            error.TrimEnd('\n').Split('\n')[^1]);
    }

    [Fact]
    public async Task A_source_that_cannot_be_asked_is_told_at_its_place_without_what_is_secret_in_it()
    {
        using var folder = new CommandFolder().Write("u.yaml", Unit("https://kim:hunter2@git.test/u"));
        var (exit, output, error) = await folder.RunAsync("reconcile", "--unit", "u.yaml", "--once");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(
            "u.yaml:4:24: the address holds an account or a password; put them into a Secret", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_for_notices_in_the_environment_is_no_word_of_the_command_line()
    {
        using var folder = new CommandFolder();
        folder.Variables["GITOPS_POLICY_NOTIFY_URL"] = "https://chat.test/s3cr3t";
        var (exit, _, error) = await folder.RunAsync("reconcile", "--once", "--unit", "missing.yaml");
        Assert.Equal(
            (2, "missing.yaml: there is no such file\ngitops-policy: the units do not load: 1 problem\n"), (exit, error));
    }

    private static string Unit(string url) =>
        $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Reconciliation\nmetadata: {{ name: u }}\nspec: {{ source: {{ url: {url} }} }}\n";
}
