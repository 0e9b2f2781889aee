using System.Globalization;

namespace GitOpsPolicy.Reconciler.Dashboard.Markup;

/// <summary>Shows when something was, by how long ago that is.</summary>
/// <param name="now">The time of the page.</param>
internal readonly struct Moment(DateTimeOffset now)
{
    /// <summary>The time of the page.</summary>
    public DateTimeOffset Now => now;

    /// <summary><c>3 h ago</c>, with the exact time for those who ask.</summary>
    public Html Ago(DateTimeOffset time) =>
        Show(time, now - time is { Ticks: > 0 } age && age >= OneMinute ? $"{Words(age)} ago" : "just now");

    /// <summary><c>in 3 h</c>, or <c>over</c>.</summary>
    public Html Until(DateTimeOffset time) => Show(time, time > now ? $"in {Words(time - now)}" : "over");

    /// <summary>The time itself.</summary>
    public static Html At(DateTimeOffset time) => Show(time, Exact(time));

    /// <summary>A span of time in words: <c>40 s</c>, <c>5 min</c>, <c>3 h</c>, <c>9 days</c>.</summary>
    public static string Words(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => $"{Math.Max(0, (int)span.TotalSeconds)} s",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} days",
    };

    private static TimeSpan OneMinute => TimeSpan.FromMinutes(1);

    private static string Exact(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static Html Show(DateTimeOffset time, string words) =>
        Html.Of($"<time datetime=\"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\" title=\"{Exact(time)}\">{words}</time>");
}
