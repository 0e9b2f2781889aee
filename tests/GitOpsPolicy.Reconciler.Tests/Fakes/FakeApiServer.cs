using System.Net;
using System.Text.Json.Nodes;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>
/// A fake: <see cref="FakeCluster"/> behind HTTP on loopback, with faults on demand. Whoever asks bears a token, and the token is
/// his name in the log.
/// </summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly string folder = Directory.CreateTempSubdirectory("gitops-policy-fake-").FullName;

    private CancellationTokenSource watches = new();

    private FakeApiServer(WebApplication web, FakeCluster cluster) => (this.web, Cluster) = (web, cluster);

    /// <summary>The cluster behind it.</summary>
    public FakeCluster Cluster { get; }

    /// <summary>What happened.</summary>
    public OperationLog Log => Cluster.Log;

    /// <summary>What goes wrong from now on.</summary>
    public FaultPlan Faults { get; set; } = FaultPlan.None;

    /// <summary>Who may not do what; null for nobody. A server of which that is known says so when it is asked.</summary>
    public Func<FakeRequest, bool>? Forbids { get; set; }

    /// <summary>
    /// What a name may in a namespace, as rules of a role, for those that ask for their own rights; null for a server that does
    /// not tell.
    /// </summary>
    public Func<string, string, JsonArray>? Rules { get; set; }

    /// <summary>Cuts all watches that are open.</summary>
    public void CutWatches()
    {
        var open = Interlocked.Exchange(ref watches, new());
        open.Cancel();
        open.Dispose();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address =>
        new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts one with an empty cluster.</summary>
    public static async Task<FakeApiServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.AllowSynchronousIO = true;
        });
        builder.WebHost.UseSetting("suppressStatusMessages", "true");
        var server = new FakeApiServer(builder.Build(), new());
        server.web.Run(server.AnswerAsync);
        await server.web.StartAsync();
        return server;
    }

    /// <summary>A connection of somebody of this name.</summary>
    public ClusterConnection ConnectionOf(string actor) => ClusterFixture.Connect(KubeConfigOf(actor));

    /// <summary>A client of somebody of this name.</summary>
    public KubernetesClient ClientOf(string actor, ClientOptions? options = null) => new(ConnectionOf(actor), options);

    /// <summary>The path of a kubeconfig with which a process of its own asks in somebody's name.</summary>
    public string KubeConfigOf(string actor)
    {
        var path = Path.Join(folder, actor + ".kubeconfig");
        File.WriteAllText(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: fake
            clusters: [{name: fake, cluster: {server: "{{Address}}"} }]
            users: [{name: it, user: {token: "{{actor}}"} }]
            contexts: [{name: fake, context: {cluster: fake, user: it} }]

            """);
        return path;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        await web.StopAsync(now.Token);
        await web.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (FakeDiscovery.At(path, Cluster.Types) is { } page)
        {
            await SendAsync(context, 200, page);
            return;
        }

        if (Rules is { } rules && path == "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews")
        {
            var asked = await JsonNode.ParseAsync(context.Request.Body);
            var told = rules(FakeHeaders.Actor(context.Request), (string)asked!["spec"]!["namespace"]!);
            asked["status"] = new JsonObject { ["incomplete"] = false, ["resourceRules"] = told };
            await SendAsync(context, 201, asked.AsObject());
            return;
        }

        var read = FakePath.Read(path);
        var type = read is null
            ? null
            : Cluster.Types.FirstOrDefault(one =>
                (one.Group, one.Version, one.Plural) == (read.Group, read.Version, read.Plural));
        if (read is null || type is null)
            await SendAsync(context, 404, Refusals.Of(404, "NotFound", "the server could not find the requested resource").Body);
        else await CarryOutAsync(context, await RequestOf(context, read, type));
    }

    private static async Task<FakeRequest> RequestOf(HttpContext context, FakePath path, FakeType type)
    {
        var body = context.Request.ContentLength is null or 0 && context.Request.Method == "GET"
            ? null
            : await JsonNode.ParseAsync(context.Request.Body);
        return new(
            FakeHeaders.Actor(context.Request), FakeHeaders.Verb(context.Request, path.Name), type,
            new(type.Group, type.Kind, path.Namespace, path.Name))
        {
            Body = body,
            Subresource = path.Subresource,
            Impersonated = context.Request.Headers["Impersonate-User"].ToString(),
            Manager = FakeHeaders.Manager(context.Request),
            Force = context.Request.Query["force"] == "true",
            IsDryRun = context.Request.Query["dryRun"] == "All",
        };
    }

    private async Task CarryOutAsync(HttpContext context, FakeRequest request)
    {
        if (Forbids?.Invoke(request) == true)
        {
            Cluster.Note(request, 403, "");
            await SendAsync(context, 403, Refusals.Of(403, "Forbidden", $"{request.Actor} cannot {request.Verb} {request.Key}").Body);
            return;
        }

        var plan = Faults;
        var fault = plan.Next(request);
        if (Refused(fault) is { } refusal)
        {
            Cluster.Note(request, refusal.Code, fault.ToString());
            if (fault == FaultKind.TooMany) context.Response.Headers.RetryAfter = "1";
            await SendAsync(context, refusal.Code, refusal.Body);
            return;
        }

        if (fault == FaultKind.ResetBefore)
        {
            Cluster.Note(request, 0, fault.ToString());
            context.Abort();
            return;
        }

        if (fault == FaultKind.Stall) await Task.Delay(plan.Delay, TimeProvider.System, context.RequestAborted);
        await (request.Verb switch
        {
            "list" => new FakeLists(Cluster, plan).ListAsync(context, request, fault),
            "watch" => new FakeLists(Cluster, plan).WatchAsync(context, request, (fault, watches.Token)),
            _ => OneAsync(context, request, fault),
        });
    }

    private async Task OneAsync(HttpContext context, FakeRequest request, FaultKind fault)
    {
        var answer = Cluster.Handle(request, fault is FaultKind.None or FaultKind.Gone ? "" : fault.ToString());
        if (fault == FaultKind.ErrorAfterwards) answer = Refusals.Of(500, "InternalError", "etcdserver: request timed out");
        if (fault != FaultKind.ResetAfterwards)
        {
            await SendAsync(context, answer.Code, answer.Body);
            return;
        }

        context.Response.StatusCode = answer.Code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.Body.ToJsonString()[..8]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static FakeAnswer? Refused(FaultKind fault) => fault switch
    {
        FaultKind.ServerError => Refusals.Of(500, "InternalError", "etcdserver: leader changed"),
        FaultKind.Unavailable => Refusals.Of(503, "ServiceUnavailable", "the server is currently unable to handle the request"),
        FaultKind.Conflict => Refusals.Of(
            409, "Conflict", "the object has been modified; please apply your changes to the latest version and try again"),
        FaultKind.TooMany => Refusals.Of(429, "TooManyRequests", "too many requests, please try again later"),
        _ => null,
    };

    internal static Task SendAsync(HttpContext context, int code, JsonObject body)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
