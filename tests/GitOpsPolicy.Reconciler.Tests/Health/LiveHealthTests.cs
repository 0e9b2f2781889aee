using System.Diagnostics;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Reconciler.Health;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Health;

/// <summary>What the controllers of a real cluster, which has no nodes, make of objects, and how that is read.</summary>
public sealed class LiveHealthTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private const string Pods = "selector: {matchLabels: {q: q} }, template: {metadata: {labels: {q: q} }, spec: {containers: [{name: c, image: \"i:1\"}] } }";

    private static readonly (string Object, HealthState State, string Says)[] Cases =
    [
        ($$"""{apiVersion: apps/v1, kind: Deployment, metadata: {name: none}, spec: {replicas: 0, {{Pods}} } }""",
            HealthState.Current, ""),
        ($$"""{apiVersion: apps/v1, kind: Deployment, metadata: {name: waiting}, spec: {replicas: 2, {{Pods}} } }""",
            HealthState.InProgress, "0 of 2 replicas are available"),
        ($$"""{apiVersion: apps/v1, kind: Deployment, metadata: {name: paused}, spec: {replicas: 2, paused: true, {{Pods}} } }""",
            HealthState.Suspended, "paused"),
        ($$"""{apiVersion: apps/v1, kind: Deployment, metadata: {name: late}, spec: {replicas: 1, progressDeadlineSeconds: 2, minReadySeconds: 1, {{Pods}} } }""", HealthState.Failed, "ProgressDeadlineExceeded"),
        ($$"""{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: none}, spec: {replicas: 0, serviceName: x, {{Pods}} } }""", HealthState.Current, ""),
        ($$"""{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: waiting}, spec: {replicas: 1, serviceName: x, {{Pods}} } }""", HealthState.InProgress, "0 of 1 replicas are ready"),
        ($$"""{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: nowhere}, spec: { {{Pods}} } }""", HealthState.Current, ""),
        ("""{apiVersion: batch/v1, kind: Job, metadata: {name: runs}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "i:1"}] } } } }""", HealthState.InProgress, "has not run to its end"),
        ("""{apiVersion: batch/v1, kind: Job, metadata: {name: too-long}, spec: {activeDeadlineSeconds: 1, template: {spec: {restartPolicy: Never, containers: [{name: c, image: "i:1"}] } } } }""", HealthState.Failed, "DeadlineExceeded"),
        ("""{apiVersion: batch/v1, kind: Job, metadata: {name: nothing-to-do}, spec: {completions: 0, template: {spec: {restartPolicy: Never, containers: [{name: c, image: "i:1"}] } } } }""", HealthState.Current, ""),
        ("""{apiVersion: v1, kind: Service, metadata: {name: inside}, spec: {ports: [{port: 80}] } }""", HealthState.Current, ""),
        ("""{apiVersion: v1, kind: Service, metadata: {name: outside}, spec: {type: LoadBalancer, ports: [{port: 80}] } }""",
            HealthState.InProgress, "no address"),
        ("""{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: claim}, spec: {storageClassName: nobodys, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi} } } }""", HealthState.Unknown, "first consumer"),
        ("""{apiVersion: v1, kind: Namespace, metadata: {name: "{ns}-more"} }""", HealthState.Current, ""),
        ("""{apiVersion: v1, kind: ResourceQuota, metadata: {name: quota}, spec: {hard: {configmaps: "99"} } }""",
            HealthState.Current, ""),
        ("""{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: gadgets.health.example}, spec: {group: health.example, scope: Namespaced, names: {plural: gadgets, kind: Gadget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object} } }] } }""", HealthState.Current, ""),
        ("""{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers: [a.example/hold] } }""", HealthState.Current,
            ""),
    ];

    [ClusterFact]
    public async Task Objects_of_a_real_cluster_read_as_what_its_controllers_made_of_them()
    {
        if (!ClusterProviders.Available!.HasControllers) return;
        await using var cluster = await ClusterProviders.Available.StartAsync(new() { Controllers = true });
        using var client = new KubernetesClient(ClusterFixture.Connect(cluster.KubeConfig));
        var ns = $"health-{Environment.ProcessId}";
        await client.CreateAsync(
            new("", "v1", "namespaces", "Namespace", IsNamespaced: false), null,
            Sample.Object($$"""{metadata: {name: {{ns}} } }"""), null, default);
        var made = new List<(ObjectAddress Address, HealthState State, string Says)>();
        foreach (var (text, state, says) in Cases)
            if (await MakeAsync(client, ns, Sample.Object(text.Replace("{ns}", ns, StringComparison.Ordinal))) is { } address)
                made.Add((address, state, says));

        var begun = Stopwatch.StartNew();
        foreach (var (address, state, says) in made)
        {
            var health = await HealthAsync(client, address);
            while ((health.State != state || !health.Message.Contains(says, StringComparison.Ordinal))
                && begun.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
                health = await HealthAsync(client, address);
            }

            Assert.True(
                health.State == state && health.Message.Contains(says, StringComparison.Ordinal),
                $"{address} is {health}, not {state} `{says}`\n{cluster.Logs}");
        }

        await AssertWaitsForItsFinalizerAsync(
            client, new(new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true), ns, "held"));
    }

    private static async Task AssertWaitsForItsFinalizerAsync(KubernetesClient client, ObjectAddress held)
    {
        await client.DeleteAsync(held, null, default);
        Assert.Equal(
            new(HealthState.Terminating, "it is being deleted, and waits for a.example/hold"), await HealthAsync(client, held));
    }

    private static async Task<ObjectAddress?> MakeAsync(KubernetesClient client, string ns, MappingNode body)
    {
        var version = body.Text("apiVersion").Split('/');
        // an older server
        if (await client.Discovery.FindAsync(
            version.Length == 1 ? "" : version[0], body.Text("kind"), version[^1], default) is not { } type)
            return null;
        await client.CreateAsync(type, type.IsNamespaced ? ns : null, body, null, default);
        return new(type, type.IsNamespaced ? ns : null, body.Mapping("metadata")!.Text("name"));
    }

    private static async Task<ObjectHealth> HealthAsync(KubernetesClient client, ObjectAddress address) =>
        HealthRules.Of(await client.GetAsync(address, default));
}
