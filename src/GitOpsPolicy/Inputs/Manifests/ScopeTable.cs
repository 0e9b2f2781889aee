using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>
/// Which kinds live outside namespaces: those of Kubernetes and of widespread controllers, and what the custom resource
/// definitions among the inputs say. A kind that nobody knows is taken as its manifest spells it.
/// </summary>
public sealed class ScopeTable
{
    private static readonly HashSet<(string Group, string Kind)> Known = Parse(
        """
        -                             Namespace Node PersistentVolume ComponentStatus
        rbac.authorization.k8s.io     ClusterRole ClusterRoleBinding
        apiextensions.k8s.io          CustomResourceDefinition
        apiregistration.k8s.io        APIService
        admissionregistration.k8s.io  ValidatingWebhookConfiguration MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding
        storage.k8s.io                StorageClass VolumeAttachment CSIDriver CSINode VolumeAttributesClass
        scheduling.k8s.io             PriorityClass
        node.k8s.io                   RuntimeClass
        networking.k8s.io             IngressClass IPAddress ServiceCIDR ClusterNetworkPolicy
        flowcontrol.apiserver.k8s.io  FlowSchema PriorityLevelConfiguration
        certificates.k8s.io           CertificateSigningRequest ClusterTrustBundle
        resource.k8s.io               DeviceClass ResourceSlice
        authentication.k8s.io         TokenReview SelfSubjectReview
        authorization.k8s.io          SubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview
        policy                        PodSecurityPolicy
        extensions                    PodSecurityPolicy
        snapshot.storage.k8s.io       VolumeSnapshotClass VolumeSnapshotContent
        policy.networking.k8s.io      AdminNetworkPolicy BaselineAdminNetworkPolicy
        gateway.networking.k8s.io     GatewayClass
        cert-manager.io               ClusterIssuer
        trust.cert-manager.io         Bundle
        policy.cert-manager.io        CertificateRequestPolicy
        external-secrets.io           ClusterSecretStore ClusterExternalSecret ClusterPushSecret
        kyverno.io                    ClusterPolicy ClusterCleanupPolicy
        templates.gatekeeper.sh       ConstraintTemplate
        cilium.io                     CiliumClusterwideNetworkPolicy CiliumNode CiliumIdentity CiliumLoadBalancerIPPool CiliumBGPPeeringPolicy
        projectcalico.org             GlobalNetworkPolicy GlobalNetworkSet IPPool BGPPeer BGPConfiguration FelixConfiguration
        crd.projectcalico.org         GlobalNetworkPolicy GlobalNetworkSet IPPool BGPPeer BGPConfiguration FelixConfiguration
        karpenter.sh                  NodePool NodeClaim
        karpenter.k8s.aws             EC2NodeClass
        keda.sh                       ClusterTriggerAuthentication
        apiextensions.crossplane.io   CompositeResourceDefinition Composition CompositionRevision
        pkg.crossplane.io             Provider Configuration Function ProviderRevision ConfigurationRevision FunctionRevision DeploymentRuntimeConfig
        protection.crossplane.io      ClusterUsage
        security.openshift.io         SecurityContextConstraints
        project.openshift.io          Project
        """);

    private readonly Dictionary<(string Group, string Kind), bool> learnt = [];

    /// <summary>Takes note of a custom resource definition; anything else is passed over.</summary>
    public void Learn(Node definition)
    {
        if (definition.Text("spec", "group") is not { } group || definition.Text("spec", "names", "kind") is not { } kind) return;
        if (definition.Text("spec", "scope") is { } scope) learnt[(group, kind)] = scope == "Cluster";
    }

    /// <summary>True when objects of this kind have no namespace.</summary>
    public bool IsClusterScoped(string group, string kind) =>
        learnt.TryGetValue((group, kind), out var cluster) ? cluster : Known.Contains((group, kind));

    private static HashSet<(string Group, string Kind)> Parse(string table)
    {
        var kinds = new HashSet<(string, string)>();
        foreach (var line in table.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var kind in words.AsSpan(1)) kinds.Add((words[0] == "-" ? "" : words[0], kind));
        }

        return kinds;
    }
}
