using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Numerics;

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

    private const int SlotBits = 12;

    private const int Slots = 1 << SlotBits;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> WellKnown =
        WellKnownNames.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(string.Intern)
            .ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Keys seen before; a newer key takes the slot of an older one, so the table never grows.</summary>
    private static readonly string?[] Seen = new string?[Slots];

    /// <summary>The same by the bytes of a text, so that a key met before is not decoded again.</summary>
    private static readonly Utf8Name?[] SeenBytes = new Utf8Name?[Slots];

    /// <summary>The string that <see cref="Keep"/> was given for these bytes; null when it is not there any more.</summary>
    public static string? Find(ReadOnlySpan<byte> utf8) =>
        SeenBytes[SlotOf(utf8)] is { } seen && utf8.SequenceEqual(seen.Utf8) ? seen.Text : null;

    /// <summary>Keeps the string that some bytes decode to, and gives it back.</summary>
    public static string Keep(ReadOnlySpan<byte> utf8, string text)
    {
        if (utf8.Length <= LongestKept) SeenBytes[SlotOf(utf8)] = new(utf8.ToArray(), text);
        return text;
    }

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

    // Both ends and the length tell most keys apart. Keys made to collide only push each other out.
    private static int SlotOf(ReadOnlySpan<byte> utf8)
    {
        ulong ends = 0;
        if (utf8.Length >= sizeof(ulong))
            ends = BinaryPrimitives.ReadUInt64LittleEndian(
                utf8) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..]), 29);
        else
            foreach (var b in utf8) ends = (ends << 8) | b;
        return (int)(((ends + (uint)utf8.Length) * 0x9E3779B97F4A7C15) >> (64 - SlotBits));
    }

    private sealed record Utf8Name(byte[] Utf8, string Text);
}
