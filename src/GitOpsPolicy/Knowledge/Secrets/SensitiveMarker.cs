using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Marks the values that <see cref="SecretFinder"/> recognises, so that no rule and no report can show them. Readers of inputs call it before they
/// hand a document out, after the marks that the source itself makes.
/// </summary>
internal static class SensitiveMarker
{
    /// <summary>Marks what is recognised below a root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="collect">Takes each text marked, so that copies of it can be masked by value; null for nobody.</param>
    public static void Mark(Node root, Action<string>? collect = null)
    {
        var found = SecretFinder.Find(root);
        root.HoldsNoSecret = found.Count == 0;
        foreach (var secret in found)
        {
            if (!secret.Node.IsSensitive) secret.Node.Mark(NodeFlags.Sensitive | NodeFlags.Detected);
            if (secret.Confidence != Confidence.Possible && secret.Node.AsText() is { } text) collect?.Invoke(text);
        }
    }
}
