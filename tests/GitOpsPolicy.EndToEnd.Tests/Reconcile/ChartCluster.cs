using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsPolicy.EndToEnd.Tests.Chart;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>
/// A cluster that the chart's definitions, service account and rights were applied to, as far as they are about the reconcile
/// engine, and that writes down every request. Units may live in the namespaces <c>shop</c> and <c>web</c>.
/// </summary>
public sealed partial class ChartCluster : ClusterFixture
{
    private const string Everything =
        "apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{ level: Metadata }]\n";

    private static readonly string[] Rights = ["ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-audit-");

    /// <summary>The name that the engine acts in.</summary>
    public const string Account = "system:serviceaccount:policy:gp-gitops-policy-reconciler";

    /// <summary>What the chart grants and starts.</summary>
    internal RenderedChart Chart { get; private set; } = null!;

    /// <summary>A kubeconfig with a token of the engine's service account.</summary>
    public string EngineKubeConfig => Path.Combine(folder.FullName, "engine.kubeconfig");

    private string AuditLog => Path.Combine(folder.FullName, "audit.log");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (ClusterProviders.Available is not { TakesFlags: true }) return;
        await KubectlAsync("apply", "--server-side", "-f", Repository.PathOf("charts", "gitops-policy", "crds"));
        foreach (var place in (string[])[RenderedChart.Namespace, "shop", "web", "other"])
            await KubectlAsync("create", "namespace", place);
        await GrantAsync(Chart = await RenderAsync());
        await File.WriteAllTextAsync(
            EngineKubeConfig, await KubeConfigOfAsync(RenderedChart.Namespace, "gp-gitops-policy-reconciler"));
        await KubectlAsync(
            "wait", "--for=condition=Established", "crd/reconciliations.gitopspolicy.dev", "crd/breakglasses.gitopspolicy.dev",
            "--timeout=30s");
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>
    /// What an engine of the chart is started with, with folders and ports of a test in place of those of a Pod.
    /// </summary>
    /// <param name="at">The folder of the test.</param>
    /// <param name="engine">Which engine.</param>
    internal string[] ArgumentsIn(string at, JsonElement engine) =>
    [
        .. engine.GetProperty("spec")
            .GetProperty("template")
            .GetProperty("spec")
            .GetProperty("containers")[0]
            .GetProperty("args")
            .EnumerateArray()
            .Select(static one => one.GetString()!)
            .Select(
                one => one.Replace("/etc/gitops-policy", at, StringComparison.Ordinal)
                    .Replace("/var/lib/gitops-policy", at, StringComparison.Ordinal)
                    .Replace("0.0.0.0:8080", "127.0.0.1:0", StringComparison.Ordinal)
                    .Replace(":8090", ":0", StringComparison.Ordinal)),
        $"--kubeconfig={EngineKubeConfig}", "--allow-local",
    ];

    /// <summary>The engines of a chart, one for each shard.</summary>
    internal static List<JsonElement> EnginesOf(RenderedChart chart) =>
        [.. chart.Objects.Where(static one => one.GetProperty("kind").GetString() == "Deployment" && IsReconciler(one))];

    /// <summary>Applies the rights that a chart grants to the engine.</summary>
    internal async Task GrantAsync(RenderedChart chart)
    {
        foreach (var one in chart.Objects.Where(IsRight)) await ApplyAsync(one.GetRawText());
    }

    /// <summary>Renders the chart as this cluster has it, with more values.</summary>
    internal static Task<RenderedChart> RenderAsync(params string[] more) => RenderedChart.OfAsync([
        "reconciler.enabled=true", "reconciler.unitNamespaces={shop,web}", "breakGlass.enabled=true", .. more
    ]);

    /// <summary>Applies objects.</summary>
    public async Task ApplyAsync(string yaml)
    {
        var (code, _, error) = await TryKubectlAsync(yaml, "apply", "-f", "-");
        if (code != 0) throw new InvalidOperationException(error);
    }

    /// <summary>A kubeconfig with a token of a service account, which holds all it needs.</summary>
    public async Task<string> KubeConfigOfAsync(string place, string account)
    {
        const string wanted =
            """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":3600}}""";
        var (code, answer, error) = await TryKubectlAsync(
            wanted, "create", "--raw", $"/api/v1/namespaces/{place}/serviceaccounts/{account}/token", "-f", "-");
        if (code != 0) throw new InvalidOperationException(error);
        return WithToken(
            Cluster.KubeConfig, JsonDocument.Parse(answer).RootElement.GetProperty("status").GetProperty("token").GetString()!);
    }

    /// <summary>The kubeconfig of a test cluster with nothing in it but text, and another token where one is given.</summary>
    public static string WithToken(string kubeConfig, string? token)
    {
        var text = File.ReadAllText(kubeConfig);
        var authority = Convert.ToBase64String(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(kubeConfig)!, "ca.crt")));
        text = text.Replace(
            "certificate-authority: ca.crt", $"certificate-authority-data: {authority}", StringComparison.Ordinal);
        return token is null ? text : Token().Replace(text, $"token: \"{token}\"");
    }

    /// <summary>What the engine asked for so far, in its own name or another one's.</summary>
    public IEnumerable<AuditedRequest> Asked()
    {
        using var reader = new StreamReader(new FileStream(AuditLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var requests = new List<AuditedRequest>();
        while (reader.ReadLine() is { } line)
            if (AuditedRequest.Read(line) is { } request && request.User == Account) requests.Add(request);
        return requests;
    }

    protected override ClusterRequest RequestOf(IClusterProvider provider)
    {
        if (!provider.TakesFlags) return new();
        var policy = Path.Combine(folder.FullName, "policy.yaml");
        File.WriteAllText(policy, Everything);
        return new()
        {
            ApiServerFlags = [$"--audit-policy-file={policy}", $"--audit-log-path={AuditLog}", "--audit-log-mode=blocking"],
        };
    }

    private static bool IsRight(JsonElement one) => Rights.Contains(one.GetProperty("kind").GetString()) && IsReconciler(one);

    private static bool IsReconciler(JsonElement one) =>
        one.GetProperty("metadata").GetProperty("name").GetString()!.Contains("reconciler", StringComparison.Ordinal);

    [GeneratedRegex("token: \"[^\"]*\"", RegexOptions.None, 1_000)]
    private static partial Regex Token();
}

/// <summary>A request as the API server wrote it down.</summary>
/// <param name="User">Who asked.</param>
/// <param name="As">In whose name; null for the own one.</param>
/// <param name="What">Verb, group, resource and subresource; only the verb and the path where it was about no resource.</param>
/// <param name="Place">The namespace; empty for none.</param>
/// <param name="Code">What was answered.</param>
public sealed record AuditedRequest(string User, string? As, string What, string Place, int Code)
{
    /// <summary>When it came.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Reads one line of the audit log; null for one that is not whole yet.</summary>
    public static AuditedRequest? Read(string line)
    {
        try
        {
            using var read = JsonDocument.Parse(line);
            var root = read.RootElement;
            var verb = root.GetProperty("verb").GetString();
            var (what, place) = root.TryGetProperty("objectRef", out var about)
                    && about.TryGetProperty("resource", out var resource)
                ? ($"{Text(about, "apiGroup")} {resource.GetString()}{(Text(about, "subresource") is { Length: > 0 } sub ? "/" + sub : "")} {verb}", Text(
                    about, "namespace"))
                : ($"{verb} {Text(root, "requestURI").Split('?')[0]}", "");
            var other = root.TryGetProperty("impersonatedUser", out var named) ? Text(named, "username") : null;
            return new(
                Text(root.GetProperty("user"), "username"), other, what, place,
                root.TryGetProperty("responseStatus", out var status) && status.TryGetProperty("code", out var code)
                    ? code.GetInt32()
                    : 0)
            {
                At = root.GetProperty("requestReceivedTimestamp").GetDateTimeOffset(),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}

/// <summary>Tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class ChartClusterTests : ICollectionFixture<ChartCluster>
{
    public const string Name = "cluster of the chart";
}
