using System.Text;
using GitOpsPolicy.Script.RegularExpressions;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>RegExp</c> and <c>RegExp.prototype</c> (ECMAScript, section 22.2).</summary>
internal static class RegExpMethods
{
    private static readonly (string Name, PatternFlags Flag)[] FlagNames =
    [
        ("global", PatternFlags.Global), ("hasIndices", PatternFlags.Indices), ("ignoreCase", PatternFlags.IgnoreCase),
        ("multiline", PatternFlags.Multiline), ("dotAll", PatternFlags.DotAll), ("sticky", PatternFlags.Sticky),
        ("unicode", PatternFlags.Unicode),
    ];

    private static readonly (string Name, char Letter)[] FlagProperties =
    [
        ("hasIndices", 'd'), ("global", 'g'), ("ignoreCase", 'i'), ("multiline", 'm'), ("dotAll", 's'), ("unicode", 'u'),
        ("unicodeSets", 'v'), ("sticky", 'y'),
    ];

    public static void Install()
    {
        Intrinsics.PatternMaker = LiteralMaker;
        var prototype = Intrinsics.RegExpPrototype;
        Intrinsics.AddConstructor("RegExp", 2, prototype, Call,
            (run, args, target) => Make(run, args, ScriptFunction.PrototypeFor(run, target, prototype)));
        Intrinsics.AddMethod(
            prototype, "exec", 1,
            static (run, self, args) => Exec(run, This(run, self, "exec"), Conversion.ToText(run, args[0])));
        Intrinsics.AddMethod(prototype, "test", 1, Test);
        Intrinsics.AddMethod(prototype, "toString", 0, ToText);
        Intrinsics.AddGetter(prototype, "flags", Flags);
        Intrinsics.AddGetter(prototype, "source", static (run, self, _) =>
            Value.Of(IsPrototype(self) ? "(?:)" : Source(This(run, self, "source").Pattern)));
        foreach (var (name, flag) in FlagNames)
            Intrinsics.AddGetter(prototype, name, (run, self, _) =>
                IsPrototype(self) ? Value.Undefined : Value.Of((This(run, self, name).Pattern.Flags & flag) != 0));
    }

    // The prototype is no regular expression, but its getters answer (ECMAScript, section 22.2.6).
    private static bool IsPrototype(in Value self) => ReferenceEquals(self.Reference, Intrinsics.RegExpPrototype);

    // The flags of anything: asked for one by one, in the order of their letters.
    private static Value Flags(ScriptRun run, Value self, Arguments args)
    {
        if (!self.IsObject) throw run.TypeError($"`RegExp.prototype.flags` called on {ScriptRun.Describe(self)}");
        var letters = new StringBuilder();
        foreach (var (name, letter) in FlagProperties)
            if (run.Truthy(Objects.Get(run, self, name))) letters.Append(letter);
        return Value.Of(letters.ToString());
    }

    /// <summary>The code of a literal, which makes a new object each time it is run. The pattern is compiled once.</summary>
    /// <exception cref="PatternSyntaxException">The pattern is wrong or not supported.</exception>
    private static Func<ScriptRun, Value> LiteralMaker(string source, string flags)
    {
        var pattern = RegularExpressions.Pattern.Compile(source, FlagLetters.Parse(flags));
        return run => ScriptRegExp.Make(run, pattern);
    }

    /// <summary>Makes a regular expression from text, as <c>new RegExp</c> does.</summary>
    public static Value Make(ScriptRun run, string source, string flags, ScriptObject? prototype = null)
    {
        run.Charge(20 + (4L * source.Length));
        run.Allocate(source.Length * 200L);
        if (!RegularExpressions.Pattern.TryCompile(source, flags, out var pattern, out var problem))
        {
            if (problem.IsUnsupported) run.NoteRefused(problem.Message);
            run.ChargeThrow();
            throw run.SyntaxError(problem.Message);
        }

        run.Charge(pattern.Size);   // the compiler limits it, so it may be paid for afterwards
        run.Allocate(pattern.Size * 40L);
        return ScriptRegExp.Make(run, pattern, prototype);
    }

    /// <summary>RegExpBuiltinExec: the match array or null.</summary>
    public static Value Exec(ScriptRun run, ScriptRegExp regexp, in Text text)
    {
        var places = Match(run, regexp, text);
        return places is null ? Value.Null : MatchResult.Of(run, regexp.Pattern, text, places);
    }

    /// <summary>Matches from <c>lastIndex</c> on if the flags say so, and keeps it up to date.</summary>
    public static int[]? Match(ScriptRun run, ScriptRegExp regexp, in Text text)
    {
        var remembers = regexp.IsGlobal || regexp.IsSticky;
        var start = regexp.StartIndex(run);
        if (!remembers) start = 0;
        var places = start > text.Length ? null : regexp.MatcherFor(run, text.Clear).Match(start, regexp.IsSticky);
        if (remembers) regexp.SetLastIndex(run, places is null ? 0 : places[1], text);
        return places;
    }

    private static ScriptRegExp This(ScriptRun run, in Value self, string method) => self.Reference as ScriptRegExp
        ?? throw run.TypeError($"`RegExp.prototype.{method}` called on {ScriptRun.Describe(self)}");

    private static Value Test(ScriptRun run, Value self, Arguments args)
    {
        var regexp = This(run, self, "test");
        var text = Conversion.ToText(run, args[0]);
        return Value.Of(Match(run, regexp, text) is not null, text.Origin);
    }

    private static Value Call(ScriptRun run, Value self, Arguments args) =>
        args[0].Reference is ScriptRegExp && args[1].IsUndefined ? args[0] : Make(run, args, Intrinsics.RegExpPrototype);

    private static Value Make(ScriptRun run, Arguments args, ScriptObject prototype)
    {
        var from = args[0].Reference as ScriptRegExp;
        var source = from?.Pattern.Source ?? (args[0].IsUndefined ? "" : Plain(run, args[0]));
        var flags = args[1].IsUndefined ? FlagLetters.Format(from?.Pattern.Flags ?? PatternFlags.None) : Plain(run, args[1]);
        return Make(run, source, flags, prototype);
    }

    private static string Plain(ScriptRun run, in Value value)
    {
        var text = Conversion.ToText(run, value);
        return text.Guard is null
            ? text.Clear
            : throw run.TypeError("a regular expression cannot be made from sensitive text, use `includes`");
    }

    private static Value ToText(ScriptRun run, Value self, Arguments args)
    {
        if (!self.IsObject) throw run.TypeError($"`RegExp.prototype.toString` called on {ScriptRun.Describe(self)}");
        return new GuardedBuilder(run).Append("/")
            .Append(Objects.Get(run, self, "source"))
            .Append("/")
            .Append(Objects.Get(run, self, "flags"))
            .ToValue();
    }

    /// <summary>EscapeRegExpPattern: the pattern so that it could stand between slashes.</summary>
    private static string Source(Pattern pattern)
    {
        if (pattern.Source.Length == 0) return "(?:)";
        var text = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Source.Length; i++)
        {
            var c = pattern.Source[i];
            if (c == '\\' && i + 1 < pattern.Source.Length && !IsLineEnd(pattern.Source[i + 1]))
            {
                text.Append(c).Append(pattern.Source[++i]);
                continue;
            }

            inClass = c == '[' || (inClass && c != ']');
            if (c == '\\') continue;   // before a line end, which is escaped below
            if (IsLineEnd(c)) text.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\u2028' => "\\u2028", _ => "\\u2029" });
            else if (c == '/' && !inClass) text.Append("\\/");
            else text.Append(c);
        }

        return text.ToString();
    }

    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';
}
