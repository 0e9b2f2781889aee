namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>A value that its name gives away.</summary>
/// <param name="Name">The name.</param>
/// <param name="Detector">What found it; <c>name</c> where the name and the look of the value did, and no issuer's
/// structure.</param>
/// <param name="Title">What it is, as the end of a sentence.</param>
/// <param name="Confidence">How sure that is.</param>
internal readonly record struct NamedSecret(string Name, string Detector, string Title, Confidence Confidence);

/// <summary>Judges a value by the name it stands under.</summary>
internal static class NamedValues
{
    /// <summary>Detector of values that only a name and the look of the value give away.</summary>
    public const string ByName = "name";

    /// <summary>What the value is; null when it is no secret.</summary>
    public static NamedSecret? Judge(string name, string value)
    {
        var kind = SecretNames.Classify(name);
        foreach (var detector in SecretNames.DetectorsOf(name))
            if (detector.Value.IsAllOf(value) && !Placeholders.IsSample(value))
                return new(name, detector.Name, detector.Title, Confidence.Certain);
        if (kind == NameClass.None) return null;
        if (kind == NameClass.Weak && IsRegistryAuth(name) && StructuredTokens.DecodesToPair(value))
            return new(name, "registry-auth", "credentials of a registry", Confidence.Certain);
        return ValueShape.Judge(value, kind) is { } confidence ? new(name, ByName, "a secret by its name", confidence) : null;
    }

    // `auth` of a Docker configuration, `_auth` of an .npmrc.
    private static bool IsRegistryAuth(string name) =>
        name is "auth" or "_auth" || name.EndsWith(":_auth", StringComparison.Ordinal);
}
