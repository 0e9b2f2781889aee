using System.Runtime.CompilerServices;

namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>An input under a pattern: where its lookarounds hold, where a match may start, and what the work has cost.</summary>
internal sealed class MatchInput(Pattern pattern, string text, StepMeter meter)
{
    /// <summary>Steps are paid for in portions of this many, and at the end of each match.</summary>
    private const int Portion = 1024;

    private readonly bool[]?[] holds = pattern.Looks.Length == 0 ? [] : new bool[]?[pattern.Looks.Length];
    private int steps;

    /// <summary>The text that is matched against.</summary>
    public string Text => text;

    /// <summary>A match can only start at the start.</summary>
    public bool StartsAtZero => pattern.StartsAtZero;

    /// <summary>One step of work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        if (++steps >= Portion) Settle();
    }

    /// <summary>Steps done in bulk: one for each 16 characters or slots.</summary>
    public void StepBulk(int units)
    {
        steps += 1 + (units >> 4);
        if (steps >= Portion) Settle();
    }

    /// <summary>Pays for what has been done so far.</summary>
    public void Settle()
    {
        var due = steps;
        steps = 0;
        if (due > 0) meter.Spend(due);
    }

    /// <summary>Pays for memory.</summary>
    public void Reserve(long bytes) => meter.Reserve(bytes);

    /// <summary>Slots that note no place yet.</summary>
    public int[] NewSlots()
    {
        meter.Reserve(24 + (pattern.SlotCount * 4));
        var slots = new int[pattern.SlotCount];
        Array.Fill(slots, -1);
        return slots;
    }

    /// <summary>The first place from <paramref name="start"/> on where a match could start; -1 when there is none.</summary>
    public int FindCandidate(int start)
    {
        if (pattern.StartsAtZero) return start == 0 ? 0 : -1;
        if (pattern.Prefix.Length > 0) return FindPrefix(start);
        if (pattern.FirstSet is not { } first) return start <= text.Length ? start : -1;
        for (var at = start; pattern.Program.TryRead(text, at, out var character, out var next); at = next)
        {
            if (first.Contains(character)) return at;
            Step();
        }

        return -1;
    }

    /// <summary>
    /// The first place from <paramref name="start"/> on where the prefix of the pattern stands; -1 when there is none.
    /// </summary>
    public int FindPrefix(int start)
    {
        var found = start <= text.Length ? text.IndexOf(pattern.Prefix, start, StringComparison.Ordinal) : -1;
        StepBulk((found < 0 ? text.Length : found) - Math.Min(start, text.Length));
        return found;
    }

    /// <summary>Does a lookaround hold at a place?</summary>
    public bool Holds(int look, int position)
    {
        var lookaround = pattern.Looks[look] ?? throw new InvalidOperationException($"Lookaround {look} is not compiled.");
        return (holds[look] ??= new LookaroundSweep(this, lookaround.Sweep).Run())[position] != lookaround.Negative;
    }
}
