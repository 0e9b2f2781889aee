using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs.Rendering;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

/// <summary>Real servers on loopback.</summary>
public sealed class GitTransportTests : IDisposable
{
    // No resolver knows this name: whoever asks it asks at the address that was found here.
    private const string Name = "git.repositories.test";

    private readonly MirrorFixture fixture = new();
    private GitSource? asked;

    public GitTransportTests() => fixture.Origin.Write("a.yaml", "one").Commit();

    private string Root => fixture.Origin.Path;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_repository_is_fetched_over_smart_http_from_the_address_that_was_checked()
    {
        await using var server = await GitWebServer.StartAsync(context => GitWebServer.AnswerAsync(context, Root));
        var result = await AskAsync($"http://{Name}:{server.Port}/.git");

        AssertFetched(result);
        Assert.NotEmpty(server.Asked);
    }

    [Fact]
    public async Task A_repository_is_fetched_over_dumb_http()
    {
        fixture.Origin.Git("update-server-info");
        await using var server = await GitWebServer.StartAsync(context => GitWebServer.SendFileAsync(context, Root));

        AssertFetched(await AskAsync($"http://{Name}:{server.Port}/.git"));
    }

    [Fact]
    public async Task A_repository_is_fetched_from_a_git_daemon()
    {
        using var daemon = new GitDaemon(Root);

        AssertFetched(await AskAsync($"git://{Name}:{daemon.Port}/.git"));
        Assert.Equal(
            FetchFault.RepositoryMissing,
            Assert.IsType<FetchResult.Failed>(await AskAsync($"git://{Name}:{daemon.Port}/other")).Fault);
    }

    [NeedsTool("sshd")]
    public async Task A_repository_is_fetched_over_ssh_by_the_key_that_is_let_in_from_the_server_whose_key_is_known()
    {
        using var server = new SshServer(FreePort());
        var url = $"ssh://{Environment.UserName}@{Name}:{server.Port}{Root}";
        GitCredentials Credentials(string key, string known)
        {
            Assert.True(
                GitCredentials.Read(
                    "s", new Dictionary<string, string> { ["identity"] = server.Key(key), ["known_hosts"] = known }).TryGet(
                    out var read));
            return read;
        }

        AssertFetched(await AskAsync(url, Credentials("user", server.Known(Name, "host"))));
        Assert.Equal(
            FetchFault.Unauthorized,
            Assert.IsType<FetchResult.Failed>(await AskAsync(url, Credentials("other", server.Known(Name, "host")))).Fault);
        Assert.Equal(
            FetchFault.UnknownServer,
            Assert.IsType<FetchResult.Failed>(await AskAsync(url, Credentials("user", server.Known(Name, "other")))).Fault);
        Assert.Equal(
            FetchFault.UnknownServer,
            Assert.IsType<FetchResult.Failed>(await AskAsync(url, Credentials("user", server.Known("elsewhere", "host")))).Fault);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(fixture.CacheFolder, "private")));
    }

    [Theory]
    [InlineData("Basic a2ltOmh1bnRlcjI=", "username", "password")]
    [InlineData("Bearer hunter2", "bearerToken", "")]
    public async Task Credentials_are_sent_to_the_server_and_shown_to_nobody(string header, string first, string second)
    {
        await using var server = await GitWebServer.StartAsync(context =>
            context.Request.Headers.Authorization == header ? GitWebServer.AnswerAsync(context, Root) : RefuseAsync(context));
        var url = $"http://{Name}:{server.Port}/.git";
        var data = second.Length == 0
            ? new Dictionary<string, string> { [first] = "hunter2" }
            : new() { [first] = "kim", [second] = "hunter2" };
        Assert.True(GitCredentials.Read("s", data).TryGet(out var credentials));

        var refused = Assert.IsType<FetchResult.Failed>(await AskAsync(url));
        Assert.Equal(FetchFault.Unauthorized, refused.Fault);
        AssertFetched(await AskAsync(url, credentials));
        Assert.All(
            Directory.GetFiles(fixture.CacheFolder, "*", SearchOption.AllDirectories),
            static file => Assert.DoesNotContain("hunter2", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_one_may_read_another_cannot_though_the_mirror_has_it()
    {
        var commit = fixture.Origin.Git("rev-parse", "HEAD").Trim();
        fixture.Origin.Git("config", "uploadpack.allowAnySHA1InWant", "true");
        await using var server = await GitWebServer.StartAsync(context => context.Request.Headers.Authorization == "Bearer mine"
            ? GitWebServer.AnswerAsync(context, Root)
            : RefuseAsync(context));
        var url = $"http://{Name}:{server.Port}/.git";
        Assert.True(GitCredentials.Read("s", new Dictionary<string, string> { ["bearerToken"] = "mine" }).TryGet(out var mine));
        Assert.True(GitCredentials.Read("s", new Dictionary<string, string> { ["bearerToken"] = "yours" }).TryGet(out var yours));
        AssertFetched(await AskAsync(url, mine));

        Assert.Equal(FetchFault.Unauthorized, Assert.IsType<FetchResult.Failed>(await AskAsync(url, yours)).Fault);
        Assert.Equal(FetchFault.Unauthorized, Assert.IsType<FetchResult.Failed>(await AskAsync(url, yours, commit)).Fault);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task Nobody_follows_where_a_server_sends_elsewhere(int status)
    {
        await using var elsewhere = await GitWebServer.StartAsync(context => GitWebServer.AnswerAsync(context, Root));
        await using var server = await GitWebServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location =
                $"http://127.0.0.1:{elsewhere.Port}{context.Request.Path}{context.Request.QueryString}";
            return Task.CompletedTask;
        });

        Assert.Equal(
            FetchFault.Redirected, Assert.IsType<FetchResult.Failed>(await AskAsync($"http://{Name}:{server.Port}/.git")).Fault);
        Assert.Empty(elsewhere.Asked);
    }

    [Theory]
    [InlineData(404, FetchFault.RepositoryMissing)]
    [InlineData(403, FetchFault.Unauthorized)]
    [InlineData(429, FetchFault.Unreachable)]
    [InlineData(500, FetchFault.Unreachable)]
    [InlineData(503, FetchFault.Unreachable)]
    public async Task What_a_server_answers_is_named(int status, FetchFault fault)
    {
        await using var server = await GitWebServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        Assert.Equal(fault, Assert.IsType<FetchResult.Failed>(await AskAsync($"http://{Name}:{server.Port}/.git")).Fault);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        await using var server = await GitWebServer.StartAsync(static context => Task.Delay(
            Timeout.Infinite, context.RequestAborted));
        var failed = Assert.IsType<FetchResult.Failed>(await AskAsync(
            $"http://{Name}:{server.Port}/.git", timeout: TimeSpan.FromSeconds(2)));

        Assert.Equal((FetchFault.TimedOut, "the fetch took longer than 2 s"), (failed.Fault, failed.Message));
    }

    [Fact]
    public async Task A_transfer_that_breaks_off_leaves_nothing_behind_and_goes_better_the_next_time()
    {
        var breaks = true;
        await using var server = await GitWebServer.StartAsync(async context =>
        {
            if (breaks && context.Request.Method == "POST")
                context.Response.Body = new BreakingStream(context.Response.Body, context.Abort);
            await GitWebServer.AnswerAsync(context, Root);
        });
        var url = $"http://{Name}:{server.Port}/.git";
        var failed = Assert.IsType<FetchResult.Failed>(await AskAsync(url));
        Assert.True(failed.Fault is FetchFault.Interrupted or FetchFault.Unreachable or FetchFault.Other, $"{failed}");
        Assert.Empty(Directory.GetDirectories(Path.Combine(fixture.CacheFolder, "mirrors")));

        breaks = false;
        AssertFetched(await AskAsync(url));
    }

    [Fact]
    public async Task A_server_that_nobody_is_at_is_unreachable()
    {
        Assert.Equal(
            FetchFault.Unreachable, Assert.IsType<FetchResult.Failed>(await AskAsync($"http://{Name}:{FreePort()}/r")).Fault);
        Assert.Equal(
            FetchFault.Unreachable, Assert.IsType<FetchResult.Failed>(await AskAsync($"git://{Name}:{FreePort()}/r")).Fault);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"r\"";
        return Task.CompletedTask;
    }

    private void AssertFetched(FetchResult result)
    {
        using var mirror = fixture.Open();
        using var tree = MirrorFixture.Open(mirror, asked!, result).Tree;
        Assert.Equal("one", MirrorFixture.Read(tree, "a.yaml"));
    }

    private async Task<FetchResult> AskAsync(
        string url, GitCredentials? credentials = null, string reference = "refs/heads/main", TimeSpan? timeout = null)
    {
        using var mirror = fixture.Open(null, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        asked = new() { Url = url, Ref = reference, Timeout = timeout ?? TimeSpan.FromSeconds(30) };
        return await mirror.FetchAsync(asked, credentials, null, CancellationToken.None);
    }

    /// <summary>Lets some bytes pass, then hangs up.</summary>
    private sealed class BreakingStream(Stream inner, Action hangUp) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer[..(buffer.Length / 2)], cancellationToken);
            await inner.FlushAsync(cancellationToken);
            hangUp();
        }
    }

    private sealed class GitDaemon : IDisposable
    {
        private readonly Process process;

        public GitDaemon(string root)
        {
            Port = FreePort();
            process = Process.Start(
                new ProcessStartInfo(
                    "git",
                    ["daemon", "--listen=127.0.0.1", $"--port={Port}", $"--base-path={root}", "--export-all", "--reuseaddr"])
                {
                    RedirectStandardError = true,
                    UseShellExecute = false,
                })!;
            while (!Answers() && !process.HasExited) Thread.Yield();
        }

        public int Port { get; }

        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        private bool Answers()
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
