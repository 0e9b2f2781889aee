using System.Buffers;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>The grammar of image references, without regular expressions: ASCII only, anchored at both ends, linear.</summary>
internal static class ImageGrammar
{
    private const string DockerHub = "docker.io";
    private const int LongestPath = 255;
    private const int LongestTag = 128;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:");
    private static readonly SearchValues<char> TagCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-.");
    private static readonly SearchValues<char> Printable =
        SearchValues.Create(Enumerable.Range(0x21, 0x7e - 0x20).Select(c => (char)c).ToArray());

    /// <summary>Reads a reference; the answer is null, or what is wrong with the text.</summary>
    public static string? Read(string text, out ImageReference? reference)
    {
        reference = null;
        if (text.Length == 0) return "is empty";
        if (FindForeign(text) is { } foreign) return foreign;
        if (text.Length == 64 && IsLowerHex(text)) return "is 64 hex digits, which stand for an image id and name no repository";
        var (host, rest) = SplitHost(text);
        var (name, digest) = Cut(rest, '@');
        var (path, tag) = Cut(name, ':');
        var problem = CheckHost(host) ?? CheckPath(path) ?? CheckTag(tag) ?? CheckDigest(digest);
        if (problem is null) reference = new ImageReference(host, path, tag, digest);
        return problem;
    }

    /// <summary>
    /// What is wrong with a host and port, or null: DNS labels or a bracketed IPv6 address, then an optional port.
    /// </summary>
    public static string? CheckHost(ReadOnlySpan<char> host)
    {
        if (host is "http:" or "https:" or "docker:" or "oci:") return "starts with a scheme; a reference has none";
        if (host.Contains('@')) return "has an `@` in its host: what stands before it is not the registry";
        var name = host;
        var colon = host.LastIndexOf(':');
        if (colon >= 0 && !host.EndsWith("]"))
        {
            var port = host[(colon + 1)..];
            if (port.IsEmpty || port.ContainsAnyExceptInRange('0', '9')) return "has a port that is not a number";
            name = host[..colon];
        }

        if (name is ['[', .. var address, ']'])
            return address.IsEmpty || address.ContainsAnyExcept(AddressCharacters) ? "has a malformed IPv6 address" : null;
        foreach (var label in name.Split('.'))
            if (!IsHostLabel(name[label])) return "has a host that is not a host name";
        return null;
    }

    /// <summary>What is wrong with a path within a registry, or null.</summary>
    public static string? CheckPath(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty) return "names no repository";
        if (path.ContainsAnyInRange('A', 'Z')) return "has capitals in its path";
        foreach (var component in path.Split('/'))
            if (!IsPathComponent(path[component])) return "has a malformed path";
        return path.Length > LongestPath ? $"has a path of more than {LongestPath} characters" : null;
    }

    // distribution/reference, splitDockerDomain: what stands before the first slash is a host only if it looks like one.
    private static (string Host, string Remainder) SplitHost(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0) return (DockerHub, $"library/{text}");
        var first = text[..slash];
        var rest = text[(slash + 1)..];
        var host = first switch
        {
            "localhost" => first,
            "index.docker.io" => DockerHub,
            _ when first.AsSpan().ContainsAny('.', ':') || first.AsSpan().ContainsAnyInRange('A', 'Z') => first,
            _ => null,
        };
        if (host is null) return (DockerHub, text);
        return host == DockerHub && !rest.Contains('/') ? (host, $"library/{rest}") : (host, rest);
    }

    private static (string Head, string? Tail) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static string? FindForeign(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(Printable);
        if (at < 0) return null;
        var c = text[at];
        if (c is ' ' or '\t' or '\n' or '\r') return "contains white space";
        return c < 0x80
            ? $"contains the control character U+{(int)c:X4}"
            : $"contains U+{(int)c:X4}, which is not ASCII and may look like a letter that is";
    }

    private static bool IsHostLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label[0] == '-' || label[^1] == '-') return false;
        foreach (var c in label)
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return false;
        return true;
    }

    // [a-z0-9]+ with single separators between: `.`, `_`, `__` or any number of `-`.
    private static bool IsPathComponent(ReadOnlySpan<char> component)
    {
        if (component.IsEmpty || !IsAlphanumeric(component[0]) || !IsAlphanumeric(component[^1])) return false;
        for (var i = 1; i < component.Length; i++)
        {
            if (IsAlphanumeric(component[i])) continue;
            var start = i;
            while (!IsAlphanumeric(component[i + 1])) i++;
            if (!IsSeparator(component[start..(i + 1)])) return false;
        }

        return true;
    }

    private static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);

    private static bool IsSeparator(ReadOnlySpan<char> run) => run is "." or "_" or "__" || !run.ContainsAnyExcept('-');

    private static string? CheckTag(string? tag) => tag switch
    {
        null => null,
        "" => "has an empty tag",
        { Length: > LongestTag } => $"has a tag of more than {LongestTag} characters",
        ['.' or '-', ..] => "has a malformed tag",
        _ => tag.AsSpan().ContainsAnyExcept(TagCharacters) ? "has a malformed tag" : null,
    };

    // go-digest: only these algorithms, each with its exact number of lower-case digits.
    private static string? CheckDigest(string? digest)
    {
        if (digest is null) return null;
        var (algorithm, hex) = Cut(digest, ':');
        var length = algorithm switch { "sha256" => 64, "sha384" => 96, "sha512" => 128, _ => 0 };
        if (length == 0) return "has a digest of an unknown algorithm";
        return hex is not null && hex.Length == length && IsLowerHex(hex)
            ? null
            : $"has a digest that is not {length} lower-case hex digits";
    }

    private static bool IsLowerHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LowerHex);
}
