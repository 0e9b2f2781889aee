using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Images;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>ConfigMaps and Secrets that Pods refer to, those of a rollout that is under way included.</summary>
public sealed class PodReferences
{
    private readonly HashSet<(string Kind, string Namespace, string Name)> named = [];

    /// <summary>
    /// Takes what the Pod of an object refers to; an object without one is passed over, and so is a ReplicaSet without replicas.
    /// </summary>
    public void Learn(KubernetesId id, Node root)
    {
        if (PodShapes.Of(id.Group, id.Kind) is not { } path || root.At(path) is not { } pod) return;
        if (id.Kind == "ReplicaSet" && root.At("spec", "replicas") is ScalarNode { Number: 0 }) return;
        foreach (var volume in pod.At("volumes").ItemsOf()) LearnVolume(id.Namespace, volume);
        foreach (var list in (string[])["initContainers", "containers", "ephemeralContainers"])
            foreach (var container in pod.At(list).ItemsOf()) LearnContainer(id.Namespace, container);
        foreach (var secret in pod.At("imagePullSecrets").ItemsOf()) Add("Secret", id.Namespace, secret.TextAt("name"));
    }

    /// <summary>A Pod refers to this one.</summary>
    public bool Contains(KubernetesId id) => id.Group.Length == 0 && named.Contains((id.Kind, id.Namespace, id.Name));

    private void LearnVolume(string space, Node volume)
    {
        LearnSource(space, volume);
        foreach (var source in volume.At("projected", "sources").ItemsOf()) LearnSource(space, source);
    }

    private void LearnSource(string space, Node source)
    {
        Add("ConfigMap", space, source.At("configMap").TextAt("name"));
        Add("Secret", space, source.At("secret").TextAt("secretName") ?? source.At("secret").TextAt("name"));
    }

    private void LearnContainer(string space, Node container)
    {
        foreach (var from in container.At("envFrom").ItemsOf())
        {
            Add("ConfigMap", space, from.At("configMapRef").TextAt("name"));
            Add("Secret", space, from.At("secretRef").TextAt("name"));
        }

        foreach (var variable in container.At("env").ItemsOf())
        {
            Add("ConfigMap", space, variable.At("valueFrom", "configMapKeyRef").TextAt("name"));
            Add("Secret", space, variable.At("valueFrom", "secretKeyRef").TextAt("name"));
        }
    }

    private void Add(string kind, string space, string? name)
    {
        if (name is not null) named.Add((kind, space, name));
    }
}
