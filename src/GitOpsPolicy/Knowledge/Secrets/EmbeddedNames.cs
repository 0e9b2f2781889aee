using System.Text.Json;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Looks into texts that are files themselves: JSON, and lines of <c>name: value</c> or <c>name = value</c> as YAML, properties,
/// INI, dotenv and shell have them.
/// </summary>
internal static class EmbeddedNames
{
    /// <summary>Twice what an API server stores in one object. Longer texts are scanned for tokens, not for names.</summary>
    private const int LongestText = 2 * 1024 * 1024;

    private const int LongestLine = 8 * 1024;

    /// <summary>The surest of the values that their names give away; null for none.</summary>
    public static NamedSecret? Find(string text)
    {
        if (text.Length is < 8 or > LongestText || !text.AsSpan().ContainsAny(NameTable.Hints)) return null;
        var start = text.AsSpan().TrimStart();
        if (start is ['{' or '[', ..] && TryFindInJson(text, out var inJson)) return inJson;
        return FindInLines(text);
    }

    private static NamedSecret? FindInLines(string text)
    {
        NamedSecret? best = null;
        var given = "";
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.Length is < 6 or > LongestLine || (given.Length == 0 && !line.ContainsAny(NameTable.Hints))) continue;
            var split = SplitLine(line);
            var name = split.Name is "value" && given.Length > 0 ? given : split.Name.ToString();
            given = split.Name is "name" && SecretNames.Classify(split.Value.ToString()) != NameClass.None
                ? split.Value.ToString()
                : "";
            best = Surer(best, name.Length > 0 ? NamedValues.Judge(name, split.Value.ToString()) : null);
            if (best is not { Confidence: > Confidence.Possible } && line[0] != '#') best = Surer(best, Assignments.Find(line));
        }

        return best;
    }

    // `export NAME="value"`, `name: value`, `name = value`, `- name: value`; a comment names nothing.
    private static Line SplitLine(ReadOnlySpan<char> line)
    {
        if (line.Length > 2048 || line[0] is '#' or ';' or '/' or '<') return default;
        if (line.StartsWith("export ")) line = line[7..];
        if (line.StartsWith("- ")) line = line[2..];
        var at = line.IndexOfAny(':', '=');
        if (at <= 0 || at > 100) return default;
        var name = line[..at].Trim().Trim("\"'");
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')) return default;
        return new Line(name, line[(at + 1)..].Trim().TrimEnd(",;").Trim("\"'"));
    }

    private readonly ref struct Line(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        public readonly ReadOnlySpan<char> Name = name;
        public readonly ReadOnlySpan<char> Value = value;
    }

    private static bool TryFindInJson(string text, out NamedSecret? found)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            found = FindIn(json.RootElement, null, null);
            return true;
        }
        catch (JsonException)
        {
            found = null;
            return false;
        }
    }

    private static NamedSecret? FindIn(JsonElement element, string? name, NamedSecret? best)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var given = element.TryGetProperty("value", out _)
                        && element.TryGetProperty("name", out var n)
                        && n.ValueKind == JsonValueKind.String
                    ? n.GetString()
                    : null;
                foreach (var property in element.EnumerateObject())
                    best = FindIn(property.Value, given is not null && property.Name == "value" ? given : property.Name, best);
                return best;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) best = FindIn(item, name, best);
                return best;
            case JsonValueKind.String when name is not null:
                return Surer(best, NamedValues.Judge(name, element.GetString()!) ?? Inner(element.GetString()!));
            default:
                return best;
        }
    }

    // A line within JSON, such as one of a script; a file within a file is as deep as anybody goes.
    private static NamedSecret? Inner(string text) =>
        text.Length is >= 12 and <= LongestLine && text.Contains('=') ? Assignments.Find(text) : null;

    private static NamedSecret? Surer(NamedSecret? best, NamedSecret? found) =>
        found is not null && (best is null || found.Value.Confidence > best.Value.Confidence) ? found : best;
}
