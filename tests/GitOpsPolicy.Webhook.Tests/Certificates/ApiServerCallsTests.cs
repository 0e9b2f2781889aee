using System.Diagnostics;
using System.Text;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Webhook.Certificates;
using Xunit;
using PemPair = GitOpsPolicy.Webhook.Certificates.PemPair;

namespace GitOpsPolicy.Webhook.Tests.Certificates;

/// <summary>A real API server that shows a client certificate, as the page on client certificates tells how to.</summary>
public sealed class ApiServerCallsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gitops-policy-callers-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [OwnClusterFact]
    public async Task The_API_server_gets_through_with_the_certificate_of_its_configuration_and_not_without()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authority = CertificateAuthority.Create(now, TimeSpan.FromDays(2));
        await using var known = await TestServer.StartAsync(Reviews.NoDebug, callers: authority, callerNames: "kube-apiserver");
        await using var other = await TestServer.StartAsync(Reviews.NoDebug, callers: authority, callerNames: "kube-apiserver");
        using var certificate = authority.IssueForClient("kube-apiserver", now, TimeSpan.FromDays(1));
        await using var cluster = await ClusterProviders.Available!.StartAsync(new()
        {
            AdmissionConfiguration = Configure(PemPair.Of(certificate), known.Server.Address),
        });
        await RegisterAsync(cluster, known);

        var (code, error) = await KubectlAsync(cluster, "create", "configmap", "bad", "--from-literal=debug=yes");
        Assert.Equal(1, code);
        Assert.Contains("denied the request: [no-debug] debugging is on", error, StringComparison.Ordinal);
        (code, error) = await KubectlAsync(cluster, "create", "configmap", "good", "--from-literal=debug=no");
        Assert.True(code == 0, error);

        // The other webhook stands under a name for which the API server has no certificate.
        await RegisterAsync(cluster, other);
        using var evaluations = new EvaluationCount(other.Metrics);
        (code, error) = await KubectlAsync(cluster, "create", "configmap", "late", "--from-literal=debug=no");
        Assert.Equal(1, code);
        Assert.Contains("failed calling webhook", error, StringComparison.Ordinal);
        Assert.Equal(0, evaluations.Value);
    }

    // The files of docs/operations/client-certificates.md.
    private string Configure(PemPair certificate, Uri webhook)
    {
        File.WriteAllText(Path.Combine(folder, "client.crt"), certificate.Certificate);
        File.WriteAllText(Path.Combine(folder, "client.key"), certificate.Key);
        File.WriteAllText(Path.Combine(folder, "kubeconfig.yaml"), $$"""
            apiVersion: v1
            kind: Config
            users:
              - name: 127.0.0.1:{{webhook.Port}}
                user:
                  client-certificate: {{folder}}/client.crt
                  client-key: {{folder}}/client.key
            """);
        var configuration = Path.Combine(folder, "admission.yaml");
        File.WriteAllText(configuration, $$"""
            apiVersion: apiserver.config.k8s.io/v1
            kind: AdmissionConfiguration
            plugins:
              - name: ValidatingAdmissionWebhook
                configuration:
                  apiVersion: apiserver.config.k8s.io/v1
                  kind: WebhookAdmissionConfiguration
                  kubeConfigFile: {{folder}}/kubeconfig.yaml
            """);
        return configuration;
    }

    private async Task RegisterAsync(TestCluster cluster, TestServer server)
    {
        var file = Path.Combine(folder, "webhook.json");
        var bundle = Convert.ToBase64String(Encoding.UTF8.GetBytes(File.ReadAllText(server.Folder.AuthorityPath)));
        File.WriteAllText(file, $$$"""
            {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration","metadata":{"name":"guard"},"webhooks":[
             {"name":"guard.webhook.test","admissionReviewVersions":["v1"],"sideEffects":"None","failurePolicy":"Fail",
              "clientConfig":{"url":"https://127.0.0.1:{{{server.Server.Address.Port}}}/validate","caBundle":"{{{bundle}}}"},
              "rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["configmaps"]}]}]}
            """);
        var (code, error) = await KubectlAsync(cluster, "apply", "-f", file);
        Assert.True(code == 0, error);
        // The API server takes a moment to see its own webhooks.
        for (var i = 0; i < 100; i++)
        {
            (code, error) = await KubectlAsync(
                cluster, "create", "configmap", "probe", "--from-literal=debug=yes", "--dry-run=server");
            if (code != 0
                && (error.Contains("denied the request", StringComparison.Ordinal)
                    || error.Contains($":{server.Server.Address.Port}/", StringComparison.Ordinal)))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        Assert.Fail($"the API server never called the webhook: {error}");
    }

    private static async Task<(int Code, string Error)> KubectlAsync(TestCluster cluster, params string[] arguments)
    {
        var start = new ProcessStartInfo(cluster.Kubectl!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[$"--kubeconfig={cluster.KubeConfig}", .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, await error);
    }

    /// <summary>A test that needs a cluster which it may start with flags of its own.</summary>
    private sealed class OwnClusterFactAttribute : FactAttribute
    {
        public OwnClusterFactAttribute()
        {
            if (ClusterProviders.Available is not { TakesFlags: true })
                Skip = "needs a cluster of its own: set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl";
        }
    }
}
