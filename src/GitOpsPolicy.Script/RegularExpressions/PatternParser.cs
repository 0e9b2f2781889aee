namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>A group with a name.</summary>
/// <param name="Index">Counted from 1 by opening parenthesis.</param>
internal readonly record struct NamedGroup(string Name, int Index);

/// <summary>
/// Reads a pattern by the grammar of ECMAScript 2023, 22.2.1, with the additions of annex B.1.2 where the flag <c>u</c> is
/// absent.
/// </summary>
internal sealed partial class PatternParser
{
    /// <summary>Parentheses within parentheses; beyond, the pattern is a mistake or an attack.</summary>
    private const int MaxDepth = 200;

    private readonly string text;
    private readonly PatternFlags flags;
    private readonly bool unicode;
    private readonly int groupTotal;       // counted ahead: whether `\3` is a group or an octal number depends on it
    private readonly bool hasNames;        // likewise for `\k`
    private readonly List<NamedGroup> names = [];
    private readonly Dictionary<int, CharacterSet> literals = [];
    private int at;
    private int groups;
    private int looks;
    private int depth;

    private PatternParser(string text, PatternFlags flags)
    {
        (this.text, this.flags) = (text, flags);
        unicode = (flags & PatternFlags.Unicode) != 0;
        (groupTotal, hasNames) = CountGroups();
    }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="PatternSyntaxException">The pattern is wrong or not supported.</exception>
    public static ParsedPattern Parse(string text, PatternFlags flags)
    {
        var parser = new PatternParser(text, flags);
        var root = parser.ParseDisjunction();
        if (!parser.AtEnd) throw parser.Wrong("unmatched `)` in regular expression");
        return new(root, parser.groups, parser.looks, [.. parser.names]);
    }

    private bool AtEnd => at >= text.Length;

    private char Current => text[at];

    private bool IgnoreCase => (flags & PatternFlags.IgnoreCase) != 0;

    private PatternSyntaxException Wrong(string message) => PatternSyntaxException.Of(message, at);

    private bool LookingAt(string expected) => string.CompareOrdinal(text, at, expected, 0, expected.Length) == 0;

    private bool Take(char expected)
    {
        if (AtEnd || Current != expected) return false;
        at++;
        return true;
    }

    private bool Take(string expected)
    {
        if (!LookingAt(expected)) return false;
        at += expected.Length;
        return true;
    }

    private (int Groups, bool Named) CountGroups()
    {
        var (count, named, inClass) = (0, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\': i++; break;
                case '[': inClass = true; break;
                case ']': inClass = false; break;
                case '(' when !inClass:
                    var name = string.CompareOrdinal(text, i, "(?<", 0, 3) == 0
                        && i + 3 < text.Length
                        && text[i + 3] is not ('=' or '!');
                    if (name || i + 1 >= text.Length || text[i + 1] != '?') count++;
                    named |= name;
                    break;
                default: break;
            }
        }

        return (count, named);
    }

    private PatternNode ParseDisjunction()
    {
        if (++depth > MaxDepth)
            throw PatternSyntaxException.Unsupported($"regular expression nests more than {MaxDepth} groups", at);
        var options = new List<PatternNode> { ParseAlternative() };
        while (Take('|')) options.Add(ParseAlternative());
        depth--;
        return options.Count == 1 ? options[0] : new PatternNode.Choice([.. options]);
    }

    private PatternNode ParseAlternative()
    {
        var items = new List<PatternNode>();
        while (!AtEnd && Current is not ('|' or ')')) items.Add(ParseTerm());
        return items.Count switch
        {
            0 => new PatternNode.Empty(),
            1 => items[0],
            _ => new PatternNode.Sequence([.. items]),
        };
    }

    private PatternNode ParseTerm()
    {
        var (firstGroup, firstLook) = (groups + 1, looks);
        if (TryParseAssertion() is { } assertion) return assertion;
        var look = TryParseLook(out var repeatable);
        if (look is not null && !repeatable) return look;
        return ParseQuantifier(look ?? ParseAtom(), new(firstGroup, groups + 1, firstLook, looks));
    }

    private PatternNode.Assertion? TryParseAssertion()
    {
        var multiline = (flags & PatternFlags.Multiline) != 0;
        if (Take('^')) return new(multiline ? AssertionKind.LineStart : AssertionKind.Start);
        if (Take('$')) return new(multiline ? AssertionKind.LineEnd : AssertionKind.End);
        if (Take("\\b")) return new(AssertionKind.WordEdge);
        return Take("\\B") ? new(AssertionKind.NotWordEdge) : null;
    }

    private PatternNode.Look? TryParseLook(out bool repeatable)
    {
        var ahead = LookingAt("(?=") || LookingAt("(?!");
        repeatable = ahead && !unicode;   // annex B lets a lookahead be repeated, never a lookbehind
        if (!ahead && !LookingAt("(?<=") && !LookingAt("(?<!")) return null;
        at += ahead ? 3 : 4;
        var negative = text[at - 1] == '!';
        var (index, firstGroup) = (looks++, groups + 1);
        var body = ParseDisjunction();
        if (!Take(')')) throw Wrong("unterminated group in regular expression");
        return new(index, ahead, negative, body, new(firstGroup, groups + 1, index + 1, looks));
    }

    private PatternNode ParseAtom()
    {
        var start = at;
        switch (Current)
        {
            case '.':
                at++;
                return new PatternNode.OneOf((flags & PatternFlags.DotAll) != 0 ? CharacterSet.All : CharacterSet.NotLineEnd);
            case '(': return ParseGroup();
            case '[': return ParseClass();
            case '\\': return ParseAtomEscape();
            case '*' or '+' or '?': throw Wrong("nothing to repeat in regular expression");
            case '{' when unicode || TryReadBraces(out _, out _):
                throw PatternSyntaxException.Of("nothing to repeat in regular expression", start);
            case '}' or ']' when unicode: throw Wrong($"lone `{Current}` in regular expression with flag `u`");
            default: return Literal(NextCharacter());
        }
    }

    private PatternNode.OneOf Literal(int character)
    {
        if (!literals.TryGetValue(character, out var set))
        {
            set = CharacterSet.Of((character, character));
            literals[character] = set = IgnoreCase ? CaseFolding.Close(set, unicode) : set;
        }

        return new(set);
    }

    /// <summary>Takes one character of the pattern: a code point with <c>u</c>, else a code unit.</summary>
    private int NextCharacter()
    {
        var c = text[at++];
        return unicode && char.IsHighSurrogate(c) && !AtEnd && char.IsLowSurrogate(Current)
            ? char.ConvertToUtf32(c, text[at++])
            : c;
    }

    private PatternNode ParseGroup()
    {
        at++;
        var capturing = !Take("?:");
        var index = 0;
        if (capturing)
        {
            if (Take("?<")) names.Add(new(ReadGroupName(), groups + 1));
            else if (LookingAt("?")) throw Wrong("invalid group in regular expression");
            index = ++groups;
        }

        var body = ParseDisjunction();
        if (!Take(')')) throw Wrong("unterminated group in regular expression");
        return capturing ? new PatternNode.Group(index, body) : body;
    }

    private PatternNode ParseQuantifier(PatternNode atom, Contents inside)
    {
        var start = at;
        int min, max;
        if (Take('*')) (min, max) = (0, int.MaxValue);
        else if (Take('+')) (min, max) = (1, int.MaxValue);
        else if (Take('?')) (min, max) = (0, 1);
        else if (AtEnd || Current != '{') return atom;
        else if (!TryReadBraces(out min, out max))
            return unicode ? throw Wrong("incomplete quantifier in regular expression") : atom;
        if (min > max) throw PatternSyntaxException.Of("numbers out of order in `{}` quantifier", start);
        return new PatternNode.Repeat(atom, min, max, !Take('?'), inside);
    }

    /// <summary>Takes <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; leaves anything else where it is.</summary>
    private bool TryReadBraces(out int min, out int max)
    {
        var start = at;
        max = int.MaxValue;
        if (Take('{') && TryReadNumber(out min))
        {
            if (Take('}')) { max = min; return true; }
            if (Take(',') && (Take('}') || (TryReadNumber(out max) && Take('}')))) return true;
        }

        at = start;
        min = 0;
        return false;
    }

    private bool TryReadNumber(out int number)
    {
        var start = at;
        long value = 0;
        for (; !AtEnd && char.IsAsciiDigit(Current); at++) value = Math.Min((value * 10) + Current - '0', int.MaxValue);
        number = (int)value;
        return at > start;
    }
}

/// <summary>A pattern that was read.</summary>
/// <param name="Groups">How many capturing groups it has.</param>
/// <param name="Looks">How many lookaheads and lookbehinds it has.</param>
internal sealed record ParsedPattern(PatternNode Root, int Groups, int Looks, NamedGroup[] Names);
