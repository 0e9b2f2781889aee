using System.Text.Json.Nodes;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Reconciler.Live;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Notifications;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Live;

/// <summary>What a unit once made is found again by its marks, with as few requests as the rights of its name allow.</summary>
public sealed class MarkedObjectsTests : IAsyncLifetime
{
    private static readonly KubernetesId InGit = new("", "v1", "ConfigMap", "one", "wanted");

    private readonly HandClock clock = new();
    private FakeApiServer server = null!;

    public async Task InitializeAsync() => server = await FakeApiServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_name_that_may_list_everything_asks_for_each_kind_once_for_all_of_its_units()
    {
        Make("Service", "one", "left");
        Make("ConfigMap", "elsewhere", "left");
        var (marked, client) = (new MarkedObjects(clock), server.ClientOf("admin"));
        Assert.Equal(["elsewhere/left", "one/left"], await FindAsync(marked, client, Unit("shop")));
        Assert.Empty(await FindAsync(marked, client, Unit("stall")));
        Assert.Equal(server.Cluster.Types.Select(static type => (type.Group, type.Kind)).Distinct().Count(), Lists().Count);
        Assert.All(Lists(), static one => Assert.Equal("", one.Key.Namespace));
    }

    [Fact]
    public async Task A_name_with_rights_in_one_namespace_finds_what_is_there_and_asks_for_little_else()
    {
        Make("Service", "one", "left");
        Make("ConfigMap", "one", "left");
        Make("ConfigMap", "elsewhere", "left");
        May("deployer", "one", "configmaps", "services");
        var (marked, client) = (new MarkedObjects(clock), server.ClientOf("deployer"));
        Assert.Equal(["one/left", "one/left"], await FindAsync(marked, client, Unit("shop", "one")));
        Assert.Equal(
            ["ConfigMap", "Service", "one: ConfigMap", "one: Service"],
            Lists().Select(static one => $"{(one.Key.Namespace.Length > 0 ? one.Key.Namespace + ": " : "")}{one.Key.Kind}"));

        // Another unit of the name, long after: what was refused is known to be.
        clock.Pass(TimeSpan.FromMinutes(10));
        var before = Lists().Count;
        Assert.Empty(await FindAsync(marked, client, Unit("stall", "one")));
        Assert.All(Lists().Skip(before), static one => Assert.Equal(200, one.Code));
        Assert.Equal(before + 2, Lists().Count);
    }

    [Fact]
    public async Task Where_a_server_does_not_tell_rights_no_kind_is_asked_for_again_that_was_refused_both_ways()
    {
        Make("Service", "one", "left");
        server.Forbids = static request =>
            request.Verb == "list" && !(request.Key is { Namespace: "one", Kind: "Service" or "ConfigMap" });
        var (marked, client) = (new MarkedObjects(clock), server.ClientOf("deployer"));
        Assert.Equal(["one/left"], await FindAsync(marked, client, Unit("shop", "one")));
        var kinds = server.Cluster.Types.Select(static type => (type.Group, type.Kind, type.IsNamespaced)).Distinct().ToList();
        var everywhere = Lists().Where(static one => one.Key.Namespace.Length == 0).ToList();
        Assert.Equal("ConfigMap", everywhere[0].Key.Kind); // what Git has comes first
        Assert.Equal(
            3 + kinds.Count(static kind => !kind.IsNamespaced), everywhere.Count);
        Assert.Equal(kinds.Count(static kind => kind.IsNamespaced), Lists().Count - everywhere.Count);

        clock.Pass(TimeSpan.FromMinutes(10));
        var before = Lists().Count;
        Assert.Equal(["one/left"], await FindAsync(marked, client, Unit("shop", "one")));
        Assert.Equal(before + 2, Lists().Count);
    }

    [Fact]
    public async Task Rights_that_were_given_meanwhile_count_after_an_hour()
    {
        Make("Service", "one", "left");
        May("deployer", "one", "configmaps");
        var (marked, client) = (new MarkedObjects(clock), server.ClientOf("deployer"));
        Assert.Empty(await FindAsync(marked, client, Unit("shop", "one")));
        May("deployer", "one", "configmaps", "services");
        clock.Pass(TimeSpan.FromMinutes(61));
        Assert.Equal(["one/left"], await FindAsync(marked, client, Unit("shop", "one")));
    }

    [Fact]
    public async Task A_hundred_new_units_of_a_hundred_accounts_are_not_sixty_requests_each()
    {
        for (var i = 0; i < 100; i++) May($"deployer-{i}", $"space-{i}", "configmaps");
        var marked = new MarkedObjects(clock);
        for (var i = 0; i < 100; i++)
            await FindAsync(marked, server.ClientOf($"deployer-{i}"), Unit("shop", $"space-{i}"), []);
        Assert.Equal(2 * 100, Lists().Count);
    }

    private List<Fakes.Operation> Lists() => [.. server.Log.All.Where(static one => one.Verb == "list")];

    private readonly Dictionary<string, (string Place, string[] Plurals)> rights = new(StringComparer.Ordinal);

    // As a Role gives it.
    private void May(string name, string place, params string[] plurals)
    {
        rights[name] = (place, plurals);
        server.Forbids = request => request.Verb == "list"
            && !(rights.TryGetValue(request.Actor, out var of)
                && of.Place == request.Key.Namespace
                && of.Plurals.Contains(request.Type.Plural)
                && request.Type.Group.Length == 0);
        server.Rules = (actor, asked) => !rights.TryGetValue(actor, out var of) || of.Place != asked
            ? []
            : [
                new JsonObject
                {
                    ["verbs"] = new JsonArray("get", "list"),
                    ["apiGroups"] = new JsonArray(""),
                    ["resources"] = new JsonArray([.. of.Plurals.Select(static plural => (JsonNode)plural)]),
                }
            ];
    }

    private static Unit Unit(string name, string? place = null) => new()
    {
        Key = new("default", name),
        Source = new() { Url = "https://git.test/shop.git" },
        Target = new() { Namespace = place },
    };

    private static async Task<IEnumerable<string>> FindAsync(
        MarkedObjects marked, KubernetesClient client, Unit unit, KubernetesId[]? git = null) =>
        (await marked.OfAsync(client, unit, git ?? (unit.Target.Namespace is null ? [] : [InGit]), CancellationToken.None))
            .Select(static one => $"{one.Id.Namespace}/{one.Id.Name}")
            .Order(StringComparer.Ordinal);

    // Something that the unit `shop` applied.
    private void Make(string kind, string place, string name)
    {
        var spaces = server.Cluster.Types.First(static type => type.Kind == "Namespace");
        server.Cluster.Handle(new("system", "create", spaces, new("", "Namespace", "", place))
        {
            Body = new JsonObject { ["metadata"] = new JsonObject { ["name"] = place } },
        });
        var type = server.Cluster.Types.First(type => type.Kind == kind);
        var marks = new JsonObject { ["gitops-policy.dev/unit-name"] = "shop", ["gitops-policy.dev/unit-namespace"] = "default" };
        var answer = server.Cluster.Handle(new("engine", "apply", type, new(type.Group, kind, place, name))
        {
            Body = new JsonObject
            {
                ["apiVersion"] = type.ApiVersion,
                ["kind"] = kind,
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = place, ["labels"] = marks },
            },
            Manager = "gitops-policy",
            Force = true,
        });
        Assert.True(answer.IsGood, answer.Body.ToJsonString());
    }
}
