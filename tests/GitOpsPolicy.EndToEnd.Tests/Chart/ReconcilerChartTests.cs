using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Chart;

/// <summary>The reconcile engine of the chart.</summary>
public sealed partial class ReconcilerChartTests
{
    private static readonly string[] Whole =
    [
        "reconciler.enabled=true", "reconciler.shards=2", "reconciler.unitNamespaces={shop,web}",
        "reconciler.gitHosts={git.example.com}", "reconciler.clusterRole=edit",
        "reconciler.notifySecret=notices", "reconciler.dashboardUrl=https://gitops.example.com",
        "metrics.serviceMonitor.enabled=true", "metrics.dashboard.enabled=true",
    ];

    public static TheoryData<string> Values() => [
        "reconciler.enabled=true",
        string.Join(',', Whole),
        "reconciler.enabled=true,networkPolicy.enabled=false,topologySpread.enabled=false,reconciler.impersonate=false"
    ];

    [NeedsTools("helm", "kubectl")]
    public async Task It_is_off_until_somebody_asks_for_it() =>
        Assert.DoesNotContain(
            (await RenderedChart.OfAsync()).Objects, static one => Name(one).Contains("reconciler", StringComparison.Ordinal));

    [TheoryNeedsTools("helm", "kubectl")]
    [MemberData(nameof(Values))]
    public async Task Helm_and_our_own_rules_find_nothing_to_object_to(string values)
    {
        var lint = await Binary.StartAsync(
            "helm", Repository.Root, "", "lint", "--strict", RenderedChart.Folder, "--set", values);
        Assert.True(lint.ExitCode == 0, lint.ToString());
        using var folder = await TemporaryRepository.CreateAsync();
        folder.Write("rendered.yaml", (await RenderedChart.OfAsync(values)).Text);
        folder.Write("gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\n");
        var ran = await Binary.RunAsync(folder.Folder, "check", "rendered.yaml");
        Assert.True(ran.ExitCode == 0, ran.ToString());
    }

    [NeedsTools("helm", "kubectl")]
    public async Task The_engine_knows_every_option_that_it_is_started_with()
    {
        var help = await Binary.RunAsync(Repository.Root, "reconcile", "--help");
        var known = Option().Matches(help.Out).Select(static match => match.Value).ToHashSet(StringComparer.Ordinal);
        var given = (await EnginesAsync(Whole)).SelectMany(Arguments)
            .Where(static argument => argument.StartsWith("--", StringComparison.Ordinal))
            .Select(static argument => argument.Split('=')[0])
            .ToHashSet(StringComparer.Ordinal);
        Assert.Subset(known, given);
    }

    [NeedsTools("helm", "kubectl")]
    public async Task Each_shard_has_a_Deployment_and_a_Lease_that_it_may_take()
    {
        var chart = await RenderedChart.OfAsync(Whole);
        var engines = Engines(chart);
        Assert.Equal(["gp-gitops-policy-reconciler-1", "gp-gitops-policy-reconciler-2"], engines.Select(Name));
        Assert.Equal(
            ["--shard=1/2", "--shard=2/2"],
            engines.SelectMany(Arguments).Where(static argument => argument.StartsWith("--shard", StringComparison.Ordinal)));
        Assert.All(engines, static engine => Assert.Contains("--lease=gp-gitops-policy-reconciler", Arguments(engine)));
        var role = chart.Objects.Single(static one =>
            one.GetProperty("kind").GetString() == "Role" && Name(one) == "gp-gitops-policy-reconciler");
        Assert.Equal(
            engines.Select(Name),
            role.GetProperty("rules")[1].GetProperty("resourceNames").EnumerateArray().Select(static name => name.GetString()!));
    }

    [NeedsTools("helm", "kubectl")]
    public async Task Its_account_may_do_what_is_written_down_and_only_where_units_live()
    {
        var chart = await RenderedChart.OfAsync(Whole);
        var rules = chart.Objects
            .Single(static one =>
                one.GetProperty("kind").GetString() == "ClusterRole" && Name(one) == "gp-gitops-policy-reconciler")
            .GetProperty("rules")
            .EnumerateArray()
            .Select(static rule => $"{Texts(rule, "apiGroups")} {Texts(rule, "resources")} {Texts(rule, "verbs")}");
        Assert.Equal(
            [
                "gitopspolicy.dev reconciliations list,watch",
                "gitopspolicy.dev reconciliations/status patch",
                "events.k8s.io events create",
                " configmaps get,list,watch,create,update",
                " secrets get",
                " serviceaccounts impersonate",
            ],
            rules);
        var bindings = chart.Objects.Where(static one => one.GetProperty("kind")
            .GetString()!
            .EndsWith("RoleBinding", StringComparison.Ordinal)
            && Name(one).Contains("reconciler", StringComparison.Ordinal))
            .Select(
                static one =>
                    $"{(one.GetProperty("metadata").TryGetProperty("namespace", out var place) ? place.GetString() : "everywhere")}: {one.GetProperty("roleRef").GetProperty("name").GetString()}");
        Assert.Equal(
            [
                "everywhere: edit", "everywhere: gp-gitops-policy-reconciler-break-glass", "policy: gp-gitops-policy-reconciler",
                "shop: gp-gitops-policy-reconciler", "web: gp-gitops-policy-reconciler"
            ], bindings.Order(StringComparer.Ordinal));
    }

    [NeedsTools("helm", "kubectl")]
    public async Task Its_pods_run_with_as_little_as_they_can_and_the_webhook_does_not_take_them_for_its_own()
    {
        var chart = await RenderedChart.OfAsync(Whole);
        var template = Engines(chart)[0].GetProperty("spec").GetProperty("template");
        var (pod, labels) = (template.GetProperty("spec"), template.GetProperty("metadata").GetProperty("labels"));
        var security = pod.GetProperty("containers")[0].GetProperty("securityContext");
        Assert.True(pod.GetProperty("securityContext").GetProperty("runAsNonRoot").GetBoolean()
            && security.GetProperty("readOnlyRootFilesystem").GetBoolean());
        Assert.False(security.GetProperty("allowPrivilegeEscalation").GetBoolean());
        var selector = chart.One("Service").GetProperty("spec").GetProperty("selector");
        Assert.Contains(
            selector.EnumerateObject(),
            wanted => !labels.TryGetProperty(wanted.Name, out var has) || has.GetString() != wanted.Value.GetString());
    }

    private static async Task<List<JsonElement>> EnginesAsync(string[] values) => Engines(await RenderedChart.OfAsync(values));

    private static List<JsonElement> Engines(RenderedChart chart) => [.. chart.Objects.Where(static one =>
        one.GetProperty("kind").GetString() == "Deployment" && Name(one).Contains("reconciler", StringComparison.Ordinal))];

    private static IEnumerable<string> Arguments(JsonElement deployment) =>
        deployment.GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers")[0]
            .GetProperty("args").EnumerateArray().Select(static argument => argument.GetString()!);

    private static string Name(JsonElement one) => one.GetProperty("metadata").GetProperty("name").GetString()!;

    private static string Texts(JsonElement rule, string name) =>
        string.Join(',', rule.GetProperty(name).EnumerateArray().Select(static text => text.GetString()));

    [GeneratedRegex("(?<= )--[a-z0-9-]+", RegexOptions.None, 1_000)]
    private static partial Regex Option();
}
