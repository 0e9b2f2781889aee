namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>Turns a parsed pattern into instructions. Counted repetitions are written out, within a limit.</summary>
internal sealed class PatternCompiler
{
    /// <summary>Instructions of one pattern in all. The longest of the shipped rules has about 200.</summary>
    private const int MaxInstructions = 20_000;

    private readonly ParsedPattern pattern;
    private readonly bool unicode;
    private readonly AssertionRules rules;
    private readonly Lookaround?[] looks;
    private readonly bool looksCapture;
    private int instructions;

    private PatternCompiler(ParsedPattern pattern, PatternFlags flags)
    {
        this.pattern = pattern;
        unicode = (flags & PatternFlags.Unicode) != 0;
        rules = new(unicode && (flags & PatternFlags.IgnoreCase) != 0 ? CharacterSet.FoldedWord : CharacterSet.Word);
        looks = new Lookaround?[pattern.Looks];
        looksCapture = pattern.Looks > 0 && pattern.Groups > 0;
    }

    /// <summary>Compiles a pattern.</summary>
    /// <param name="looks">Its lookarounds, by number; null for one that is repeated zero times.</param>
    /// <exception cref="PatternSyntaxException">It would need too many instructions.</exception>
    public static PatternProgram Compile(ParsedPattern pattern, PatternFlags flags, out Lookaround?[] looks)
    {
        var compiler = new PatternCompiler(pattern, flags);
        var program = compiler.CompilePart(pattern.Root, backward: false, captures: true);
        looks = compiler.looks;
        return program;
    }

    /// <summary>The slot that notes where a lookaround with groups held; -1 when no lookaround has any.</summary>
    private int SlotOfLook(int look) => looksCapture ? ((pattern.Groups + 1) * 2) + look : -1;

    private PatternProgram CompilePart(PatternNode root, bool backward, bool captures)
    {
        var writer = new Writer(this, backward, captures);
        writer.Emit(root, backward ? CharacterSet.All : null);
        writer.Add(Operation.Match);
        return writer.ToProgram();
    }

    private void CompileLook(PatternNode.Look look)
    {
        if (looks[look.Index] is not null) return;
        var sweep = CompilePart(look.Body, backward: look.Ahead, captures: false);
        var capture = !look.Negative && look.Inside.HasGroups
            ? CompilePart(look.Body, backward: !look.Ahead, captures: true)
            : null;
        looks[look.Index] = new(look.Negative, sweep, capture, look.Inside);
    }

    private void Count(int offset)
    {
        if (++instructions > MaxInstructions)
            throw PatternSyntaxException.Unsupported(
                "regular expression repeats too much, write a smaller `{n,m}` or check the length in JavaScript", offset);
    }

    /// <summary>Writes the instructions of one part for one direction.</summary>
    private sealed class Writer(PatternCompiler compiler, bool backward, bool captures)
    {
        private readonly List<Instruction> code = [];
        private readonly List<CharacterSet> sets = [];
        private readonly Dictionary<CharacterSet, int> numbers = new(ReferenceEqualityComparer.Instance);

        public PatternProgram ToProgram() => new([.. code], [.. sets], backward, compiler.unicode, compiler.rules);

        public int Add(Operation operation, int a = 0, int b = 0)
        {
            compiler.Count(0);
            code.Add(new(operation, a, b));
            return code.Count - 1;
        }

        /// <param name="follow">What can be the next character after the node; null when that is not known.</param>
        public void Emit(PatternNode node, CharacterSet? follow)
        {
            switch (node)
            {
                case PatternNode.Empty: break;
                case PatternNode.OneOf one: EmitOneOf(one.Set); break;
                case PatternNode.Sequence sequence: EmitSequence(sequence, follow); break;
                case PatternNode.Choice choice: EmitChoice(choice, follow); break;
                case PatternNode.Group group: EmitGroup(group, follow); break;
                case PatternNode.Repeat repeat: EmitRepeat(repeat, follow); break;
                case PatternNode.Assertion assertion: Add(Operation.Assert, (int)assertion.Kind); break;
                case PatternNode.Look look: EmitLook(look); break;
                default: throw new InvalidOperationException($"No instruction for {node.GetType().Name}.");
            }
        }

        private void EmitOneOf(CharacterSet set)
        {
            if (set.Single >= 0) Add(Operation.Character, set.Single);
            else Add(Operation.OneOf, NumberOf(set));
        }

        private int NumberOf(CharacterSet set)
        {
            if (!numbers.TryGetValue(set, out var number))
            {
                number = numbers[set] = sets.Count;
                sets.Add(set);
            }

            return number;
        }

        private void EmitSequence(PatternNode.Sequence sequence, CharacterSet? follow)
        {
            var count = sequence.Items.Length;
            for (var i = 0; i < count; i++)
            {
                if (backward) Emit(sequence.Items[count - 1 - i], CharacterSet.All);
                else Emit(sequence.Items[i], FollowOf(sequence, i + 1, follow));
            }
        }

        private static CharacterSet? FollowOf(PatternNode.Sequence sequence, int index, CharacterSet? follow)
        {
            var known = false;
            for (var i = index; i < sequence.Items.Length && !known; i++)
                known = !sequence.Items[i].IsNullable || sequence.Items[i] is PatternNode.Assertion { Kind: AssertionKind.End };
            return known || follow is not null ? sequence.FirstFrom(index, follow ?? CharacterSet.Empty) : null;
        }

        private void EmitChoice(PatternNode.Choice choice, CharacterSet? follow)
        {
            var ends = new List<int>();
            for (var i = 0; i < choice.Options.Length - 1; i++)
            {
                var split = Add(Operation.Split);
                Emit(choice.Options[i], follow);
                ends.Add(Add(Operation.Jump));
                code[split] = new(Operation.Split, split + 1, code.Count);
            }

            Emit(choice.Options[^1], follow);
            foreach (var end in ends) code[end] = new(Operation.Jump, code.Count);
        }

        private void EmitGroup(PatternNode.Group group, CharacterSet? follow)
        {
            if (captures) Add(Operation.Save, (group.Index * 2) + (backward ? 1 : 0));
            Emit(group.Body, follow);
            if (captures) Add(Operation.Save, (group.Index * 2) + (backward ? 0 : 1));
        }

        private void EmitLook(PatternNode.Look look)
        {
            compiler.CompileLook(look);
            Add(
                Operation.Look, look.Index,
                captures && !look.Negative && look.Inside.HasGroups ? compiler.SlotOfLook(look.Index) : -1);
        }

        private void EmitRepeat(PatternNode.Repeat repeat, CharacterSet? follow)
        {
            if (repeat.Max == 0) return;
            var single = repeat.Body as PatternNode.OneOf;
            var inner = follow?.Union(repeat.Body.First);
            var rounds = repeat.Min;
            var endless = repeat.Max == int.MaxValue;
            var lastLoops = endless && single is null && rounds > 0 && !repeat.Body.IsNullable;
            if (lastLoops) rounds--;
            for (var i = 0; i < rounds && !(i > 0 && repeat.Body is PatternNode.Empty); i++) EmitRound(repeat, inner);
            if (single is not null && endless) EmitSpan(single.Set, repeat.Greedy, follow);
            else if (lastLoops) EmitAtLeastOnce(repeat, inner);
            else if (endless) EmitLoop(repeat, inner);
            else EmitOptionals(repeat, inner);
        }

        private void EmitSpan(CharacterSet set, bool greedy, CharacterSet? follow)
        {
            var whole = greedy && !backward && follow is not null && !follow.Intersects(set);
            Add(whole ? Operation.WholeSpan : greedy ? Operation.Span : Operation.LazySpan, NumberOf(set));
        }

        private void EmitRound(PatternNode.Repeat repeat, CharacterSet? follow)
        {
            var inside = repeat.Inside;
            if (captures && inside.HasGroups) Add(Operation.Clear, inside.FirstGroup * 2, inside.EndGroup * 2);
            if (captures && compiler.looksCapture && inside.EndLook > inside.FirstLook)
                Add(Operation.Clear, compiler.SlotOfLook(inside.FirstLook), compiler.SlotOfLook(inside.EndLook));
            compiler.Count(0);   // a body without instructions must not be free
            Emit(repeat.Body, follow);
        }

        /// <summary>A round that has to take something, unless it was asked for by the least number of rounds.</summary>
        private void EmitOptionalRound(PatternNode.Repeat repeat, CharacterSet? follow)
        {
            var watched = repeat.Body.IsNullable && captures;
            if (watched) Add(Operation.BeginRound);
            EmitRound(repeat, follow);
            if (watched) Add(Operation.EndRound);
        }

        private void EmitAtLeastOnce(PatternNode.Repeat repeat, CharacterSet? follow)
        {
            var start = code.Count;
            EmitRound(repeat, follow);
            var (loop, exit) = (start, code.Count + 1);
            Add(Operation.Split, repeat.Greedy ? loop : exit, repeat.Greedy ? exit : loop);
        }

        private void EmitLoop(PatternNode.Repeat repeat, CharacterSet? follow)
        {
            var split = Add(Operation.Split);
            EmitOptionalRound(repeat, follow);
            Add(Operation.Jump, split);
            code[split] = SplitTo(split + 1, code.Count, repeat.Greedy);
        }

        private void EmitOptionals(PatternNode.Repeat repeat, CharacterSet? follow)
        {
            var splits = new List<int>();
            for (var i = repeat.Min; i < repeat.Max && !(i > repeat.Min && repeat.Body is PatternNode.Empty); i++)
            {
                splits.Add(Add(Operation.Split));
                EmitOptionalRound(repeat, follow);
            }

            foreach (var split in splits) code[split] = SplitTo(split + 1, code.Count, repeat.Greedy);
        }

        private static Instruction SplitTo(int body, int exit, bool greedy) =>
            new(Operation.Split, greedy ? body : exit, greedy ? exit : body);
    }
}
