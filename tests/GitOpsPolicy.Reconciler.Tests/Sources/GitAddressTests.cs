using System.Net;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

public sealed class GitAddressTests : IDisposable
{
    // Names as a resolver gives them; one of the addresses is enough to be refused.
    private static readonly Dictionary<string, IPAddress[]> Names = new(StringComparer.Ordinal)
    {
        ["host.example.com"] = [IPAddress.Parse("192.0.2.1")],
        ["localhost"] = [IPAddress.Loopback],
        ["loopback.example.com"] = [IPAddress.Parse("127.8.8.8")],
        ["metadata.example.com"] = [IPAddress.Parse("169.254.169.254")],
        ["half.example.com"] = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("::ffff:169.254.169.254")],
    };

    private readonly MirrorFixture fixture = new();

    public static TheoryData<string> Refused => [.. File.ReadLines(Path.Combine(
        AppContext.BaseDirectory, "Sources", "Cases", "git-addresses.txt")).Where(
        static line => line.Length > 0 && line[0] != '#')];

    public void Dispose() => fixture.Dispose();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_must_not_be_asked_is_refused_before_anything_is_started(string url)
    {
        var failed = await FailAsync(url);

        Assert.Equal(FetchFault.Refused, failed.Fault);
        Assert.DoesNotContain(
            "password", failed.Message.Replace("an account or a password", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(fixture.CacheFolder, "mirrors")));
    }

    [Fact]
    public void There_are_as_many_cases_as_there_should_be() => Assert.InRange(Refused.AsEnumerable<object>().Count(), 80, 200);

    [Theory]
    [InlineData("https://host.example.com/team/r.git", "https://host.example.com/team/r.git")]
    [InlineData("https://host.example.com:8443/r", "https://host.example.com:8443/r")]
    [InlineData("https://host.example.com:443/r", "https://host.example.com/r")]
    [InlineData("ssh://git@host.example.com:2222/r.git", "ssh://host.example.com:2222/r.git")]
    [InlineData("git://192.0.2.1/r", "git://192.0.2.1/r")]
    [InlineData("http://[2001:db8::1]:3000/r", "http://[2001:db8::1]:3000/r")]
    [InlineData("file:///srv/r.git", "/srv/r.git")]
    [InlineData("https://dev.example.com/org/my%20project/_git/r", "https://dev.example.com/org/my%20project/_git/r")]
    [InlineData("https://user:password@host.example.com/r", "an address that cannot be used")]
    public void An_address_is_shown_without_who_logs_in(string url, string shown) => Assert.Equal(shown, GitAddress.Show(url));

    [Theory]
    [InlineData("main")]
    [InlineData("HEAD")]
    [InlineData("refs/heads/")]
    [InlineData("refs/pull/1/head")]
    [InlineData("refs/heads/a:refs/heads/b")]
    [InlineData("+refs/heads/a")]
    [InlineData("refs/heads/*")]
    [InlineData("refs/heads/a..b")]
    [InlineData("refs/heads/-a")]
    [InlineData("refs/heads/a.lock")]
    [InlineData("refs/heads/a b")]
    [InlineData("refs/heads/a\nb")]
    [InlineData("refs/heads/a@{1}")]
    [InlineData("--upload-pack=x")]
    [InlineData("abc123")]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD")]
    public async Task What_is_followed_is_a_branch_a_tag_or_a_commit_and_nothing_else(string reference)
    {
        fixture.Origin.Write("a", "a").Commit();

        Assert.Equal(FetchFault.Refused, (await fixture.FailAsync(fixture.Source with { Ref = reference })).Fault);
    }

    [Theory]
    [InlineData("host.example.com", "host.example.com", true)]
    [InlineData("*.example.com", "host.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "evilexample.com", false)]
    [InlineData("other.example.com", "host.example.com", false)]
    public async Task Where_hosts_are_named_no_others_are_asked(string allowed, string host, bool isAsked)
    {
        var asked = 0;
        using var mirror = fixture.Open(settings => settings with { Hosts = [allowed] }, (_, _) =>
        {
            asked++;
            return Task.FromResult<IPAddress[]>([IPAddress.Parse("169.254.169.254")]);
        });
        await mirror.FetchAsync(new GitSource { Url = $"https://{host}/r" }, null, null, CancellationToken.None);

        Assert.Equal(isAsked ? 1 : 0, asked);
    }

    [Fact]
    public async Task A_mirror_cannot_be_followed_as_a_repository()
    {
        fixture.Origin.Write("a", "a").Commit();
        (await fixture.FetchAsync()).Tree.Dispose();
        var link = fixture.Origin.At("link");
        File.CreateSymbolicLink(link, fixture.Folder);
        foreach (var path in (string[])[fixture.Folder, "file://" + fixture.Folder, link])
            Assert.Equal(
                "the folder lies among the engine's own mirrors", (await fixture.FailAsync(new() { Url = path })).Message);
    }

    [Theory]
    [InlineData(
        "http://host.example.com/r",
        "credentials are not sent over `http`, where anybody on the way can read them; use `https` or `ssh`")]
    [InlineData(
        "git://host.example.com/r",
        "credentials are not sent over `git`, where anybody on the way can read them; use `https` or `ssh`")]
    [InlineData("ssh://git@host.example.com/r", "an `ssh` address needs a Secret with `identity` and `known_hosts`")]
    public async Task Credentials_go_nowhere_in_clear(string url, string message)
    {
        Assert.True(
            GitCredentials.Read("s", new Dictionary<string, string> { ["username"] = "kim", ["password"] = "hunter2" }).TryGet(
                out var credentials));
        using var mirror = fixture.Open(null, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.0.2.1")]));
        var failed = Assert.IsType<FetchResult.Failed>(await mirror.FetchAsync(
            new() { Url = url }, credentials, null, CancellationToken.None));

        Assert.Equal((FetchFault.Refused, message), (failed.Fault, failed.Message));
    }

    [Theory]
    [InlineData("username", "kim", "the Secret `s` holds only one of `username` and `password`")]
    [InlineData("other", "x", "the Secret `s` holds none of `username` and `password`, `bearerToken`, `identity`, `ca.crt`")]
    [InlineData(
        "bearerToken", "a\r\nX-Evil: 1", "the Secret `s` holds a value of more than one line; take the line end out of it")]
    [InlineData(
        "identity", "-----BEGIN",
        "the Secret `s` holds an `identity` and no `known_hosts`, without which any server could pass for the right one")]
    public void A_Secret_that_cannot_be_used_says_why(string key, string value, string message)
    {
        var loaded = GitCredentials.Read("s", new Dictionary<string, string> { [key] = value });

        Assert.Equal(message, Assert.Single(loaded.Problems).Message);
    }

    private async Task<FetchResult.Failed> FailAsync(string url)
    {
        using var mirror = fixture.Open(
            static settings => settings with { AllowsLocal = false, AllowsLoopback = false },
            static (name, _) => Task.FromResult(Names[name]));
        return Assert.IsType<FetchResult.Failed>(await mirror.FetchAsync(
            new() { Url = url }, null, null, CancellationToken.None));
    }
}
