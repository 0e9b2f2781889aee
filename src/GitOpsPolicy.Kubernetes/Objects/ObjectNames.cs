namespace GitOpsPolicy.Kubernetes.Objects;

/// <summary>What objects can be called (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).</summary>
public static class ObjectNames
{
    private const int LongestLabel = 63;
    private const int LongestSubdomain = 253;

    /// <summary>A label as of RFC 1123: lower-case letters, digits and dashes between them. Namespaces have such names.</summary>
    /// <param name="name">The name.</param>
    /// <param name="longest">How many characters it may have.</param>
    public static bool IsLabel(string name, int longest = LongestLabel) =>
        name.Length > 0
            && name.Length <= longest
            && name[0] != '-'
            && name[^1] != '-'
            && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Such labels with dots between them. Most objects have such names.</summary>
    public static bool IsSubdomain(string name) =>
        name.Length <= LongestSubdomain && name.Split('.').All(static label => IsLabel(label, LongestSubdomain));
}
