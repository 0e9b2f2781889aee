namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>The flags of a regular expression, as in ECMAScript 2023.</summary>
[Flags]
internal enum PatternFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary><c>g</c>: find every match.</summary>
    Global = 1,

    /// <summary><c>i</c>: upper and lower case are the same.</summary>
    IgnoreCase = 2,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> hold at line ends.</summary>
    Multiline = 4,

    /// <summary><c>s</c>: the dot takes line ends too.</summary>
    DotAll = 8,

    /// <summary><c>u</c>: characters are code points and the syntax is strict.</summary>
    Unicode = 16,

    /// <summary><c>y</c>: the match starts exactly at <c>lastIndex</c>.</summary>
    Sticky = 32,

    /// <summary><c>d</c>: matches carry the places of their groups.</summary>
    Indices = 64,
}

/// <summary>The letters of <see cref="PatternFlags"/>.</summary>
internal static class FlagLetters
{
    /// <summary>In the order that <c>RegExp.prototype.flags</c> lists them (22.2.6.4).</summary>
    private static readonly (char Letter, PatternFlags Flag)[] Letters =
    [
        ('d', PatternFlags.Indices), ('g', PatternFlags.Global), ('i', PatternFlags.IgnoreCase), ('m', PatternFlags.Multiline),
        ('s', PatternFlags.DotAll), ('u', PatternFlags.Unicode), ('y', PatternFlags.Sticky),
    ];

    /// <summary>Reads flag letters.</summary>
    /// <exception cref="PatternSyntaxException">A letter is no flag, or is there twice.</exception>
    public static PatternFlags Parse(string letters)
    {
        var flags = PatternFlags.None;
        for (var i = 0; i < letters.Length; i++)
        {
            var flag = FlagOf(letters[i]);
            if (flag == PatternFlags.None) throw PatternSyntaxException.Of($"unknown regular expression flag `{letters[i]}`", i);
            if ((flags & flag) != 0) throw PatternSyntaxException.Of($"regular expression flag `{letters[i]}` is there twice", i);
            flags |= flag;
        }

        return flags;
    }

    /// <summary>Writes flags as letters, in alphabetical order.</summary>
    public static string Format(PatternFlags flags) =>
        string.Concat(Letters.Where(pair => (flags & pair.Flag) != 0).Select(pair => pair.Letter));

    private static PatternFlags FlagOf(char letter)
    {
        if (letter == 'v')
            throw PatternSyntaxException.Unsupported("regular expression flag `v` is newer than ECMAScript 2023, use `u`", 0);
        return Array.Find(Letters, pair => pair.Letter == letter).Flag;
    }
}
