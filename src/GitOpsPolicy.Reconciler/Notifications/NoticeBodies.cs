using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsPolicy.Reconciler.Dashboard.Markup;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>What a receiver understands.</summary>
public enum NoticeFormat
{
    /// <summary>An object of our own, the same for every notice.</summary>
    Json,

    /// <summary>A message as Slack, Mattermost and others take it: <c>text</c>, and <c>blocks</c>.</summary>
    Slack,
}

/// <summary>Writes notices for receivers.</summary>
internal static partial class NoticeBodies
{
    // Slack takes 3,000 characters in a block, and longer ones not at all; what is escaped has got longer.
    private const int MaxBlock = 2_900;

    /// <summary>Writes one.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="format">What the receiver understands.</param>
    /// <param name="dashboard">Where the dashboard is for people; null for no link.</param>
    public static byte[] Write(Notice notice, NoticeFormat format, Uri? dashboard)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        if (format == NoticeFormat.Slack) WriteSlack(writer, notice, LinkOf(notice, dashboard));
        else WriteJson(writer, notice, LinkOf(notice, dashboard));
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string? LinkOf(Notice notice, Uri? dashboard) =>
        dashboard is null ? null : dashboard.AbsoluteUri.TrimEnd('/') + Shown.PathOf(notice.Unit);

    private static void WriteJson(Utf8JsonWriter writer, Notice notice, string? link)
    {
        writer.WriteString("source", "gitops-policy");
        writer.WriteStartObject("unit");
        writer.WriteString("namespace", notice.Unit.Namespace);
        writer.WriteString("name", notice.Unit.Name);
        writer.WriteEndObject();
        writer.WriteString("subject", notice.Subject);
        writer.WriteString("digest", notice.Digest);
        writer.WriteString("severity", Word(notice.Severity));
        writer.WriteString("title", notice.Title);
        writer.WriteString("message", notice.Message);
        writer.WriteStartArray("details");
        foreach (var detail in notice.Details) writer.WriteStringValue(detail);
        writer.WriteEndArray();
        if (notice.Revision.Length > 0) writer.WriteString("revision", notice.Revision);
        if (notice.Environment.Length > 0) writer.WriteString("environment", notice.Environment);
        if (notice.Since is { } since)
            writer.WriteString("since", since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        if (link is not null) writer.WriteString("link", link);
    }

    private static void WriteSlack(Utf8JsonWriter writer, Notice notice, string? link)
    {
        writer.WriteString("text", Escape($"{Word(notice.Severity)}: {notice.Title}. {notice.Message}"));
        writer.WriteBoolean("mrkdwn", false);
        writer.WriteStartArray("blocks");
        WriteBlock(writer, "plain_text", $"{Mark(notice.Severity)} {Escape(notice.Title)}\n{Escape(notice.Message)}");
        if (!notice.Details.IsEmpty)
            WriteBlock(writer, "plain_text", string.Join('\n', notice.Details.Select(static detail => "• " + Escape(detail))));
        if (link is not null)
            WriteBlock(
                writer, "mrkdwn",
                $"<{link.Replace("|", "%7C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal)}|Open the dashboard>");
        writer.WriteEndArray();
    }

    private static void WriteBlock(Utf8JsonWriter writer, string type, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "section");
        writer.WriteStartObject("text");
        writer.WriteString("type", type);
        writer.WriteString("text", Cut(text));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // An escape is not cut in two: half of one would show, and `&lt` is read as a bracket by some.
    private static string Cut(string text)
    {
        if (text.Length <= MaxBlock) return text;
        var end = MaxBlock - 1;
        var escape = text.LastIndexOf('&', end - 1, 6);
        if (escape >= 0 && text.IndexOf(';', escape) >= end) end = escape;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    // Slack reads <…> as links and mentions; others read @channel wherever it stands. A character of no width takes the meaning
    // and leaves the look.
    private static string Escape(string text) =>
        Mention().Replace(
            text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal), "@\u200b");

    private static string Word(NoticeSeverity severity) => Enum.GetName(severity)!.ToLowerInvariant();

    private static string Mark(NoticeSeverity severity) =>
        severity switch { NoticeSeverity.Critical => "✖", NoticeSeverity.Warning => "▲", _ => "✔" };

    [GeneratedRegex(@"@(?=\w)", RegexOptions.None, 1_000)]
    private static partial Regex Mention();
}
