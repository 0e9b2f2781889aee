using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Fakes;
using Xunit;
using static GitOpsPolicy.Kubernetes.Tests.Fakes.FaultyApiServer;

namespace GitOpsPolicy.Kubernetes.Tests.Resources;

/// <summary>What the client makes of the forms in which servers tell what they serve, shown with a fake server.</summary>
public sealed class CatalogTests
{
    private const string Core = """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/VERSION","items":[{"metadata":{},"versions":[{"version":"v1","freshness":"Current","resources":[
          {"resource":"pods","responseKind":{"group":"","version":"","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","shortNames":["po"],"verbs":["get","list"],
           "subresources":[{"subresource":"status","responseKind":{"kind":"Pod"},"verbs":["get"]}]}]}]}]}
        """;

    private const string Groups = """
        {"kind":"APIGroupDiscoveryList","items":[
          {"metadata":{"name":"apps"},"versions":[
            {"version":"v1","resources":[{"resource":"deployments","responseKind":{"kind":"Deployment"},"scope":"Namespaced","verbs":["get"]}]},
            {"version":"v1beta1","resources":[{"resource":"deployments","responseKind":{"kind":"Deployment"},"scope":"Namespaced","verbs":["get"]}]}]},
          {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]}]}
        """;

    [Theory]
    [InlineData("v2")]
    [InlineData("v2beta1")]
    public async Task A_server_that_can_tell_all_at_once_is_asked_two_times(string version)
    {
        await using var server = await ServeAsync(path =>
            path == "/api" ? Core.Replace("VERSION", version, StringComparison.Ordinal) : Groups);
        using var client = new KubernetesClient(server.Connection);

        var catalog = await client.Discovery.GetAsync(default);
        Assert.Equal(["pods", "deployments.apps", "deployments.apps"], catalog.Types.Select(static type => type.ToString()));
        Assert.Equal("v1", catalog.Find("apps", "Deployment")!.Version);
        Assert.Equal("v1beta1", catalog.Find("apps", "Deployment", "v1beta1")!.Version);
        Assert.Equal("status", Assert.Single(catalog.Named("po")!.Subresources));
        Assert.Equal("metrics.k8s.io/v1beta1", Assert.Single(catalog.Undescribed).ApiVersion);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_older_server_is_asked_for_each_version_and_one_that_is_down_is_named()
    {
        await using var server = await ServeAsync(static path => path switch
        {
            "/api" => """{"kind":"APIVersions","versions":["v1"]}""",
            "/api/v1" =>
                """{"kind":"APIResourceList","resources":[{"name":"pods","kind":"Pod","namespaced":true,"verbs":["get"]},{"name":"pods/status","kind":"Pod","namespaced":true}]}""",
            "/apis" =>
                """{"kind":"APIGroupList","groups":[{"name":"x.test","versions":[{"version":"v1alpha1"},{"version":"v1"}],"preferredVersion":{"version":"v1"}},{"name":"down.test","versions":[{"version":"v1"}]}]}""",
            "/apis/x.test/v1"
                or "/apis/x.test/v1alpha1" =>
                    """{"kind":"APIResourceList","resources":[{"name":"things","kind":"Thing","namespaced":false,"verbs":["get"]}]}""",
            _ => null,
        });
        using var client = new KubernetesClient(server.Connection, new() { MaxAttempts = 1 });

        var catalog = await client.Discovery.GetAsync(default);
        Assert.Equal("v1", catalog.Find("x.test", "Thing")!.Version);
        Assert.Equal("status", Assert.Single(catalog.Find("", "Pod")!.Subresources));
        Assert.Equal("down.test/v1", Assert.Single(catalog.Undescribed).ApiVersion);
    }

    [Fact]
    public async Task A_kind_that_nobody_serves_is_looked_for_again_only_after_a_while()
    {
        var time = new ImpatientTime();
        await using var server = await ServeAsync(static path => path == "/api" ? Core : Groups);
        using var client = new KubernetesClient(server.Connection, new() { Time = time });

        for (var i = 0; i < 3; i++) Assert.Null(await client.Discovery.FindAsync("apps", "Nothing", null, default));
        Assert.Equal(2, server.Requests.Count);
        time.Pass(TimeSpan.FromSeconds(6));
        Assert.Null(await client.Discovery.FindAsync("apps", "Nothing", null, default));
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(null, "a b", "/api/v1/namespaces/x%2Fy/pods/a%20b")]
    [InlineData("status", "a?b#c", "/api/v1/namespaces/x%2Fy/pods/a%3Fb%23c/status")]
    public void Names_cannot_leave_their_place_in_a_path(string? subresource, string name, string expected) =>
        Assert.Equal(
            expected, new ObjectAddress(new("", "v1", "pods", "Pod", true), "x/y", name) { Subresource = subresource }.Path());

    [Theory]
    [InlineData("x", "..")]
    [InlineData("x", "")]
    [InlineData("", "a")]
    public void What_is_no_name_is_refused_before_it_is_sent(string inNamespace, string name) =>
        Assert.Throws<ArgumentException>(() => new ObjectAddress(new("", "v1", "pods", "Pod", true), inNamespace, name).Path());

    private static Task<FaultyApiServer> ServeAsync(Func<string, string?> answer) =>
        StartAsync([.. Enumerable.Repeat<Microsoft.AspNetCore.Http.RequestDelegate>(
            context => (answer(context.Request.Path!) is { } body ? Json(200, body) : Refusal(503, "ServiceUnavailable"))(
                context), 9)]);
}
