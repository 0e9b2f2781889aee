using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>
/// The rights that the chart grants to the reconcile engine, at a real API server: what it does it may, and what it does not do
/// it may not.
/// </summary>
[Collection(ChartClusterTests.Name)]
public sealed class ReconcileRightsTests(ChartCluster cluster)
{
    [ChartFact]
    public async Task The_engine_of_the_chart_asks_for_nothing_that_it_may_not_have_and_needs_all_that_it_has()
    {
        using var bench = await ChartBench.OpenAsync(cluster, "whole");
        await bench.AccountAsync("deployer", "[get, list, watch, create, patch, delete]");
        await bench.SecretAsync("far", ChartCluster.WithToken(cluster.Cluster.KubeConfig, null));
        await bench.UnitAsync("shop", "serviceAccount: deployer");
        await bench.UnitAsync("far", "kubeConfig: { secretRef: { name: far } }");
        await cluster.KubectlAsync("-n", "policy", "delete", "leases", "--all");
        var asked = cluster.Asked().Count();
        var engine = bench.Start();
        await engine.SaysAsync("this process leads");
        await bench.UntilAsync("shop", "synced");
        await bench.UntilAsync("far", "synced");

        // Drift is seen by a watch, though the account may watch one namespace alone; and a unit that waits is told of by an
        // event.
        await bench.KubectlAsync("patch", "configmap", "shop", "--type=merge", "-p", """{"data":{"a":"changed"}}""");
        await bench.UntilAsync(
            async () => await bench.KubectlAsync("get", "configmap", "shop", "-o", "jsonpath={.data.a}") == "whole",
            "the drift is put back");
        await bench.KubectlAsync(
            "patch", "reconciliation", "shop", "--type=merge", "-p", """{"spec":{"source":{"path":"nowhere"}}}""");
        await bench.UntilAsync("shop", "failed");
        await bench.UntilAsync(
            async () => (await bench.KubectlAsync("get", "events.v1.events.k8s.io", "-o", "name")).Length > 0,
            "an event tells of it");
        Assert.Equal(0, await engine.TerminateAsync());

        var requests = cluster.Asked().Skip(asked).ToList();
        Assert.DoesNotContain(requests, static request => request is { As: null, Code: 403 });
        var granted = Granted().ToHashSet(StringComparer.Ordinal);
        var used = requests.Where(static request => request.As is null && !request.What.Contains(" /", StringComparison.Ordinal))
            .Select(static request => request.What)
            .ToHashSet(StringComparer.Ordinal);
        used.Add(" serviceaccounts impersonate");   // what it does in another one's name says so
        Assert.Contains(
            requests,
            static request =>
                request is { As: "system:serviceaccount:shop:deployer", What: " configmaps watch", Place: "shop", Code: 200 });
        Assert.Equal(granted.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [ChartTheory]
    [InlineData("shop", "get secrets", true)]
    [InlineData("shop", "list secrets", false)]
    [InlineData("other", "get secrets", false)]
    [InlineData("policy", "get secrets", false)]
    [InlineData("kube-system", "get secrets", false)]
    [InlineData("shop", "create secrets", false)]
    [InlineData("shop", "delete configmaps", false)]
    [InlineData("other", "get configmaps", false)]
    [InlineData("", "list configmaps", false)]
    [InlineData("", "delete namespaces", false)]
    [InlineData("", "create namespaces", false)]
    [InlineData("shop", "create pods", false)]
    [InlineData("shop", "delete reconciliations.gitopspolicy.dev", false)]
    [InlineData("shop", "update reconciliations.gitopspolicy.dev", false)]
    [InlineData("", "create breakglasses.gitopspolicy.dev", false)]
    [InlineData("shop", "impersonate serviceaccounts", true)]
    [InlineData("other", "impersonate serviceaccounts", false)]
    [InlineData("policy", "impersonate serviceaccounts", false)]
    [InlineData("", "impersonate users", false)]
    [InlineData("", "impersonate groups", false)]
    [InlineData("shop", "create serviceaccounts --subresource=token", false)]
    [InlineData("shop", "create rolebindings.rbac.authorization.k8s.io", false)]
    [InlineData("shop", "bind clusterroles.rbac.authorization.k8s.io", false)]
    [InlineData("policy", "get leases.coordination.k8s.io/gp-gitops-policy-reconciler", true)]
    [InlineData("policy", "patch leases.coordination.k8s.io/gp-gitops-policy", false)]
    [InlineData("policy", "delete leases.coordination.k8s.io/gp-gitops-policy-reconciler", false)]
    [InlineData("shop", "create leases.coordination.k8s.io", false)]
    public async Task Its_account_may_do_that_or_not(string place, string what, bool may)
    {
        var (_, answer, _) = await cluster.TryKubectlAsync(
            null,
            [
                "auth", "can-i", .. what.Split(' '), $"--as={ChartCluster.Account}",
                .. place.Length > 0 ? (string[])["-n", place] : ["--all-namespaces"]
            ]);
        Assert.Equal(may ? "yes" : "no", answer.Trim());
    }

    [ChartFact]
    public async Task A_unit_can_do_no_more_than_the_account_that_it_names()
    {
        using var bench = await ChartBench.OpenAsync(cluster, "names");
        await bench.AccountAsync("reader", "[get, list, watch]");
        await bench.UnitAsync("reads", "serviceAccount: reader");
        await bench.UnitAsync("nobody", "serviceAccount: nobody");
        await bench.UnitAsync("own", "clusterScoped: true");
        var engine = bench.Start();
        foreach (var (unit, who) in ((string, string)[])[
            ("reads", "system:serviceaccount:shop:reader"),
            ("nobody", "system:serviceaccount:shop:nobody"),
            ("own", ChartCluster.Account)
        ])
            await bench.RefusedAsync(unit, who);
        Assert.Equal(
            "", await bench.KubectlAsync("get", "configmaps", "reads", "nobody", "own", "--ignore-not-found", "-o", "name"));

        await bench.AccountAsync("reader", "[get, list, watch, create, patch]");
        await bench.UntilAsync("reads", "synced");
        Assert.Equal(0, await engine.TerminateAsync());
    }

    [ChartFact]
    public async Task A_server_is_asked_no_more_than_was_set_whatever_the_number_of_names()
    {
        const int rate = 15;
        using var bench = await ChartBench.OpenAsync(cluster, "slow");
        var before = cluster.Asked().Count();
        foreach (var account in (string[])["one", "two", "three"])
        {
            await bench.AccountAsync(account, "[get, list, watch, create, patch, delete]");
            await bench.UnitAsync(account, $"serviceAccount: {account}");
        }

        var engine = bench.Start(chart: await ChartCluster.RenderAsync(
            $"reconciler.kubeApiQps={rate}", $"reconciler.kubeApiBurst={rate}"));
        foreach (var account in (string[])["one", "two", "three"]) await bench.UntilAsync(account, "synced");
        Assert.Equal(0, await engine.TerminateAsync());
        var times = cluster.Asked()
            .Skip(before)
            .Where(static request => !request.What.StartsWith("coordination.k8s.io", StringComparison.Ordinal))
            .Select(static request => request.At)
            .Order()
            .ToList();

        // Within any ten seconds so many on the long run and as many at once; a tenth more for those that were long under way.
        var most = times.Select(from => times.Count(time => time >= from && time < from.AddSeconds(10))).Max();
        Assert.InRange(most, rate, (int)(1.1 * rate * (10 + 1)));
    }

    private IEnumerable<string> Granted() =>
        from one in cluster.Chart.Objects
        where one.GetProperty("kind").GetString() is "Role" or "ClusterRole"
            && one.GetProperty("metadata").GetProperty("name").GetString()!.Contains("reconciler", StringComparison.Ordinal)
        from rule in one.GetProperty("rules").EnumerateArray()
        from what in Texts(rule, "apiGroups").SelectMany(api => Texts(rule, "resources").Select(resource => $"{api} {resource}"))
        from verb in Texts(rule, "verbs")
        select $"{what} {verb}";

    private static IEnumerable<string> Texts(JsonElement rule, string name) =>
        rule.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!);
}
