namespace GitOpsPolicy.Knowledge.Images;

/// <summary>Hosts that pose as well-known registries. A well-formed reference can still be one of these.</summary>
internal static class LookAlikes
{
    /// <summary>What is odd about a host: <c>poses as `ghcr.io`</c>; null when nothing is.</summary>
    public static string? Find(string registry)
    {
        var table = ImageTables.Shipped.LookAlikes;
        var host = registry.ToLowerInvariant();
        var colon = host.LastIndexOf(':');
        if (colon >= 0) host = host[..colon];
        if (table.Misspelt.TryGetValue(host, out var meant)) return $"comes from `{host}`, which is not `{meant}`";
        if (host.StartsWith("xn--", StringComparison.Ordinal) || host.Contains(".xn--", StringComparison.Ordinal))
            return $"comes from `{host}`, an encoded name that shows letters which may look like others";
        foreach (var known in table.WellKnown)
        {
            if (host.Length > known.Length
                && host.StartsWith(known, StringComparison.Ordinal)
                && host[known.Length] is '.' or '-')
                return $"comes from `{host}`, which only starts like `{known}`";
        }

        return null;
    }
}
