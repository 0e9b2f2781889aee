namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>
/// Matches one pattern against one input, as often as needed: what is learned about lookarounds is kept for the next match.
/// </summary>
/// <threadsafety>For one thread at a time.</threadsafety>
internal sealed class PatternMatcher
{
    /// <summary>
    /// Up to this many states (8 KB of bits) backtracking that remembers failures is faster than threads in step, which need
    /// no memory in proportion to the input.
    /// </summary>
    private const long BacktrackLimit = 1 << 16;

    private readonly Pattern pattern;
    private readonly MatchInput input;
    private Backtracker? backtracker;
    private LockstepMatcher? lockstep;

    /// <summary>Prepares matching; nothing is paid for yet.</summary>
    public PatternMatcher(Pattern pattern, string input, StepMeter meter)
    {
        this.pattern = pattern;
        this.input = new(pattern, input, meter);
    }

    /// <summary>The text that is matched against.</summary>
    public string Input => input.Text;

    /// <summary>Finds the first match that starts at <paramref name="start"/> or later.</summary>
    /// <param name="start">Index into the input, from 0 to its length. With flag <c>u</c> one inside a surrogate pair means the
    /// pair.</param>
    /// <param name="sticky">The match must start exactly there.</param>
    /// <returns> Start and end of the match, then of each group, as indexes; -1 twice for a group that took no part. Null when
    /// there is no match. The array may be longer than that.
    /// </returns>
    public int[]? Match(int start, bool sticky) => Match(start, sticky, alwaysLockstep: false);

    /// <summary>The same, with the matcher for long inputs whatever the length.</summary>
    internal int[]? Match(int start, bool sticky, bool alwaysLockstep)
    {
        var text = input.Text;
        if (pattern.Program.Unicode && start > 0 && start < text.Length && char.IsSurrogatePair(text, start - 1)) start--;
        var slots = pattern.IsLiteral && !alwaysLockstep
            ? MatchLiteral(start, sticky)
            : Engine(pattern.Program, start, alwaysLockstep).Find(start, sticky);
        if (slots is not null && pattern.Looks.Length > 0) ResolveLooks(slots, alwaysLockstep);
        input.Settle();
        return slots;
    }

    private int[]? MatchLiteral(int start, bool sticky)
    {
        var found = sticky
            ? (string.CompareOrdinal(input.Text, start, pattern.Prefix, 0, pattern.Prefix.Length) == 0 ? start : -1)
            : input.FindPrefix(start);
        input.Step();
        if (found < 0) return null;
        var slots = input.NewSlots();
        (slots[0], slots[1]) = (found, found + pattern.Prefix.Length);
        return slots;
    }

    private MatchEngine Engine(PatternProgram program, int start, bool alwaysLockstep)
    {
        var length = program.Backward ? input.Text.Length : input.Text.Length - start;
        var small = !alwaysLockstep && (length + 1L) * program.Branches * 2 <= BacktrackLimit;
        if (!ReferenceEquals(program, pattern.Program))
            return small ? new Backtracker(input, program) : new LockstepMatcher(input, program);
        return small ? backtracker ??= new(input, program) : lockstep ??= new(input, program);
    }

    /// <summary>
    /// The groups inside a lookaround are those of its own match at the place where it last held (22.2.2.4), so they are found
    /// once the whole match is known.
    /// </summary>
    private void ResolveLooks(int[] slots, bool alwaysLockstep)
    {
        var firstLookSlot = (pattern.GroupCount + 1) * 2;
        for (var i = 0; i < pattern.Looks.Length && firstLookSlot + i < slots.Length; i++)
        {
            if (pattern.Looks[i] is not { Capture: { } program, Inside: var inside } || slots[firstLookSlot + i] < 0) continue;
            var at = slots[firstLookSlot + i];
            var inner = Engine(program, program.Backward ? 0 : at, alwaysLockstep).Find(at, sticky: true)
                ?? throw new InvalidOperationException($"Lookaround {i} of `{pattern.Source}` held but does not match.");
            inner.AsSpan(inside.FirstGroup * 2, (inside.EndGroup - inside.FirstGroup) * 2)
                .CopyTo(slots.AsSpan(inside.FirstGroup * 2));
            inner.AsSpan(firstLookSlot + inside.FirstLook, inside.EndLook - inside.FirstLook)
                .CopyTo(slots.AsSpan(firstLookSlot + inside.FirstLook));
        }
    }
}

/// <summary>One way of running a program.</summary>
internal abstract class MatchEngine
{
    /// <summary>Finds the first match from a place on, or exactly there; null when there is none.</summary>
    public abstract int[]? Find(int start, bool sticky);
}
