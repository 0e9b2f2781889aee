using System.Collections.Frozen;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Gives equal keys the same string object, so that a lookup by key mostly ends at a comparison of references,
/// and so that a thousand documents do not hold a thousand copies of <c>metadata</c>.
/// </summary>
/// <threadsafety>Any thread may call it: a slot is one reference, and a lost write only costs a copy.</threadsafety>
internal static partial class NameTable
{
    /// <summary>Longer keys seldom repeat.</summary>
    private const int LongestKept = 64;

    private const int Slots = 4096;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> WellKnown =
        WellKnownNames.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(string.Intern)
            .ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Keys seen before; a newer key takes the slot of an older one, so the table never grows.</summary>
    private static readonly string?[] Seen = new string?[Slots];

    /// <summary>The string with this text.</summary>
    public static string Get(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestKept) return name.ToString();
        if (WellKnown.TryGetValue(name, out var known)) return known;
        ref var slot = ref Seen[string.GetHashCode(name, StringComparison.Ordinal) & (Slots - 1)];
        var seen = slot;
        if (seen is not null && name.SequenceEqual(seen)) return seen;
        return slot = name.ToString();
    }

    /// <summary>The string with this text; <paramref name="name"/> itself when none is kept yet.</summary>
    public static string Get(string name)
    {
        if (name.Length > LongestKept) return name;
        if (WellKnown.TryGetValue(name, out var known)) return known;
        ref var slot = ref Seen[name.GetHashCode(StringComparison.Ordinal) & (Slots - 1)];
        var seen = slot;
        return seen == name ? seen : slot = name;
    }
}
