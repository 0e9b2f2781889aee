using GitOpsPolicy.Kubernetes.Credentials;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Kubernetes.Tests.Fakes;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Credentials;

/// <summary>Programs that give credentials, played by shell scripts.</summary>
public sealed class PluginCredentialTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gitops-policy-plugin-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Runs => Path.Join(folder, "runs");

    [Fact]
    public async Task A_token_is_kept_until_the_program_says_that_it_runs_out()
    {
        var time = new ImpatientTime();
        var credential = new PluginCredential(
            Plugin(Answer($"\"token\":\"t1\",\"expirationTimestamp\":\"{time.GetUtcNow().AddMinutes(1):o}\"")), time);

        Assert.Equal("t1", (await credential.GetAsync(default)).Token);
        await credential.GetAsync(default);
        Assert.Equal(1, CountRuns());

        time.Pass(TimeSpan.FromSeconds(51)); // ten seconds early: on its way it would run out
        await credential.GetAsync(default);
        Assert.Equal(2, CountRuns());
    }

    [Fact]
    public async Task A_token_without_an_end_is_kept_until_the_server_refuses_it()
    {
        var credential = new PluginCredential(Plugin(Answer("\"token\":\"t1\"")), TimeProvider.System);

        var proof = await credential.GetAsync(default);
        await credential.GetAsync(default);
        Assert.Equal(1, CountRuns());

        Assert.True(credential.Refuse(proof));
        Assert.True(credential.Refuse(proof)); // another request that had the same proof
        await credential.GetAsync(default);
        Assert.Equal(2, CountRuns());
    }

    [Fact]
    public async Task Many_requests_at_once_run_the_program_once()
    {
        var credential = new PluginCredential(Plugin("sleep 0.2\n" + Answer("\"token\":\"t1\"")), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => credential.GetAsync(default).AsTask()));
        Assert.Equal(1, CountRuns());
    }

    [Fact]
    public async Task A_client_certificate_can_be_given_instead_of_a_token()
    {
        using var authority = new TestAuthority();
        var pair = authority.ForClient("jane");
        var credential = new PluginCredential(
            Plugin(Answer($"\"clientCertificateData\":\"{InJson(pair.Certificate)}\",\"clientKeyData\":\"{InJson(pair.Key)}\"")),
            TimeProvider.System);

        Assert.Equal("CN=jane", (await credential.GetAsync(default)).Certificate!.Leaf.Subject);
    }

    [Fact]
    public async Task The_program_gets_its_arguments_variables_and_the_question()
    {
        var plugin = Plugin("""printf '%s|' "$@" "$MODE" "$KUBERNETES_EXEC_INFO" > "$(dirname "$0")/asked" """
            + "\n"
            + Answer("\"token\":\"t1\"")) with
        {
            Arguments = ["one two", "$(three)", "*"],
            Environment = [new("MODE", "x y")],
            Cluster = new() { Server = new("https://one.test:6443") },
        };
        await new PluginCredential(plugin, TimeProvider.System).GetAsync(default);

        var expected = """one two|$(three)|*|x y|{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"cluster":{"server":"https://one.test:6443/"},"interactive":false}}|""";
        Assert.Equal(expected, await File.ReadAllTextAsync(Path.Join(folder, "asked")));
    }

    public static TheoryData<string, string> Failures => new()
    {
        { "echo first >&2; echo 'please log in' >&2; exit 3", "ended with exit code 3: please log in" },
        { "exit 1", "ended with exit code 1" },
        { "echo hello", "wrote no ExecCredential in JSON" },
        { "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"status\":{\"token\":\"hunter2\"}}'",
            "answered in version `client.authentication.k8s.io/v1beta1`, not `client.authentication.k8s.io/v1`" },
        { "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'",
            "gave neither a token nor a client certificate" },
        { "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientCertificateData\":\"hunter2\"}}'",
            "gave a client certificate or key without the other half" },
        { "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"hunter2\",\"expirationTimestamp\":\"soon\"}}'", "gave `soon` as `expirationTimestamp`, which is no time" },
        { "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientCertificateData\":\"hunter2\",\"clientKeyData\":\"hunter2\"}}'", "gave cannot be used" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_program_that_fails_is_named_with_what_it_said_last_and_no_secret(string script, string expected)
    {
        var credential = new PluginCredential(Plugin(script), TimeProvider.System);
        var e = await Assert.ThrowsAsync<CredentialException>(() => credential.GetAsync(default).AsTask());
        Assert.True(e.Message.Contains(expected, StringComparison.Ordinal), e.Message);
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_reported_with_how_to_install_it()
    {
        var plugin = Plugin("") with { Command = "no-such-plugin", InstallHint = "see https://example.test" };
        var e = await Assert.ThrowsAsync<CredentialException>(
            () => new PluginCredential(plugin, TimeProvider.System).GetAsync(default).AsTask());
        Assert.Equal("the credential plugin `no-such-plugin` is not there (see https://example.test)", e.Message);
    }

    [Fact]
    public void A_bare_name_is_never_taken_from_the_folder_of_the_kubeconfig_or_the_current_one()
    {
        var plugin = Plugin("");
        Assert.Null((plugin with { Command = "plugin" }).Find());
        Assert.NotNull((plugin with { Command = "./plugin" }).Find());
        Assert.NotNull((plugin with { Command = "sh" }).Find());
    }

    [Fact]
    public async Task A_program_that_must_ask_is_not_started_without_a_terminal()
    {
        if (!Console.IsInputRedirected) return; // somebody runs the tests by hand
        var plugin = Plugin(Answer("\"token\":\"t1\"")) with { InteractiveMode = InteractiveMode.Always };
        var e = await Assert.ThrowsAsync<CredentialException>(
            () => new PluginCredential(plugin, TimeProvider.System).GetAsync(default).AsTask());
        Assert.Contains("needs a terminal", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, CountRuns());
    }

    [Fact]
    public async Task A_program_is_ended_with_the_request_that_waits_for_it()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        var credential = new PluginCredential(Plugin("sleep 600"), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => credential.GetAsync(patience.Token).AsTask());
    }

    private PluginCommand Plugin(string script)
    {
        var path = Path.Join(folder, "plugin");
        File.WriteAllText(path, $"#!/bin/sh\necho run >> '{Runs}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new()
        {
            ApiVersion = "client.authentication.k8s.io/v1",
            Command = "./plugin",
            Folder = folder,
            InteractiveMode = InteractiveMode.Never,
        };
    }

    private int CountRuns() => File.Exists(Runs) ? File.ReadAllLines(Runs).Length : 0;

    private static string Answer(string status) =>
        $$"""
        cat <<'END'
        {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{ {{status}} } }
        END
        """;

    private static string InJson(string pem) => pem.Replace("\n", "\\n", StringComparison.Ordinal);
}
