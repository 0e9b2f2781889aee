using System.Diagnostics.CodeAnalysis;

namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>
/// A compiled regular expression of ECMAScript 2023. Matching takes time in proportion to the length of the pattern times the
/// length of the input, whatever either holds; its answers are those of the standard's backtracking definition.
/// </summary>
/// <remarks>
/// The standard defines matching as a search that tries choices in order and takes the first that succeeds. Without
/// backreferences what a choice leads to depends on its instruction, its place in the input and whether its loop round has taken
/// a character yet, so no such state need be tried twice. Backreferences would end that, and are refused.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class Pattern
{
    private Pattern(string source, PatternFlags flags)
    {
        (Source, Flags) = (source, flags);
        var parsed = PatternParser.Parse(source, flags);
        (GroupCount, Names) = (parsed.Groups, parsed.Names);
        Program = PatternCompiler.Compile(parsed, flags, out var looks);
        Looks = looks;
        SlotCount = ((GroupCount + 1) * 2) + (looks.Length > 0 && GroupCount > 0 ? looks.Length : 0);
        StartsAtZero = StartsWithStart(parsed.Root);
        Prefix = PrefixOf(parsed.Root);
        FirstSet = parsed.Root.IsNullable ? null : parsed.Root.First;
    }

    /// <summary>The pattern as written between the slashes.</summary>
    public string Source { get; }

    /// <summary>The flags.</summary>
    public PatternFlags Flags { get; }

    /// <summary>How many capturing groups there are.</summary>
    public int GroupCount { get; }

    /// <summary>The groups that have names, in the order of the pattern.</summary>
    public NamedGroup[] Names { get; }

    /// <summary>The instructions.</summary>
    internal PatternProgram Program { get; }

    /// <summary>Lookaheads and lookbehinds, by number; null for one that is repeated zero times.</summary>
    internal Lookaround?[] Looks { get; }

    /// <summary>
    /// Places to note: two for the match, two for each group, and one for each lookaround where those have groups.
    /// </summary>
    internal int SlotCount { get; }

    /// <summary>It can only match at the start of the input.</summary>
    internal bool StartsAtZero { get; }

    /// <summary>The text that every match starts with; empty when there is none.</summary>
    internal string Prefix { get; }

    /// <summary>Characters that a match can start with; null when it can be empty.</summary>
    internal CharacterSet? FirstSet { get; }

    /// <summary>The pattern is its prefix and nothing else.</summary>
    internal bool IsLiteral => Program.Code.Length == Prefix.Length + 1;

    /// <summary>Instructions and ranges of characters in all: what compiling it took, and what it keeps.</summary>
    public int Size => SizeOf(Program) + Looks.Sum(look => look is null ? 0 : SizeOf(look.Sweep) + SizeOf(look.Capture));

    private static int SizeOf(PatternProgram? program) =>
        program is null ? 0 : program.Code.Length + program.Sets.Sum(set => set.RangeCount);

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="PatternSyntaxException">The pattern is wrong or not supported.</exception>
    public static Pattern Compile(string source, PatternFlags flags) => new(source, flags);

    /// <summary>Compiles a pattern; false with the reason when it is wrong or not supported.</summary>
    public static bool TryCompile(
        string source, string flags, [NotNullWhen(true)] out Pattern? pattern,
        [NotNullWhen(false)] out PatternSyntaxException? problem)
    {
        (pattern, problem) = (null, null);
        try
        {
            pattern = new(source, FlagLetters.Parse(flags));
            return true;
        }
        catch (PatternSyntaxException e)
        {
            problem = e;
            return false;
        }
    }

    private static bool StartsWithStart(PatternNode node) => node switch
    {
        PatternNode.Assertion { Kind: AssertionKind.Start } => true,
        PatternNode.Sequence sequence => StartsWithStart(sequence.Items[0]),
        PatternNode.Group group => StartsWithStart(group.Body),
        PatternNode.Choice choice => Array.TrueForAll(choice.Options, StartsWithStart),
        _ => false,
    };

    private static string PrefixOf(PatternNode node)
    {
        var items = node is PatternNode.Sequence sequence ? sequence.Items : [node];
        var units = items.TakeWhile(item => item is PatternNode.OneOf { Set.Single: >= 0 and < 0xD800 or > 0xDFFF and <= 0xFFFF })
            .Select(item => (char)((PatternNode.OneOf)item).Set.Single);
        return string.Concat(units);
    }
}
