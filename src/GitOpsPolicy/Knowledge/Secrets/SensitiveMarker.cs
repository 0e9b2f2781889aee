using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Marks the values that <see cref="SecretFinder"/> recognises, so that no rule and no report can show them. Readers of inputs
/// call it before they hand a document out, after the marks that the source itself makes.
/// </summary>
internal static class SensitiveMarker
{
    /// <summary>Marks what is recognised below a root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="collect">Takes each text marked, so that copies of it can be masked by value; null for nobody.</param>
    /// <param name="name">The name that its <c>value</c> stands under; null for none.</param>
    public static void Mark(Node root, Action<string>? collect = null, string? name = null)
    {
        var found = SecretFinder.Find(root, name);
        root.Detections = found;
        foreach (var place in SensitivePlaces.Of(root))
        {
            if (!place.IsSensitive) place.Mark(NodeFlags.Sensitive | NodeFlags.Detected);
            if (place is ScalarNode { IsUnknown: false } scalar) collect?.Invoke(scalar.Text);
        }

        foreach (var secret in found)
        {
            if (!secret.Node.IsSensitive) secret.Node.Mark(NodeFlags.Sensitive | NodeFlags.Detected);
            if (secret.Confidence != Confidence.Possible && secret.Node.AsText() is { } text) collect?.Invoke(text);
        }
    }

    /// <summary>Adds values that are copies of sensitive ones to what was found below a root, after <see cref="Mark"/>.</summary>
    /// <param name="root">The root.</param>
    /// <param name="copies">The values, which are marked.</param>
    public static void AddCopies(Node root, IReadOnlyList<ScalarNode> copies)
    {
        if (copies.Count == 0) return;
        var marked = copies.ToHashSet<Node>(ReferenceEqualityComparer.Instance);
        var known = SecretFinder.Find(root)
            .Where(secret => secret.Confidence != Confidence.Possible || !marked.Contains(secret.Node))
            .ToList();
        foreach (var secret in known) marked.Remove(secret.Node);
        root.Detections = known.Concat(copies.Where(marked.Contains).Select(FoundSecret.Copy)).ToList();
    }
}
