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
    /// <summary>Its source itself says that it is sensitive: a provider or a configuration masks it, or it is a Secret's.</summary>
    public bool IsMasked => Node.IsSensitive && (Node.Flags & NodeFlags.Detected) == 0;

    /// <summary>It is a value of a Secret's <c>data</c> or <c>stringData</c>.</summary>
    public bool IsSecretData => SecretFinder.IsSecretData(Node.Parent);
}
