namespace GitOpsPolicy.Policies;

/// <summary>A pattern in which <c>*</c> stands for any text, and everything else for itself. Case counts.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="boundary">A character that <c>*</c> does not stand for, or null when it stands for all.</param>
internal sealed class Glob(string pattern, char? boundary = null)
{
    /// <summary>The pattern as written.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>Nothing in the pattern stands for more than itself.</summary>
    public bool IsLiteral { get; } = !pattern.Contains('*');

    /// <summary>The whole of <paramref name="text"/> fits. Takes at most time proportional to pattern times text.</summary>
    public bool Fits(ReadOnlySpan<char> text)
    {
        if (IsLiteral) return text.SequenceEqual(Pattern);
        int at = 0, p = 0, star = -1, resume = 0;
        while (at < text.Length)
        {
            if (p < Pattern.Length && Pattern[p] == '*')
            {
                (star, resume) = (p++, at);
            }
            else if (p < Pattern.Length && Pattern[p] == text[at])
            {
                p++;
                at++;
            }
            else if (star >= 0 && text[resume] != boundary)
            {
                // The last star takes one character more. An earlier star never has to: what stood between them fitted already.
                at = ++resume;
                p = star + 1;
            }
            else
            {
                return false;
            }
        }

        return Pattern.AsSpan(p).Trim('*').IsEmpty;
    }

    /// <inheritdoc/>
    public override string ToString() => Pattern;
}

/// <summary>
/// A pattern over paths with forward slashes: <c>*</c> and <c>?</c> stay within a folder, <c>**</c> stands for any number of folders.
/// </summary>
internal sealed class PathGlob
{
    private readonly string[] segments;

    /// <summary>Makes the pattern.</summary>
    /// <param name="pattern">Such as <c>environments/production/**</c>.</param>
    public PathGlob(string pattern)
    {
        Pattern = pattern;
        segments = Normalise(pattern).Split('/');
    }

    /// <summary>The pattern as written.</summary>
    public string Pattern { get; }

    /// <summary>The whole of a path fits. A leading <c>./</c> does not count.</summary>
    public bool Fits(string path) => Fits(segments, Normalise(path).Split('/'));

    private static string Normalise(string path)
    {
        var slashed = path.Replace('\\', '/');
        return slashed.StartsWith("./", StringComparison.Ordinal) ? slashed[2..] : slashed;
    }

    private static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        for (; !pattern.IsEmpty; pattern = pattern[1..], path = path[1..])
        {
            if (pattern[0] == "**")
            {
                if (pattern.Length == 1) return !path.IsEmpty;
                for (var i = 0; i <= path.Length; i++)
                    if (Fits(pattern[1..], path[i..])) return true;
                return false;
            }

            if (path.IsEmpty || !FitsSegment(pattern[0], path[0])) return false;
        }

        return path.IsEmpty;
    }

    private static bool FitsSegment(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int at = 0, p = 0, star = -1, resume = 0;
        while (at < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, resume) = (p++, at);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[at])) (p, at) = (p + 1, at + 1);
            else if (star >= 0) (p, at) = (star + 1, ++resume);
            else return false;
        }

        return pattern[p..].Trim('*').IsEmpty;
    }
}
