namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>Passwords that stand where only a password can stand.</summary>
internal static class Passwords
{
    private const int ShortestCertain = 6;

    /// <summary>
    /// What is found; null for a placeholder, or for a name such as <c>myPassword</c>. A default that everybody knows may be
    /// meant for development.
    /// </summary>
    public static TokenHit? Judge(string password, string detector, string title)
    {
        if (Placeholders.IsWellKnown(password)) return new TokenHit(detector, title, Confidence.Possible, false);
        if (Placeholders.IsPlaceholder(password) || SecretNames.IsName(password)) return null;
        return new TokenHit(detector, title, password.Length < ShortestCertain ? Confidence.Possible : Confidence.Certain, false);
    }
}
