using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GitOpsPolicy.Load.Auditing;

/// <summary>
/// A fake: no API server, but as much of one as an audit sees of a cluster with more Pods than one on this machine could hold. It
/// lists Pods of a file in pages, forgets the state of a list once on the way, and keeps reports. How a real one behaves is
/// tested with a real one.
/// </summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    /// <summary>The page whose token it has forgotten when it is asked for first.</summary>
    private const int Forgotten = 40;

    private readonly WebApplication web;
    private readonly StoredPods pods;
    private readonly ConcurrentDictionary<string, string> reports = new(StringComparer.Ordinal);
    private bool hasForgotten;

    private FakeCluster(WebApplication web, StoredPods pods) => (this.web, this.pods) = (web, pods);

    /// <summary>Reports written since <see cref="Begin"/>.</summary>
    public int Writes { get; private set; }

    /// <summary>Pages given since <see cref="Begin"/>.</summary>
    public int Pages { get; private set; }

    /// <summary>Called for each page that is asked for, with how many were before.</summary>
    public Action<int> Asked { get; set; } = static _ => { };

    /// <summary>The reports it keeps, by path.</summary>
    public IReadOnlyDictionary<string, string> Reports => reports;

    /// <summary>A kubeconfig for it.</summary>
    public string KubeConfig =>
        $$"""
        apiVersion: v1
        kind: Config
        current-context: fake
        clusters: [{ name: fake, cluster: { server: "{{web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}}" } }]
        contexts: [{ name: fake, context: { cluster: fake, user: nobody } }]
        users: [{ name: nobody, user: {} }]
        """;

    /// <summary>Starts one.</summary>
    public static async Task<FakeCluster> StartAsync(StoredPods pods)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var cluster = new FakeCluster(builder.Build(), pods);
        cluster.web.Run(cluster.AnswerAsync);
        await cluster.web.StartAsync();
        return cluster;
    }

    /// <summary>Counts anew, and forgets anew.</summary>
    public void Begin() => (Writes, Pages, hasForgotten, Asked) = (0, 0, false, static _ => { });

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        context.Response.ContentType = "application/json";
        return (context.Request.Method, path) switch
        {
            ("GET", "/api") => TellAsync(context, """{"kind":"APIVersions","versions":["v1"]}"""),
            ("GET", "/apis") => TellAsync(
                context,
                """{"kind":"APIGroupList","groups":[{"name":"openreports.io","versions":[{"groupVersion":"openreports.io/v1alpha1","version":"v1alpha1"}],"preferredVersion":{"groupVersion":"openreports.io/v1alpha1","version":"v1alpha1"}}]}"""),
            ("GET", "/api/v1") => TellAsync(
                context,
                """{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","kind":"Pod","namespaced":true,"verbs":["list","get"]},{"name":"nodes","kind":"Node","namespaced":false,"verbs":["list"]}]}"""),
            ("GET", "/apis/openreports.io/v1alpha1") => TellAsync(
                context,
                """{"kind":"APIResourceList","groupVersion":"openreports.io/v1alpha1","resources":[{"name":"reports","kind":"Report","namespaced":true,"verbs":["list"]},{"name":"clusterreports","kind":"ClusterReport","namespaced":false,"verbs":["list"]}]}"""),
            ("GET", "/api/v1/pods") => ListAsync(context),
            ("GET", "/apis/openreports.io/v1alpha1/reports") => TellAsync(
                context,
                $$"""{"kind":"ReportList","apiVersion":"openreports.io/v1alpha1","metadata":{},"items":[{{string.Join(',', reports.Values)}}]}"""),
            ("GET", "/apis/openreports.io/v1alpha1/clusterreports") => TellAsync(
                context, """{"kind":"ClusterReportList","apiVersion":"openreports.io/v1alpha1","metadata":{},"items":[]}"""),
            ("PATCH", _) => KeepAsync(context, path),
            _ => TellAsync(
                context,
                $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404,"message":"not found","details":{"name":"{{path.Split('/')[^1]}}"} }""", 404),
        };
    }

    private async Task ListAsync(HttpContext context)
    {
        var limit = int.Parse(context.Request.Query["limit"]!, CultureInfo.InvariantCulture);
        var from = context.Request.Query["continue"] is [{ Length: > 0 } token]
            ? int.Parse(token, CultureInfo.InvariantCulture)
            : 0;
        Asked(Pages);
        if (from == limit * Forgotten && !hasForgotten)
        {
            hasForgotten = true;
            await TellAsync(
                context,
                $$"""{"kind":"Status","apiVersion":"v1","metadata":{"continue":"{{from}}"},"status":"Failure","reason":"Expired","code":410,"message":"The provided continue parameter is too old"}""", 410);
            return;
        }

        Pages++;
        var to = Math.Min(pods.Count, from + limit);
        var next = to < pods.Count ? $"\"continue\":\"{to}\"," : "";
        await context.Response.WriteAsync(
            $$"""{"kind":"PodList","apiVersion":"v1","metadata":{ {{next}}"resourceVersion":"1"},"items":[""");
        for (var i = from; i < to; i++)
        {
            if (i > from) await context.Response.WriteAsync(",");
            await context.Response.Body.WriteAsync(pods.Read(i));
        }

        await context.Response.WriteAsync("]}");
    }

    private async Task KeepAsync(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var report = await reader.ReadToEndAsync();
        using (JsonDocument.Parse(report)) reports[path] = report;
        Writes++;
        await TellAsync(context, report);
    }

    private static Task TellAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(json);
    }
}
