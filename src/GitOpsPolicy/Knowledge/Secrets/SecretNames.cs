using System.Collections.Immutable;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>How strongly a name says that its value is secret.</summary>
internal enum NameClass
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>It may also hold a reference or a setting: <c>token</c>, <c>auth</c>.</summary>
    Weak,

    /// <summary>It holds the secret itself: <c>password</c>, <c>client_secret</c>.</summary>
    Strong,
}

/// <summary>Which names of keys, variables and options say that their value is secret, whatever their spelling.</summary>
internal static class SecretNames
{
    /// <summary>Longer names seldom repeat.</summary>
    private const int LongestKept = 64;

    /// <summary>
    /// What was found out about names, by <see cref="SlotOf"/>: a manifest asks about the same few hundred again and again.
    /// </summary>
    private static readonly Known?[] Seen = new Known?[1024];

    /// <summary>Classifies a name; case and separators do not matter.</summary>
    public static NameClass Classify(string name) => Look(name).Class;

    /// <summary>The issuers' values that a name is usual for; none for most names.</summary>
    public static ImmutableArray<NamedDetector> DetectorsOf(string name) => Look(name).Detectors;

    /// <summary>The text is itself such a name: <c>myPassword</c>, <c>db-token</c>.</summary>
    public static bool IsName(string text) => Classify(text) != NameClass.None && !text.AsSpan().ContainsAnyInRange('0', '9');

    private static Known Look(string name)
    {
        if (name.Length is < 2 or > LongestKept) return Judge(name);
        ref var slot = ref Seen[SlotOf(name)];
        if (slot is { } known && known.Name == name) return known;
        return slot = Judge(name);
    }

    private static Known Judge(string name)
    {
        if (name.Length is < 2 or > 120 || (!name.AsSpan().ContainsAny(NameTable.Hints) && !IsWeakWord(name)))
            return new(name, NameClass.None, []);
        Span<char> buffer = stackalloc char[name.Length];
        var compact = Compact(name, buffer);
        return new(name, ClassOf(name, compact), DetectorTable.ByName.Of(compact));
    }

    private static NameClass ClassOf(string name, ReadOnlySpan<char> compact)
    {
        if (NameTable.Harmless.Fits(compact)) return NameClass.None;
        if (NameTable.Strong.Fits(compact)) return NameClass.Strong;
        return NameTable.Weak.Fits(compact) || IsWeakWord(name) ? NameClass.Weak : NameClass.None;
    }

    // Names made to collide only push each other out.
    private static uint SlotOf(string name) =>
        (((uint)name.Length * 0x9E3779B1) + (name[0] * 0x85EBCA6Bu) + (name[name.Length / 2] * 0xC2B2AE35u) + (name[^1] * 0x27D4EB2Fu)) >> 22;

    private static ReadOnlySpan<char> Compact(string name, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in name)
            if (char.IsAsciiLetterOrDigit(c)) buffer[length++] = char.ToLowerInvariant(c);
        return buffer[..length];
    }

    // The short ones count only as a word of their own: `dbPwd` and `REDIS_AUTH`, not `oauth` or `author`.
    private static bool IsWeakWord(string name)
    {
        foreach (var word in NameTable.WeakWords)
        {
            if (!name.EndsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
            var start = name.Length - word.Length;
            if (start == 0
                || !char.IsAsciiLetter(name[start - 1])
                || (char.IsAsciiLetterUpper(name[start]) && char.IsAsciiLetterLower(name[start - 1])))
                return true;
        }

        return false;
    }

    private sealed record Known(string Name, NameClass Class, ImmutableArray<NamedDetector> Detectors);
}
