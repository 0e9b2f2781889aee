namespace GitOpsPolicy.Policies.Reading;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Suggestion
{
    /// <summary><c>, did you mean `x`?</c> for the nearest of the words, or nothing when none is near.</summary>
    public static string For(string typed, IEnumerable<string> words)
    {
        var nearest = words
            .Select(word => (word, distance: Distance(typed, word)))
            .Where(c => c.distance <= Math.Max(1, Math.Min(typed.Length, c.word.Length) / 3))
            .OrderBy(c => c.distance).ThenBy(c => c.word, StringComparer.Ordinal)
            .Select(c => c.word).FirstOrDefault();
        return nearest is null ? "" : $", did you mean `{nearest}`?";
    }

    // Edits that turn one into the other, two swapped neighbours counting as one. Case is no difference at all.
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 4) return int.MaxValue;
        int[] beforeLast = [], last = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = Same(a[i - 1], b[j - 1]);
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
