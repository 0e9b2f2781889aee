using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GitOpsPolicy.Knowledge.Freezes;

/// <summary>One field of a cron schedule: the numbers that it names.</summary>
/// <param name="numbers">A bit for each; no field goes beyond 59.</param>
/// <param name="isAny">It starts with <c>*</c> or is <c>?</c>, which counts where two fields name days.</param>
internal readonly struct CronField(ulong numbers, bool isAny)
{
    /// <summary>The field leaves the choice to the others.</summary>
    public bool IsAny { get; } = isAny;

    /// <summary>Whether it names this number.</summary>
    public bool Has(int number) => (numbers & (1UL << number)) != 0;

    /// <summary>Reads a field: numbers, names, ranges, steps and lists of these; false and what is wrong.</summary>
    public static bool TryParse(string text, CronRange range, out CronField field, [NotNullWhen(false)] out string? problem)
    {
        (field, problem) = (default, null);
        var numbers = 0UL;
        foreach (var part in text.Split(','))
            if (!TryAdd(part, range, ref numbers, out problem)) return false;
        if (range.IsWeek && (numbers & (1UL << 7)) != 0) numbers |= 1;   // Sunday is 0, and 7
        field = new(numbers, text[0] is '*' or '?');
        return true;
    }

    private static bool TryAdd(string part, CronRange range, ref ulong numbers, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        var (span, step) = part.Split('/') switch
        {
            [var alone] => (alone, 1),
            [var before, var by] when int.TryParse(by, NumberStyles.None, CultureInfo.InvariantCulture, out var every)
                && every is > 0 and < 60 =>
                (before, every),
            _ => ("", 0),
        };
        var isOpen = part.Contains('/');
        if (range.Read(span, isOpen) is not var (from, to)) problem = $"`{part}` is no {range.Name}";
        else if (from > to) problem = $"`{part}` ends before it starts";
        else
            for (var number = from; number <= to; number += step) numbers |= 1UL << number;
        return problem is null;
    }
}

/// <summary>What numbers a field may have.</summary>
/// <param name="Name">What one is called.</param>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
/// <param name="Words">Words for the numbers from the lowest on, in lower case; empty for none.</param>
internal sealed record CronRange(string Name, int First, int Last, params string[] Words)
{
    /// <summary>It is the day of the week.</summary>
    public bool IsWeek => Last == 7;

    /// <summary>The first and the last number that a text names; null where it names none.</summary>
    /// <param name="text">A number, a word, a range of these, <c>*</c> or <c>?</c>.</param>
    /// <param name="isOpen">One number alone means all from it on, as before a step.</param>
    public (int From, int To)? Read(string text, bool isOpen)
    {
        if (text is "*" or "?") return (First, IsWeek ? 6 : Last);
        return text.Split('-') switch
        {
            [var alone] when Number(alone) is { } number => (number, isOpen ? (IsWeek ? 6 : Last) : number),
            [var from, var to] when Number(from) is { } first && Number(to) is { } last => (first, last),
            _ => null,
        };
    }

    private int? Number(string text)
    {
        var word = Array.FindIndex(Words, candidate => candidate.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (word >= 0) return First + word;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= First
                && number <= Last
            ? number
            : null;
    }
}
