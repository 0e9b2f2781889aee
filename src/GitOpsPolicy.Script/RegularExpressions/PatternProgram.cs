namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>What an instruction of a compiled pattern does.</summary>
internal enum Operation : byte
{
    /// <summary>Takes the character A.</summary>
    Character,

    /// <summary>Takes one character of set A.</summary>
    OneOf,

    /// <summary>Takes as many of set A as lead to a match, most first.</summary>
    Span,

    /// <summary>Takes as many of set A as lead to a match, fewest first.</summary>
    LazySpan,

    /// <summary>Takes all of set A there are; giving some back could not help.</summary>
    WholeSpan,

    /// <summary>Goes on at A, and at B where that fails.</summary>
    Split,

    /// <summary>Goes on at A.</summary>
    Jump,

    /// <summary>Notes the place in slot A.</summary>
    Save,

    /// <summary>Forgets slots A up to B, B not included.</summary>
    Clear,

    /// <summary>Goes on only where <see cref="AssertionKind"/> A holds.</summary>
    Assert,

    /// <summary>Goes on only where lookaround A holds; notes the place in slot B unless that is -1.</summary>
    Look,

    /// <summary>Starts a round of a loop whose body can match the empty text.</summary>
    BeginRound,

    /// <summary>Ends such a round; one that took nothing is no round (22.2.2.3.1 step 2.b).</summary>
    EndRound,

    /// <summary>The whole pattern matched.</summary>
    Match,
}

/// <summary>One step of a compiled pattern; what A and B mean depends on the operation.</summary>
internal readonly record struct Instruction(Operation Operation, int A = 0, int B = 0);

/// <summary>A lookahead or lookbehind, compiled.</summary>
/// <param name="Negative">It holds where the body does not match.</param>
/// <param name="Sweep">Runs against the direction of the lookaround over the whole input and finds every place where it
/// holds.</param>
/// <param name="Capture">Runs in its direction from one place, to find its groups; null when it has none to give.</param>
/// <param name="Inside">Its groups and the lookarounds within.</param>
internal sealed record Lookaround(bool Negative, PatternProgram Sweep, PatternProgram? Capture, Contents Inside);

/// <summary>Instructions for one direction of reading.</summary>
internal sealed class PatternProgram
{
    public PatternProgram(Instruction[] code, CharacterSet[] sets, bool backward, bool unicode, AssertionRules rules)
    {
        (Code, Sets, Backward, Unicode, Rules) = (code, sets, backward, unicode, rules);
        BranchNumbers = new int[code.Length];
        for (var i = 0; i < code.Length; i++)
        {
            TracksRounds |= code[i].Operation == Operation.EndRound;
            var branches = code[i].Operation is Operation.Split or Operation.Span or Operation.LazySpan or Operation.WholeSpan;
            BranchNumbers[i] = branches ? Branches++ : -1;
        }

        IsStraight = Array.TrueForAll(code, i => i.Operation is not (Operation.Split or Operation.Span or Operation.LazySpan));
    }

    /// <summary>The instructions; the first is where it starts.</summary>
    public Instruction[] Code { get; }

    /// <summary>The sets that instructions name by number.</summary>
    public CharacterSet[] Sets { get; }

    /// <summary>Reads to the left.</summary>
    public bool Backward { get; }

    /// <summary>Reads code points, not code units.</summary>
    public bool Unicode { get; }

    /// <summary>How assertions judge a place.</summary>
    public AssertionRules Rules { get; }

    /// <summary>For each instruction that has a choice its number among those, else -1.</summary>
    public int[] BranchNumbers { get; }

    /// <summary>How many instructions have a choice.</summary>
    public int Branches { get; }

    /// <summary>There is one way through: from one start no state is met twice.</summary>
    public bool IsStraight { get; }

    /// <summary>A state must say whether its loop round has taken anything yet.</summary>
    public bool TracksRounds { get; }

    /// <summary>
    /// Takes one character at <paramref name="position"/> if the instruction allows it, and moves the position past it.
    /// </summary>
    public bool TryTake(in Instruction instruction, string input, ref int position)
    {
        if (!TryRead(input, position, out var character, out var next)) return false;
        var fits = instruction.Operation == Operation.Character
            ? character == instruction.A
            : Sets[instruction.A].Contains(character);
        if (fits) position = next;
        return fits;
    }

    /// <summary>Reads the character at a place in the program's direction; false at the end of the input.</summary>
    public bool TryRead(string input, int position, out int character, out int next)
    {
        (character, next) = (0, position);
        if (Backward ? position == 0 : position == input.Length) return false;
        next = Backward ? position - 1 : position + 1;
        var unit = input[Backward ? next : position];
        character = unit;
        if (!Unicode || !char.IsSurrogate(unit)) return true;
        if (Backward && char.IsLowSurrogate(unit) && next > 0 && char.IsHighSurrogate(input[next - 1]))
            character = char.ConvertToUtf32(input[--next], unit);
        else if (!Backward && char.IsHighSurrogate(unit) && next < input.Length && char.IsLowSurrogate(input[next]))
            character = char.ConvertToUtf32(unit, input[next++]);
        return true;
    }

    /// <summary>The place before <paramref name="position"/> on the way that led to it.</summary>
    public int StepBack(string input, int position)
    {
        if (Backward)
            return Unicode && position + 1 < input.Length && char.IsSurrogatePair(input, position) ? position + 2 : position + 1;
        return Unicode && position > 1 && char.IsSurrogatePair(input, position - 2) ? position - 2 : position - 1;
    }
}

/// <summary>How assertions judge a place: what counts as a letter of a word.</summary>
internal sealed record AssertionRules(CharacterSet Word)
{
    /// <summary>Does an assertion hold between two characters?</summary>
    public bool Holds(AssertionKind kind, string input, int position) => kind switch
    {
        AssertionKind.Start => position == 0,
        AssertionKind.End => position == input.Length,
        AssertionKind.LineStart => position == 0 || IsLineEnd(input[position - 1]),
        AssertionKind.LineEnd => position == input.Length || IsLineEnd(input[position]),
        AssertionKind.WordEdge => IsWord(input, position - 1) != IsWord(input, position),
        _ => IsWord(input, position - 1) == IsWord(input, position),
    };

    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    private bool IsWord(string input, int index) => (uint)index < (uint)input.Length && Word.Contains(input[index]);
}
