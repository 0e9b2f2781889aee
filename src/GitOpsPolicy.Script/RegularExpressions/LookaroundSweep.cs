namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>
/// Finds every place of an input where the body of a lookaround matches, in one pass: it starts the body at each place, running
/// towards where the lookaround would stand. A lookahead is swept from the end of the input, a lookbehind from its start.
/// </summary>
internal sealed class LookaroundSweep(MatchInput input, PatternProgram program)
{
    private readonly string text = input.Text;
    private readonly Stack<int> work = new();
    private readonly int[] stamps = new int[program.Code.Length];
    private List<int> waiting = [];
    private List<int> arrived = [];
    private int round;

    /// <summary>For each place whether the body matches there.</summary>
    public bool[] Run()
    {
        input.Reserve(text.Length + 1 + (program.Code.Length * 16L));
        var holds = new bool[text.Length + 1];
        var at = program.Backward ? text.Length : 0;
        while (true)
        {
            round++;
            (arrived, waiting) = (waiting, arrived);
            waiting.Clear();
            foreach (var instruction in arrived) holds[at] |= Follow(instruction, at);
            holds[at] |= Follow(0, at);
            if (!program.TryRead(text, at, out var character, out at)) return holds;
            MovePast(character);
        }
    }

    /// <summary>Leaves in <see cref="waiting"/> where those threads go on that can take the character.</summary>
    private void MovePast(int character)
    {
        var kept = 0;
        for (var i = 0; i < waiting.Count; i++)
        {
            input.Step();
            var instruction = waiting[i];
            var (operation, a, _) = program.Code[instruction];
            var fits = operation == Operation.Character ? character == a : program.Sets[a].Contains(character);
            if (fits) waiting[kept++] = operation is Operation.Character or Operation.OneOf ? instruction + 1 : instruction;
        }

        waiting.RemoveRange(kept, waiting.Count - kept);
    }

    /// <summary>Goes through instructions that take no character; true when one of the ways ends the body.</summary>
    private bool Follow(int start, int position)
    {
        var matched = false;
        work.Push(start);
        while (work.TryPop(out var at))
        {
            if (stamps[at] == round) continue;
            stamps[at] = round;
            input.Step();
            ref readonly var instruction = ref program.Code[at];
            switch (instruction.Operation)
            {
                case Operation.Match: matched = true; break;
                case Operation.Jump: work.Push(instruction.A); break;
                case Operation.Split:
                    work.Push(instruction.A);
                    work.Push(instruction.B);
                    break;
                case Operation.Assert when !program.Rules.Holds((AssertionKind)instruction.A, text, position): break;
                case Operation.Look when !input.Holds(instruction.A, position): break;
                case Operation.Character or Operation.OneOf: waiting.Add(at); break;
                case Operation.Span or Operation.LazySpan or Operation.WholeSpan:
                    waiting.Add(at);
                    work.Push(at + 1);
                    break;
                default: work.Push(at + 1); break;
            }
        }

        return matched;
    }
}
