using System.Net;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Dashboard;
using GitOpsPolicy.Reconciler.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Dashboard;

/// <summary>A dashboard on a free port of loopback, over the rules of the shipped families that these pages name.</summary>
internal sealed class TestDashboard : IAsyncDisposable
{
    private readonly DashboardHost host;

    private TestDashboard(DashboardHost host)
    {
        this.host = host;
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
    }

    public HttpClient Client { get; }

    public Uri Address => host.Address;

    public static async Task<TestDashboard> StartAsync(StatusBoard board, DashboardOptions? options = null, RuleSet? rules = null)
    {
        rules ??= Rules.Value;
        var chosen = (options ?? new()) with
        {
            Endpoint = new(options?.Endpoint.Address ?? IPAddress.Loopback, 0),
            Clock = new StillClock(),
        };
        return new(await DashboardHost.StartAsync(board, () => rules, chosen, CancellationToken.None));
    }

    /// <summary>The address of a page.</summary>
    public Uri At(string path) => new(Address, path);

    public Task<string> TextAsync(string path) => Client.GetStringAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.DisposeAsync();
    }

    private static readonly Lazy<RuleSet> Rules = new(static () =>
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-dashboard-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "policies"));
        File.WriteAllText(Path.Combine(folder, "policies", "approved-images.rule.yaml"), """
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: Rule
            metadata: { name: approved-images }
            spec:
              title: Images come from an approved registry and carry a release tag or a digest
              description: |
                What runs is what was built, scanned and signed. A registry that anybody can push to
                has none of this.

                A tag that moves is somebody else's decision about what runs here.
              severity: high
              category: supply-chain
              remediation: Build through the release pipeline and use its tag or digest.
              match: { operations: [create], kubernetes: { kinds: [ConfigMap] } }
              deny: [{ when: "false", message: never }]
            """);
        File.WriteAllText(Path.Combine(folder, "policies", "hostile.rule.yaml"), """
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: Rule
            metadata: { name: hostile }
            spec:
              title: "<script>alert(5)</script>"
              description: "<img src=x onerror=alert(6)>"
              severity: low
              remediation: "<a href=javascript:alert(7)>x</a>"
              match: { operations: [create], kubernetes: { kinds: [ConfigMap] } }
              deny: [{ when: "false", message: never }]
            """);
        using var tree = new WorkTree(folder);
        var loaded = RuleSetLoader.Load(new() { Tree = tree });
        Assert.True(loaded.TryGet(out var rules), string.Join('\n', loaded.Problems));
        return rules;
    });
}
