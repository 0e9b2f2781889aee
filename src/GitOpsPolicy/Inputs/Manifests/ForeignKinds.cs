namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>Files of other tools that look like Kubernetes objects but never reach a cluster.</summary>
internal static class ForeignKinds
{
    /// <summary>True for a document that configures a tool.</summary>
    public static bool Contains(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/');
        var group = slash < 0 ? apiVersion : apiVersion[..slash];
        return group switch
        {
            "kustomize.config.k8s.io" or "gitopspolicy.dev" or "kind.x-k8s.io" or "k3d.io" or "kubeadm.k8s.io" or "skaffold"
                or "backstage.io" or "cli.kyverno.io" or "kubelet.config.k8s.io" or "kubeproxy.config.k8s.io"
                    or "client.authentication.k8s.io" =>
                    true,
            "v1" => kind == "Config",
            _ => false,
        };
    }
}
