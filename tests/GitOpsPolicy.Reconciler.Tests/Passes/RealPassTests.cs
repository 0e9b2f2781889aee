using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Passes;

/// <summary>
/// What only a real API server decides: who owns which field, what becomes of values that it spells otherwise, and what it
/// refuses.
/// </summary>
[Collection(Fakes.ClusterTests.Name)]
public sealed class RealPassTests(ClusterFixture cluster)
{
    private const string Map =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: $ns, labels: {team: shop}}\n";

    [ClusterFact]
    public async Task What_kubectl_applied_before_is_Gits_once_the_unit_takes_the_object_over()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        await unit.KubectlWithAsync(Map + "data: {kept: \"1\", dropped: \"1\"}\n", "apply", "-f", "-");
        await unit.KubectlAsync("annotate", "configmap", "settings", "note=by-hand");
        Assert.Equal(UnitPhase.Synced, (await unit.ApplyAsync(Map + "data: {kept: \"1\"}\n")).Status.Phase);
        Assert.Equal("{\"kept\":\"1\"}", await unit.FieldAsync("configmap/settings", ".data"));
        Assert.Equal("{\"note\":\"by-hand\"}", await unit.FieldAsync("configmap/settings", ".metadata.annotations"));
        Assert.Equal(0, (await unit.PassAsync()).Writes);
    }

    [ClusterFact]
    public async Task A_field_that_leaves_Git_goes_though_somebody_wrote_the_same_by_hand()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        await unit.ApplyAsync(Map + "data: {kept: \"1\", edited: \"1\"}\n");
        await unit.KubectlAsync(
            "patch", "configmap", "settings", "--type=merge", "-p", """{"data":{"edited":"2","added":"1"}}""",
            "--field-manager=kubectl-edit");
        await unit.ApplyAsync(Map + "data: {kept: \"1\", edited: \"2\"}\n");
        await unit.ApplyAsync(Map + "data: {kept: \"1\"}\n");
        Assert.Equal("", await unit.FieldAsync("configmap/settings", ".data.edited"));
        Assert.Equal(0, (await unit.PassAsync()).Writes);
    }

    [ClusterFact]
    public async Task Replicas_that_Git_leaves_out_stay_when_a_unit_takes_over()
    {
        const string deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: $ns}\nspec:\n  selector: {matchLabels: {app: web}}\n  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}\n";
        using var unit = await RealUnit.OpenAsync(cluster);
        await unit.KubectlWithAsync(deployment + "  replicas: 3\n  minReadySeconds: 5\n", "apply", "-f", "-");
        await unit.ApplyAsync(deployment);
        Assert.Equal("3 ", await unit.FieldAsync("deployment/web", ".spec.replicas} {.spec.minReadySeconds"));
    }

    [ClusterFact]
    public async Task What_was_made_meanwhile_is_not_written_over_by_a_creation_that_comes_late()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        unit.Push(Map + "data: {of: late}\n");
        await unit.KubectlWithAsync(Map + "data: {of: earlier}\n", "create", "-f", "-", "--field-manager=gitops-policy");
        var late = Steps.Create(unit, Map + "data: {of: late}\n");
        Assert.IsType<WriteOutcome.Changed>(await new Applier(unit.Client, Fence.None).WriteAsync(late, unit.Unit, default));
        Assert.Equal("earlier", await unit.FieldAsync("configmap/settings", ".data.of"));
    }

    [ClusterFact]
    public async Task What_was_made_anew_under_the_name_is_looked_at_again_and_no_lasting_failure()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        await unit.KubectlWithAsync(Map, "create", "-f", "-");
        var read = await unit.Client.GetAsync(Steps.AddressOf(unit, "settings"), default);
        await unit.KubectlAsync("delete", "configmap", "settings");
        await unit.KubectlWithAsync(Map, "create", "-f", "-");
        var step = Steps.Update(unit, Map + "data: {a: \"1\"}\n", read);
        Assert.IsType<WriteOutcome.Changed>(await new Applier(unit.Client, Fence.None).WriteAsync(step, unit.Unit, default));
    }

    [ClusterFact]
    public async Task However_Git_spells_a_value_the_second_pass_finds_nothing_to_do()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        var minor = int.Parse((await cluster.Client.GetVersionAsync(default)).Split('.')[1]);
        var first = await unit.ApplyAsync(minor < 25 ? Spellings : Spellings.Replace("v1beta1", "v1", StringComparison.Ordinal));
        Assert.Equal(
            (UnitPhase.Synced, ""),
            (first.Status.Phase,
                first.Status.Phase == UnitPhase.Synced
                    ? string.Join('\n', first.Status.Drift.Select(static one => $"{one.Resource}: {one.Message}"))
                    : first.Status.Message));
        var second = await unit.PassAsync();
        Assert.True(second.Writes == 0, $"{second.Status.History[0]}");
        Assert.Equal(UnitPhase.Synced, second.Status.Phase);
    }

    [ClusterFact]
    public async Task What_is_empty_in_Git_and_filled_in_by_the_server_is_noted_and_not_written_again()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        await unit.ApplyAsync(Empty);
        for (var i = 0; i < 2; i++)
        {
            var result = await unit.PassAsync();
            Assert.Equal(
                (UnitPhase.Synced, 0, "r1", ""),
                (result.Status.Phase, result.Writes, result.Status.Applied,
                    string.Join('\n', result.Status.Drift.Select(static one => one.Message))));
            Assert.All(
                result.Status.Notes,
                static note => Assert.EndsWith("leave it out of Git", note, StringComparison.Ordinal));
        }
    }

    [ClusterFact]
    public async Task What_is_being_deleted_is_waited_for_and_made_anew()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        const string held = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: $ns}\ndata: {a: \"1\"}\n";
        await unit.ApplyAsync(held);
        await unit.KubectlAsync(
            "patch", "configmap", "settings", "--type=merge", "-p", """{"metadata":{"finalizers":["example.com/wait"]}}""");
        await unit.SettleAsync();
        await unit.KubectlAsync("delete", "configmap", "settings", "--wait=false");
        unit.Push(held + "---\n" + held.Replace("settings", "other", StringComparison.Ordinal));
        var waiting = await unit.PassAsync();
        Assert.Equal(
            (UnitPhase.Progressing, "r1", 0), (waiting.Status.Phase, waiting.Status.Applied, waiting.Status.Drift.Length));
        await unit.KubectlAsync("patch", "configmap", "settings", "--type=merge", "-p", """{"metadata":{"finalizers":null}}""");
        var after = await unit.SettleAsync();
        Assert.Equal((UnitPhase.Synced, "r2"), (after.Status.Phase, after.Status.Applied));
        Assert.Equal("1", await unit.FieldAsync("configmap/settings", ".data.a"));
    }

    [ClusterFact]
    public async Task What_may_not_be_read_is_told_once_and_nothing_is_deleted_meanwhile()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        const string secrets = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: $ns}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: b, namespace: $ns}\n";
        await unit.ApplyAsync(Map + secrets + "---\n" + Map.Replace("settings", "leaves", StringComparison.Ordinal));
        await unit.KubectlAsync("create", "role", "maps", "--verb=*", "--resource=configmaps");
        await unit.KubectlAsync("create", "rolebinding", "maps", "--role=maps", "--user=maps-only");
        using var maps = new KubernetesClient(cluster.Connection with { Impersonation = new("maps-only", null, [], []) });
        unit.Target = maps;
        unit.Push(Map + secrets);
        var result = await unit.PassAsync();
        Assert.Equal((UnitPhase.Failed, 0), (result.Status.Phase, result.Status.Drift.Length));
        Assert.Contains("Secret", result.Status.Message, StringComparison.Ordinal);
        Assert.Contains("and 1 other object cannot be read", result.Status.Message, StringComparison.Ordinal);
        Assert.Contains("cannot get resource \"secrets\"", result.Status.Message, StringComparison.Ordinal);
        Assert.Equal(["unknown", "unknown"], result.Status.Unhealthy.Select(static one => one.State));
        Assert.Equal("shop", await unit.FieldAsync("configmap/leaves", ".metadata.labels.team"));
        unit.Target = null;
        Assert.Equal(UnitPhase.Synced, (await unit.SettleAsync()).Status.Phase);
    }

    private const string Empty = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: $ns}
        spec:
          selector: {matchLabels: {app: web}}
          strategy: {type: ""}
          template:
            metadata: {labels: {app: web}}
            spec:
              restartPolicy: ""
              dnsPolicy: ""
              schedulerName: ""
              containers:
                - {name: web, image: web, imagePullPolicy: "", terminationMessagePath: "", livenessProbe: {httpGet: {port: 80, path: ""}, timeoutSeconds: 0, periodSeconds: 0}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: $ns}
        spec: {type: "", sessionAffinity: "", selector: {app: web}, ports: [{port: 80, targetPort: 0}], externalIPs: []}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: read, namespace: $ns}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: read}
        subjects: [{kind: User, name: kim, apiGroup: ""}]
        """;

    private const string Spellings = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: texts, namespace: $ns, annotations: {empty.example/a: ""}, labels: {empty: ""}}
        data: {empty: "", words: "x"}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: nothing, namespace: $ns, annotations: {}, labels: {}}
        data: {}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: secret, namespace: $ns}
        type: Opaque
        stringData: {plain: "word", empty: ""}
        data: {coded: "d29yZA=="}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: robot, namespace: $ns}
        automountServiceAccountToken: false
        imagePullSecrets: []
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: nobody, namespace: $ns}
        rules: []
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: core, namespace: $ns}
        rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: core, namespace: $ns}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: core}
        subjects: [{kind: ServiceAccount, name: robot, namespace: $ns, apiGroup: ""}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: $ns}
        spec:
          selector: {app: web}
          ports: [{port: 80, targetPort: web, name: http}, {port: 80, protocol: UDP, name: udp, targetPort: 8080}, {port: 443, targetPort: 8443, name: https}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: $ns, creationTimestamp: null}
        spec:
          replicas: 0
          minReadySeconds: 0
          paused: false
          strategy: {}
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}, creationTimestamp: null}
            spec:
              hostNetwork: false
              nodeSelector: {}
              tolerations: []
              volumes: [{name: scratch, emptyDir: {}}, {name: big, emptyDir: {medium: "", sizeLimit: 1024Mi}}]
              containers:
                - name: web
                  image: web
                  command: []
                  env: [{name: EMPTY, value: ""}, {name: NONE}, {name: WHERE, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                  ports: [{containerPort: 8080, name: web}, {containerPort: 8080, protocol: UDP}]
                  resources: {requests: {cpu: 1000m, memory: 1024Mi}, limits: {cpu: "2", memory: "2147483648"}}
                  securityContext: {privileged: false, runAsUser: 0}
                  livenessProbe: {httpGet: {port: web}, initialDelaySeconds: 0}
                  readinessProbe: {tcpSocket: {port: 8080}}
        ---
        apiVersion: policy/v1beta1
        kind: PodDisruptionBudget
        metadata: {name: web, namespace: $ns}
        spec: {minAvailable: "50%", selector: {matchLabels: {app: web}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: closed, namespace: $ns}
        spec: {podSelector: {}, ingress: [], policyTypes: [Ingress]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: open, namespace: $ns}
        spec: {podSelector: {}, ingress: [{}], policyTypes: [Ingress], egress: null}
        ---
        apiVersion: batch/v1beta1
        kind: CronJob
        metadata: {name: night, namespace: $ns}
        spec:
          schedule: "0 3 * * *"
          suspend: false
          jobTemplate: {spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: a, image: a, args: [""]}]}}}}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: quota, namespace: $ns}
        spec: {hard: {requests.cpu: 1500m, pods: "10", requests.memory: 1.5Gi}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: $ns}
        spec: {accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 1024Mi}}}
        """;
}
