using System.Buffers;
using System.Globalization;

namespace GitOpsPolicy.Policies.Reading;

/// <summary>Durations as Go writes them, such as <c>10s</c>, <c>1m30s</c> and <c>1.5s</c>.</summary>
public static class GoDuration
{
    private const double Longest = 10.0 * 365 * 86_400;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Reads one; false for anything else, for nothing or less, and for ten years or more.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        var seconds = 0.0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(Digits);
            if (digits <= 0
                || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                break;
            text = text[digits..];
            var (unit, length) = Unit(text);
            if (length == 0) break;
            seconds += number * unit;
            text = text[length..];
        }

        var isWhole = text.IsEmpty && seconds is > 0 and < Longest;
        duration = isWhole ? TimeSpan.FromSeconds(seconds) : default;
        return isWhole;
    }

    private static (double Seconds, int Length) Unit(ReadOnlySpan<char> text) => text switch
    {
        ['n', 's', ..] => (1e-9, 2),
        ['u' or 'µ' or 'μ', 's', ..] => (1e-6, 2),
        ['m', 's', ..] => (1e-3, 2),
        ['s', ..] => (1, 1),
        ['m', ..] => (60, 1),
        ['h', ..] => (3_600, 1),
        _ => (0, 0),
    };

    /// <summary>A duration in the fewest units, to the second: <c>1h30m</c>.</summary>
    public static string Write(TimeSpan duration)
    {
        var seconds = (long)Math.Round(duration.TotalSeconds);
        if (seconds == 0) return "0s";
        var (hours, minutes) = (seconds / 3_600, seconds % 3_600 / 60);
        return string.Concat(
            hours > 0 ? $"{hours}h" : "", minutes > 0 ? $"{minutes}m" : "", seconds % 60 > 0 ? $"{seconds % 60}s" : "");
    }
}
