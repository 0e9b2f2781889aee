using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GitOpsPolicy.Knowledge.Freezes;

/// <summary>
/// A schedule as cron and Argo CD's sync windows write it: minute, hour, day of the month, month, day of the week (crontab(5)).
/// Where both days are named, either fits. Its times are those on the wall of a time zone.
/// </summary>
internal sealed class CronSchedule
{
    private static readonly ImmutableArray<CronRange> Ranges =
    [
        new("minute", 0, 59), new("hour", 0, 23), new("day of the month", 1, 31),
        new("month", 1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        new("day of the week", 0, 7, "sun", "mon", "tue", "wed", "thu", "fri", "sat"),
    ];

    private static readonly ImmutableDictionary<string, string> Short = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("@hourly", "0 * * * *"), KeyValuePair.Create("@daily", "0 0 * * *"),
        KeyValuePair.Create("@midnight", "0 0 * * *"),
        KeyValuePair.Create("@weekly", "0 0 * * 0"), KeyValuePair.Create("@monthly", "0 0 1 * *"),
        KeyValuePair.Create("@yearly", "0 0 1 1 *"),
    ]);

    private readonly CronField minutes;
    private readonly CronField hours;
    private readonly CronField days;
    private readonly CronField months;
    private readonly CronField weekdays;

    private CronSchedule(CronField[] fields) =>
        (minutes, hours, days, months, weekdays) = (fields[0], fields[1], fields[2], fields[3], fields[4]);

    /// <summary>Reads a schedule; false and what is wrong with it.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out string? problem)
    {
        schedule = null;
        var parts = Short.GetValueOrDefault(text.Trim(), text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Ranges.Length)
        {
            problem = $"`{text}` is no schedule of five fields";
            return false;
        }

        var fields = new CronField[Ranges.Length];
        for (var i = 0; i < fields.Length; i++)
            if (!CronField.TryParse(parts[i], Ranges[i], out fields[i], out problem)) return false;
        (schedule, problem) = (new(fields), null);
        return true;
    }

    /// <summary>The last time that it came up to an instant; null where that was before <paramref name="notBefore"/>.</summary>
    public DateTimeOffset? Last(DateTimeOffset at, DateTimeOffset notBefore, TimeZoneInfo zone)
    {
        var (day, first) = (DayOf(at, zone).AddDays(1), DayOf(notBefore, zone).AddDays(-1));
        for (; day >= first; day = day.AddDays(-1))
        {
            var times = TimesOn(day, zone).Where(time => time <= at && time >= notBefore);
            if (times.Any()) return times.Max();
        }

        return null;
    }

    /// <summary>The first time that it comes after an instant; null where that is after <paramref name="notAfter"/>.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset notAfter, TimeZoneInfo zone)
    {
        var (day, last) = (DayOf(after, zone).AddDays(-1), DayOf(notAfter, zone).AddDays(1));
        for (; day <= last; day = day.AddDays(1))
        {
            var times = TimesOn(day, zone).Where(time => time > after && time <= notAfter);
            if (times.Any()) return times.Min();
        }

        return null;
    }

    private static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    private IEnumerable<DateTimeOffset> TimesOn(DateOnly day, TimeZoneInfo zone)
    {
        if (!IsDay(day)) yield break;
        for (var hour = 0; hour < 24; hour++)
        {
            if (!hours.Has(hour)) continue;
            for (var minute = 0; minute < 60; minute++)
            {
                if (!minutes.Has(minute)) continue;
                foreach (var time in Instants(day.ToDateTime(new(hour, minute)), zone)) yield return time;
            }
        }
    }

    private bool IsDay(DateOnly day)
    {
        if (!months.Has(day.Month)) return false;
        var (isDay, isWeekday) = (days.Has(day.Day), weekdays.Has((int)day.DayOfWeek));
        return days.IsAny || weekdays.IsAny ? isDay && isWeekday : isDay || isWeekday;
    }

    // A time that the clock jumps over comes when it has jumped. Of one that it shows twice the first counts, and both where
    // every hour is meant.
    private IEnumerable<DateTimeOffset> Instants(DateTime wall, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(wall)) wall = wall.AddMinutes(1);
        if (!zone.IsAmbiguousTime(wall)) return [new(wall, zone.GetUtcOffset(wall))];
        var offsets = zone.GetAmbiguousTimeOffsets(wall);
        return hours.IsAny ? offsets.Select(offset => new DateTimeOffset(wall, offset)) : [new(wall, offsets.Max())];
    }
}
