using System.Text;
using System.Text.RegularExpressions;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Cluster;

/// <summary>
/// A cluster whose API server asks <c>gitops-policy serve</c>, started as on a laptop, about every request in guarded namespaces.
/// </summary>
public sealed partial class GuardedCluster : ClusterFixture
{
    private readonly string folder = Directory.CreateTempSubdirectory("gitops-policy-guarded-").FullName;
    private RunningBinary? server;

    private static string Data => Repository.PathOf("tests", "GitOpsPolicy.EndToEnd.Tests", "Cluster");

    private string AuditLog => Path.Join(folder, "audit.log");

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        if (ClusterProviders.Available is not { TakesFlags: true }) return;
        await base.InitializeAsync();
        CopyRulesTo(folder);
        server = RunningBinary.Start(
            folder, [], "serve", "--config", "rules/gitops-policy.yaml", "--address", "127.0.0.1", "--port", "0",
            "--operations-port", "0", "--drain", "0", "--break-glass-file", "rules/leave.yaml");
        var said = await server.SaysAsync("readyz");
        await PipeAsync(Configuration(ReviewAddress().Match(said).Value), "create", "-f", "-");
        await PipeAsync(ObjectFile("widgets.yaml"), "create", "-f", "-");
        await WhenAskedAsync();
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        server?.Dispose();
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A new namespace whose requests are judged.</summary>
    public async Task<string> NewGuardedNamespaceAsync()
    {
        var ns = await NewNamespaceAsync();
        await GuardAsync(ns);
        return ns;
    }

    /// <summary>Has requests in a namespace judged from now on, and waits until Pods can be made there.</summary>
    public async Task GuardAsync(string ns)
    {
        // With controllers there is such an account in a moment; without, only so.
        await TryKubectlAsync(null, "create", "serviceaccount", "default", "-n", ns);
        await KubectlAsync("label", "namespace", ns, "guarded=yes");
    }

    /// <summary>
    /// Has a pull request that deletes some objects acknowledge all of them, in a file beside the rules that are served.
    /// </summary>
    /// <param name="name">Name of the acknowledgement.</param>
    /// <param name="deleted">The objects as YAML.</param>
    public async Task AcknowledgeAsync(string name, string deleted)
    {
        var (before, after) = (Directory.CreateDirectory(Path.Join(folder, name, "base")),
            Directory.CreateDirectory(Path.Join(folder, name, "head")));
        await File.WriteAllTextAsync(Path.Join(before.FullName, "all.yaml"), deleted);
        await File.WriteAllTextAsync(
            Path.Join(after.FullName, "kept.yaml"), "apiVersion: v1\nkind: Service\nmetadata: { name: kept, namespace: prod }\n");
        Directory.CreateDirectory(Path.Join(folder, "rules", "acknowledgements"));
        var ran = await Binary.RunAsync(
            folder,
            [
                "acknowledge", $"{name}/head", "--base", $"{name}/base/", "--name", name, "--owner", "team-a", "--approver",
                "team-b", "--reason", "moved", "--output", $"rules/acknowledgements/{name}.yaml"
            ]);
        Assert.True(ran.ExitCode == 0, ran.ToString());
    }

    /// <summary>What kubectl says, given something on standard input; it has to succeed.</summary>
    /// <returns>Both outputs, in this order.</returns>
    public async Task<string> PipeAsync(string? input, params string[] arguments)
    {
        var (code, output, error) = await TryKubectlAsync(input, arguments);
        Assert.True(code == 0, error);
        return output + error;
    }

    /// <summary>What kubectl complains of; it has to fail.</summary>
    public async Task<string> RefusedAsync(string? input, params string[] arguments)
    {
        var (code, output, error) = await TryKubectlAsync(input, arguments);
        Assert.True(code != 0, $"kubectl {string.Join(' ', arguments)} went through: {output}");
        return error;
    }

    /// <summary>The lines of the API server's audit log that hold all these words.</summary>
    public List<string> AuditLines(params string[] words)
    {
        using var log = new StreamReader(new FileStream(AuditLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. log.ReadToEnd().Split('\n').Where(line => words.All(word => line.Contains(word, StringComparison.Ordinal)))];
    }

    /// <summary>A file of objects beside these tests.</summary>
    public static string ObjectFile(string name) => File.ReadAllText(Path.Join(Data, "objects", name));

    /// <summary>Copies the rules of these tests into a folder, as <c>rules/</c>, with times that are about now.</summary>
    public static void CopyRulesTo(string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var file in Directory.GetFiles(Path.Join(Data, "rules"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Join(folder, Path.GetRelativePath(Data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, WithTimes(File.ReadAllText(file), now));
        }
    }

    /// <inheritdoc/>
    protected override ClusterRequest RequestOf(IClusterProvider provider) => new()
    {
        Controllers = provider.HasControllers,
        ApiServerFlags = [
            $"--audit-policy-file={Path.Join(Data, "objects", "audit-policy.yaml")}",
            $"--audit-log-path={AuditLog}",
            "--audit-log-mode=blocking"
        ],
    };

    private static string WithTimes(string text, DateTimeOffset now) => text
        .Replace("EXPIRES", now.AddDays(30).ToString("yyyy-MM-dd"), StringComparison.Ordinal)
        .Replace("THREEHOURSAGO", Time(now.AddHours(-3)), StringComparison.Ordinal)
        .Replace("ANHOURAGO", Time(now.AddHours(-1)), StringComparison.Ordinal)
        .Replace("INTWOHOURS", Time(now.AddHours(2)), StringComparison.Ordinal);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");

    private string Configuration(string address) => ObjectFile("webhook.yaml")
        .Replace("ADDRESS", address, StringComparison.Ordinal)
        .Replace(
            "AUTHORITY",
            Convert.ToBase64String(Encoding.ASCII.GetBytes(File.ReadAllText(Path.Join(folder, "webhook-certs", "ca.crt")))),
            StringComparison.Ordinal);

    // It takes the API server a moment to see a new configuration.
    private async Task WhenAskedAsync()
    {
        var ns = await NewGuardedNamespaceAsync();
        for (var tries = 0; tries < 100; tries++)
        {
            var (code, _, _) = await TryKubectlAsync(
                null, "create", "secret", "generic", "probe", "--from-literal=password=hunter2hunter2", "-n", ns,
                "--dry-run=server");
            if (code != 0) return;
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        }

        throw new InvalidOperationException("The API server never asked the webhook.");
    }

    [GeneratedRegex("https://\\S+/validate")]
    private static partial Regex ReviewAddress();
}

/// <summary>Tests that share the guarded cluster.</summary>
[CollectionDefinition(Name)]
public sealed class GuardedClusterTests : ICollectionFixture<GuardedCluster>
{
    public const string Name = "guarded cluster";
}

/// <summary>A test that needs a cluster started for it; skipped, and said so, where none can be started.</summary>
public sealed class GuardedFactAttribute : FactAttribute
{
    /// <summary>The cluster has to have controllers.</summary>
    public bool Controllers
    {
        get;
        set
        {
            field = value;
            if (value && ClusterProviders.Available is { TakesFlags: true, HasControllers: false })
                Skip = "needs kube-controller-manager in KUBEBUILDER_ASSETS";
        }
    }

    public GuardedFactAttribute()
    {
        if (ClusterProviders.Available is not { TakesFlags: true })
            Skip = "needs a cluster of its own: set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl";
    }
}
