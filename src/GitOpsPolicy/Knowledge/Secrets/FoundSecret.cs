using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>A value that is, or may be, a secret in clear. The value itself is only in its node.</summary>
/// <param name="Node">The value.</param>
/// <param name="Detector">Name of what found it; <c>name</c> when its name and shape did.</param>
/// <param name="Title">What it is, as the end of a sentence: <c>a GitHub token</c>.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="Key">The name it stands under; null for none.</param>
/// <param name="IsEncoded">It was found after base64 decoding.</param>
internal sealed record FoundSecret(Node Node, string Detector, string Title, Confidence Confidence, string? Key, bool IsEncoded)
{
    /// <summary>Detector of values that stand somewhere else under a mask, and here in clear.</summary>
    public const string CopyDetector = "copy";

    /// <summary>A copy of a sensitive value.</summary>
    public static FoundSecret Copy(ScalarNode node)
    {
        var steps = JsonPointer.Parse(node.Pointer);
        var key = steps.LastOrDefault(step => step.AsSpan().ContainsAnyExceptInRange('0', '9'));
        return new FoundSecret(node, CopyDetector, "a copy of a sensitive value", Confidence.Likely, key, false);
    }

    /// <summary>
    /// Its source itself says that it is sensitive: a provider or a configuration masks it, or it is a Secret's.
    /// </summary>
    public bool IsMasked => Node.IsSensitive && (Node.Flags & NodeFlags.Detected) == 0;

    /// <summary>It is a value of a Secret's <c>data</c> or <c>stringData</c>.</summary>
    public bool IsSecretData => SecretFinder.IsSecretData(Node.Parent);
}
