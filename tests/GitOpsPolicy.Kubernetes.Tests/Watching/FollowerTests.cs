using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Fakes;
using GitOpsPolicy.Kubernetes.Watching;
using Microsoft.AspNetCore.Http;
using Xunit;
using static GitOpsPolicy.Kubernetes.Tests.Fakes.FaultyApiServer;

namespace GitOpsPolicy.Kubernetes.Tests.Watching;

/// <summary>Lists and watches that break, shown with a fake server.</summary>
public sealed class FollowerTests
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);

    private static readonly RequestDelegate Gone = Json(
        410, """{"kind":"Status","message":"too old resource version: 5 (9)","reason":"Expired","code":410}""");

    private readonly ImpatientTime time = new();

    [Fact]
    public async Task A_list_is_followed_by_its_changes()
    {
        await using var server = await StartAsync(
            List("5", "a", "b"),
            Watch(Event("MODIFIED", "a", 6), Event("DELETED", "b", 7), Event("BOOKMARK", "", 9)),
            Watch(Event("ADDED", "c", 10)));

        Assert.Equal(
            "listing|listed a 5|listed b 5|synced 5|modified a 6|deleted b 7|bookmark 9|added c 10",
            await FollowAsync(server, 8));
        Assert.Equal(["", "5", "9"], Versions(server));
    }

    [Fact]
    public async Task A_watch_that_is_cut_goes_on_behind_its_last_whole_event()
    {
        var seen = new TaskCompletionSource();
        await using var server = await StartAsync(
            List("5"),
            BreaksOff(Event("ADDED", "a", 6) + Event("ADDED", "b", 7)[..30], seen.Task),
            Watch(Event("ADDED", "b", 7)));

        Assert.Equal(
            "listing|synced 5|added a 6|interrupted Waiting|added b 7",
            await FollowAsync(server, 5, told => _ = told == "added a 6" && seen.TrySetResult()));
        Assert.Equal(["", "5", "6"], Versions(server));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_state_that_the_server_has_forgotten_is_listed_anew(bool inStream)
    {
        var forgotten = inStream
            ? Watch("""{"type":"ERROR","object":{"kind":"Status","message":"too old","reason":"Expired","code":410}}""" + "\n")
            : Gone;
        await using var server = await StartAsync(List("5", "a"), forgotten, List("9", "b"), Watch(Event("ADDED", "c", 10)));

        Assert.Equal("listing|listed a 5|synced 5|listing|listed b 9|synced 9|added c 10", await FollowAsync(server, 7));
    }

    [Fact]
    public async Task A_server_that_forgets_at_once_every_time_is_not_asked_without_pause()
    {
        await using var server = await StartAsync(List("5"), Gone, List("6"), Gone, List("7"), Gone);

        var events = await FollowAsync(server, 9);
        Assert.Equal(
            "listing|synced 5|listing|synced 6|interrupted Refused|listing|synced 7|interrupted Refused|interrupted Refused",
            events);
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_of_with_longer_and_longer_waits()
    {
        await using var server = await StartAsync(
            List("5"), Refusal(500, "InternalError"), Refusal(500, "InternalError"),
            Refusal(429, "TooManyRequests", ("Retry-After", "20")), Watch(Event("ADDED", "a", 6)));

        Assert.Equal(
            "listing|synced 5|interrupted Refused|interrupted Refused|interrupted Refused|added a 6",
            await FollowAsync(server, 6));
        Assert.Equal([0.5, 1, 20], time.Waits.Select(static wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_watch_that_ends_at_once_without_a_word_is_not_begun_without_pause()
    {
        await using var server = await StartAsync(List("5"), Watch(), Watch(), Watch(Event("ADDED", "a", 6)));

        Assert.Equal("listing|synced 5|interrupted Waiting|interrupted Waiting|added a 6", await FollowAsync(server, 5));
    }

    [Fact]
    public async Task A_list_whose_pages_the_server_forgets_starts_over()
    {
        await using var server = await StartAsync(Page("5", "next", "a"), Gone, Page("9", "", "a", "b"));

        Assert.Equal("listing|listed a 5|listing|listed a 9|listed b 9|synced 9", await FollowAsync(server, 6));
    }

    [Fact]
    public async Task A_list_that_is_only_read_goes_on_where_it_was_when_the_server_offers_it()
    {
        var offer = Json(
            410, """{"kind":"Status","metadata":{"continue":"rest"},"reason":"Expired","code":410,"message":"too old"}""");
        await using var server = await StartAsync(Page("5", "next", "a"), offer, Page("9", "", "b"));
        using var client = new KubernetesClient(server.Connection);

        var names = new List<string>();
        await foreach (var item in client.ListAsync(ConfigMaps, Selection.All, default))
            names.Add(new ObjectMetadata(item.Object!).Name);
        Assert.Equal(["a", "b"], names);
        Assert.EndsWith("continue=rest", server.Requests.Last().Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_spoils_itself_alone()
    {
        var deep = $$"""{"metadata":{"name":"deep"},"spec":{{string.Concat(Enumerable.Repeat("[", 5000))}}{{string.Concat(Enumerable.Repeat("]", 5000))}} }""";
        var body = $$"""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a"} },{{deep}},{"metadata":{"name":"b"} },{},7]}""";
        await using var server = await StartAsync(
            Json(200, body), Watch("""{"type":"ADDED","object":""" + deep + "}\n", Event("ADDED", "c", 6)));

        Assert.Equal(
            "listing|listed a |unreadable GET /api/v1/configmaps: deep: values nest too deeply|listed b |listed  |unreadable GET /api/v1/configmaps: an item is no object|synced 5|unreadable GET /api/v1/configmaps: deep: values nest too deeply|added c 6",
                await FollowAsync(server, 9));
    }

    [Theory]
    [InlineData("""{"type":"ADDED"}""", "an event has no object")]
    [InlineData("""{"type":"NEW","object":{}}""", "unknown event type `NEW`")]
    [InlineData("""{"type":"ADDED","object":{}""", "an event is no JSON")]
    public async Task A_line_that_is_no_event_ends_the_watch(string line, string expected)
    {
        await using var server = await StartAsync(Watch(line + "\n"));
        using var client = new KubernetesClient(server.Connection);

        var e = await Assert.ThrowsAsync<KubernetesException>(async () =>
        {
            await foreach (var _ in client.WatchAsync(ConfigMaps, Selection.All, "5", TimeSpan.FromMinutes(5), default))
            {
            }
        });
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_is_asked_for_with_bookmarks_and_an_end()
    {
        await using var server = await StartAsync(Watch());
        using var client = new KubernetesClient(server.Connection);
        await foreach (var _ in client.WatchAsync(
            ConfigMaps, new() { Namespace = "prod", LabelSelector = "a=b,c" }, "5", TimeSpan.FromMinutes(5), default))
        {
        }

        Assert.Equal(
            "/api/v1/namespaces/prod/configmaps?labelSelector=a%3Db%2Cc&watch=true&allowWatchBookmarks=true&resourceVersion=5&timeoutSeconds=300", server.Requests.Single().Target);
    }

    [Fact]
    public async Task Following_ends_when_it_is_cancelled_also_in_the_middle_of_a_silent_watch()
    {
        await using var server = await StartAsync(List("5"), Hangs());
        using var client = new KubernetesClient(server.Connection);
        using var end = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var happened in client.FollowAsync(ConfigMaps, Selection.All, end.Token))
                if (happened is WatchEvent.Synced) end.CancelAfter(50);
        });
    }

    private async Task<string> FollowAsync(FaultyApiServer server, int count, Action<string>? onTold = null)
    {
        using var client = new KubernetesClient(server.Connection, new() { Time = time, Chance = static () => 1 });
        var told = new List<string>();
        await foreach (var happened in client.FollowAsync(ConfigMaps, Selection.All, default))
        {
            told.Add(Describe(happened));
            onTold?.Invoke(told[^1]);
            if (told.Count == count) break;
        }

        return string.Join('|', told);
    }

    private static string Describe(WatchEvent happened) => happened switch
    {
        WatchEvent.Listing => "listing",
        WatchEvent.Listed(var node) => $"listed {Brief(node)}",
        WatchEvent.Synced(var version) => $"synced {version}",
        WatchEvent.Added(var node) => $"added {Brief(node)}",
        WatchEvent.Modified(var node) => $"modified {Brief(node)}",
        WatchEvent.Deleted(var node) => $"deleted {Brief(node)}",
        WatchEvent.Bookmark(var version) => $"bookmark {version}",
        WatchEvent.Interrupted(var failure, _) => $"interrupted {failure.Stage}",
        WatchEvent.Unreadable(var problem) => $"unreadable {problem.Location.File}: {problem.Message}",
        _ => throw new ArgumentException($"Unknown event {happened}."),
    };

    private static string Brief(Documents.MappingNode node) =>
        $"{new ObjectMetadata(node).Name} {new ObjectMetadata(node).ResourceVersion}";

    private static IEnumerable<string> Versions(FaultyApiServer server) => server.Requests.Select(static seen =>
        System.Web.HttpUtility.ParseQueryString(seen.Target[(seen.Target.IndexOf('?') + 1)..])["resourceVersion"] ?? "");

    private static RequestDelegate List(string version, params string[] names) => Page(version, "", names);

    private static RequestDelegate Page(string version, string next, params string[] names)
    {
        var items = string.Join(
            ',', names.Select(name => $$"""{"metadata":{"name":"{{name}}","resourceVersion":"{{version}}"} }"""));
        return Json(
            200,
            $$"""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"{{version}}","continue":"{{next}}"},"items":[{{items}}]}""");
    }

    private static RequestDelegate Watch(params string[] events) => Json(200, string.Concat(events));

    private static string Event(string type, string name, int version) =>
        $$"""{"type":"{{type}}","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"{{name}}","resourceVersion":"{{version}}"} } }"""
            + "\n";
}
