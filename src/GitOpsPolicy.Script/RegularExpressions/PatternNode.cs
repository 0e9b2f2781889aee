namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>
/// A part of a parsed pattern. Letter case is resolved already: sets hold every form that <c>i</c> lets through.
/// </summary>
internal abstract record PatternNode
{
    /// <summary>Can it match without taking a character?</summary>
    public abstract bool IsNullable { get; }

    /// <summary>
    /// Characters that a match which takes any can take first (reading to the right); may be too many, never too few.
    /// </summary>
    public abstract CharacterSet First { get; }

    /// <summary>Matches the empty text.</summary>
    public sealed record Empty : PatternNode
    {
        public override bool IsNullable => true;

        public override CharacterSet First => CharacterSet.Empty;
    }

    /// <summary>One character out of a set.</summary>
    public sealed record OneOf(CharacterSet Set) : PatternNode
    {
        public override bool IsNullable => false;

        public override CharacterSet First => Set;
    }

    /// <summary>Parts one after another.</summary>
    public sealed record Sequence(PatternNode[] Items) : PatternNode
    {
        private CharacterSet? first;

        public override bool IsNullable { get; } = Array.TrueForAll(Items, item => item.IsNullable);

        public override CharacterSet First => first ??= FirstFrom(0, CharacterSet.Empty);

        /// <summary>
        /// What can come first from the item at <paramref name="index"/> on, given what can follow the sequence.
        /// </summary>
        public CharacterSet FirstFrom(int index, CharacterSet follow)
        {
            var set = CharacterSet.Empty;
            for (; index < Items.Length; index++)
            {
                set = set.Union(Items[index].First);
                if (!Items[index].IsNullable || Items[index] is Assertion { Kind: AssertionKind.End }) return set;
            }

            return set.Union(follow);
        }
    }

    /// <summary>The first part that leads to a match.</summary>
    public sealed record Choice(PatternNode[] Options) : PatternNode
    {
        private CharacterSet? first;

        public override bool IsNullable { get; } = Array.Exists(Options, option => option.IsNullable);

        public override CharacterSet First =>
            first ??= Options.Aggregate(CharacterSet.Empty, (set, option) => set.Union(option.First));
    }

    /// <summary>A capturing group.</summary>
    /// <param name="Index">Counted from 1 by opening parenthesis.</param>
    public sealed record Group(int Index, PatternNode Body) : PatternNode
    {
        public override bool IsNullable => Body.IsNullable;

        public override CharacterSet First => Body.First;
    }

    /// <summary>A repeated part.</summary>
    /// <param name="Max"><see cref="int.MaxValue"/> for no end.</param>
    /// <param name="Inside">The groups and lookarounds in the body, forgotten at the start of each round.</param>
    public sealed record Repeat(PatternNode Body, int Min, int Max, bool Greedy, Contents Inside) : PatternNode
    {
        public override bool IsNullable => Min == 0 || Body.IsNullable;

        public override CharacterSet First => Max == 0 ? CharacterSet.Empty : Body.First;
    }

    /// <summary>A condition on a place.</summary>
    public sealed record Assertion(AssertionKind Kind) : PatternNode
    {
        public override bool IsNullable => true;

        public override CharacterSet First => CharacterSet.Empty;
    }

    /// <summary>A lookahead or lookbehind.</summary>
    /// <param name="Index">Counted from 0 by opening parenthesis.</param>
    public sealed record Look(int Index, bool Ahead, bool Negative, PatternNode Body, Contents Inside) : PatternNode
    {
        public override bool IsNullable => true;

        public override CharacterSet First => CharacterSet.Empty;
    }
}

/// <summary>Conditions on a place.</summary>
internal enum AssertionKind : byte
{
    /// <summary><c>^</c> without <c>m</c>.</summary>
    Start,

    /// <summary><c>$</c> without <c>m</c>.</summary>
    End,

    /// <summary><c>^</c> with <c>m</c>.</summary>
    LineStart,

    /// <summary><c>$</c> with <c>m</c>.</summary>
    LineEnd,

    /// <summary><c>\b</c>.</summary>
    WordEdge,

    /// <summary><c>\B</c>.</summary>
    NotWordEdge,
}

/// <summary>Groups and lookarounds that lie inside a part of a pattern, as half-open ranges.</summary>
internal readonly record struct Contents(int FirstGroup, int EndGroup, int FirstLook, int EndLook)
{
    /// <summary>There is a capturing group inside.</summary>
    public bool HasGroups => EndGroup > FirstGroup;
}
