using System.Buffers;
using System.Text;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// The part of a token around its literal: characters and runs of characters of a class, written <c>[A-Z2-7]{16}</c>,
/// <c>[\w-]{20,50}</c>, <c>[a-z]+</c>; <c>\w</c> and <c>\d</c> are ASCII. Each run takes all it can and gives nothing back.
/// </summary>
internal sealed class TokenPattern
{
    /// <summary>
    /// No token is longer. A run without a limit ends here, so that a text made of beginnings costs what it is long.
    /// </summary>
    private const int LongestRun = 2048;

    private readonly record struct Run(SearchValues<char> Set, int Least, int Most);

    /// <summary>Runs that may be of any length are this long in an imitation.</summary>
    private const int MostImitated = 24;

    private readonly Run[] runs;

    private TokenPattern(Run[] runs) => this.runs = runs;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">The pattern is malformed: a mistake in the table.</exception>
    public static TokenPattern Parse(string pattern)
    {
        var read = new List<Run>();
        for (var at = 0; at < pattern.Length;)
        {
            var set = pattern[at] == '[' ? ReadSet(pattern, ref at) : SearchValues.Create([pattern[at++]]);
            var (least, most) = ReadCount(pattern, ref at);
            read.Add(new Run(set, least, most));
        }

        return new TokenPattern([.. read]);
    }

    /// <summary>The offset after the last run, or -1 when the text does not go on like this.</summary>
    public int MatchForward(string text, int at)
    {
        for (var i = 0; i < runs.Length; i++)
        {
            var rest = text.AsSpan(at, Math.Min(text.Length - at, Math.Min(runs[i].Most, LongestRun) + 1));
            var length = rest.IndexOfAnyExcept(runs[i].Set);
            if (length < 0) length = rest.Length;
            if (length < runs[i].Least || (i == runs.Length - 1 && length > runs[i].Most)) return -1;
            at += Math.Min(length, runs[i].Most);
        }

        return at;
    }

    /// <summary>Whether a text is made like this from beginning to end.</summary>
    public bool IsAllOf(string text) => MatchForward(text, 0) == text.Length;

    /// <summary>
    /// The offset of the first character of the first run, the last run ending at <paramref name="end"/>; or -1.
    /// </summary>
    public int MatchBackward(string text, int end)
    {
        for (var i = runs.Length - 1; i >= 0; i--)
        {
            var from = Math.Max(0, end - Math.Min(runs[i].Most, LongestRun) - 1);
            var length = end - from - 1 - text.AsSpan(from, end - from).LastIndexOfAnyExcept(runs[i].Set);
            if (length < runs[i].Least || (i == 0 && length > runs[i].Most)) return -1;
            end -= Math.Min(length, runs[i].Most);
        }

        return end;
    }

    /// <summary>A text that the pattern fits, as short as it may be but long enough to vary.</summary>
    /// <param name="letters">Letters and digits that it is made of, round and round, where they are allowed.</param>
    public string Imitate(string letters)
    {
        var text = new StringBuilder();
        foreach (var run in runs)
        {
            var length = Math.Max(run.Least, Math.Min(run.Most, MostImitated));
            var allowed = Allowed(run.Set, letters);
            for (var i = 0; i < length; i++) text.Append(allowed[text.Length % allowed.Length]);
        }

        return text.ToString();
    }

    private static string Allowed(SearchValues<char> set, string letters)
    {
        var allowed = string.Concat(letters.Where(set.Contains));
        return allowed.Length > 0
            ? allowed
            : string.Concat(Enumerable.Range('!', 127 - '!').Select(code => (char)code).Where(set.Contains));
    }

    private static SearchValues<char> ReadSet(string pattern, ref int at)
    {
        var close = pattern.IndexOf(']', at);
        if (close < 0) throw new FormatException($"No `]` in the token pattern {pattern}.");
        var body = pattern.AsSpan(at + 1, close - at - 1);
        at = close + 1;
        var characters = new List<char>();
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == '\\') AddClass(body[++i], characters);
            else if (i + 2 < body.Length && body[i + 1] == '-') AddRange(body[i], body[i += 2], characters);
            else characters.Add(body[i]);
        }

        return SearchValues.Create([.. characters]);
    }

    private static void AddClass(char name, List<char> characters)
    {
        if (name is not ('w' or 'd')) { characters.Add(name); return; }
        AddRange('0', '9', characters);
        if (name == 'd') return;
        AddRange('a', 'z', characters);
        AddRange('A', 'Z', characters);
        characters.Add('_');
    }

    private static void AddRange(char first, char last, List<char> characters)
    {
        for (var c = first; c <= last; c++) characters.Add(c);
    }

    private static (int Least, int Most) ReadCount(string pattern, ref int at)
    {
        if (at >= pattern.Length) return (1, 1);
        if (pattern[at] == '+') { at++; return (1, int.MaxValue); }
        if (pattern[at] == '?') { at++; return (0, 1); }
        if (pattern[at] != '{') return (1, 1);
        var close = pattern.IndexOf('}', at);
        var parts = pattern[(at + 1)..close].Split(',');
        at = close + 1;
        var least = int.Parse(parts[0]);
        return parts.Length == 1 ? (least, least) : (least, parts[1].Length == 0 ? int.MaxValue : int.Parse(parts[1]));
    }
}
