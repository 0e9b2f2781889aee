using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>Differences of Kubernetes objects that the server and well-known controllers make.</summary>
internal sealed class KubernetesNoise : IDriftNoise
{
    // Steps separated by spaces, as keys hold slashes; `*` is any one step. What lies below a place counts with it.
    private static readonly string[] Everywhere =
    [
        "status", "apiVersion",
        "metadata managedFields", "metadata resourceVersion", "metadata generation", "metadata uid", "metadata creationTimestamp", "metadata selfLink",
        "metadata annotations kubectl.kubernetes.io/last-applied-configuration",
        "metadata annotations deployment.kubernetes.io/revision",
        "metadata annotations deprecated.daemonset.template.generation",
        "metadata annotations prometheus-operator-validated",
        "metadata annotations argocd.argoproj.io/tracking-id",
        "metadata annotations meta.helm.sh/release-name",
        "metadata annotations meta.helm.sh/release-namespace",
        "metadata labels kustomize.toolkit.fluxcd.io/name",
        "metadata labels kustomize.toolkit.fluxcd.io/namespace",
        "metadata labels helm.toolkit.fluxcd.io/name",
        "metadata labels helm.toolkit.fluxcd.io/namespace",
        "spec template metadata annotations kubectl.kubernetes.io/restartedAt",
        "spec template metadata creationTimestamp",
    ];

    private static readonly Dictionary<string, string[]> OfKind = new(StringComparer.Ordinal)
    {
        ["core/Service"] = ["spec clusterIP", "spec clusterIPs", "spec ipFamilies", "spec ipFamilyPolicy", "spec healthCheckNodePort", "spec ports * nodePort", "spec internalTrafficPolicy"],
        ["core/ServiceAccount"] = ["secrets", "imagePullSecrets"],
        ["core/PersistentVolumeClaim"] = ["spec volumeName", "spec volumeMode", "metadata annotations pv.kubernetes.io/bind-completed", "metadata annotations pv.kubernetes.io/bound-by-controller", "metadata annotations volume.kubernetes.io/storage-provisioner", "metadata annotations volume.kubernetes.io/selected-node"],
        ["core/Namespace"] = ["spec finalizers", "metadata labels kubernetes.io/metadata.name"],
        ["batch/Job"] = ["spec selector", "spec template metadata labels controller-uid", "spec template metadata labels batch.kubernetes.io/controller-uid", "metadata labels controller-uid", "metadata labels batch.kubernetes.io/controller-uid"],
        ["admissionregistration.k8s.io/ValidatingWebhookConfiguration"] = ["webhooks * clientConfig caBundle"],
        ["admissionregistration.k8s.io/MutatingWebhookConfiguration"] = ["webhooks * clientConfig caBundle"],
        ["apiregistration.k8s.io/APIService"] = ["spec caBundle"],
        ["apiextensions.k8s.io/CustomResourceDefinition"] = ["spec conversion webhook clientConfig caBundle", "spec preserveUnknownFields"],
    };

    // What the server writes where nothing is said, by the last step.
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["protocol"] = "TCP", ["imagePullPolicy"] = "IfNotPresent", ["terminationMessagePath"] = "/dev/termination-log", ["terminationMessagePolicy"] = "File",
        ["dnsPolicy"] = "ClusterFirst", ["restartPolicy"] = "Always", ["schedulerName"] = "default-scheduler", ["terminationGracePeriodSeconds"] = "30",
        ["sessionAffinity"] = "None", ["revisionHistoryLimit"] = "10", ["progressDeadlineSeconds"] = "600", ["defaultMode"] = "420",
    };

    private readonly string[][] places;

    private KubernetesNoise(string[][] places) => this.places = places;

    /// <summary>The noise of one kind.</summary>
    public static KubernetesNoise For(KubernetesId id)
    {
        var own = OfKind.GetValueOrDefault($"{(id.Group.Length == 0 ? "core" : id.Group)}/{id.Kind}", []);
        return new KubernetesNoise([.. Everywhere.Concat(own).Select(place => place.Split(' '))]);
    }

    /// <inheritdoc/>
    public bool Hides(List<string> steps)
    {
        if (steps.Count == 0) return false;
        foreach (var place in places)
            if (Fits(place, steps)) return true;
        return false;
    }

    /// <inheritdoc/>
    public bool AreEqual(ScalarNode before, ScalarNode after)
    {
        return Quantity.TryParse(before.Text, out var left) && Quantity.TryParse(after.Text, out var right) && left == right;
    }

    /// <inheritdoc/>
    public bool IsDefault(string step, Node node) => node is ScalarNode scalar && Defaults.TryGetValue(step, out var value) && value == scalar.Text;

    private static bool Fits(string[] place, List<string> steps)
    {
        if (place.Length != steps.Count) return false;
        for (var i = 0; i < place.Length; i++)
            if (place[i] != "*" && place[i] != steps[i]) return false;
        return true;
    }
}
