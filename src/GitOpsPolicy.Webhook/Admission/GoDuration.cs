using System.Buffers;
using System.Globalization;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>Durations as Go writes them, such as <c>10s</c>, <c>1m30s</c> and <c>1.5s</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Reads one; false for anything else, and for nothing or less.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        var seconds = 0.0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) break;
            text = text[digits..];
            var (unit, length) = Unit(text);
            if (length == 0) break;
            seconds += number * unit;
            text = text[length..];
        }

        var isWhole = text.IsEmpty && seconds is > 0 and < 86_400;
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
}
