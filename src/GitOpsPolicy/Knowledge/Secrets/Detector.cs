using System.Collections.Immutable;

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
/// <param name="Tail">What follows the literal.</param>
internal sealed record Detector(string Name, string Title, ImmutableArray<string> Literals, TokenPattern Tail)
{
    /// <summary>How far around a token a word is looked for that tells whose it is.</summary>
    private const int Reach = 200;

    /// <summary>What stands before the literal; null for nothing.</summary>
    public TokenPattern? Head { get; init; }

    /// <summary>
    /// Words of which one has to stand around the token, or in its name, because the structure alone says too little; none for no
    /// such need.
    /// </summary>
    public ImmutableArray<string> Near { get; init; } = [];

    /// <summary>
    /// Its last six characters are the checksum of the others. One that does not add up was written by hand, or by an issuer that
    /// changed its ways.
    /// </summary>
    public bool HasChecksum { get; init; }

    /// <summary>The token that the literal at <paramref name="start"/> is part of; null for none.</summary>
    public TokenHit? Match(string text, int start, int literalLength, string? key)
    {
        var end = Tail.MatchForward(text, start + literalLength);
        var begin = end < 0 ? -1 : BeginOf(text, start);
        if (begin < 0 || Placeholders.IsSample(text.AsSpan(begin, end - begin)) || !IsNear(text, begin, end, key)) return null;
        var isSound = !HasChecksum || TokenChecksum.IsSound(text.AsSpan(start + literalLength, end - start - literalLength));
        return new TokenHit(Name, Title, isSound ? Confidence.Certain : Confidence.Possible, false);
    }

    private int BeginOf(string text, int start)
    {
        if (Head is not null) return Head.MatchBackward(text, start);
        var isWithinWord = start > 0 && char.IsAsciiLetterOrDigit(text[start - 1]) && char.IsAsciiLetterOrDigit(text[start]);
        return isWithinWord ? -1 : start;
    }

    private bool IsNear(string text, int begin, int end, string? key)
    {
        if (Near.IsEmpty) return true;
        var from = Math.Max(0, begin - Reach);
        var around = text.AsSpan(from, Math.Min(text.Length, end + Reach) - from);
        foreach (var word in Near)
            if (around.Contains(word, StringComparison.OrdinalIgnoreCase)
                || key?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
                return true;
        return false;
    }

    /// <summary>
    /// Texts that are taken for such a token and are none, with a checksum that adds up and with one that does not.
    /// </summary>
    /// <param name="literal">One of its literals.</param>
    /// <param name="letters">Letters and digits that the rest is made of, round and round.</param>
    public IEnumerable<string> Imitate(string literal, string letters)
    {
        var tail = Tail.Imitate(letters);
        var start = (Near.IsEmpty ? "" : $"{Near[0]} ") + Head?.Imitate(letters) + literal;
        yield return start + tail;
        if (HasChecksum) yield return start + TokenChecksum.Seal(tail);
    }
}

/// <summary>What one kind of value looks like that only its name and its structure together give away.</summary>
/// <param name="Name">Short name, as findings show it.</param>
/// <param name="Title">What it is, as the end of a sentence.</param>
/// <param name="Under">What the name ends in, in small letters and digits alone.</param>
/// <param name="Value">The whole value.</param>
internal sealed record NamedDetector(string Name, string Title, ImmutableArray<string> Under, TokenPattern Value);
