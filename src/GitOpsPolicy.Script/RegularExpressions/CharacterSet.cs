using System.Runtime.CompilerServices;

namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>A set of characters: code points, or UTF-16 code units in a pattern without the flag <c>u</c>.</summary>
internal sealed class CharacterSet
{
    /// <summary>The last code point.</summary>
    public const int Last = 0x10FFFF;

    private readonly int[] bounds;   // start, end (exclusive), start, end …, ascending; no two ranges touch
    private readonly ulong low;
    private readonly ulong high;

    private CharacterSet(int[] bounds)
    {
        this.bounds = bounds;
        for (var i = 0; i < bounds.Length && bounds[i] < 128; i += 2)
            for (var c = bounds[i]; c < Math.Min(bounds[i + 1], 128); c++)
                if (c < 64) low |= 1UL << c;
                else high |= 1UL << (c - 64);
    }

    /// <summary>No character.</summary>
    public static CharacterSet Empty { get; } = new([]);

    /// <summary>Every character.</summary>
    public static CharacterSet All { get; } = new([0, Last + 1]);

    /// <summary>What <c>\d</c> takes.</summary>
    public static CharacterSet Digits { get; } = Of(('0', '9'));

    /// <summary>What <c>\w</c> takes, but for the two letters that <c>iu</c> adds.</summary>
    public static CharacterSet Word { get; } = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    /// <summary>What <c>\w</c> takes under <c>iu</c>: long s and the Kelvin sign fold to s and k.</summary>
    public static CharacterSet FoldedWord { get; } = Word.Union(Of((0x17F, 0x17F), (0x212A, 0x212A)));

    /// <summary>What <c>\s</c> takes: WhiteSpace and LineTerminator of the standard.</summary>
    public static CharacterSet Space { get; } = Of(
        (9, 13), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F),
        (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF));

    /// <summary>What the dot takes without <c>s</c>: all but line ends.</summary>
    public static CharacterSet NotLineEnd { get; } = Of((10, 10), (13, 13), (0x2028, 0x2029)).Complement();

    /// <summary>Holds no character.</summary>
    public bool IsEmpty => bounds.Length == 0;

    /// <summary>Holds nothing but ASCII.</summary>
    public bool IsAscii => bounds.Length == 0 || bounds[^1] <= 128;

    /// <summary>How many ranges there are: a measure of its size.</summary>
    public int RangeCount => bounds.Length / 2;

    /// <summary>The only character, when there is just one; else -1.</summary>
    public int Single => bounds.Length == 2 && bounds[1] == bounds[0] + 1 ? bounds[0] : -1;

    /// <summary>Characters from the first to the last of each range, both included.</summary>
    public static CharacterSet Of(params ReadOnlySpan<(int First, int Last)> ranges)
    {
        var builder = new CharacterSetBuilder();
        foreach (var (first, last) in ranges) builder.Add(first, last);
        return builder.Build();
    }

    /// <summary>From bounds that are ascending and do not touch.</summary>
    internal static CharacterSet OfBounds(int[] bounds) => bounds.Length == 0 ? Empty : new(bounds);

    /// <summary>Is the character in the set?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(int character) => character switch
    {
        < 64 => (low >> character & 1) != 0,
        < 128 => (high >> (character - 64) & 1) != 0,
        _ => ContainsBeyondAscii(character),
    };

    /// <summary>The characters of either.</summary>
    public CharacterSet Union(CharacterSet other)
    {
        if (other.IsEmpty || ReferenceEquals(this, other)) return this;
        if (IsEmpty) return other;
        var builder = new CharacterSetBuilder();
        builder.Add(this);
        builder.Add(other);
        return builder.Build();
    }

    /// <summary>Every character that is not in the set.</summary>
    public CharacterSet Complement()
    {
        var inverted = new List<int>(bounds.Length + 2);
        if (bounds.Length == 0 || bounds[0] != 0) inverted.Add(0);
        inverted.AddRange(bounds.Length > 0 && bounds[0] == 0 ? bounds[1..] : bounds);
        if (inverted[^1] == Last + 1) inverted.RemoveAt(inverted.Count - 1);
        else inverted.Add(Last + 1);
        return OfBounds([.. inverted]);
    }

    /// <summary>Do the sets share a character?</summary>
    public bool Intersects(CharacterSet other)
    {
        for (int i = 0, j = 0; i < bounds.Length && j < other.bounds.Length;)
        {
            if (bounds[i + 1] <= other.bounds[j]) i += 2;
            else if (other.bounds[j + 1] <= bounds[i]) j += 2;
            else return true;
        }

        return false;
    }

    /// <summary>Ranges as first and last character, ascending.</summary>
    public IEnumerable<(int First, int Last)> Ranges()
    {
        for (var i = 0; i < bounds.Length; i += 2) yield return (bounds[i], bounds[i + 1] - 1);
    }

    private bool ContainsBeyondAscii(int character)
    {
        var at = Array.BinarySearch(bounds, character);
        return at >= 0 ? (at & 1) == 0 : (~at & 1) == 1;
    }
}

/// <summary>Gathers ranges in any order into a <see cref="CharacterSet"/>.</summary>
internal sealed class CharacterSetBuilder
{
    private readonly List<(int First, int Last)> ranges = [];

    /// <summary>Adds one character.</summary>
    public void Add(int character) => ranges.Add((character, character));

    /// <summary>Adds the characters from first to last, both included.</summary>
    public void Add(int first, int last) => ranges.Add((first, last));

    /// <summary>Adds every character of a set.</summary>
    public void Add(CharacterSet set) => ranges.AddRange(set.Ranges());

    /// <summary>The set of all that was added.</summary>
    public CharacterSet Build()
    {
        ranges.Sort();
        var bounds = new List<int>(ranges.Count * 2);
        foreach (var (first, last) in ranges)
        {
            if (bounds.Count > 0 && first <= bounds[^1]) bounds[^1] = Math.Max(bounds[^1], last + 1);
            else bounds.AddRange([first, last + 1]);
        }

        return CharacterSet.OfBounds([.. bounds]);
    }
}
