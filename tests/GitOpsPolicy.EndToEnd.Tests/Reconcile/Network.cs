using System.Text.Json;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>A test that needs a cluster and a program.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClusterFactWithTerraformAttribute : FactAttribute
{
    public ClusterFactWithTerraformAttribute() =>
        Skip = ClusterProviders.Available is null ? ClusterProviders.SkipReason : Chart.Tools.Missing(["terraform"]);
}

/// <summary>
/// A network that Terraform makes as Git says, with <c>gitops-policy reconcile</c> and a cluster for what is known of it.
/// </summary>
internal sealed class Network : IDisposable
{
    /// <summary>Providers of this machine, for those who need some.</summary>
    public const string Providers = "/opt/tf-plugins";

    private const string Rule = """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: { name: no-forbidden-input }
        spec:
          title: Nothing takes what is forbidden
          severity: high
          category: test
          remediation: Take something else.
          match: { operations: [create, update, replace], terraform: { types: [terraform_data] } }
          deny:
            - when: change.after.input === "forbidden"
              message: "${change.resource} takes ${change.after.input}"
        """;

    private readonly ClusterFixture cluster;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-network-");

    private Network(ClusterFixture cluster, string ns, TemporaryRepository repository) =>
        (this.cluster, Namespace, Repository) = (cluster, ns, repository);

    /// <summary>Where the unit lives.</summary>
    public string Namespace { get; }

    /// <summary>What the network shall be.</summary>
    public TemporaryRepository Repository { get; }

    /// <summary>The folder that the engine runs in.</summary>
    public string Folder => folder.FullName;

    /// <summary>The engine's cache.</summary>
    public string Cache => Path.Combine(Folder, "cache");

    /// <summary>The state, outside of everything that Git knows.</summary>
    public string StateFile => Path.Combine(Folder, "state", "terraform.tfstate");

    /// <summary>What is in it; empty where nothing was applied yet.</summary>
    public string State => File.Exists(StateFile) ? File.ReadAllText(StateFile) : "";

    /// <summary>Where the state is kept.</summary>
    public string Backend { get; set; } = "";

    /// <summary>A network of which nothing is applied yet.</summary>
    public static async Task<Network> OpenAsync(ClusterFixture cluster, string terraform = "")
    {
        var network = new Network(cluster, await cluster.NewNamespaceAsync(), await TemporaryRepository.CreateAsync());
        network.Backend = $"terraform {{\n  backend \"local\" {{\n    path = \"{network.StateFile}\"\n  }}\n}}\n";
        network.Configure(terraform);
        network.Repository.Write("README.md", "A network.\n");
        File.WriteAllText(
            Path.Combine(network.Folder, "gitops-policy.yaml"),
            $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [policies]\n");
        Directory.CreateDirectory(Path.Combine(network.Folder, "policies"));
        File.WriteAllText(Path.Combine(network.Folder, "policies", "input.rule.yaml"), Rule);
        File.WriteAllText(
            Path.Combine(network.Folder, "terraformrc"),
            $"disable_checkpoint = true\nprovider_installation {{\n  filesystem_mirror {{\n    path = \"{Providers}\"\n  }}\n}}\n");
        return network;
    }

    /// <summary>Has the rules of the product judge, not only those of the test.</summary>
    public Task JudgeByAllAsync() => File.WriteAllTextAsync(
        Path.Combine(Folder, "gitops-policy.yaml"),
        "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\n");

    /// <summary>Writes the unit.</summary>
    /// <param name="terraform">How Terraform is run.</param>
    /// <param name="settings">What else there is to say.</param>
    public void Configure(string terraform, string settings = "") => File.WriteAllText(Path.Combine(Folder, "network.yaml"), $$"""
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Reconciliation
        metadata: { name: network, namespace: {{Namespace}} }
        spec:
          source: { url: {{Repository.Folder}}, path: infra, interval: 1s }
          terraform: { lockTimeout: 1s, {{terraform}} }
          {{settings}}
        """);

    /// <summary>A resource that nothing outside knows of.</summary>
    public static string Data(string name, string input, string more = "") =>
        $"resource \"terraform_data\" \"{name}\" {{\n  input = \"{input}\"\n{more}}}\n";

    /// <summary>A command that is run while a resource is made.</summary>
    public static string Command(string text) => $"  provisioner \"local-exec\" {{\n    command = \"{text}\"\n  }}\n";

    /// <summary>Commits a configuration.</summary>
    public async Task CommitAsync(params string[] parts)
    {
        Repository.Write("infra/main.tf", Backend + string.Concat(parts));
        await Repository.CommitAsync("work");
    }

    /// <summary>The environment of the engine.</summary>
    public (string Name, string Value)[] Variables => [("TF_CLI_CONFIG_FILE", Path.Combine(Folder, "terraformrc"))];

    /// <summary>What the command is given each time.</summary>
    public string[] Arguments =>
        ["reconcile", "--unit", "network.yaml", "--kubeconfig", cluster.Cluster.KubeConfig, "--allow-local", "--cache", "cache"];

    /// <summary>Runs passes until the unit has come to rest; it has to end with an exit code, and say something.</summary>
    public async Task<Ran> ReconcilesToAsync(int exit, string says, params string[] arguments)
    {
        var ran = await Binary.StartAsync(
            "env", Folder, "",
            [
                .. Variables.Select(static one => $"{one.Name}={one.Value}"), Binary.GitOpsPolicy, .. Arguments, "--once",
                .. arguments
            ]);
        Assert.True(
            ran.ExitCode == exit && ran.Out.Contains(says, StringComparison.Ordinal),
            $"exit code {exit} and `{says}` were expected, and it was {ran}");
        return ran;
    }

    /// <summary>Has the command write the file that decides, signs it and commits it.</summary>
    public async Task AgreeAsync(int exit, string says, string choice = "")
    {
        var written = Path.Combine(Repository.Folder, "acknowledgements");
        if (Directory.Exists(written)) Directory.Delete(written, recursive: true);
        await ReconcilesToAsync(exit, says, "--write-acknowledgements", written);
        Shop.Sign(Shop.OneOf(written), choice);
        await Repository.CommitAsync("agreed");
    }

    /// <summary>Starts the engine for good.</summary>
    public RunningBinary Start(params string[] arguments) => RunningBinary.Start(Folder, Variables, [.. Arguments, .. arguments]);

    /// <summary>Runs kubectl in the namespace.</summary>
    public Task<string> KubectlAsync(params string[] arguments) => cluster.KubectlAsync(["-n", Namespace, .. arguments]);

    /// <summary>What is kept of the unit in the cluster.</summary>
    public async Task<JsonElement> StatusAsync() =>
        JsonDocument.Parse(await KubectlAsync(
            "get", "configmap", "reconciliation-network", "-o", "jsonpath={.data.status}")).RootElement;

    /// <summary>What passes left in the cache that should not be there.</summary>
    public string[] LeftOver() =>
        Directory.Exists(Path.Combine(Cache, "private")) ? Directory.GetFileSystemEntries(Path.Combine(Cache, "private")) : [];

    public void Dispose()
    {
        folder.Delete(recursive: true);
        Repository.Dispose();
    }
}
