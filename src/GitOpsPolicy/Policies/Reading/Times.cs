using System.Globalization;

namespace GitOpsPolicy.Policies.Reading;

/// <summary>Times as the API server writes and wants them: RFC 3339, with an offset.</summary>
public static class Times
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The time that a text is; null when it is none.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null) return null;
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        return hasOffset
                && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;
    }

    /// <summary>Reads a field that is a time; null when absent.</summary>
    public static DateTimeOffset? Read(FieldReader fields, string name)
    {
        if (fields.Text(name) is not { } text) return null;
        if (Parse(text) is { } time) return time;
        fields.Problems.Add(fields.Mapping[name]!, $"`{name}` must be a time such as 2026-03-31T18:00:00Z, not `{text}`");
        return null;
    }

    /// <summary>A time to the second, as the API server writes it.</summary>
    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
