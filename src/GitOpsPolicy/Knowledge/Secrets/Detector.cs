namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>How sure it is that a value is secret, least first.</summary>
internal enum Confidence
{
    /// <summary>Its name says so and nothing speaks against it.</summary>
    Possible,

    /// <summary>Its name says so and the value is made like a secret.</summary>
    Likely,

    /// <summary>The value itself has the structure of a secret.</summary>
    Certain,
}

/// <summary>
/// What one kind of token looks like: a literal that never changes, with runs of characters around it. Runs are greedy and never
/// give anything back, so matching is linear; a token has to stand by itself, not within a longer word.
/// </summary>
/// <param name="Name">Short name, as findings show it: <c>aws-access-key-id</c>.</param>
/// <param name="Title">What it is, as the end of a sentence: <c>an AWS access key id</c>.</param>
/// <param name="Literals">The literals that a token holds; any of them.</param>
/// <param name="Tail">What follows the literal, in the language of <see cref="TokenPattern"/>.</param>
/// <param name="Head">What stands before the literal, in the same language; null for nothing.</param>
internal sealed record Detector(string Name, string Title, string[] Literals, string Tail, string? Head = null)
{
    private TokenPattern? tail;
    private TokenPattern? head;

    /// <summary>Whether the literal at <paramref name="start"/> is part of such a token; if so, where the token is.</summary>
    public bool Matches(string text, int start, int literalLength, out Range token)
    {
        token = default;
        tail ??= TokenPattern.Parse(Tail);
        var end = tail.MatchForward(text, start + literalLength);
        if (end < 0) return false;
        var begin = start;
        if (Head is not null)
        {
            head ??= TokenPattern.Parse(Head);
            begin = head.MatchBackward(text, start);
            if (begin < 0) return false;
        }
        else if (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1]) && char.IsAsciiLetterOrDigit(text[start]))
        {
            return false;
        }

        token = begin..end;
        return !Placeholders.IsSample(text.AsSpan(begin, end - begin));
    }

    /// <summary>A text that is taken for such a token and is none.</summary>
    /// <param name="literal">One of its literals.</param>
    /// <param name="letters">Letters and digits that the rest is made of, round and round.</param>
    public string Imitate(string literal, string letters)
    {
        head ??= Head is null ? null : TokenPattern.Parse(Head);
        tail ??= TokenPattern.Parse(Tail);
        return head?.Imitate(letters) + literal + tail.Imitate(letters);
    }
}
