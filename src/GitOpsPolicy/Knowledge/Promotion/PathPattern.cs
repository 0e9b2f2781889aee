namespace GitOpsPolicy.Knowledge.Promotion;

/// <summary>
/// A pointer with wildcards: <c>*</c> is any one step or part of one, <c>**</c> any number of steps, also none.
/// </summary>
internal static class PathPattern
{
    /// <summary>The whole place fits.</summary>
    public static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> steps)
    {
        // As for globs of text: on a mismatch the last `**` takes one step more, so it is never worse than quadratic.
        var (p, s, star, mark) = (0, 0, -1, 0);
        while (s < steps.Length)
        {
            if (p < pattern.Length && pattern[p] == "**") (star, mark) = (p++, s);
            else if (p < pattern.Length && new Policies.Glob(pattern[p]).Fits(steps[s])) (p, s) = (p + 1, s + 1);
            else if (star >= 0) (p, s) = (star + 1, ++mark);
            else return false;
        }

        while (p < pattern.Length && pattern[p] == "**") p++;
        return p == pattern.Length;
    }
}
