using System.Globalization;

namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>The character sets behind <c>\p{…}</c>: general categories and the binary properties that follow from them.</summary>
internal static class UnicodeProperties
{
    private static readonly (string Short, string Long, UnicodeCategory[] Members)[] Categories =
    [
        ("Lu", "Uppercase_Letter", [UnicodeCategory.UppercaseLetter]),
        ("Ll", "Lowercase_Letter", [UnicodeCategory.LowercaseLetter]),
        ("Lt", "Titlecase_Letter", [UnicodeCategory.TitlecaseLetter]),
        ("LC", "Cased_Letter",
            [UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter, UnicodeCategory.TitlecaseLetter]),
        ("Lm", "Modifier_Letter", [UnicodeCategory.ModifierLetter]),
        ("Lo", "Other_Letter", [UnicodeCategory.OtherLetter]),
        ("L", "Letter",
            [
                UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter, UnicodeCategory.TitlecaseLetter,
                UnicodeCategory.ModifierLetter, UnicodeCategory.OtherLetter
            ]),
        ("Mn", "Nonspacing_Mark", [UnicodeCategory.NonSpacingMark]),
        ("Mc", "Spacing_Mark", [UnicodeCategory.SpacingCombiningMark]),
        ("Me", "Enclosing_Mark", [UnicodeCategory.EnclosingMark]),
        ("M", "Mark", [UnicodeCategory.NonSpacingMark, UnicodeCategory.SpacingCombiningMark, UnicodeCategory.EnclosingMark]),
        ("Nd", "Decimal_Number", [UnicodeCategory.DecimalDigitNumber]),
        ("Nl", "Letter_Number", [UnicodeCategory.LetterNumber]),
        ("No", "Other_Number", [UnicodeCategory.OtherNumber]),
        ("N", "Number", [UnicodeCategory.DecimalDigitNumber, UnicodeCategory.LetterNumber, UnicodeCategory.OtherNumber]),
        ("Pc", "Connector_Punctuation", [UnicodeCategory.ConnectorPunctuation]),
        ("Pd", "Dash_Punctuation", [UnicodeCategory.DashPunctuation]),
        ("Ps", "Open_Punctuation", [UnicodeCategory.OpenPunctuation]),
        ("Pe", "Close_Punctuation", [UnicodeCategory.ClosePunctuation]),
        ("Pi", "Initial_Punctuation", [UnicodeCategory.InitialQuotePunctuation]),
        ("Pf", "Final_Punctuation", [UnicodeCategory.FinalQuotePunctuation]),
        ("Po", "Other_Punctuation", [UnicodeCategory.OtherPunctuation]),
        ("P", "Punctuation",
            [
                UnicodeCategory.ConnectorPunctuation, UnicodeCategory.DashPunctuation, UnicodeCategory.OpenPunctuation,
                UnicodeCategory.ClosePunctuation, UnicodeCategory.InitialQuotePunctuation, UnicodeCategory.FinalQuotePunctuation,
                UnicodeCategory.OtherPunctuation
            ]),
        ("Sm", "Math_Symbol", [UnicodeCategory.MathSymbol]),
        ("Sc", "Currency_Symbol", [UnicodeCategory.CurrencySymbol]),
        ("Sk", "Modifier_Symbol", [UnicodeCategory.ModifierSymbol]),
        ("So", "Other_Symbol", [UnicodeCategory.OtherSymbol]),
        ("S", "Symbol",
            [
                UnicodeCategory.MathSymbol, UnicodeCategory.CurrencySymbol, UnicodeCategory.ModifierSymbol,
                UnicodeCategory.OtherSymbol
            ]),
        ("Zs", "Space_Separator", [UnicodeCategory.SpaceSeparator]),
        ("Zl", "Line_Separator", [UnicodeCategory.LineSeparator]),
        ("Zp", "Paragraph_Separator", [UnicodeCategory.ParagraphSeparator]),
        ("Z", "Separator", [UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator]),
        ("Cc", "Control", [UnicodeCategory.Control]),
        ("Cf", "Format", [UnicodeCategory.Format]),
        ("Cs", "Surrogate", [UnicodeCategory.Surrogate]),
        ("Co", "Private_Use", [UnicodeCategory.PrivateUse]),
        ("Cn", "Unassigned", [UnicodeCategory.OtherNotAssigned]),
        ("C", "Other",
            [
                UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.Surrogate, UnicodeCategory.PrivateUse,
                UnicodeCategory.OtherNotAssigned
            ]),
    ];

    private static readonly (string Alias, string Category)[] OtherNames =
        [("Combining_Mark", "M"), ("digit", "Nd"), ("punct", "P"), ("cntrl", "Cc")];

    /// <summary>Other_Uppercase and Other_Lowercase of the Unicode character database (PropList.txt).</summary>
    private static readonly CharacterSet OtherUppercase = CharacterSet.Of(
        (0x2160, 0x216F), (0x24B6, 0x24CF), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189));

    private static readonly CharacterSet OtherLowercase = CharacterSet.Of(
        (0xAA, 0xAA), (0xBA, 0xBA), (0x2B0, 0x2B8), (0x2C0, 0x2C1), (0x2E0, 0x2E4), (0x345, 0x345), (0x37A, 0x37A),
        (0x10FC, 0x10FC),
        (0x1D2C, 0x1D6A), (0x1D78, 0x1D78), (0x1D9B, 0x1DBF), (0x2071, 0x2071), (0x207F, 0x207F), (0x2090, 0x209C),
        (0x2170, 0x217F),
        (0x24D0, 0x24E9), (0x2C7C, 0x2C7D), (0xA69C, 0xA69D), (0xA770, 0xA770), (0xA7F1, 0xA7F4), (0xA7F8, 0xA7F9),
        (0xAB5C, 0xAB5F),
        (0xAB69, 0xAB69), (0x10780, 0x10780), (0x10783, 0x10785), (0x10787, 0x107B0), (0x107B2, 0x107BA), (0x1E030, 0x1E06D));

    private static readonly Dictionary<string, CharacterSet> Known = new(StringComparer.Ordinal);

    /// <summary>The set behind the text between the braces of <c>\p{…}</c>; null when there is no such property here.</summary>
    public static CharacterSet? Find(string name)
    {
        lock (Known)
        {
            if (Known.TryGetValue(name, out var set)) return set;
            return Compute(name) is { } computed ? Known[name] = computed : null;
        }
    }

    private static CharacterSet? Compute(string name)
    {
        var equals = name.IndexOf('=');
        if (equals >= 0)
            return name[..equals] is "General_Category" or "gc" ? OfCategory(name[(equals + 1)..]) : null;
        return OfCategory(name) ?? OfBinaryProperty(name);
    }

    private static CharacterSet? OfBinaryProperty(string name) => name switch
    {
        "Any" => CharacterSet.All,
        "ASCII" => CharacterSet.Of((0, 127)),
        "Assigned" => Find("Cn")!.Complement(),
        "ASCII_Hex_Digit" or "AHex" => CharacterSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
        "Hex_Digit" or "Hex" => CharacterSet.Of(
            ('0', '9'), ('A', 'F'), ('a', 'f'), (0xFF10, 0xFF19), (0xFF21, 0xFF26), (0xFF41, 0xFF46)),
        "White_Space" or "space" => CharacterSet.Of(
            (9, 13), (32, 32), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F),
            (0x205F, 0x205F), (0x3000, 0x3000)),
        "Uppercase" or "Upper" => Find("Lu")!.Union(OtherUppercase),
        "Lowercase" or "Lower" => Find("Ll")!.Union(OtherLowercase),
        "Cased" => Find("LC")!.Union(OtherUppercase).Union(OtherLowercase),
        _ => null,
    };

    private static CharacterSet? OfCategory(string name)
    {
        var alias = Array.Find(OtherNames, pair => pair.Alias == name).Category ?? name;
        var members = Array.Find(Categories, category => category.Short == alias || category.Long == alias).Members;
        return members is null ? null : Gather(members);
    }

    private static CharacterSet Gather(UnicodeCategory[] members)
    {
        Span<bool> wanted = stackalloc bool[(int)UnicodeCategory.OtherNotAssigned + 1];
        foreach (var member in members) wanted[(int)member] = true;
        var builder = new CharacterSetBuilder();
        var start = -1;
        for (var c = 0; c <= CharacterSet.Last + 1; c++)
        {
            var inside = c <= CharacterSet.Last && wanted[(int)CharUnicodeInfo.GetUnicodeCategory(c)];
            if (inside && start < 0) start = c;
            if (inside || start < 0) continue;
            builder.Add(start, c - 1);
            start = -1;
        }

        return builder.Build();
    }
}
