using GitOpsPolicy.Knowledge.Freezes;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Configuration;

/// <summary>Reads one entry of <c>freezeWindows</c>.</summary>
internal static class FreezeWindowReader
{
    private const string Example = "such as `0 18 * * 5`: minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly, @yearly";

    /// <summary>The window; null, and problems, where it says none.</summary>
    public static FreezeWindow? Read(FieldReader fields)
    {
        var before = fields.Problems.Count;
        fields.Require("kind", "`deny`: nothing is changed while it is open; `allow`: only while it is");
        var window = new FreezeWindow
        {
            Node = fields.Mapping,
            Name = fields.RequiredText("name"),
            Kind = fields.Word<FreezeKind>("kind") ?? FreezeKind.Deny,
            Reason = fields.Text("reason"),
            Environments = DriftSettingsReader.Globs(fields, "environments"),
            Namespaces = DriftSettingsReader.Globs(fields, "namespaces"),
        };
        window = ReadZone(fields, fields.Any("schedule") is not null ? ReadSchedule(fields, window) : ReadTimes(fields, window));
        return fields.Problems.Count == before ? window : null;
    }

    private static FreezeWindow ReadSchedule(FieldReader fields, FreezeWindow window)
    {
        foreach (var other in (string[])["from", "until"])
            if (fields.Any(other) is { } twice)
                fields.Problems.Add(twice, $"`{other}` and `schedule` do not go together", "write two windows");
        fields.Require("duration", "how long it is open, such as `62h`");
        return window with { Schedule = Schedule(fields), Duration = Duration(fields) };
    }

    private static CronSchedule? Schedule(FieldReader fields)
    {
        if (fields.Text("schedule") is not { } text) return null;
        if (CronSchedule.TryParse(text, out var schedule, out var problem)) return schedule;
        var isZoned = text.StartsWith("TZ=", StringComparison.Ordinal) || text.StartsWith("CRON_TZ=", StringComparison.Ordinal);
        fields.Problems.Add(fields.Mapping["schedule"]!, problem, isZoned ? "the time zone goes to `timeZone`" : Example);
        return null;
    }

    private static TimeSpan Duration(FieldReader fields)
    {
        if (fields.Text("duration") is not { } text) return default;
        if (Knowledge.Drift.Duration.TryParse(text, out var seconds)
            && seconds >= 60
            && seconds <= (decimal)FreezeWindow.LongestDuration.TotalSeconds)
            return TimeSpan.FromSeconds((double)seconds);
        fields.Problems.Add(
            fields.Mapping["duration"]!, $"`{text}` is no duration from a minute to {FreezeWindow.LongestDuration.Days} days",
            "such as `90m`, `62h` or `9d`; a longer window says `from` and `until`");
        return default;
    }

    private static FreezeWindow ReadTimes(FieldReader fields, FreezeWindow window)
    {
        if (!fields.Has("from") && !fields.Has("until"))
        {
            fields.Any("duration");
            fields.Problems.Add(
                fields.Mapping, "the window never opens", "give it a `schedule` and a `duration`, or `from` and `until`");
            return window;
        }

        if (fields.Any("duration") is { } odd)
            fields.Problems.Add(odd, "`duration` goes with `schedule`", "`until` says when the window closes");
        fields.Require("from");
        fields.Require("until");
        var (from, until) = (Times.Read(fields, "from"), Times.Read(fields, "until"));
        if (from is { } opens && until is { } closes && opens >= closes)
            fields.Problems.Add(fields.Mapping["until"]!, "the window closes before it opens");
        return window with { From = from ?? default, Until = until ?? default };
    }

    private static FreezeWindow ReadZone(FieldReader fields, FreezeWindow window)
    {
        if (fields.Text("timeZone") is not { } text) return window;
        if (window.Schedule is null && !fields.Has("schedule"))
            fields.Problems.Add(
                fields.Mapping["timeZone"]!, "`timeZone` goes with `schedule`", "`from` and `until` have their offset in them");
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId) return window with { Zone = zone };
        fields.Problems.Add(
            fields.Mapping["timeZone"]!, $"this machine knows no time zone `{text}`",
            "such as `Europe/Berlin` (IANA); names other than `UTC` need the package tzdata");
        return window;
    }
}
