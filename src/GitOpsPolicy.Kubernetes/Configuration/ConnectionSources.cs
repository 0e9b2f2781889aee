namespace GitOpsPolicy.Kubernetes.Configuration;

/// <summary>Where connections are looked for, taken from the process once, at its edge.</summary>
public sealed record ConnectionSources
{
    /// <summary>Files in which kubeconfigs lie, in the order of precedence; files that are not there are passed over.</summary>
    public required IReadOnlyList<string> KubeConfigs { get; init; }

    /// <summary>A file that the user named for this run; it has to be there and is then the only one.</summary>
    public string? ExplicitKubeConfig { get; init; }

    /// <summary>The context to use; null for the files' <c>current-context</c>.</summary>
    public string? Context { get; init; }

    /// <summary>Host of the API server that Kubernetes tells its Pods; null outside a cluster.</summary>
    public string? ServiceHost { get; init; }

    /// <summary>Port of the API server that Kubernetes tells its Pods.</summary>
    public string? ServicePort { get; init; }

    /// <summary>Folder with a Pod's <c>token</c>, <c>ca.crt</c> and <c>namespace</c>.</summary>
    public string ServiceAccountFolder { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The process is a Pod's: what Kubernetes tells its Pods is there.</summary>
    public bool IsInCluster =>
        !string.IsNullOrEmpty(ServiceHost) && !string.IsNullOrEmpty(ServicePort) && Directory.Exists(ServiceAccountFolder);

    /// <summary>What the environment of this process says.</summary>
    public static ConnectionSources FromEnvironment(string? explicitKubeConfig = null, string? context = null)
    {
        var list = Environment.GetEnvironmentVariable("KUBECONFIG");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new()
        {
            KubeConfigs = string.IsNullOrEmpty(list)
                // never one of the folder that somebody happens to be in
                ? home.Length > 0 ? [Path.Join(home, ".kube", "config")] : []
                : [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)],
            ExplicitKubeConfig = explicitKubeConfig,
            Context = context,
            ServiceHost = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"),
            ServicePort = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"),
        };
    }
}
