using System.Buffers;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Whether a value under a name that says "secret" is made like one. Randomness alone is no evidence, as digests and ARNs are
/// random too, so everything with a known harmless form is taken out first.
/// </summary>
internal static class ValueShape
{
    /// <summary>Bits a character. Passwords that people make up lie around 3.4, lower-case words below 3.</summary>
    private const double LeastEntropy = 3.0;

    private const int ShortestLikely = 8;
    private const int Longest = 1024;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Durations = SearchValues.Create("0123456789.smhd%");
    private static readonly SearchValues<char> Symbols = SearchValues.Create("+/=!@#$%^&*:;?,");
    private static readonly string[] FileEnds = [
        ".pem", ".key", ".crt", ".cer", ".json", ".yaml", ".yml", ".txt", ".p12", ".pfx", ".jks", ".env", ".conf", ".toml",
        ".ini", ".sh", ".html"
    ];

    /// <summary>How sure it is that a value under a name of this class is a secret; null when it is not one.</summary>
    public static Confidence? Judge(string value, NameClass name)
    {
        var text = value.AsSpan().Trim();
        if (name == NameClass.None || text.Length is < 4 or > Longest || text.ContainsAny(" \t\r\n")) return null;
        if (Placeholders.IsPlaceholder(value) || IsSetting(text) || IsReference(text) || IsIdentifier(text, name)) return null;
        if (name == NameClass.Weak && text.Length < 12) return null;
        var isLikely = text.Length >= ShortestLikely
            && CountClasses(text) >= 2
            && Entropy(text) >= LeastEntropy
            && !IsDigest(text);
        return isLikely ? Confidence.Likely : Confidence.Possible;
    }

    /// <summary>
    /// Small letters, capitals and at least two digits in a row without a gap, as words and versions hardly ever have.
    /// </summary>
    public static bool IsMixed(ReadOnlySpan<char> text) =>
        CountClasses(text) >= 3 && CountDigits(text) >= 2 && Entropy(text) >= LeastEntropy;

    /// <summary>Shannon entropy of the text, in bits a character.</summary>
    public static double Entropy(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        foreach (var c in text) counts[c & 127]++;
        var entropy = 0.0;
        foreach (var count in counts)
            if (count > 0) entropy -= (double)count / text.Length * Math.Log2((double)count / text.Length);
        return entropy;
    }

    private static bool IsSetting(ReadOnlySpan<char> text) =>
        text is "true" or "false" or "True" or "False" or "none" or "null" or "nil" or "disabled" or "enabled" or "basic"
            or "required" or "optional"
        || !text.ContainsAnyExcept(Durations)
        || Guid.TryParseExact(text, "D", out _);

    // Paths, URLs without a password, files, digests with their algorithm, versions of things elsewhere.
    private static bool IsReference(ReadOnlySpan<char> text)
    {
        if (text[0] is '/' or '.' or '~' or '@' or '*' or '{' or '[' or '-' || text.Contains("://", StringComparison.Ordinal))
            return true;
        if (text.StartsWith("sha256:")
            || text.StartsWith("ssh-rsa ")
            || text.StartsWith("-----BEGIN CERT")
            || text.StartsWith("LS0tLS1CRUdJTiBDRVJU"))
            return true;
        foreach (var end in FileEnds)
            if (text.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return true;
        return text.Contains('/') && !text.ContainsAnyInRange('A', 'Z') && !text.ContainsAny("+=");
    }

    // Names of things: `my-app-secret`, `ADMIN_TOKEN`, `adminPassword`, `metadata.name`. A lone lower-case word can be a bad
    // password.
    private static bool IsIdentifier(ReadOnlySpan<char> text, NameClass name)
    {
        if (SecretNames.Classify(text.ToString()) != NameClass.None && !text.ContainsAnyInRange('0', '9')) return true;
        if (!text.ContainsAnyExceptInRange('a', 'z')) return name == NameClass.Weak;
        var isUpper = !text.ContainsAnyInRange('a', 'z') && text.Contains('_') && !text.ContainsAny(Symbols);
        if (isUpper) return true;
        var isLabel = !text.ContainsAnyInRange('A', 'Z') && text.ContainsAny('-', '.', '_') && !text.ContainsAny(Symbols);
        return isLabel && (name == NameClass.Weak || CountDigits(text) <= 1);
    }

    private static bool IsDigest(ReadOnlySpan<char> text) => text.Length is 32 or 40 or 64 or 128 && !text.ContainsAnyExcept(Hex);

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
            if (char.IsAsciiDigit(c)) count++;
        return count;
    }

    private static int CountClasses(ReadOnlySpan<char> text)
    {
        bool lower = false, upper = false, digit = false, other = false;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterLower(c)) lower = true;
            else if (char.IsAsciiLetterUpper(c)) upper = true;
            else if (char.IsAsciiDigit(c)) digit = true;
            else if (c is not ('-' or '_' or '.')) other = true;
        }

        return (lower ? 1 : 0) + (upper ? 1 : 0) + (digit ? 1 : 0) + (other ? 1 : 0);
    }
}
