using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Evaluation;

/// <summary>Digests by which records name the state of an object without repeating it.</summary>
public static class ObjectDigest
{
    /// <summary>
    /// <c>sha256:…</c> of an object; null for none. Sensitive values leave only the mark that they are sensitive.
    /// </summary>
    public static string? Of(Node? node) => node is null ? null : InputDigest.Of(node);
}
