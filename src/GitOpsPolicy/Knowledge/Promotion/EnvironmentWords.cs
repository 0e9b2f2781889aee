using System.Collections.Immutable;

namespace GitOpsPolicy.Knowledge.Promotion;

/// <summary>
/// The words that stand for an environment, taken out of names and values: what <c>shop-staging</c> is to staging,
/// <c>shop-prod</c> is to production. Each environment leaves out its own words only, so that production reaching for a host of
/// staging differs from staging.
/// </summary>
/// <param name="words">The words, of letters and digits.</param>
internal sealed class EnvironmentWords(ImmutableArray<string> words)
{
    /// <summary>The text without the words, each with one dash, dot or underscore beside it.</summary>
    public string Strip(string text)
    {
        foreach (var word in words) text = Strip(text, word);
        return text;
    }

    private static string Strip(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(
            word, at, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at > 0 && char.IsLetterOrDigit(text[at - 1])) || (end < text.Length && char.IsLetterOrDigit(text[end])))
            {
                at = end;
                continue;
            }

            if (end < text.Length && IsSeparator(text[end])) end++;
            else if (at > 0 && IsSeparator(text[at - 1])) at--;
            text = text.Remove(at, end - at);
        }

        return text;
    }

    private static bool IsSeparator(char letter) => letter is '-' or '.' or '_';
}
