using System.Text.Json;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>Tests that share a cluster of their own.</summary>
[CollectionDefinition(Name)]
public sealed class ReconciledClusterTests : ICollectionFixture<ClusterFixture>
{
    public const string Name = "reconciled cluster";
}

/// <summary>A shop in a Git repository and in a cluster, between which <c>gitops-policy reconcile</c> stands.</summary>
internal sealed class Shop : IDisposable
{
    private readonly ClusterFixture cluster;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-shop-");

    private Shop(ClusterFixture cluster, string ns, TemporaryRepository repository) =>
        (this.cluster, Namespace, Repository) = (cluster, ns, repository);

    /// <summary>Where it lives.</summary>
    public string Namespace { get; }

    /// <summary>What it shall be.</summary>
    public TemporaryRepository Repository { get; }

    /// <summary>The folder that the engine runs in, with its configuration.</summary>
    public string Folder => folder.FullName;

    /// <summary>A shop in a new namespace, with a colour, a service and a claim in Git, and nothing in the cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="settings">Further lines of the unit's <c>spec</c>.</param>
    public static async Task<Shop> OpenAsync(ClusterFixture cluster, string settings = "")
    {
        var shop = new Shop(cluster, await cluster.NewNamespaceAsync(), await TemporaryRepository.CreateAsync());
        shop.Configure(settings);
        shop.Paint("blue");
        shop.Repository.Write(
            "shop/web.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: ClusterIP, selector: { app: web }, ports: [{ port: 80, protocol: TCP }] }\n");
        shop.Repository.Write(
            "shop/orders.yaml",
            "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: orders }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n");
        await shop.Repository.CommitAsync("open");
        return shop;
    }

    /// <summary>Writes the unit.</summary>
    public void Configure(string settings) => File.WriteAllText(Path.Combine(Folder, "shop.yaml"), $$"""
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Reconciliation
        metadata: { name: shop, namespace: {{Namespace}} }
        spec:
          source: { url: {{Repository.Folder}}, path: shop, interval: 1s }
          target: { namespace: {{Namespace}} }
          {{(settings.Contains("health:", StringComparison.Ordinal) ? "" : "health: { wait: false }")}}
          {{settings}}
        """);

    /// <summary>Writes a colour into the files of the repository.</summary>
    public void Paint(string colour) => Repository.Write(
        "shop/colours.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: colours }}\ndata: {{ sky: {colour} }}\n");

    /// <summary>Commits a colour.</summary>
    public async Task CommitColourAsync(string colour)
    {
        Paint(colour);
        await Repository.CommitAsync(colour);
    }

    /// <summary>The colour that lives.</summary>
    public Task<string> ColourAsync() => KubectlAsync("get", "configmap", "colours", "-o", "jsonpath={.data.sky}");

    /// <summary>Runs kubectl in the namespace.</summary>
    public Task<string> KubectlAsync(params string[] arguments) => cluster.KubectlAsync(["-n", Namespace, .. arguments]);

    /// <summary>The objects there are, with the states they are in: another write is another state.</summary>
    public Task<string> StatesAsync() => KubectlAsync(
        "get", "configmaps,services,persistentvolumeclaims", "-o",
        "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}");

    /// <summary>Deletes the claim, as somebody does who thinks it is another one.</summary>
    public async Task LoseClaimAsync()
    {
        await KubectlAsync("delete", "persistentvolumeclaim", "orders", "--wait=false");
        await LetClaimGoAsync();
    }

    /// <summary>No Pod uses the claim: does what the controller does then.</summary>
    public Task LetClaimGoAsync() =>
        KubectlAsync("patch", "persistentvolumeclaim", "orders", "--type=merge", "-p", """{"metadata":{"finalizers":null}}""");

    /// <summary>The names of the claims there are.</summary>
    public Task<string> ClaimsAsync() =>
        KubectlAsync("get", "persistentvolumeclaims", "-o", "jsonpath={.items[*].metadata.name}");

    /// <summary>What the command is given each time.</summary>
    public string[] Arguments =>
        ["reconcile", "--unit", "shop.yaml", "--kubeconfig", cluster.Cluster.KubeConfig, "--allow-local", "--cache", "cache"];

    /// <summary>Runs passes until the unit has come to rest.</summary>
    public Task<Ran> ReconcileAsync(params string[] arguments) => Binary.RunAsync(Folder, [.. Arguments, "--once", .. arguments]);

    /// <summary>The same; it has to end with an exit code, and say something.</summary>
    public async Task<Ran> ReconcilesToAsync(int exit, string says, params string[] arguments)
    {
        var ran = await ReconcileAsync(arguments);
        Assert.True(
            ran.ExitCode == exit && ran.Out.Contains(says, StringComparison.Ordinal),
            $"exit code {exit} and `{says}` were expected, and it was {ran}");
        return ran;
    }

    /// <summary>What is kept of the unit in the cluster.</summary>
    public async Task<JsonElement> StatusAsync() =>
        JsonDocument.Parse(await KubectlAsync(
            "get", "configmap", "reconciliation-shop", "-o", "jsonpath={.data.status}")).RootElement;

    /// <summary>Says who and why in the file that decides, and what of drift.</summary>
    /// <param name="file">The file that <c>--write-acknowledgements</c> has written.</param>
    /// <param name="choice">Adopt, revert or tolerate; nothing where it is no drift.</param>
    public static void Sign(string file, string choice = "") => File.WriteAllText(file, File.ReadAllText(file)
        .Replace("owner: \"\"", "owner: team-shop", StringComparison.Ordinal)
        .Replace("approver: \"\"", "approver: platform", StringComparison.Ordinal)
        .Replace("reason: \"\"", "reason: it is meant", StringComparison.Ordinal)
        .Replace("choice: \"\"", $"choice: {choice}", StringComparison.Ordinal));

    /// <summary>The one file of a folder of acknowledgements.</summary>
    public static string OneOf(string folder) => Assert.Single(Directory.GetFiles(folder));

    public void Dispose()
    {
        folder.Delete(recursive: true);
        Repository.Dispose();
    }
}
