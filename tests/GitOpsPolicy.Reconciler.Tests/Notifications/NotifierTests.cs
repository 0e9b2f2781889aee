using GitOpsPolicy.Reconciler.Metrics;
using GitOpsPolicy.Reconciler.Notifications;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Status;
using GitOpsPolicy.Tests.Metrics;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Notifications;

/// <summary>When people are told, over a real HTTP server.</summary>
public sealed class NotifierTests
{
    private static readonly UnitStatus Failed = Statuses.Synced("web") with
    {
        Phase = UnitPhase.Failed,
        Message = "it does not answer",
        Trouble = new("fetch", "it does not answer", Statuses.Now),
    };

    private readonly StatusBoard board = new();
    private readonly HandClock clock = new();
    private readonly StringWriter log = new();

    private NotifierOptions Options => new() { Clock = clock, Log = TextWriter.Synchronized(log) };

    [Fact]
    public async Task A_trouble_is_told_once_and_again_only_after_hours()
    {
        await using var receiver = await Receiver.StartAsync();
        await RunAsync(receiver, Options, async () =>
        {
            for (var pass = 0; pass < 200; pass++)
            {
                board.Put(Failed with { Message = $"it does not answer, try {pass}" });
                clock.Pass(TimeSpan.FromMinutes(1));
            }

            await receiver.ReceivesAsync(1);
            clock.Pass(TimeSpan.FromMinutes(41));
            board.Put(Failed);
            await receiver.ReceivesAsync(1);
        });
        Assert.Equal(["failed", "failed"], Subjects(receiver));
    }

    [Fact]
    public async Task That_a_unit_is_well_again_is_told_once_it_stays_so()
    {
        await using var receiver = await Receiver.StartAsync();
        await RunAsync(receiver, Options, () =>
        {
            foreach (var status in new[] { Failed, Statuses.Synced(
                "web"), Failed, Statuses.Synced("web"), Failed, Statuses.Synced("web") })
            {
                board.Put(status);
                clock.Pass(TimeSpan.FromMinutes(1));
            }

            clock.Pass(TimeSpan.FromMinutes(1));
            board.Put(Statuses.Synced("web"));
            board.Put(Statuses.Synced("web"));
            board.Put(Failed);
            return receiver.ReceivesAsync(3);
        });
        Assert.Equal(["failed", "recovered", "failed"], Subjects(receiver));
    }

    [Fact]
    public async Task Another_thing_to_agree_to_is_another_notice()
    {
        await using var receiver = await Receiver.StartAsync();
        var held = Statuses.Synced("web") with { Phase = UnitPhase.Held };
        await RunAsync(receiver, Options, () =>
        {
            board.Put(held with { Approvals = [new("prune", "sha256:1", "delete a", Statuses.Now)] });
            board.Put(held with { Approvals = [new("prune", "sha256:2", "delete a and b", Statuses.Now)] });
            board.Put(held with { Approvals = [new("prune", "sha256:2", "delete a and b", Statuses.Now)] });
            return receiver.ReceivesAsync(2);
        });
        Assert.Equal(
            ["delete a", "delete a and b"], receiver.Bodies.Select(static body => body.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_restart_does_not_tell_everything_again_but_what_has_just_begun()
    {
        await using var receiver = await Receiver.StartAsync();
        await RunAsync(receiver, Options, () =>
        {
            board.Put(Failed with { Unit = new("shop", "old"), Trouble = new("fetch", "", Statuses.Now.AddHours(-3)) });
            board.Put(Failed with { Unit = new("shop", "new"), Trouble = new("fetch", "", Statuses.Now.AddMinutes(-3)) });
            return receiver.ReceivesAsync(1);
        });
        Assert.Equal("new", Assert.Single(receiver.Bodies).GetProperty("unit").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_flood_is_a_few_notices_and_a_number()
    {
        await using var receiver = await Receiver.StartAsync();
        using var metrics = new ReconcileMetrics(board, clock);
        await RunAsync(receiver, Options with { MostPerHour = 5, Metrics = metrics }, async () =>
        {
            for (var i = 0; i < 1_000; i++) board.Put(Failed with { Unit = new("shop", $"unit-{i}") });
            await receiver.ReceivesAsync(5);
            clock.Pass(TimeSpan.FromHours(1));
            board.Put(Failed with { Unit = new("shop", "another") });
            await receiver.ReceivesAsync(1);
        });
        Assert.Equal(6, receiver.Requests);
        Assert.Contains(
            "995 more notices were held back", receiver.Bodies.Last().GetProperty("details")[0].GetString(),
            StringComparison.Ordinal);
        Assert.Equal(995, Scrape.Of(metrics.WriteTo)["gitops_policy_reconcile_notices_total{result=\"dropped\"}"]);
        Assert.Equal(6, Scrape.Of(metrics.WriteTo)["gitops_policy_reconcile_notices_total{result=\"sent\"}"]);
    }

    [Fact]
    public async Task What_could_not_be_told_is_tried_again_later_and_no_log_has_the_address()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Then(404);
        await RunAsync(receiver, Options, async () =>
        {
            board.Put(Failed);
            await receiver.ReceivesAsync(1);
            await SaysAsync("after 1 try");
            board.Put(Failed);
            clock.Pass(TimeSpan.FromMinutes(10));
            board.Put(Failed);
            await receiver.ReceivesAsync(1);
        });
        Assert.Equal(2, receiver.Requests);
        Assert.Equal(
            $"shop/web: http://127.0.0.1:{receiver.Address.Port}/… was not told `failed`: it answered 404, after 1 try",
            log.ToString().Trim());
    }

    [Fact]
    public async Task A_way_that_hangs_keeps_no_other_waiting_and_no_pass()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hanging = await Receiver.StartAsync();
        hanging.ThenNothing();
        using var first = new UrlChannel(hanging.Address, new());
        using var second = new UrlChannel(receiver.Address, new());
        await using (Notifier.Start(board, [first, second], Options))
        {
            board.Put(Failed);
            await receiver.ReceivesAsync(1);
            await hanging.ReceivesAsync(1);
        }

        Assert.Equal(["failed"], Subjects(receiver));
    }

    [Fact]
    public async Task A_unit_that_is_gone_and_comes_back_is_new()
    {
        await using var receiver = await Receiver.StartAsync();
        await RunAsync(receiver, Options, () =>
        {
            board.Put(Failed);
            board.Remove(Failed.Unit);
            board.Put(Failed);
            return receiver.ReceivesAsync(2);
        });
        Assert.Equal(2, receiver.Requests);
    }

    private static List<string?> Subjects(Receiver receiver) =>
        [.. receiver.Bodies.Select(static body => body.GetProperty("subject").GetString())];

    private async Task RunAsync(Receiver receiver, NotifierOptions options, Func<Task> story)
    {
        using var channel = new UrlChannel(receiver.Address, new());
        await using var notifier = Notifier.Start(board, [channel], options with { Clock = new Both(clock) });
        await story();
    }

    private async Task SaysAsync(string text)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            if (log.ToString().Contains(text, StringComparison.Ordinal)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }

        throw new TimeoutException($"`{text}` is not in `{log}`");
    }

    /// <summary>The time of the story, with waits of the real world.</summary>
    private sealed class Both(HandClock story) : TimeProvider
    {
        public override long TimestampFrequency => story.TimestampFrequency;

        public override long GetTimestamp() => story.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => story.GetUtcNow();
    }
}
