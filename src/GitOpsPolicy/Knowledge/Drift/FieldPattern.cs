using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>
/// Places in objects: a JSON pointer in which <c>*</c> is any text within a step, and a step <c>**</c> any number of steps.
/// </summary>
/// <param name="pattern">The pattern; empty for the whole object.</param>
internal sealed class FieldPattern(string pattern)
{
    private readonly Glob[] steps = [.. (pattern.StartsWith("**", StringComparison.Ordinal)
        ? pattern.Split('/').Select(Unescape)
        : JsonPointer.Parse(pattern)).Select(
        step => new Glob(step))];

    /// <summary>The pattern as written.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>Whether a text is a pattern: empty, or it starts with <c>/</c> or <c>**</c>.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == 0 || text[0] == '/' || text.StartsWith("**/", StringComparison.Ordinal);

    /// <summary>The place, or one that it lies below, fits.</summary>
    public bool Covers(IReadOnlyList<string> place) => Fits(0, place, 0, isWhole: false);

    /// <summary>The place itself fits.</summary>
    public bool Is(IReadOnlyList<string> place) => Fits(0, place, 0, isWhole: true);

    /// <summary>The place, one that it lies below, or one in what differs there fits.</summary>
    public bool Meets(Difference difference) =>
        Covers(difference.Steps)
            || MeetsBelow([.. difference.Steps], difference.Before)
            || MeetsBelow([.. difference.Steps], difference.After);

    private bool MeetsBelow(List<string> place, Node? node)
    {
        if (Covers(place)) return true;
        foreach (ref readonly var entry in node.EntriesOf())
            if (MeetsAt(place, entry.Key, entry.Value)) return true;
        var items = node.ItemsOf();
        for (var i = 0; i < items.Length; i++)
            if (MeetsAt(place, i.ToString(System.Globalization.CultureInfo.InvariantCulture), items[i])) return true;
        return false;
    }

    private bool MeetsAt(List<string> place, string step, Node node)
    {
        place.Add(step);
        var meets = MeetsBelow(place, node);
        place.RemoveAt(place.Count - 1);
        return meets;
    }

    private bool Fits(int at, IReadOnlyList<string> place, int from, bool isWhole)
    {
        if (at == steps.Length) return !isWhole || from == place.Count;
        if (steps[at].Pattern == "**")
        {
            for (var next = from; next <= place.Count; next++)
                if (Fits(at + 1, place, next, isWhole)) return true;
            return false;
        }

        return from < place.Count && steps[at].Fits(place[from]) && Fits(at + 1, place, from + 1, isWhole);
    }

    private static string Unescape(string step) =>
        step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
