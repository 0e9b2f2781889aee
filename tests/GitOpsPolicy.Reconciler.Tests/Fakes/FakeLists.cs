using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>Answers lists and watches.</summary>
internal sealed class FakeLists(FakeCluster cluster, FaultPlan plan)
{
    /// <summary>One page.</summary>
    public async Task ListAsync(HttpContext context, FakeRequest request, FaultKind fault)
    {
        var token = context.Request.Query["continue"].ToString();
        var limit = int.TryParse(context.Request.Query["limit"], out var asked) ? asked : 0;
        var page = fault == FaultKind.Gone && token.Length > 0
            ? null
            : cluster.List(request.Type, SelectionOf(context, request), limit, token);
        cluster.Note(request, page is null ? 410 : 200, fault == FaultKind.None ? "" : fault.ToString());
        if (page is null)
        {
            await FakeApiServer.SendAsync(
                context, 410,
                Refusals.Expired("The provided continue parameter is too old to display a consistent list result.").Body);
            return;
        }

        context.Response.ContentType = "application/json";
        var head = new JsonObject { ["resourceVersion"] = page.Version.ToString() };
        if (page.Continue.Length > 0) (head["continue"], head["remainingItemCount"]) = (page.Continue, page.Left);
        await context.Response.WriteAsync($$"""{"kind":"{{request.Type.Kind}}List","apiVersion":"{{request.Type.ApiVersion}}","metadata":{{head.ToJsonString()}},"items":[""");
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0) await context.Response.WriteAsync(",");
            await context.Response.Body.WriteAsync(page.Items[i].Bytes);
            if (fault != FaultKind.ResetAfterwards || i < page.Items.Count / 2) continue;
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.WriteAsync("]}");
    }

    /// <summary>Changes as they come, until the time is over.</summary>
    public async Task WatchAsync(HttpContext context, FakeRequest request, (FaultKind Fault, CancellationToken Cut) broken)
    {
        var fault = broken.Fault;
        var selection = SelectionOf(context, request);
        var from = long.TryParse(context.Request.Query["resourceVersion"], out var asked) ? asked : 0;
        var seconds = int.TryParse(context.Request.Query["timeoutSeconds"], out var wanted) ? wanted : 300;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, broken.Cut);
        end.CancelAfter(plan.IsOn && plan.WatchLifetime is { } cut ? cut : TimeSpan.FromSeconds(seconds));
        cluster.Note(request, 200, fault == FaultKind.None ? "" : fault.ToString());
        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync();
        if (fault == FaultKind.Gone || (from > 0 && cluster.Next(request.Type, selection, from) is null))
        {
            await TellAsync(
                context, "ERROR",
                Encoding.UTF8.GetBytes(Refusals.Expired($"too old resource version: {from} ({from + 1})").Body.ToJsonString()));
            return;
        }

        try
        {
            if (from == 0) from = await BeginAsync(context, request.Type, selection);
            await FollowAsync(
                context, request.Type, selection, (from, context.Request.Query["allowWatchBookmarks"] == "true"), end.Token);
        }
        catch (OperationCanceledException)
        {
            // cut, not ended
            if (broken.Cut.IsCancellationRequested || (plan.IsOn && plan.WatchLifetime is not null)) context.Abort();
        }
    }

    private async Task<long> BeginAsync(HttpContext context, FakeType type, FakeSelection selection)
    {
        var page = cluster.List(type, selection, 0, "")!;
        foreach (var item in page.Items) await TellAsync(context, "ADDED", item.Bytes);
        return page.Version;
    }

    private async Task FollowAsync(
        HttpContext context, FakeType type, FakeSelection selection, (long From, bool Bookmarks) place, CancellationToken end)
    {
        var (from, bookmarks) = place;
        while (true)
        {
            // forgotten meanwhile; a real server goes on from its cache
            if (cluster.Next(type, selection, from) is not { } next) return;
            foreach (var (kind, stored) in next.Told)
            {
                await TellAsync(context, kind, stored.Bytes);
                if (plan.Repeats()) await TellAsync(context, kind, stored.Bytes);
            }

            if (bookmarks && next.Told.Count == 0 && next.Version > from)
                await TellAsync(
                    context, "BOOKMARK",
                    Encoding.UTF8.GetBytes($$"""{"kind":"{{type.Kind}}","apiVersion":"{{type.ApiVersion}}","metadata":{"resourceVersion":"{{next.Version}}"} }"""));
            from = next.Version;
            await next.More.WaitAsync(end);
        }
    }

    private static async Task TellAsync(HttpContext context, string kind, byte[] stored)
    {
        await context.Response.WriteAsync($$"""{"type":"{{kind}}","object":""");
        await context.Response.Body.WriteAsync(stored);
        await context.Response.WriteAsync("}\n");
        await context.Response.Body.FlushAsync();
    }

    private static FakeSelection SelectionOf(HttpContext context, FakeRequest request) =>
        new(
            request.Key.Namespace, context.Request.Query["labelSelector"].ToString(),
            context.Request.Query["fieldSelector"].ToString());
}
