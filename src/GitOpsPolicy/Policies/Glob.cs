namespace GitOpsPolicy.Policies;

/// <summary>A pattern in which <c>*</c> stands for any text, and everything else for itself. Case counts.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="boundary">A character that <c>*</c> does not stand for, or null when it stands for all.</param>
public sealed class Glob(string pattern, char? boundary = null)
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
