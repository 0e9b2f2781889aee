using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using GitOpsPolicy.Reconciler.Notifications;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Notifications;

/// <summary>How notices get to a web address, and what they look like there.</summary>
public sealed class UrlChannelTests
{
    private static readonly Notice Sample = new(
        new("shop", "web"), "approval", "sha256:1", "shop/web waits for approval: prune", "delete <!channel> & \"quotes\" @here")
    {
        Severity = NoticeSeverity.Critical,
        Details = ["kim@example.com", "<https://evil.example|click>"],
        Revision = "abc",
        Environment = "production",
        Since = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero),
    };

    private readonly HandClock clock = new();

    private UrlChannelOptions Options => new() { Clock = clock, Chance = static () => 1 };

    [Theory]
    [InlineData(500, null)]
    [InlineData(502, null)]
    [InlineData(503, "7")]
    [InlineData(429, "30")]
    [InlineData(429, "Sat, 21 Nov 2026 20:00:45 GMT")]
    [InlineData(408, null)]
    public async Task What_may_pass_is_tried_again(int status, string? retryAfter)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Then(status, retryAfter).Then(status, retryAfter);
        using var channel = new UrlChannel(receiver.Address, Options);
        Assert.Null(await channel.TellAsync(Sample, CancellationToken.None));
        Assert.Equal(3, receiver.Requests);
        var seconds = retryAfter switch { null => (double[])[1, 2], "7" => [7, 7], "30" => [30, 30], _ => [45, 45] };
        Assert.Equal(seconds, clock.Waits.Select(static wait => Math.Round(wait.TotalSeconds)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_will_not_pass_is_not_tried_again(int status)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Then(status);
        using var channel = new UrlChannel(receiver.Address, Options);
        Assert.Equal($"it answered {status}, after 1 try", await channel.TellAsync(Sample, CancellationToken.None));
        Assert.Equal(1, receiver.Requests);
    }

    [Fact]
    public async Task It_ends_after_a_few_tries()
    {
        await using var receiver = await Receiver.StartAsync();
        for (var i = 0; i < 20; i++) receiver.Then(503);
        using var channel = new UrlChannel(receiver.Address, Options);
        Assert.Equal("it answered 503, after 5 tries", await channel.TellAsync(Sample, CancellationToken.None));
        Assert.Equal([1, 2, 4, 8], clock.Waits.Select(static wait => Math.Round(wait.TotalSeconds)));
    }

    [Fact]
    public async Task A_receiver_that_wants_an_hour_is_left_alone()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Then(429, "3600");
        using var channel = new UrlChannel(receiver.Address, Options);
        Assert.Equal("it answered 429, after 1 try", await channel.TellAsync(Sample, CancellationToken.None));
        Assert.Empty(clock.Waits);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var elsewhere = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        receiver.Then(status, location: elsewhere.Address.AbsoluteUri);
        using var channel = new UrlChannel(receiver.Address, Options);
        Assert.Equal(
            $"it answered {status}, and redirects are not followed, after 1 try",
            await channel.TellAsync(Sample, CancellationToken.None));
        Assert.Equal(0, elsewhere.Requests);
    }

    [Fact]
    public async Task One_that_never_answers_is_given_up()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.ThenNothing().ThenNothing();
        using var channel = new UrlChannel(
            receiver.Address, Options with { Timeout = TimeSpan.FromMilliseconds(300), MaxAttempts = 2 });
        Assert.Equal("it did not answer within 0.3 s, after 2 tries", await channel.TellAsync(Sample, CancellationToken.None));
    }

    [Fact]
    public async Task One_that_is_not_there_is_named_without_its_secret()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var channel = new UrlChannel(
            new($"http://user:hunter2@127.0.0.1:{port}/services/s3cr3t?token=s3cr3t"), Options with { MaxAttempts = 1 });
        var failure = await channel.TellAsync(Sample, CancellationToken.None);
        Assert.Equal("it cannot be reached: ConnectionRefused, after 1 try", failure);
        Assert.Equal($"http://127.0.0.1:{port}/…", channel.Name);
    }

    [Theory]
    [InlineData("ftp://example.com/s3cr3t")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/s3cr3t")]
    public void Only_the_web_is_an_address(string address)
    {
        var refused = Assert.Throws<ArgumentException>(() => new UrlChannel(new(address, UriKind.RelativeOrAbsolute), Options));
        Assert.DoesNotContain("s3cr3t", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_members_of_a_notice_are_a_contract()
    {
        using var body = JsonDocument.Parse(NoticeBodies.Write(
            Sample, NoticeFormat.Json, new("https://gitops.example.com/board/")));
        Assert.Equal(
            [
                "source", "unit", "subject", "digest", "severity", "title", "message", "details", "revision", "environment",
                "since", "link"
            ],
            body.RootElement.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("delete <!channel> & \"quotes\" @here", body.RootElement.GetProperty("message").GetString());
        Assert.Equal("critical", body.RootElement.GetProperty("severity").GetString());
        Assert.Equal("2026-11-21T20:00:00Z", body.RootElement.GetProperty("since").GetString());
        Assert.Equal("https://gitops.example.com/board/units/shop/web", body.RootElement.GetProperty("link").GetString());
    }

    [Fact]
    public void Nobody_else_can_mention_link_or_format_in_a_chat()
    {
        using var body = JsonDocument.Parse(NoticeBodies.Write(Sample, NoticeFormat.Slack, new("https://gitops.example.com/")));
        var blocks = body.RootElement.GetProperty("blocks")
            .EnumerateArray()
            .Select(static block => block.GetProperty("text"))
            .ToList();
        Assert.Equal(
            "critical: shop/web waits for approval: prune. delete &lt;!channel&gt; &amp; \"quotes\" @\u200bhere",
            body.RootElement.GetProperty("text").GetString());
        Assert.Equal(["plain_text", "plain_text", "mrkdwn"], blocks.Select(static text => text.GetProperty("type").GetString()));
        Assert.Equal("• kim@\u200bexample.com\n• &lt;https://evil.example|click&gt;", blocks[1].GetProperty("text").GetString());
        Assert.Equal("<https://gitops.example.com/units/shop/web|Open the dashboard>", blocks[2].GetProperty("text").GetString());
    }

    [Fact]
    public void A_chat_gets_no_block_that_it_would_refuse()
    {
        var long_ = Sample with { Message = new('&', 1_000), Details = [.. Enumerable.Repeat(new string('<', 300), 10)] };
        using var body = JsonDocument.Parse(NoticeBodies.Write(long_, NoticeFormat.Slack, null));
        Assert.All(body.RootElement.GetProperty("blocks").EnumerateArray(), static block =>
        {
            var text = block.GetProperty("text").GetProperty("text").GetString()!;
            Assert.InRange(text.Length, 1, 3_000);
            Assert.Matches("^([^&]|&amp;|&lt;|&gt;)*$", text);
        });
    }
}
