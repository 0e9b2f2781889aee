using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Webhook.Audit;
using GitOpsPolicy.Webhook.Audit.Reports;

namespace GitOpsPolicy.Webhook.Tests.Audit;

/// <summary>What tests of audits do with a real cluster.</summary>
internal sealed class AuditedCluster(ClusterFixture cluster)
{
    public static readonly ReportForm OpenReports = ReportForm.All[0];
    public static readonly ReportForm PolicyReports = ReportForm.All[1];

    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);

    /// <summary>Has the cluster take reports.</summary>
    public async Task DefineAsync(ReportForm form)
    {
        var file = Path.Join(Root, "tests", "Fixtures", "audit", form.Name + ".yaml");
        await cluster.KubectlAsync("apply", "--server-side", "-f", file);
        await cluster.KubectlAsync("wait", "--for=condition=Established", "-f", file);
        for (var tries = 0; tries < 100
            && form.MissingFrom(await cluster.Client.Discovery.RefreshAsync(default)) is not null; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
    }

    /// <summary>Puts a ConfigMap into a namespace.</summary>
    public Task PutAsync(string ns, string name, params string[] data) =>
        cluster.KubectlAsync(["create", "configmap", name, "-n", ns, .. data.Select(static pair => $"--from-literal={pair}")]);

    /// <summary>Takes a ConfigMap out.</summary>
    public Task TakeAsync(string ns, string name) => cluster.Client.DeleteAsync(new(ConfigMaps, ns, name), null, default);

    /// <summary>Puts somebody else's report into a namespace, under the name that ours have.</summary>
    public Task PutReportAsync(ReportForm form, string ns, string source) => cluster.Client.CreateAsync(
        form.Namespaced,
        ns,
        NewObject.Of(
            ("apiVersion", form.Namespaced.ApiVersion), ("kind", form.Namespaced.Kind),
            ("metadata", NewObject.Of(("name", ReportBody.ReportName))), ("source", source)),
        null,
        default);

    /// <summary>Judges namespaces and writes their reports.</summary>
    /// <param name="namespaces">The namespaces.</param>
    /// <param name="form">The form of the reports.</param>
    /// <param name="rules">The rules; null for the usual ones.</param>
    /// <param name="clock">The time; null for now.</param>
    public async Task<(Decision Decision, WrittenReports Written)> AuditAsync(
        string[] namespaces, ReportForm form, RuleSet? rules = null, TimeProvider? clock = null)
    {
        using var client = new KubernetesClient(cluster.Connection, new() { Time = clock ?? TimeProvider.System });
        var scope = new AuditScope { Namespaces = [.. namespaces.Select(static ns => new Glob(ns))] };
        using var audit = new ClusterAudit(
            client, rules ?? AuditRules.Usual, scope,
            new() { Today = DateOnly.FromDateTime(client.Options.Time.GetUtcNow().UtcDateTime) });
        await audit.RunAsync(default);
        var decision = audit.Decide();
        return (decision, await new ReportStore(client, form, scope).WriteAsync(decision, audit.Sum.ByPlace, default));
    }

    /// <summary>A field of the report of a namespace, as kubectl shows it.</summary>
    public Task<string> ReportAsync(ReportForm form, string ns, string path) =>
        cluster.KubectlAsync("get", form.Namespaced.ToString(), ReportBody.ReportName, "-n", ns, "-o", $"jsonpath={path}");

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "GitOpsPolicy.sln"))) folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }
}
