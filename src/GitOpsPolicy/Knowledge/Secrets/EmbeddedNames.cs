using System.Text.Json;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>A value within a text that its name gives away.</summary>
/// <param name="Name">The name.</param>
/// <param name="Confidence">How sure it is.</param>
internal readonly record struct EmbeddedSecret(string Name, Confidence Confidence);

/// <summary>Looks into texts that are files themselves: JSON, and lines of <c>name: value</c> or <c>name = value</c> as YAML, properties, INI, dotenv and shell have them.</summary>
internal static class EmbeddedNames
{
    /// <summary>Longer files are scanned for tokens, not for names.</summary>
    private const int LongestText = 256 * 1024;

    /// <summary>The surest of the values that their names give away; null for none.</summary>
    public static EmbeddedSecret? Find(string text)
    {
        if (text.Length is < 8 or > LongestText) return null;
        var start = text.AsSpan().TrimStart();
        if (start is ['{' or '[', ..] && FindInJson(text) is { } inJson) return inJson;
        return start.Contains('\n') || start.Contains('=') ? FindInLines(text) : null;
    }

    private static EmbeddedSecret? FindInLines(string text)
    {
        EmbeddedSecret? best = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var split = SplitLine(line.Trim());
            if (split.Name.IsEmpty || split.Value.IsEmpty) continue;
            var name = split.Name.ToString();
            var kind = SecretNames.Classify(name);
            if (kind != NameClass.None) best = Surer(best, name, ValueShape.Judge(split.Value.ToString(), kind));
        }

        return best;
    }

    // `export NAME="value"`, `name: value`, `name = value`, `- name: value`; a comment names nothing.
    private static Line SplitLine(ReadOnlySpan<char> line)
    {
        if (line.Length is < 6 or > 2048 || line[0] is '#' or ';' or '/' or '<') return default;
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

    private static EmbeddedSecret? FindInJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return FindIn(json.RootElement, null, null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static EmbeddedSecret? FindIn(JsonElement element, string? name, EmbeddedSecret? best)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var given = element.TryGetProperty("value", out _) && element.TryGetProperty("name", out var n) && n.ValueKind == JsonValueKind.String ? n.GetString() : null;
                foreach (var property in element.EnumerateObject())
                    best = FindIn(property.Value, given is not null && property.Name == "value" ? given : property.Name, best);
                return best;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) best = FindIn(item, name, best);
                return best;
            case JsonValueKind.String when name is not null && SecretNames.Classify(name) is not NameClass.None and var kind:
                return Surer(best, name, ValueShape.Judge(element.GetString()!, kind));
            default:
                return best;
        }
    }

    private static EmbeddedSecret? Surer(EmbeddedSecret? best, string name, Confidence? confidence) =>
        confidence is { } sure && (best is null || sure > best.Value.Confidence) ? new EmbeddedSecret(name, sure) : best;
}
