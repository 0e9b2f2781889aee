using GitOpsPolicy.Script.RegularExpressions;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>A regular expression object. <c>lastIndex</c> is an ordinary property, always the first.</summary>
internal sealed class ScriptRegExp : ScriptObject
{
    private static readonly PropertyMap Members = MembersOnly();

    private PatternMatcher? matcher;
    private ScriptRun? matcherRun;

    private ScriptRegExp(Pattern pattern, ScriptObject prototype)
        : base(prototype)
    {
        Pattern = pattern;
        Adopt(Members, [Value.Of(0)]);
    }

    internal override string ClassName => "RegExp";

    /// <summary>What it matches.</summary>
    public Pattern Pattern { get; }

    /// <summary>Looks for every match, or from <c>lastIndex</c> on.</summary>
    public bool IsGlobal => (Pattern.Flags & PatternFlags.Global) != 0;

    /// <summary>Matches at <c>lastIndex</c> only.</summary>
    public bool IsSticky => (Pattern.Flags & PatternFlags.Sticky) != 0;

    /// <summary>A regular expression object, as a literal makes one each time it is evaluated.</summary>
    public static Value Make(ScriptRun run, Pattern pattern, ScriptObject? prototype = null)
    {
        run.Charge(2);
        run.Allocate(ObjectBytes);
        return Value.Of(new ScriptRegExp(pattern, prototype ?? Intrinsics.RegExpPrototype));
    }

    /// <summary>The property <c>lastIndex</c>.</summary>
    public Value LastIndex => SlotAt(0);

    /// <summary>Where the next match is looked for, as <c>lastIndex</c> says.</summary>
    public int StartIndex(ScriptRun run) =>
        ReferenceEquals(LastIndex.Reference, Tag.SensitiveNumber) ? (int)LastIndex.Number : Conversion.ToLength(run, LastIndex);

    /// <summary>Assigns <c>lastIndex</c>; a frozen expression that stands at 0 may stay there.</summary>
    /// <param name="within">The text it is a place in: of a sensitive text, the place is sensitive.</param>
    public void SetLastIndex(ScriptRun run, int index, in Text within = default)
    {
        if (IsFrozen && index == 0 && LastIndex.Number == 0) return;
        if (!Set(run, "lastIndex", Conversion.Number(index, within.Guard is not null, null), Value.Of(this)))
            throw run.TypeError(IsFrozen
                ? "a regular expression with flag `g` or `y` that is kept outside the function cannot remember `lastIndex`, make it in the function or leave the flag out"
                : "cannot assign `lastIndex` of this regular expression");
    }

    /// <summary>
    /// The matcher for an input: the same one as before for the same text, so that what it has learned is used.
    /// </summary>
    public PatternMatcher MatcherFor(ScriptRun run, string input)
    {
        if (IsFrozen) return new(Pattern, input, new RunMeter(run));   // may be in use by other runs
        if (matcher is not null && ReferenceEquals(matcherRun, run) && ReferenceEquals(matcher.Input, input)) return matcher;
        matcherRun = run;
        return matcher = new(Pattern, input, new RunMeter(run));
    }

    private const int ObjectBytes = ScriptRun.ObjectBytes + ScriptRun.PropertyBytes;

    private static PropertyMap MembersOnly()
    {
        var map = new PropertyMap(1);
        map.Add("lastIndex", PropertyFlags.Writable);
        map.IsShared = true;
        return map;
    }
}
