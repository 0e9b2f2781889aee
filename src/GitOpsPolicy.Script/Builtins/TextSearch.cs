using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// Looking for text in text. The runtime's search is fast on real text but takes length times length on hostile text, so it only
/// looks for the start of a long text; the rest is compared, and charged, at each place where the start is found.
/// </summary>
internal static class TextSearch
{
    private const int MaxHead = 32;

    /// <summary>
    /// The first place of <paramref name="wanted"/> at or after <paramref name="start"/>; -1 when there is none.
    /// </summary>
    public static int IndexOf(ScriptRun run, string text, string wanted, int start)
    {
        var head = wanted.AsSpan(0, Math.Min(wanted.Length, MaxHead));
        while (start + wanted.Length <= text.Length)
        {
            var step = text.AsSpan(start).IndexOf(head, StringComparison.Ordinal);
            run.Charge(1 + ((step < 0 ? text.Length - start : step) >> 4));
            if (step < 0) return -1;
            start += step;
            if (IsAt(run, text, wanted, start)) return start;
            start++;
        }

        return -1;
    }

    /// <summary>
    /// The last place of <paramref name="wanted"/> at or before <paramref name="start"/>; -1 when there is none.
    /// </summary>
    public static int LastIndexOf(ScriptRun run, string text, string wanted, int start)
    {
        start = Math.Min(start, text.Length - wanted.Length);
        var head = wanted.AsSpan(0, Math.Min(wanted.Length, MaxHead));
        while (start >= 0)
        {
            var at = head.IsEmpty ? start : text.AsSpan(0, start + head.Length).LastIndexOf(head, StringComparison.Ordinal);
            run.Charge(1 + ((start - Math.Max(at, 0)) >> 4));
            if (at < 0 || IsAt(run, text, wanted, at)) return at;
            start = at - 1;
        }

        return -1;
    }

    /// <summary>True when <paramref name="wanted"/> stands at a place.</summary>
    public static bool IsAt(ScriptRun run, string text, string wanted, int start)
    {
        if (start < 0 || start + wanted.Length > text.Length) return false;
        var common = text.AsSpan(start).CommonPrefixLength(wanted);
        run.Charge(1 + (common >> 4));
        return common == wanted.Length;
    }
}
