using GitOpsPolicy.Script.RegularExpressions;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>The methods of strings that take a regular expression or text (ECMAScript, section 22.1.3 with 22.2.6).</summary>
internal static class StringPatterns
{
    public static void Install()
    {
        var prototype = Intrinsics.StringPrototype;
        Intrinsics.AddMethod(prototype, "match", 1, Match);
        Intrinsics.AddMethod(prototype, "matchAll", 1, MatchAll);
        Intrinsics.AddMethod(
            prototype, "replace", 2,
            static (run, self, args) => Replacing.Replace(run, Receiver.Text(run, self, "replace"), args, all: false));
        Intrinsics.AddMethod(
            prototype, "replaceAll", 2,
            static (run, self, args) => Replacing.Replace(run, Receiver.Text(run, self, "replaceAll"), args, all: true));
        Intrinsics.AddMethod(prototype, "search", 1, Search);
        Intrinsics.AddMethod(prototype, "split", 2, Split);
    }

    /// <summary>The index after an empty match: past a whole code point with flag <c>u</c> (AdvanceStringIndex).</summary>
    public static int Advance(string text, int index, Pattern pattern) =>
        (pattern.Flags & PatternFlags.Unicode) != 0 && index + 1 < text.Length && char.IsSurrogatePair(text, index)
            ? index + 2
            : index + 1;

    private static ScriptRegExp ToRegExp(ScriptRun run, in Value value, string flags)
    {
        if (value.Reference is ScriptRegExp regexp) return regexp;
        var source = value.IsUndefined ? new Text("", null, null) : Conversion.ToText(run, value);
        if (source.Guard is not null)
            throw run.TypeError("a regular expression cannot be made from sensitive text, use `includes`");
        return (ScriptRegExp)RegExpMethods.Make(run, source.Clear, flags).Reference!;
    }

    private static Value Match(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "match");
        var regexp = ToRegExp(run, args[0], "");
        if (!regexp.IsGlobal) return RegExpMethods.Exec(run, regexp, text);
        regexp.SetLastIndex(run, 0);
        var matches = new ScriptArray();
        var matcher = regexp.MatcherFor(run, text.Clear);
        for (var at = 0; at <= text.Length && matcher.Match(at, regexp.IsSticky) is { } places;)
        {
            matches.Add(run, MatchResult.Group(run, text, places, 0));
            at = places[1] == places[0] ? Advance(text.Clear, places[1], regexp.Pattern) : places[1];
        }

        return matches.Count == 0 ? Value.Null : Receiver.Array(matches, text.ToValue());
    }

    private static Value MatchAll(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "matchAll");
        if (args[0].Reference is ScriptRegExp { IsGlobal: false })
            throw run.TypeError("`matchAll` takes a regular expression with flag `g`");
        var regexp = ToRegExp(run, args[0], "g");
        var own = (ScriptRegExp)ScriptRegExp.Make(run, regexp.Pattern).Reference!;
        own.SetLastIndex(run, regexp.StartIndex(run));
        return Value.Of(new MatchIterator(own, text));
    }

    private static Value Search(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "search");
        var regexp = ToRegExp(run, args[0], "");
        return text.Derive(regexp.MatcherFor(run, text.Clear).Match(0, regexp.IsSticky)?[0] ?? -1);
    }

    private static Value Split(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "split");
        var limit = args[1].IsUndefined ? uint.MaxValue : Conversion.ToUint32(Conversion.ToNumber(run, args[1]));
        run.Allocate(ScriptRun.ObjectBytes);
        var parts = new PartList(run, text, limit);
        if (args[0].Reference is ScriptRegExp regexp) SplitByPattern(run, parts, text, regexp);
        else SplitByText(run, parts, text, args[0]);
        return Receiver.Array(parts.Array, text.ToValue());
    }

    private static void SplitByText(ScriptRun run, PartList parts, in Text text, in Value separator)
    {
        var wanted = Conversion.ToText(run, separator).Clear;
        var start = 0;
        if (separator.IsUndefined || (wanted.Length == 0 && text.Length > 0))
        {
            while (!separator.IsUndefined && start < text.Length - 1 && parts.Add(start, start + 1)) start++;
            parts.Add(start, text.Length);
            return;
        }

        if (wanted.Length == 0) return;
        for (int at; (at = TextSearch.IndexOf(run, text.Clear, wanted, start)) >= 0; start = at + wanted.Length)
            if (!parts.Add(start, at)) return;
        parts.Add(start, text.Length);
    }

    // The standard tries each place in turn with flag y added; looking for the next match from there finds the same ones.
    private static void SplitByPattern(ScriptRun run, PartList parts, in Text text, ScriptRegExp regexp)
    {
        var matcher = regexp.MatcherFor(run, text.Clear);
        if (text.Length == 0)
        {
            if (matcher.Match(0, sticky: true) is null) parts.Add(0, 0);
            return;
        }

        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var places = matcher.Match(at, sticky: false);
            if (places is null || places[0] >= text.Length) break;
            if (places[1] == start)
            {
                at = Advance(text.Clear, places[0], regexp.Pattern);
                continue;
            }

            if (!parts.Add(start, places[0])) return;
            for (var group = 1; group <= regexp.Pattern.GroupCount; group++)
                if (!parts.Add(MatchResult.Group(run, text, places, group))) return;
            start = places[1];
            at = start;
        }

        parts.Add(start, text.Length);
    }

    /// <summary>The parts of a text that is split, up to a limit.</summary>
    private sealed class PartList(ScriptRun run, Text text, uint limit)
    {
        public ScriptArray Array { get; } = new();

        public bool Add(int start, int end)
        {
            run.ChargeText(end - start);
            return Add(end == start ? Value.Of("", text.Origin) : text.Slice(start, end - start));
        }

        /// <summary>False when the limit has been reached.</summary>
        public bool Add(in Value part)
        {
            if (Array.Count >= limit) return false;
            Array.Add(run, part);
            return Array.Count < limit;
        }
    }
}

/// <summary>What <c>matchAll</c> gives.</summary>
internal sealed class MatchIterator(ScriptRegExp regexp, Text text) : ScriptIterator(Intrinsics.RegExpStringIteratorPrototype)
{
    private bool isDone;

    public override bool TryNext(ScriptRun run, out Value value)
    {
        value = Value.Undefined;
        if (isDone) return false;
        var places = RegExpMethods.Match(run, regexp, text);
        isDone = places is null;
        if (places is null) return false;
        if (places[0] == places[1]) regexp.SetLastIndex(run, StringPatterns.Advance(text.Clear, places[1], regexp.Pattern));
        value = MatchResult.Of(run, regexp.Pattern, text, places);
        return true;
    }
}
