namespace GitOpsPolicy.Script.RegularExpressions;

/// <content>Character classes: what stands between square brackets.</content>
internal sealed partial class PatternParser
{
    private PatternNode.OneOf ParseClass()
    {
        at++;
        var inverted = Take('^');
        var written = new CharacterSetBuilder();   // letter case still to be added
        var closed = new CharacterSetBuilder();    // \d, \w and the like: the same in every letter case
        while (!Take(']'))
        {
            var from = ReadClassAtom(closed);
            if (!LookingAt("-") || LookingAt("-]") || at + 1 >= text.Length)
            {
                if (from >= 0) written.Add(from);
                continue;
            }

            at++;
            ReadRangeEnd(from, written, closed);
        }

        var set = IgnoreCase ? CaseFolding.Close(written.Build(), unicode) : written.Build();
        set = set.Union(closed.Build());
        return new(inverted ? set.Complement() : set);
    }

    /// <summary>Takes the part after the hyphen of a range.</summary>
    private void ReadRangeEnd(int from, CharacterSetBuilder written, CharacterSetBuilder closed)
    {
        var start = at;
        var to = ReadClassAtom(closed);
        if (from >= 0 && to >= 0)
        {
            if (from > to) throw PatternSyntaxException.Of("range out of order in character class", start);
            written.Add(from, to);
            return;
        }

        if (unicode) throw PatternSyntaxException.Of("a set such as `\\d` cannot end a range in a character class", start);
        written.Add('-');   // annex B: [\d-z] is three members
        if (from >= 0) written.Add(from);
        if (to >= 0) written.Add(to);
    }

    /// <summary>
    /// Takes one member of a class: a character, or -1 when it was a set, which goes to <paramref name="sets"/>.
    /// </summary>
    private int ReadClassAtom(CharacterSetBuilder sets)
    {
        if (AtEnd) throw Wrong("unterminated character class in regular expression");
        if (Current != '\\') return NextCharacter();
        at++;
        if (AtEnd) throw Wrong("`\\` at end of regular expression");
        if (Take('b')) return '\b';
        if (!TryReadSetEscape(out var set)) return ReadCharacterEscape(inClass: true);
        sets.Add(set);
        return -1;
    }
}
