namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>
/// Runs a program the way the standard describes, one choice after another, but never goes on twice from the same choice at the
/// same place: the second try could only fail like the first. For inputs short enough to keep a bit for each such state.
/// </summary>
internal sealed class Backtracker : MatchEngine
{
    private readonly MatchInput input;
    private readonly PatternProgram program;
    private readonly Instruction[] code;
    private readonly string text;
    private Frame[] frames = [];
    private ulong[] visited = [];
    private bool marking;
    private int top;
    private int origin;      // the leftmost place of this search
    private int span;        // places from there to the end
    private int[] slots = [];

    public Backtracker(MatchInput input, PatternProgram program)
    {
        (this.input, this.program, code, text) = (input, program, program.Code, input.Text);
    }

    /// <summary>What to take up again when the present try fails.</summary>
    private enum FrameKind : byte
    {
        Branch,
        GiveBack,
        TakeMore,
        Restore,
    }

    /// <summary>A choice not tried yet, or a slot to set back on the way to one.</summary>
    private readonly record struct Frame(FrameKind Kind, bool Took, int Target, int Position, int Low);

    public override int[]? Find(int start, bool sticky)
    {
        Prepare(start, sticky);
        for (var at = sticky ? start : input.FindCandidate(start); at >= 0; at = input.FindCandidate(at))
        {
            if (Run(at) is { } end)
            {
                (slots[0], slots[1]) = (at, end);
                return slots;
            }

            if (sticky || !program.TryRead(text, at, out _, out at)) break;
        }

        return null;
    }

    private void Prepare(int start, bool sticky)
    {
        slots = input.NewSlots();
        origin = program.Backward ? 0 : start;
        span = text.Length - origin + 1;
        marking = program.Branches > 0 && !(program.IsStraight && (sticky || input.StartsAtZero));
        if (!marking) return;
        var words = ((span * program.Branches * (program.TracksRounds ? 2 : 1)) + 63) / 64;
        input.StepBulk(words);
        if (visited.Length >= words)
        {
            Array.Clear(visited, 0, words);
            return;
        }

        input.Reserve(words * 8L);
        visited = new ulong[words];
    }

    /// <summary>Notes a state; false when it was tried before.</summary>
    private bool Mark(int at, int position, bool took)
    {
        if (!marking) return true;
        var branch = program.TracksRounds ? (program.BranchNumbers[at] * 2) + (took ? 1 : 0) : program.BranchNumbers[at];
        var bit = (branch * span) + position - origin;
        ref var word = ref visited[bit >> 6];
        var mask = 1UL << bit;
        var isNew = (word & mask) == 0;
        word |= mask;
        return isNew;
    }

    private void Push(Frame frame)
    {
        if (top == frames.Length)
        {
            var size = Math.Max(8, top * 2);
            input.Reserve((size - top) * 20L);
            Array.Resize(ref frames, size);
        }

        frames[top++] = frame;
    }

    private void Set(int slot, int position)
    {
        if (slots[slot] == position) return;
        Push(new(FrameKind.Restore, false, slot, slots[slot], 0));
        slots[slot] = position;
    }

    /// <summary>Where the match that starts at a place ends; null when there is none.</summary>
    private int? Run(int start)
    {
        top = 0;
        var state = new State(0, start, took: true);
        do
        {
            if (GoOn(ref state)) return state.Position;
        }
        while (TakeUp(ref state));
        return null;
    }

    /// <summary>Follows first choices until the match is complete (true) or fails.</summary>
    private bool GoOn(ref State state)
    {
        while (true)
        {
            input.Step();
            ref readonly var instruction = ref code[state.At];
            switch (instruction.Operation)
            {
                case Operation.Character or Operation.OneOf:
                    if (!program.TryTake(instruction, text, ref state.Position)) return false;
                    state.Took = true;
                    break;
                case Operation.Split:
                    if (!Mark(state.At, state.Position, state.Took)) return false;
                    Push(new(FrameKind.Branch, state.Took, instruction.B, state.Position, 0));
                    state.At = instruction.A;
                    continue;
                case Operation.Jump: state.At = instruction.A; continue;
                case Operation.Match: return true;
                case Operation.Save: Set(instruction.A, state.Position); break;
                case Operation.Clear:
                    for (var slot = instruction.A; slot < instruction.B; slot++) Set(slot, -1);
                    break;
                case Operation.BeginRound: state.Took = false; break;
                default:
                    if (!TryPass(instruction, ref state)) return false;
                    break;
            }

            state.At++;
        }
    }

    private bool TryPass(in Instruction instruction, ref State state)
    {
        switch (instruction.Operation)
        {
            case Operation.EndRound: return state.Took;
            case Operation.Assert: return program.Rules.Holds((AssertionKind)instruction.A, text, state.Position);
            case Operation.Look:
                if (!input.Holds(instruction.A, state.Position)) return false;
                if (instruction.B >= 0) Set(instruction.B, state.Position);
                return true;
            case Operation.LazySpan:
                if (!Mark(state.At, state.Position, state.Took)) return false;
                Push(new(FrameKind.TakeMore, state.Took, state.At, state.Position, 0));
                return true;
            default: return TrySpan(instruction, ref state);
        }
    }

    /// <summary>Takes as many characters as there are, up to a place from where the rest failed before.</summary>
    private bool TrySpan(in Instruction instruction, ref State state)
    {
        if (!Mark(state.At, state.Position, state.Took)) return false;
        var (low, took) = (state.Position, state.Took);
        while (program.TryTake(instruction, text, ref state.Position))
        {
            input.Step();
            if (Mark(state.At, state.Position, took: true)) continue;
            if (instruction.Operation == Operation.WholeSpan) return false;
            state.Position = program.StepBack(text, state.Position);
            break;
        }

        if (state.Position == low) return true;
        if (instruction.Operation == Operation.Span) Push(new(FrameKind.GiveBack, took, state.At, state.Position, low));
        state.Took = true;
        return true;
    }

    /// <summary>Takes up the latest choice that is left; false when there is none.</summary>
    private bool TakeUp(ref State state)
    {
        while (top > 0)
        {
            input.Step();
            var frame = frames[--top];
            switch (frame.Kind)
            {
                case FrameKind.Restore:
                    slots[frame.Target] = frame.Position;
                    break;
                case FrameKind.Branch:
                    state = new(frame.Target, frame.Position, frame.Took);
                    return true;
                case FrameKind.GiveBack:
                    var back = program.StepBack(text, frame.Position);
                    if (back != frame.Low) Push(frame with { Position = back });
                    state = new(frame.Target + 1, back, back != frame.Low || frame.Took);
                    return true;
                default:
                    if (TryTakeMore(frame, ref state)) return true;
                    break;
            }
        }

        return false;
    }

    private bool TryTakeMore(in Frame frame, ref State state)
    {
        var position = frame.Position;
        if (!program.TryTake(code[frame.Target], text, ref position) || !Mark(frame.Target, position, took: true)) return false;
        Push(frame with { Position = position });
        state = new(frame.Target + 1, position, took: true);
        return true;
    }

    /// <summary>Where the run is: instruction, place, and whether the present loop round has taken a character.</summary>
    private struct State(int at, int position, bool took)
    {
        public int At = at;
        public int Position = position;
        public bool Took = took;
    }
}
