using System.Text;

namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>
/// Which characters the flag <c>i</c> takes for one another (22.2.2.7.3): without <c>u</c> those with the same upper case,
/// with <c>u</c> those with the same simple case folding.
/// </summary>
internal sealed class CaseFolding
{
    /// <summary>The blocks beyond the first 65,536 code points that have letter case.</summary>
    private static readonly (int First, int Last)[] CasedBeyondBmp =
        [
            (0x10400, 0x104FF), (0x10570, 0x105BF), (0x10C80, 0x10CFF), (0x10D50, 0x10D8F), (0x118A0, 0x118DF),
            (0x16E40, 0x16EDF), (0x1E900, 0x1E943)
        ];

    private static readonly Lazy<CaseFolding> CodeUnits = new(() => new(unicode: false));
    private static readonly Lazy<CaseFolding> CodePoints = new(() => new(unicode: true));

    private readonly int[][] classes;   // characters that are the same to each other, at least two in each

    private CaseFolding(bool unicode)
    {
        var byForm = new Dictionary<int, List<int>>();
        foreach (var character in CasedCandidates(unicode))
        {
            var form = unicode ? Fold(character) : Canonicalize((char)character);
            if (form == character) continue;
            if (!byForm.TryGetValue(form, out var members)) byForm[form] = members = [form];
            members.Add(character);
        }

        classes = [.. byForm.Values.Select(members => members.ToArray())];
    }

    /// <summary>The set with every character added that is the same as one of its own.</summary>
    public static CharacterSet Close(CharacterSet set, bool unicode) =>
        set.IsAscii ? CloseAscii(set, unicode) : (unicode ? CodePoints : CodeUnits).Value.Close(set);

    /// <summary>The simple upper case of a code point, itself when it has none.</summary>
    internal static int SimpleUpper(int character) => character switch
    {
        0x131 => 'I',   // the runtime leaves the letters of Turkish and the long s alone
        0x17F => 'S',
        < 0x10000 => char.ToUpperInvariant((char)character),
        _ => Rune.ToUpperInvariant(new Rune(character)).Value,
    };

    /// <summary>Simple case folding, up to the choice of which member stands for a class.</summary>
    internal static int Fold(int character) => character switch
    {
        0x130 or 0x131 => character,
        0x390 => 0x1FD3,
        0x3B0 => 0x1FE3,
        0xFB05 => 0xFB06,
        0x1E9E => 0xDF,
        < 0x10000 => char.ToLowerInvariant((char)SimpleUpper(character)),
        _ => Rune.ToLowerInvariant(new Rune(SimpleUpper(character))).Value,
    };

    /// <summary>
    /// What a code unit stands for without <c>u</c>: its upper case when that is one unit and not ASCII for a non-ASCII one.
    /// </summary>
    internal static int Canonicalize(char character)
    {
        if (IsGreekWithIotaBelow(character)) return character;   // their upper case is two letters
        var upper = SimpleUpper(character);
        return character >= 128 && upper < 128 ? character : upper;
    }

    private static bool IsGreekWithIotaBelow(char character) => character is
        (>= '\u1F80' and <= '\u1FAF') or '\u1FB3' or '\u1FBC' or '\u1FC3' or '\u1FCC' or '\u1FF3' or '\u1FFC';

    private static IEnumerable<int> CasedCandidates(bool unicode)
    {
        for (var c = 0; c < 0x10000; c++)
            if (!char.IsSurrogate((char)c)) yield return c;
        if (!unicode) yield break;
        foreach (var (first, last) in CasedBeyondBmp)
            for (var c = first; c <= last; c++) yield return c;
    }

    private static CharacterSet CloseAscii(CharacterSet set, bool unicode)
    {
        var builder = new CharacterSetBuilder();
        builder.Add(set);
        for (var letter = 'a'; letter <= 'z'; letter++)
        {
            if (set.Contains(letter)) builder.Add(letter - 32);
            if (set.Contains(letter - 32)) builder.Add(letter);
        }

        if (unicode && (set.Contains('s') || set.Contains('S'))) builder.Add(0x17F);
        if (unicode && (set.Contains('k') || set.Contains('K'))) builder.Add(0x212A);
        return builder.Build();
    }

    private CharacterSet Close(CharacterSet set)
    {
        var builder = new CharacterSetBuilder();
        builder.Add(set);
        foreach (var members in classes)
            if (Array.Exists(members, set.Contains))
                foreach (var member in members) builder.Add(member);
        return builder.Build();
    }
}
