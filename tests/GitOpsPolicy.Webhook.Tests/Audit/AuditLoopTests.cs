using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Tests.Metrics;
using GitOpsPolicy.Webhook.Audit;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.Tests.Certificates.InCluster;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Audit;

/// <summary>Audits of replicas beside one another, on a real cluster and by a Lease with times shorter than in life.</summary>
[Collection(WebhookClusterTests.Name)]
public sealed class AuditLoopTests(ClusterFixture cluster)
{
    private static readonly LeaseTiming Short = new()
    {
        Duration = TimeSpan.FromSeconds(3),
        RenewDeadline = TimeSpan.FromSeconds(2),
        RetryPeriod = TimeSpan.FromMilliseconds(100),
    };

    private readonly AuditedCluster audited = new(cluster);

    [ClusterFact]
    public async Task One_replica_audits_and_shows_what_it_found_and_another_takes_over_when_it_stops()
    {
        var ns = await cluster.NewNamespaceAsync();
        await audited.PutAsync(ns, "loose", "pinned=no");
        await using var first = new Replica(cluster, ns, "a");
        await first.SaysAsync("objects of");
        await using var second = new Replica(cluster, ns, "b");
        await first.SaysAsync("objects of");
        Assert.True(first.Scrape()["""gitops_policy_violations{rule="pinned",action="deny"}"""] >= 1);
        Assert.True(first.Scrape()["gitops_policy_audit_duration_seconds"] > 0);
        Assert.DoesNotContain("gitops_policy_violations{", second.Scrape().Text, StringComparison.Ordinal);

        await first.DisposeAsync();
        Assert.DoesNotContain("gitops_policy_violations{", first.Scrape().Text, StringComparison.Ordinal);
        await second.SaysAsync("objects of");
        Assert.True(second.Scrape()["""gitops_policy_violations{rule="pinned",action="deny"}"""] >= 1);
    }

    [ClusterFact]
    public async Task An_audit_judges_by_the_rules_in_force_when_it_begins()
    {
        var ns = await cluster.NewNamespaceAsync();
        await using var replica = new Replica(cluster, ns, "a");
        await replica.SaysAsync(AuditRules.Usual.Digest);
        var other = AuditRules.Load("""
            export default {
              name: "any", title: "Any", severity: "low", match: { operations: ["create"], kubernetes: { kinds: ["Namespace"] } },
              check(change, { report }) { report.warn("is there"); },
            };
            """);
        replica.Rules.Put(new(other, TimeProvider.System.GetUtcNow()));
        await replica.SaysAsync(other.Digest);
        Assert.True(replica.Scrape()["""gitops_policy_violations{rule="any",action="warn"}"""] >= 3);
        Assert.DoesNotContain("pinned", replica.Scrape().Text, StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task A_replica_that_loses_the_lead_stops_its_audit()
    {
        var ns = await cluster.NewNamespaceAsync();
        await using var replica = new Replica(cluster, ns, "a");
        await replica.SaysAsync("objects of");
        await cluster.KubectlAsync(
            "patch", "lease", "audit", "-n", ns, "--type=merge", "-p",
            """{"spec":{"holderIdentity":"thief","leaseDurationSeconds":600,"leaseTransitions":9}}""");
        for (var tries = 0; tries < 200
            && replica.Scrape().Text.Contains("gitops_policy_violations{", StringComparison.Ordinal); tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.DoesNotContain("gitops_policy_violations{", replica.Scrape().Text, StringComparison.Ordinal);
    }

    /// <summary>The audits of one replica, running.</summary>
    private sealed class Replica : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly StringWriter log = new();
        private readonly WebhookMetrics metrics = new();
        private readonly KubernetesClient client;
        private readonly Task running;

        public Replica(ClusterFixture cluster, string ns, string identity)
        {
            client = new(cluster.Connection);
            Rules.Put(new(AuditRules.Usual, TimeProvider.System.GetUtcNow()));
            var loop = new AuditLoop(
                client, Rules, metrics,
                new(TimeSpan.FromMilliseconds(300), Form: null, Environment: null, TextWriter.Synchronized(log)));
            running = loop.RunAsync(new LeaderElection(new(client, ns, "audit", identity), Short, client.Options), stop.Token);
        }

        public RulesInForce Rules { get; } = new();

        public Scrape Scrape() => GitOpsPolicy.Tests.Metrics.Scrape.Of(metrics.WriteTo);

        /// <summary>Waits until a text is told from now on.</summary>
        public async Task SaysAsync(string text)
        {
            var from = log.GetStringBuilder().Length;
            for (var tries = 0; tries < 400; tries++)
            {
                if (log.ToString()[from..].Contains(text, StringComparison.Ordinal)) return;
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }

            Assert.Fail($"It did not say `{text}`, but: {log}");
        }

        public async ValueTask DisposeAsync()
        {
            if (stop.IsCancellationRequested) return;
            await stop.CancelAsync();
            await running;
            client.Dispose();
        }
    }
}
