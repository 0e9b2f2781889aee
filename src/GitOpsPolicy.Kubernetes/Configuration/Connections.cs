using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Credentials;

namespace GitOpsPolicy.Kubernetes.Configuration;

/// <summary>
/// Finds the cluster to talk to, in kubectl's order: the file that the user named, the files of <c>KUBECONFIG</c> or
/// <c>~/.kube/config</c>, and last the service account of the Pod that this process runs in.
/// </summary>
public static class Connections
{
    /// <summary>Finds it.</summary>
    /// <param name="sources">Where to look.</param>
    /// <param name="time">The clock by which credentials run out.</param>
    /// <returns>The connection, or everything that keeps it from being made.</returns>
    public static Loaded<ClusterConnection> Find(ConnectionSources sources, TimeProvider time)
    {
        if (sources.ExplicitKubeConfig is { } named)
            return File.Exists(named) ? KubeConfig.Load([named], sources.Context, time) : NotThere(named);

        var present = sources.KubeConfigs.Where(File.Exists).ToList();
        if (present.Count > 0) return KubeConfig.Load(present, sources.Context, time);
        if (sources.IsInCluster) return FromServiceAccount(sources);
        var looked = sources.KubeConfigs.Count > 0 ? string.Join(Path.PathSeparator, sources.KubeConfigs) : "~/.kube/config";
        return new([new(new(looked, 0, 0), "no cluster is configured: there is no such file",
            "give `--kubeconfig FILE`, set KUBECONFIG, or run inside a cluster")]);
    }

    /// <summary>
    /// The connection of a kubeconfig that somebody else wrote and that no file holds. It may name no file of this machine, run
    /// no program on it, and send no credential in clear.
    /// </summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="text">The kubeconfig, in UTF-8.</param>
    /// <param name="time">The clock by which credentials run out.</param>
    public static Loaded<ClusterConnection> FromText(string name, ReadOnlyMemory<byte> text, TimeProvider time)
    {
        var file = KubeConfigFile.Parse(name, text);
        if (!file.TryGet(out var parsed)) return new(file.Problems);
        var foreign = parsed.Foreign().ToImmutableArray();
        return foreign.IsEmpty ? KubeConfig.Read([parsed], null, time) : new(foreign);
    }

    /// <summary>
    /// The connection of a Pod: addresses from its environment, credentials from the folder that Kubernetes mounts and renews.
    /// </summary>
    internal static Loaded<ClusterConnection> FromServiceAccount(ConnectionSources sources)
    {
        var token = Path.Join(sources.ServiceAccountFolder, "token");
        var authorities = Path.Join(sources.ServiceAccountFolder, "ca.crt");
        var missing = new[] { token, authorities }.Where(static file => !File.Exists(file)).ToList();
        if (missing.Count > 0)
        {
            return new([.. missing.Select(static file => new Problem(new(file, 0, 0), "the Pod has no such file",
                "set `automountServiceAccountToken: true` in its spec"))]);
        }

        if (!TryMakeAddress(sources.ServiceHost!, sources.ServicePort!, out var server))
        {
            return new([new(new("KUBERNETES_SERVICE_HOST", 0, 0),
                $"`{sources.ServiceHost}` with port `{sources.ServicePort}` is no address")]);
        }

        var namespaceFile = Path.Join(sources.ServiceAccountFolder, "namespace");
        return new(new ClusterConnection
        {
            Server = server,
            Authorities = PemText.InFile(authorities),
            Credential = new GivenCredential { TokenFile = token },
            Namespace = File.Exists(namespaceFile) ? File.ReadAllText(namespaceFile).Trim() : "default",
        });
    }

    // An IPv6 address stands in brackets in a URL, but not in the variable.
    private static bool TryMakeAddress(string host, string port, out Uri server)
    {
        var shown = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
        return Uri.TryCreate($"https://{shown}:{port}", UriKind.Absolute, out server!);
    }

    private static Loaded<ClusterConnection> NotThere(string path) =>
        new([new(
            new(path, 0, 0), Directory.Exists(path) ? "this is a folder, and no kubeconfig" : "there is no such kubeconfig",
            "check the path given with `--kubeconfig`")]);
}
