using System.Net;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Tests.Inputs;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

/// <summary>How often servers are asked, what for, and who is told the answer.</summary>
public sealed class MirrorAskingTests : IAsyncLifetime
{
    private readonly MirrorFixture fixture = new();
    private GitWebServer server = null!;
    private string? mayRead;
    private int fetches;

    public async Task InitializeAsync()
    {
        fixture.Origin.Write("a.yaml", "one").Commit();
        server = await GitWebServer.StartAsync(AnswerAsync);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        fixture.Dispose();
    }

    [Theory]
    [InlineData("refs/heads/main", "commit --allow-empty -q -m next")]
    [InlineData("refs/tags/light", "tag -f light next")]
    [InlineData("refs/tags/heavy", "tag -f -a -m other heavy next")]
    public async Task Nothing_is_fetched_where_the_server_names_what_the_mirror_stands_at(string reference, string change)
    {
        Git("tag light");
        Git("tag -a -m heavy heavy");
        Git("branch next " + Git("commit-tree HEAD^{tree} -p HEAD -m next").Trim());
        using var mirror = Open(TimeSpan.Zero);
        var first = await CommitAsync(mirror, null, reference);
        for (var i = 0; i < 3; i++) Assert.Equal(first, await CommitAsync(mirror, null, reference));
        Assert.Equal(1, fetches);

        Git(change);
        Assert.NotEqual(first, await CommitAsync(mirror, null, reference));
        Assert.Equal(2, fetches);
    }

    [Fact]
    public async Task What_one_was_told_is_not_told_to_another_who_logs_in_otherwise()
    {
        mayRead = "mine";
        using var mirror = Open(TimeSpan.FromHours(1));
        var (mine, yours) = (Bearer("mine"), Bearer("yours"));
        await CommitAsync(mirror, mine);
        var asked = server.Asked.Count;
        await CommitAsync(mirror, mine);
        Assert.Equal(asked, server.Asked.Count);

        Assert.Equal(
            FetchFault.Unauthorized, Assert.IsType<FetchResult.Failed>(await AskAsync(mirror, yours)).Fault);
        Assert.Equal(
            FetchFault.Unauthorized, Assert.IsType<FetchResult.Failed>(await AskAsync(mirror, null)).Fault);
        // nor is that told to the first
        await CommitAsync(mirror, mine);
    }

    [Fact]
    public async Task An_answer_is_for_others_only_while_it_is_as_new_as_it_has_to_be()
    {
        using var mirror = Open(TimeSpan.FromHours(1));
        using var strict = Open(TimeSpan.Zero);
        var first = (await CommitAsync(mirror, Bearer("mine")), await CommitAsync(strict, Bearer("mine")));
        var next = fixture.Origin.Write("a.yaml", "two").Commit();

        Assert.Equal(
            (first.Item1, next), (await CommitAsync(mirror, Bearer("mine")), await CommitAsync(strict, Bearer("mine"))));
    }

    [Fact]
    public async Task Who_asks_at_the_same_time_is_answered_together()
    {
        using var mirror = Open(TimeSpan.Zero);
        await CommitAsync(mirror, null);
        var before = server.Asked.Count;
        await CommitAsync(mirror, null);
        var each = server.Asked.Count - before;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CommitAsync(mirror, null)));

        Assert.InRange(server.Asked.Count - before - each, each, 25 * each);
    }

    [Fact]
    public async Task Those_who_read_one_commit_do_not_take_it_from_each_other()
    {
        var (one, other) = (await fixture.FetchAsync(), await fixture.FetchAsync());
        one.Tree.Dispose();
        one.Tree.Dispose();
        using (other.Tree) Assert.Equal("one", MirrorFixture.Read(other.Tree, "a.yaml"));
    }

    [Fact]
    public async Task An_empty_repository_is_said_to_be_empty()
    {
        using var empty = new TemporaryFolder();
        empty.Git("init", "-q", "--bare", ".");

        var failed = await fixture.FailAsync(fixture.Source with { Url = empty.Path });
        Assert.Equal((FetchFault.RefMissing, "the repository is empty: push a first commit"), (failed.Fault, failed.Message));
    }

    private static GitCredentials Bearer(string token) =>
        GitCredentials.Read("s", new Dictionary<string, string> { ["bearerToken"] = token }).TryGet(out var read)
            ? read
            : throw new InvalidOperationException();

    private GitMirror Open(TimeSpan freshness) => fixture.Open(
        settings => settings with { Freshness = freshness, CacheFolder = Path.Combine(settings.CacheFolder, $"{freshness.Ticks}") },
        static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

    private string Git(string arguments) => fixture.Origin.Git(
        ["-c", "user.name=t", "-c", "user.email=t@example.com", .. arguments.Split(' ')]);

    private Task<FetchResult> AskAsync(GitMirror mirror, GitCredentials? credentials, string reference = "refs/heads/main") =>
        mirror.FetchAsync(
            new() { Url = $"http://git.repositories.test:{server.Port}/.git", Ref = reference }, credentials, null,
            CancellationToken.None);

    private async Task<string> CommitAsync(
        GitMirror mirror, GitCredentials? credentials, string reference = "refs/heads/main") =>
        await AskAsync(mirror, credentials, reference) switch
        {
            FetchResult.Fetched fetched => fetched.Commit,
            var other => throw new InvalidOperationException($"{other}"),
        };

    private async Task AnswerAsync(HttpContext context)
    {
        if (mayRead is not null && context.Request.Headers.Authorization != "Bearer " + mayRead)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"r\"";
            return;
        }

        context.Request.EnableBuffering();
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        context.Request.Body.Position = 0;
        // gitprotocol-v2
        if (body.Contains("command=fetch", StringComparison.Ordinal)) Interlocked.Increment(ref fetches);
        await GitWebServer.AnswerAsync(context, fixture.Origin.Path);
    }
}
