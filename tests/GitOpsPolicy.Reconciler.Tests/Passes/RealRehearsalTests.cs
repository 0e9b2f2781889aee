using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Reconciler.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Passes;

/// <summary>What a real API server says before it is written to.</summary>
[Collection(Fakes.ClusterTests.Name)]
public sealed class RealRehearsalTests(ClusterFixture cluster)
{
    private const string Map =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: $ns}\ndata: {of: $of}\n---\n";

    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: lamps.$ns.example.com}
        spec:
          group: $ns.example.com
          scope: Namespaced
          names: {kind: Lamp, plural: lamps, singular: lamp, listKind: LampList}
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      properties: {watts: {type: integer, maximum: 60}, colour: {type: string, maxLength: 5}}
        ---

        """;

    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: $ns}
        spec:
          selector: {matchLabels: {app: $app}}
          template: {metadata: {labels: {app: $app}}, spec: {containers: [{name: web, image: web}]}}
        """;

    [ClusterFact]
    public async Task A_field_that_cannot_be_changed_holds_the_whole_commit()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        await unit.ApplyAsync(Of("one") + Web.Replace("$app", "web", StringComparison.Ordinal));
        unit.Push(Of("two") + Web.Replace("$app", "shop", StringComparison.Ordinal));
        var result = await unit.PassAsync();
        if (result.Status.Phase == UnitPhase.Synced) return; // a server of the library alone does not know the field for fixed
        Assert.Equal((UnitPhase.Blocked, "r1", 0), (result.Status.Phase, result.Status.Applied, result.Writes));
        Assert.StartsWith(
            $"r2 is not applied, since the cluster does not take it: Deployment {unit.Namespace}/web of objects/all.yaml:10:13: ",
            result.Status.Message, StringComparison.Ordinal);
        Assert.Contains("field is immutable", result.Status.Message, StringComparison.Ordinal);
        Assert.Equal("one", await unit.FieldAsync("configmap/settings", ".data.of"));
    }

    [ClusterFact]
    public async Task What_a_definition_does_not_allow_holds_the_whole_commit_and_is_told_in_one_order()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        await unit.KubectlWithAsync(Definition, "apply", "-f", "-");
        await unit.KubectlAsync("wait", "--for=condition=Established", $"crd/lamps.{unit.Namespace}.example.com");
        unit.Push(Of("one") + Lamp("watts: 75, colour: orange"));
        var result = await unit.PassUntilAsync(static one => one.Phase != UnitPhase.Failed);
        Assert.Equal((UnitPhase.Blocked, null), (result.Status.Phase, result.Status.Applied));
        Assert.Contains("spec.colour", result.Status.Message, StringComparison.Ordinal);
        Assert.Contains("spec.watts", result.Status.Message, StringComparison.Ordinal);
        Assert.Equal(result.Status.Message, (await unit.PassAsync()).Status.Message);
        await Assert.ThrowsAnyAsync<Exception>(() => unit.FieldAsync("configmap/settings", ".data.of"));
    }

    [ClusterFact]
    public async Task What_its_own_commit_defines_is_asked_about_once_it_is_defined()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        unit.Push(Definition + Of("one") + Lamp("watts: 75"));
        var result = await unit.PassUntilAsync(static one =>
            one.Phase == UnitPhase.Failed && one.Message.Contains("spec.watts", StringComparison.Ordinal));
        Assert.StartsWith("r1 is applied in part: Lamp", result.Status.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"; written: CustomResourceDefinition lamps.{unit.Namespace}.example.com; not written: ConfigMap ", result.Status.Message,
            StringComparison.Ordinal);
        Assert.EndsWith($"Lamp {unit.Namespace}/desk", result.Status.Message, StringComparison.Ordinal);
        unit.Push(Definition + Of("one") + Lamp("watts: 40"));
        Assert.Equal(UnitPhase.Synced, (await unit.PassUntilAsync(static one => one.Phase == UnitPhase.Synced)).Status.Phase);
    }

    [ClusterFact]
    public async Task A_webhook_with_side_effects_is_not_asked_and_that_is_told()
    {
        using var unit = await RealUnit.OpenAsync(cluster);
        if (int.Parse((await cluster.Client.GetVersionAsync(default)).Split('.')[1]) >= 22) return; // none may have any since
        await unit.KubectlAsync("label", "namespace", unit.Namespace, "ledger=yes");
        await unit.KubectlWithAsync(
            """
            apiVersion: admissionregistration.k8s.io/v1beta1
            kind: ValidatingWebhookConfiguration
            metadata: {name: $ns}
            webhooks:
              - name: ledger.example.com
                sideEffects: Some
                failurePolicy: Ignore
                timeoutSeconds: 1
                namespaceSelector: {matchLabels: {ledger: "yes"}}
                clientConfig: {url: "https://127.0.0.1:1/"}
                rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets]}]
            """, "apply", "-f", "-");
        unit.Push(Of("one") + "apiVersion: v1\nkind: Secret\nmetadata: {name: key, namespace: $ns}\nstringData: {a: one}\n");
        var result = await unit.PassUntilAsync(static one => !one.Notes.IsEmpty);
        Assert.Equal(UnitPhase.Synced, result.Status.Phase);
        Assert.Equal(
            $"Secret {unit.Namespace}/key is written without asking before: admission webhook \"ledger.example.com\" does not support dry run",
            Assert.Single(result.Status.Notes));
    }

    private static string Of(string value) => Map.Replace("$of", value, StringComparison.Ordinal);

    private static string Lamp(string spec) =>
        $"apiVersion: $ns.example.com/v1\nkind: Lamp\nmetadata: {{name: desk, namespace: $ns}}\nspec: {{{spec}}}\n";
}
