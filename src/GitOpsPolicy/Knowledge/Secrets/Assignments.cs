using System.Buffers;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Looks within a line for <c>name=value</c>, <c>"name": "value"</c> and <c>--name value</c>, as commands, scripts, options and
/// settings of several on one line have them. What may as well be documentation is left alone: only a value made like a secret
/// counts here.
/// </summary>
internal static class Assignments
{
    private const int LongestName = 80;
    private const int LongestValue = 300;

    private static readonly SearchValues<char> Separators = SearchValues.Create("=: ");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t;,|<>()\"'`&}]");

    private static readonly SearchValues<string> Teaching = SearchValues.Create(
        ["e.g.", "example", "usage:", "for instance", "such as", "something like", "default:", "defaults to", "sample"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The first secret that is assigned within a line; null for none.</summary>
    public static NamedSecret? Find(ReadOnlySpan<char> line)
    {
        if (!line.ContainsAny(NameTable.Hints) || line.ContainsAny(Teaching)) return null;
        for (var at = 1; at < line.Length - 4; at++)
        {
            var next = line[at..].IndexOfAny(Separators);
            if (next < 0) return null;
            at += next;
            if (Judge(line, at) is { } found) return found;
        }

        return null;
    }

    private static NamedSecret? Judge(ReadOnlySpan<char> line, int at)
    {
        var name = NameBefore(line, at);
        if (name.IsEmpty) return null;
        var text = name.ToString();
        var kind = SecretNames.Classify(text);
        if (kind == NameClass.None || (line[at] != '=' && kind != NameClass.Strong)) return null;
        return NamedValues.Judge(text, ValueAfter(line, at).ToString()) is { Confidence: not Confidence.Possible } found
            ? found
            : null;
    }

    // A space assigns only to an option: `--db-password x`.
    private static ReadOnlySpan<char> NameBefore(ReadOnlySpan<char> line, int at)
    {
        var before = line[Math.Max(0, at - LongestName)..at].TrimEnd(' ');
        if (before is [.., '"' or '\'']) before = before[..^1];
        var start = before.LastIndexOfAnyExcept(NameCharacters) + 1;
        var name = before[start..];
        return line[at] == ' ' && !name.StartsWith("--") ? [] : name.TrimStart('-');
    }

    private static ReadOnlySpan<char> ValueAfter(ReadOnlySpan<char> line, int at)
    {
        var rest = line.Slice(at + 1, Math.Min(line.Length - at - 1, LongestValue));
        if (line[at] == ':' && rest is not [' ', ..] and not ['"', ..]) return [];
        rest = rest.TrimStart(' ');
        if (rest is ['"' or '\'', ..])
        {
            var close = rest[1..].IndexOf(rest[0]);
            return close < 0 ? [] : rest.Slice(1, close);
        }

        var end = rest.IndexOfAny(ValueEnds);
        return end < 0 ? rest : rest[..end];
    }
}
