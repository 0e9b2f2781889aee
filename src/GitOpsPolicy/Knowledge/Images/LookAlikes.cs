namespace GitOpsPolicy.Knowledge.Images;

/// <summary>Hosts that pose as well-known registries. A well-formed reference can still be one of these.</summary>
internal static class LookAlikes
{
    private static readonly string[] WellKnown =
    [
        "docker.io", "ghcr.io", "gcr.io", "quay.io", "registry.k8s.io", "k8s.gcr.io", "mcr.microsoft.com", "public.ecr.aws",
        "registry.gitlab.com", "registry.access.redhat.com", "registry.redhat.io", "docker.elastic.co", "nvcr.io", "lscr.io", "cgr.dev",
    ];

    // Misspellings one slip of a finger away; listed one by one because short names have honest neighbours (icr.io, lscr.io).
    private static readonly Dictionary<string, string> Misspelt = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ghrc.io"] = "ghcr.io", ["gchr.io"] = "ghcr.io", ["ghcr.lo"] = "ghcr.io", ["ghcr.oi"] = "ghcr.io", ["ghcr.com"] = "ghcr.io",
        ["gcr.lo"] = "gcr.io", ["grc.io"] = "gcr.io", ["gcr.oi"] = "gcr.io", ["qcr.io"] = "gcr.io",
        ["docker.lo"] = "docker.io", ["docker.oi"] = "docker.io", ["dokcer.io"] = "docker.io", ["dcoker.io"] = "docker.io",
        ["docekr.io"] = "docker.io", ["docker.i0"] = "docker.io", ["d0cker.io"] = "docker.io", ["doker.io"] = "docker.io",
        ["quay.lo"] = "quay.io", ["quay.oi"] = "quay.io", ["qauy.io"] = "quay.io", ["quey.io"] = "quay.io", ["quya.io"] = "quay.io",
        ["mrc.microsoft.com"] = "mcr.microsoft.com", ["mcr.microsoft.co"] = "mcr.microsoft.com", ["mcr.micorsoft.com"] = "mcr.microsoft.com",
        ["registry.k8s.lo"] = "registry.k8s.io", ["registry.k8.io"] = "registry.k8s.io", ["registry.k8s.oi"] = "registry.k8s.io",
        ["registry.k8s.com"] = "registry.k8s.io",
    };

    /// <summary>What is odd about a host: <c>poses as `ghcr.io`</c>; null when nothing is.</summary>
    public static string? Find(string registry)
    {
        var host = registry.ToLowerInvariant();
        var colon = host.LastIndexOf(':');
        if (colon >= 0) host = host[..colon];
        if (Misspelt.TryGetValue(host, out var meant)) return $"comes from `{host}`, which is not `{meant}`";
        if (host.StartsWith("xn--", StringComparison.Ordinal) || host.Contains(".xn--", StringComparison.Ordinal))
            return $"comes from `{host}`, an encoded name that shows letters which may look like others";
        foreach (var known in WellKnown)
        {
            if (host.Length > known.Length && host.StartsWith(known, StringComparison.Ordinal) && host[known.Length] is '.' or '-')
                return $"comes from `{host}`, which only starts like `{known}`";
        }

        return null;
    }
}
