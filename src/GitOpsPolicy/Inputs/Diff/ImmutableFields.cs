using System.Collections.Frozen;
using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>
/// Fields that the API server refuses to change, so that only deleting the object and making it again brings the change about.
/// From the update validation of each kind in kubernetes/kubernetes, <c>pkg/apis/*/validation</c>.
/// </summary>
internal static class ImmutableFields
{
    /// <summary>How a field may not change.</summary>
    private enum Rule
    {
        /// <summary>Not at all; an absent field has its default.</summary>
        Fixed,

        /// <summary>Not from one value to another; left out on either side, the server's value stays.</summary>
        OnceSet,

        /// <summary>Not to a value that differs from what was declared; left out afterwards, the server's value stays.</summary>
        Given,

        /// <summary>A quantity that may grow and never shrink.</summary>
        Grows,
    }

    private sealed record Field(string Pointer, Rule Rule, string? Default);

    private static readonly FrozenDictionary<(string Group, string Kind), Field[]> Table = Parse(
        """
        apps/StatefulSet                           /spec/serviceName                        fixed
        apps/StatefulSet                           /spec/selector                           fixed
        apps/StatefulSet                           /spec/volumeClaimTemplates               fixed
        apps/StatefulSet                           /spec/podManagementPolicy                fixed OrderedReady
        apps/Deployment                            /spec/selector                           fixed
        apps/DaemonSet                             /spec/selector                           fixed
        apps/ReplicaSet                            /spec/selector                           fixed
        batch/Job                                  /spec/selector                           once-set
        batch/Job                                  /spec/template                           fixed
        batch/Job                                  /spec/completionMode                     fixed NonIndexed
        batch/Job                                  /spec/podFailurePolicy                   fixed
        batch/Job                                  /spec/backoffLimitPerIndex               fixed
        core/Service                               /spec/clusterIP                          given
        core/Service                               /spec/clusterIPs                         given
        core/Service                               /spec/ipFamilies/0                       once-set
        core/Service                               /spec/loadBalancerClass                  once-set
        core/PersistentVolumeClaim                 /spec/accessModes                        fixed
        core/PersistentVolumeClaim                 /spec/storageClassName                   once-set
        core/PersistentVolumeClaim                 /spec/volumeName                         once-set
        core/PersistentVolumeClaim                 /spec/volumeMode                         fixed Filesystem
        core/PersistentVolumeClaim                 /spec/selector                           fixed
        core/PersistentVolumeClaim                 /spec/dataSource                         once-set
        core/PersistentVolumeClaim                 /spec/dataSourceRef                      once-set
        core/PersistentVolumeClaim                 /spec/resources/requests/storage         grows
        core/PersistentVolume                      /spec/volumeMode                         fixed Filesystem
        core/PersistentVolume                      /spec/nodeAffinity                       once-set
        core/PersistentVolume                      /spec/csi                                fixed
        core/PersistentVolume                      /spec/nfs                                fixed
        core/PersistentVolume                      /spec/hostPath                           fixed
        core/PersistentVolume                      /spec/local                              fixed
        core/PersistentVolume                      /spec/iscsi                              fixed
        core/PersistentVolume                      /spec/fc                                 fixed
        core/PersistentVolume                      /spec/rbd                                fixed
        core/PersistentVolume                      /spec/cephfs                             fixed
        core/PersistentVolume                      /spec/glusterfs                          fixed
        core/PersistentVolume                      /spec/awsElasticBlockStore               fixed
        core/PersistentVolume                      /spec/gcePersistentDisk                  fixed
        core/PersistentVolume                      /spec/azureDisk                          fixed
        core/PersistentVolume                      /spec/azureFile                          fixed
        core/PersistentVolume                      /spec/vsphereVolume                      fixed
        core/PersistentVolume                      /spec/cinder                             fixed
        core/Secret                                /type                                    fixed Opaque
        storage.k8s.io/StorageClass                /provisioner                             fixed
        storage.k8s.io/StorageClass                /parameters                              fixed
        storage.k8s.io/StorageClass                /reclaimPolicy                           fixed Delete
        storage.k8s.io/StorageClass                /volumeBindingMode                       fixed Immediate
        storage.k8s.io/VolumeAttachment            /spec                                    fixed
        storage.k8s.io/CSIDriver                   /spec/attachRequired                     fixed true
        storage.k8s.io/CSIDriver                   /spec/volumeLifecycleModes               once-set
        snapshot.storage.k8s.io/VolumeSnapshot     /spec/source                             fixed
        snapshot.storage.k8s.io/VolumeSnapshotContent  /spec/source                         fixed
        snapshot.storage.k8s.io/VolumeSnapshotContent  /spec/driver                         fixed
        rbac.authorization.k8s.io/RoleBinding      /roleRef                                 fixed
        rbac.authorization.k8s.io/ClusterRoleBinding   /roleRef                             fixed
        apiextensions.k8s.io/CustomResourceDefinition  /spec/scope                          fixed
        apiextensions.k8s.io/CustomResourceDefinition  /spec/group                          fixed
        apiextensions.k8s.io/CustomResourceDefinition  /spec/names/kind                     fixed
        apiextensions.k8s.io/CustomResourceDefinition  /spec/names/plural                   fixed
        networking.k8s.io/IngressClass             /spec/controller                         fixed
        node.k8s.io/RuntimeClass                   /handler                                 fixed
        scheduling.k8s.io/PriorityClass            /value                                   fixed
        scheduling.k8s.io/PriorityClass            /preemptionPolicy                        fixed PreemptLowerPriority
        discovery.k8s.io/EndpointSlice             /addressType                             fixed
        resource.k8s.io/ResourceClaim              /spec                                    fixed
        certificates.k8s.io/CertificateSigningRequest  /spec                                fixed
        """);

    /// <summary>Fields of a ConfigMap or Secret that its own <c>immutable: true</c> closes.</summary>
    private static readonly string[] Sealable = ["/data", "/binaryData", "/stringData", "/immutable"];

    /// <summary>
    /// The fields that differ although they may not, as JSON pointers; empty when the change can be made in place.
    /// </summary>
    public static ImmutableArray<string> Changed(KubernetesId id, Node before, Node after)
    {
        var group = StoredIdentity.StorageGroup(id.Group, id.Kind);
        var changed = ImmutableArray.CreateBuilder<string>();
        foreach (var field in Table.GetValueOrDefault((group, id.Kind), []))
            if (IsBroken(field, JsonPointer.Find(before, field.Pointer), JsonPointer.Find(after, field.Pointer)))
                changed.Add(field.Pointer);
        if (group.Length > 0
            || id.Kind is not ("ConfigMap" or "Secret")
            || before.At("immutable") is not ScalarNode { IsTrue: true })
            return changed.ToImmutable();
        foreach (var pointer in Sealable)
            if (!NodeEquality.AreEqual(JsonPointer.Find(before, pointer), JsonPointer.Find(after, pointer))) changed.Add(pointer);
        return changed.ToImmutable();
    }

    private static bool IsBroken(Field field, Node? before, Node? after)
    {
        if (IsAbsent(before) && IsAbsent(after)) return false;
        return field.Rule switch
        {
            Rule.Fixed when field.Default is { } value && (IsAbsent(before) || IsAbsent(after)) =>
                (IsAbsent(before) ? after : before) is not ScalarNode given || given.Text != value,
            Rule.Fixed => !NodeEquality.AreEqual(before, after),
            Rule.OnceSet => !IsAbsent(before) && !IsAbsent(after) && !NodeEquality.AreEqual(before, after),
            Rule.Given => !IsAbsent(after) && !NodeEquality.AreEqual(before, after),
            Rule.Grows => Size(before) is { } old && Size(after) is { } size && size < old,
            _ => throw new InvalidOperationException($"No meaning for {field.Rule}."),
        };
    }

    private static decimal? Size(Node? node) =>
        node is ScalarNode scalar && Quantity.TryParse(scalar.Text, out var size) ? size : null;

    private static bool IsAbsent(Node? node) =>
        node is null or ScalarNode { Kind: NodeKind.Null } or ScalarNode { Kind: NodeKind.String, Text: "" };

    private static FrozenDictionary<(string Group, string Kind), Field[]> Parse(string table)
    {
        var fields = new Dictionary<(string, string), List<Field>>();
        foreach (var line in table.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var (group, kind) = words[0].Split('/') is [var g, var k]
                ? (g == "core" ? "" : g, k)
                : throw new FormatException(line);
            var rule = words[2] switch
            {
                "fixed" => Rule.Fixed,
                "once-set" => Rule.OnceSet,
                "given" => Rule.Given,
                "grows" => Rule.Grows,
                _ => throw new FormatException(line),
            };
            if (!fields.TryGetValue((group, kind), out var list)) fields[(group, kind)] = list = [];
            list.Add(new(words[1], rule, words.ElementAtOrDefault(3)));
        }

        return fields.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }
}
