namespace GitOpsPolicy.Knowledge.Images;

/// <summary>
/// Whether an image comes from a registry, or from a part of one, that a list names. Compared segment by segment, never as a
/// prefix of text: <c>registry.example.com</c> does not cover <c>registry.example.com.evil.io</c>.
/// </summary>
internal static class Registries
{
    /// <summary>
    /// Whether one entry of a list covers the image. An entry is a host with an optional path: <c>ghcr.io</c>,
    /// <c>ghcr.io/acme</c>, <c>docker.io/library/nginx</c>; <c>*</c> stands for any text within one label of the host or one
    /// segment of the path. An entry whose first segment is no host is on Docker Hub, as in an image reference: <c>bitnami</c>.
    /// </summary>
    public static bool Covers(string entry, ImageReference image)
    {
        var (host, path) = SplitEntry(entry);
        return HostFits(host, image.Registry) && PathFits(path, image.Path);
    }

    private static (string Host, string Path) SplitEntry(string entry)
    {
        var text = entry.Trim();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0) text = text[(scheme + 3)..];
        text = text.TrimEnd('/');
        if (text.EndsWith("/**", StringComparison.Ordinal)) text = text[..^3];
        else if (text.EndsWith("/*", StringComparison.Ordinal)) text = text[..^2];
        var slash = text.IndexOf('/');
        var first = slash < 0 ? text : text[..slash];
        var isHost = first == "localhost"
            || first == "*"
            || first.AsSpan().ContainsAny('.', ':')
            || first.AsSpan().ContainsAnyInRange('A', 'Z');
        if (!isHost) return ("docker.io", text);
        return (first, slash < 0 ? "" : text[(slash + 1)..]);
    }

    private static bool HostFits(string pattern, string host)
    {
        var wanted = CanonicalHost(pattern).Split('.');
        var given = CanonicalHost(host).Split('.');
        return wanted is ["*"] || (wanted.Length == given.Length && wanted.Zip(given).All(pair => Fits(pair.First, pair.Second)));
    }

    // HTTPS is what registries are asked by, so the port 443 is no port; hosts are compared without case (RFC 3986, section
    // 3.2.2).
    private static string CanonicalHost(string host)
    {
        var lower = host.ToLowerInvariant();
        if (lower.EndsWith(":443", StringComparison.Ordinal) && !lower.EndsWith("::443", StringComparison.Ordinal))
            lower = lower[..^4];
        return lower switch
        {
            "index.docker.io" or "registry-1.docker.io" or "registry.hub.docker.com" => "docker.io",
            _ => lower,
        };
    }

    private static bool PathFits(string pattern, string path)
    {
        if (pattern.Length == 0) return true;
        var wanted = pattern.Split('/');
        var given = path.Split('/');
        return wanted.Length <= given.Length && wanted.Zip(given).All(pair => Fits(pair.First, pair.Second));
    }

    // One segment; `*` stands for any text. The parts around the stars have to follow one another.
    private static bool Fits(string pattern, string text)
    {
        if (!pattern.Contains('*')) return pattern == text;
        var parts = pattern.Split('*');
        if (text.Length < parts[0].Length + parts[^1].Length) return false;
        if (!text.StartsWith(parts[0], StringComparison.Ordinal) || !text.EndsWith(parts[^1], StringComparison.Ordinal))
            return false;
        var at = parts[0].Length;
        var end = text.Length - parts[^1].Length;
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var found = text.IndexOf(part, at, end - at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return true;
    }
}
