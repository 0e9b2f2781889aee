using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Which values SOPS encrypts: one rule a file, matched against each key on the way down. See
/// https://github.com/getsops/sops#encrypting-only-parts-of-a-file.
/// </summary>
internal sealed class SopsSelector
{
    /// <summary>The rules, of which a file has one.</summary>
    public static readonly ImmutableArray<string> Rules =
        [
            "encrypted_suffix", "unencrypted_suffix", "encrypted_regex", "unencrypted_regex", "encrypted_comment_regex",
            "unencrypted_comment_regex"
        ];

    /// <summary>What people write is a few names.</summary>
    private const int LongestPattern = 500;

    // Making one takes about half a millisecond.
    private const int MakingPattern = 2_000;
    private const int MakingPatternCharacter = 40;

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>The files of a repository mostly have the same one. Steps are charged as if it were made each time.</summary>
    private static volatile Regex? lastPattern;

    private readonly Func<string, bool> fits;
    private readonly bool encryptsWhatFits;

    private SopsSelector(Func<string, bool> fits, bool encryptsWhatFits) =>
        (this.fits, this.encryptsWhatFits) = (fits, encryptsWhatFits);

    /// <summary>The rule that a file's metadata names.</summary>
    /// <param name="metadata">The mapping under <c>sops</c>.</param>
    /// <param name="problems">Takes what is wrong with it.</param>
    public static SopsSelector Of(MappingNode metadata, List<(Node, string)> problems)
    {
        if (metadata.TextAt("encrypted_suffix") is { Length: > 0 } suffix)
            return new(key => key.EndsWith(suffix, StringComparison.Ordinal), true);
        if (metadata.TextAt("encrypted_regex") is { Length: > 0 }
            && Pattern(metadata["encrypted_regex"]!, problems, otherwise: true) is { } encrypted)
            return new(encrypted, true);
        if (metadata.TextAt("unencrypted_regex") is { Length: > 0 }
            && Pattern(metadata["unencrypted_regex"]!, problems, otherwise: false) is { } unencrypted)
            return new(unencrypted, false);

        // Which comments there are is not known here, so only what a Secret keeps is asked for.
        if (metadata["encrypted_comment_regex"] is not null) return new(_ => false, true);
        if (metadata["unencrypted_comment_regex"] is not null) return new(_ => true, false);
        var clear = metadata.TextAt("unencrypted_suffix") is { Length: > 0 } written ? written : "_unencrypted";
        return new(key => key.EndsWith(clear, StringComparison.Ordinal), false);
    }

    /// <summary>
    /// What making the pattern that a file selects its keys with costs, in steps: far more than all the rest; 0 when there is
    /// none to make.
    /// </summary>
    public static int PatternSteps(Node? root)
    {
        var text = root.At("sops").At("encrypted_regex").AsText() ?? root.At("sops").At("unencrypted_regex").AsText();
        return text is null or "" || Names(text) is not null
            ? 0
            : MakingPattern + (MakingPatternCharacter * Math.Min(text.Length, LongestPattern));
    }

    /// <summary>
    /// Whether the value under a key is encrypted. What is encrypted is so with all below it, and so is what stays in clear.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="above">Whether the value that holds the key is.</param>
    public bool Selects(string key, bool above) => encryptsWhatFits ? above || fits(key) : above && !fits(key);

    /// <summary>Whether values at the top of the file are encrypted before any key has been looked at.</summary>
    public bool StartsEncrypted => !encryptsWhatFits;

    // Nearly everybody writes `^(data|stringData)$`: a list of names, for which nothing has to be made.
    private static Func<string, bool>? Pattern(Node node, List<(Node, string)> problems, bool otherwise)
    {
        var text = node.AsText()!;
        if (Names(text) is { } names) return key => names.Contains(key);
        try
        {
            if (text.Length > LongestPattern) throw new NotSupportedException("The pattern is too long.");
            var pattern = lastPattern is { } last && last.ToString() == text
                ? last
                : new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTimeout);
            lastPattern = pattern;
            return key => Fits(pattern, key, otherwise);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problems.Add((node, "has a pattern that cannot be read"));
            return null;
        }
    }

    private static string[]? Names(string pattern)
    {
        if (pattern is not ['^', .., '$']) return null;
        var body = pattern[1..^1];
        if (body is ['(', .., ')']) body = body[1..^1];
        else if (body.Contains('|')) return null;
        foreach (var c in body)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '|')) return null;
        return body.Split('|');
    }

    // A pattern made to take for ever excuses nothing from being encrypted.
    private static bool Fits(Regex pattern, string key, bool otherwise)
    {
        try
        {
            return pattern.IsMatch(key);
        }
        catch (RegexMatchTimeoutException)
        {
            return otherwise;
        }
    }
}
