namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>
/// Runs every choice at once, one character at a time, in the order in which backtracking would try them. Needs memory in
/// proportion to the program only, so it serves inputs of any length.
/// </summary>
internal sealed class LockstepMatcher(MatchInput input, PatternProgram program) : MatchEngine
{
    private readonly string text = input.Text;
    private readonly Stack<Work> work = new();
    private ThreadList current = new(input, program);
    private ThreadList upcoming = new(input, program);

    /// <summary>What is left to do on the way through instructions that take no character.</summary>
    private enum WorkKind : byte
    {
        Follow,
        Enlist,
        Restore,
    }

    /// <summary>Follow or enlist a state, or set a slot back.</summary>
    private readonly record struct Work(WorkKind Kind, int Target, int Position = 0, bool Took = false);

    public override int[]? Find(int start, bool sticky)
    {
        int[]? found = null;
        var slots = input.NewSlots();
        current.Clear();
        for (var at = start; ;)
        {
            if (current.Count == 0)
            {
                if (found is not null || (sticky && at != start)) break;
                if (!sticky && (at = input.FindCandidate(at)) < 0) break;
            }

            if (found is null && (!sticky || at == start)) Start(slots, at);
            var more = program.TryRead(text, at, out var character, out var next);
            Advance(at, more ? character : -1, next, ref found);
            if (!more) break;
            (current, upcoming, at) = (upcoming, current, next);
        }

        return found;
    }

    private void Start(int[] slots, int at)
    {
        Array.Fill(slots, -1);
        slots[0] = at;
        Follow(current, slots, 0, took: true, at);
    }

    /// <summary>
    /// Lets each thread take the character; a thread that has matched ends those after it, for it comes before them.
    /// </summary>
    private void Advance(int at, int character, int next, ref int[]? found)
    {
        upcoming.Clear();
        for (var i = 0; i < current.Count; i++)
        {
            input.Step();
            var instruction = program.Code[current.InstructionAt(i)];
            if (instruction.Operation == Operation.Match)
            {
                found = [.. current.SlotsAt(i)];
                found[1] = at;
                return;
            }

            if (character < 0) continue;
            var one = instruction.Operation == Operation.Character;
            if (one ? character != instruction.A : !program.Sets[instruction.A].Contains(character)) continue;
            var stays = instruction.Operation is Operation.Span or Operation.LazySpan or Operation.WholeSpan;
            Follow(upcoming, current.SlotsAt(i), current.InstructionAt(i) + (stays ? 0 : 1), took: true, next);
        }
    }

    private void Follow(ThreadList list, Span<int> slots, int start, bool took, int position)
    {
        work.Push(new(WorkKind.Follow, start, Took: took));
        while (work.TryPop(out var item))
        {
            switch (item.Kind)
            {
                case WorkKind.Restore: slots[item.Target] = item.Position; break;
                case WorkKind.Enlist: list.Enlist(item.Target, slots); break;
                default: FollowOne(list, slots, item, position); break;
            }
        }
    }

    /// <summary>
    /// Goes through instructions that take no character, as far as there is one way on; leaves the others as work.
    /// </summary>
    private void FollowOne(ThreadList list, Span<int> slots, Work item, int position)
    {
        var (at, took) = (item.Target, item.Took);
        while (list.TryVisit(at, took))
        {
            input.Step();
            ref readonly var instruction = ref program.Code[at++];
            switch (instruction.Operation)
            {
                case Operation.Jump: at = instruction.A; break;
                case Operation.Split:
                    work.Push(new(WorkKind.Follow, instruction.B, Took: took));
                    at = instruction.A;
                    break;
                case Operation.Save: Set(slots, instruction.A, position); break;
                case Operation.Clear:
                    for (var slot = instruction.A; slot < instruction.B; slot++) Set(slots, slot, -1);
                    break;
                case Operation.Look:
                    if (!input.Holds(instruction.A, position)) return;
                    if (instruction.B >= 0) Set(slots, instruction.B, position);
                    break;
                case Operation.Assert:
                    if (!program.Rules.Holds((AssertionKind)instruction.A, text, position)) return;
                    break;
                case Operation.BeginRound: took = false; break;
                case Operation.EndRound:
                    if (!took) return;
                    break;
                case Operation.LazySpan: work.Push(new(WorkKind.Enlist, at - 1)); break;
                default:
                    list.Enlist(at - 1, slots);
                    if (instruction.Operation is not (Operation.Span or Operation.WholeSpan)) return;
                    break;
            }
        }
    }

    private void Set(Span<int> slots, int slot, int position)
    {
        if (slots[slot] == position) return;
        work.Push(new(WorkKind.Restore, slot, slots[slot]));
        slots[slot] = position;
    }
}

/// <summary>
/// Threads in order of preference, each an instruction that waits for a character with the places noted on the way to it.
/// </summary>
internal sealed class ThreadList
{
    private readonly MatchInput input;
    private readonly int slotCount;
    private readonly int states;
    private readonly int[] stamps;        // the round in which a state was last visited
    private readonly int[] instructions;
    private readonly int[] slots;
    private int round = 1;

    public ThreadList(MatchInput input, PatternProgram program)
    {
        this.input = input;
        slotCount = input.NewSlots().Length;
        states = program.TracksRounds ? 2 : 1;
        var threads = program.Code.Length * states;
        input.Reserve(threads * 4L * (2 + slotCount));
        (stamps, instructions, slots) = (new int[threads], new int[threads], new int[threads * slotCount]);
    }

    /// <summary>How many threads there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all threads.</summary>
    public void Clear() => (Count, round) = (0, round + 1);

    /// <summary>The instruction a thread waits at.</summary>
    public int InstructionAt(int thread) => instructions[thread];

    /// <summary>The places a thread has noted.</summary>
    public Span<int> SlotsAt(int thread) => slots.AsSpan(thread * slotCount, slotCount);

    /// <summary>Notes a state; false when it was visited at this place before, by a thread to be preferred.</summary>
    public bool TryVisit(int instruction, bool took)
    {
        ref var stamp = ref stamps[states == 2 && took ? instruction + (stamps.Length / 2) : instruction];
        if (stamp == round) return false;
        stamp = round;
        return true;
    }

    /// <summary>Adds a thread after the others.</summary>
    public void Enlist(int instruction, ReadOnlySpan<int> noted)
    {
        input.StepBulk(slotCount);
        instructions[Count] = instruction;
        noted.CopyTo(SlotsAt(Count));
        Count++;
    }
}
