using GitOpsPolicy.Knowledge.Secrets;

namespace GitOpsPolicy.Replaying;

/// <summary>What everything that judges secrets makes of a text. Texts with equal profiles are judged alike.</summary>
/// <param name="Detector">The detector that recognises a token in it; null for none.</param>
/// <param name="TokenConfidence">How sure that is.</param>
/// <param name="IsTokenEncoded">It was found after decoding.</param>
/// <param name="UnderStrongName">What it is under a name that says it is the secret itself.</param>
/// <param name="UnderWeakName">What it is under a name that may also hold a reference.</param>
/// <param name="UnderItsName">The detector that recognises it by the very name it stands under; null for none.</param>
/// <param name="IsPlaceholder">It stands for a secret that is elsewhere.</param>
/// <param name="IsReference">A tool replaces it later.</param>
/// <param name="IsEncrypted">It is sound ciphertext of SOPS.</param>
/// <param name="LooksEncrypted">It begins like ciphertext of SOPS.</param>
/// <param name="Embedded">The value within it that its name gives away.</param>
/// <param name="AsData">What it is as a value of a Secret.</param>
internal readonly record struct ValueProfile(
    string? Detector, Confidence? TokenConfidence, bool IsTokenEncoded, Confidence? UnderStrongName, Confidence? UnderWeakName,
    string? UnderItsName,
    bool IsPlaceholder, bool IsReference, bool IsEncrypted, bool LooksEncrypted, NamedSecret? Embedded, SecretValueKind AsData)
{
    /// <summary>The profile of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The name it stands under; null for none.</param>
    /// <param name="isEncoded">It is a value of a Secret's <c>data</c>, which is base64.</param>
    public static ValueProfile Of(string text, string? key, bool isEncoded)
    {
        var profile = new ValueProfile
        {
            IsPlaceholder = Placeholders.IsPlaceholder(text),
            IsReference = Placeholders.IsReference(text),
            IsEncrypted = Sops.IsEncrypted(text),
            LooksEncrypted = Sops.LooksEncrypted(text),
            AsData = SecretManifest.KindOf(key ?? "", text, isEncoded),
        };

        // Nobody asks for the name of what is a token.
        return TokenScanner.Find(text) is { } token
            ? profile with { Detector = token.Detector, TokenConfidence = token.Confidence, IsTokenEncoded = token.IsEncoded }
            : profile with
            {
                UnderItsName = key is null ? null : NamedValues.Judge(key, text)?.Detector,
                UnderStrongName = ValueShape.Judge(text, NameClass.Strong),
                UnderWeakName = ValueShape.Judge(text, NameClass.Weak),
                Embedded = EmbeddedNames.Find(text),
            };
    }
}
