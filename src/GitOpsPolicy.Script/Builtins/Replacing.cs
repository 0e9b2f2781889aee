using GitOpsPolicy.Script.RegularExpressions;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>replace</c> and <c>replaceAll</c> (ECMAScript, sections 22.1.3.19, 22.1.3.20 and 22.2.6.11).</summary>
internal static class Replacing
{
    /// <summary>Replaces the first match or every one.</summary>
    /// <param name="all">It is <c>replaceAll</c>.</param>
    public static Value Replace(ScriptRun run, in Text text, Arguments args, bool all)
    {
        if (args[0].Reference is not ScriptRegExp regexp)
        {
            var wanted = Conversion.ToText(run, args[0]);
            return new Replacement(run, text, args[1], null).Fill(PlacesOf(run, text.Clear, wanted.Clear, all));
        }

        if (all && !regexp.IsGlobal) throw run.TypeError("`replaceAll` takes a regular expression with flag `g`");
        var replacement = new Replacement(run, text, args[1], regexp.Pattern);
        return replacement.Fill(PlacesOf(run, text, regexp));
    }

    private static List<int[]> PlacesOf(ScriptRun run, string text, string wanted, bool all)
    {
        var found = new List<int[]>();
        for (var start = 0; start <= text.Length; start += Math.Max(wanted.Length, 1))
        {
            start = TextSearch.IndexOf(run, text, wanted, start);
            if (start < 0) break;
            run.Charge(1);
            run.Allocate(40);
            found.Add([start, start + wanted.Length]);
            if (!all) break;
        }

        return found;
    }

    private static List<int[]> PlacesOf(ScriptRun run, in Text text, ScriptRegExp regexp)
    {
        var found = new List<int[]>();
        if (!regexp.IsGlobal)
        {
            if (RegExpMethods.Match(run, regexp, text) is { } single) found.Add(single);
            return found;
        }

        regexp.SetLastIndex(run, 0);
        var matcher = regexp.MatcherFor(run, text.Clear);
        for (var at = 0; at <= text.Length && matcher.Match(at, regexp.IsSticky) is { } places;)
        {
            run.Charge(1);
            found.Add(places);
            at = places[1] == places[0] ? StringPatterns.Advance(text.Clear, places[1], regexp.Pattern) : places[1];
        }

        return found;
    }
}

/// <summary>What takes the place of matches: a function's answer, or text with <c>$</c> references.</summary>
internal sealed class Replacement
{
    private readonly ScriptRun run;
    private readonly Text text;
    private readonly Value function;
    private readonly Text template;
    private readonly Pattern? pattern;

    public Replacement(ScriptRun run, in Text text, in Value replacement, Pattern? pattern)
    {
        (this.run, this.text, function, this.pattern) = (run, text, replacement, pattern);
        if (!replacement.IsFunction) template = Conversion.ToText(run, replacement);
    }

    /// <summary>The text with each match replaced.</summary>
    public Value Fill(List<int[]> matches)
    {
        if (matches.Count == 0) return text.ToValue();
        var result = new GuardedBuilder(run).From(text.Origin);
        var at = 0;
        foreach (var places in matches)
        {
            Append(result, at, places[0]);
            if (function.IsFunction) result.Append(CallWith(places));
            else Expand(result, places);
            at = places[1];
        }

        Append(result, at, text.Length);
        return result.ToValue();
    }

    private void Append(GuardedBuilder result, int start, int end)
    {
        if (start >= end) return;
        if (text.Guard is null) result.Append(new Text(text.Clear[start..end], null, text.Origin));
        else result.Append(Conversion.ToText(run, text.Slice(start, end - start)));
    }

    private int GroupCount => pattern?.GroupCount ?? 0;

    private Value CallWith(int[] places)
    {
        var arguments = new List<Value>(GroupCount + 4);
        for (var group = 0; group <= GroupCount; group++) arguments.Add(MatchResult.Group(run, text, places, group));
        arguments.Add(text.Derive(places[0]));
        arguments.Add(text.ToValue());
        if (pattern is { Names.Length: > 0 })
            arguments.Add(MatchResult.Groups(run, pattern, group => MatchResult.Group(run, text, places, group)));
        return run.Call(function, Value.Undefined, arguments.ToArray());
    }

    /// <summary>GetSubstitution: <c>$$ $&amp; $` $' $1 $&lt;name&gt;</c>; what is none of these stands for itself.</summary>
    private void Expand(GuardedBuilder result, int[] places)
    {
        var written = template.Clear;
        var plain = 0;
        for (var at = 0; at + 1 < written.Length; at++)
        {
            if (written[at] != '$') continue;
            var length = ReferenceLength(written, at);
            if (length == 0) continue;
            AppendTemplate(result, plain, at);
            AppendReference(result, written.AsSpan(at, length), places);
            plain = at + length;
            at = plain - 1;
        }

        AppendTemplate(result, plain, written.Length);
    }

    private void AppendTemplate(GuardedBuilder result, int start, int end)
    {
        if (start < end) result.Append(Conversion.ToText(run, template.Slice(start, end - start)));
    }

    /// <summary>How many characters of the template a reference takes; 0 when there is none.</summary>
    private int ReferenceLength(string written, int at)
    {
        var next = written[at + 1];
        if (next is '$' or '&' or '`' or '\'') return 2;
        if (next == '<')
            return pattern is { Names.Length: > 0 } && written.IndexOf('>', at) is > 0 and var end ? end - at + 1 : 0;
        if (!char.IsAsciiDigit(next)) return 0;
        var one = next - '0';
        if (at + 2 < written.Length && char.IsAsciiDigit(written[at + 2]))
        {
            var two = (one * 10) + written[at + 2] - '0';
            if (two >= 1 && two <= GroupCount) return 3;
        }

        return one >= 1 && one <= GroupCount ? 2 : 0;
    }

    private void AppendReference(GuardedBuilder result, ReadOnlySpan<char> reference, int[] places)
    {
        switch (reference[1])
        {
            case '$': result.Append("$"); break;
            case '&': Append(result, places[0], places[1]); break;
            case '`': Append(result, 0, places[0]); break;
            case '\'': Append(result, places[1], text.Length); break;
            case '<': AppendGroup(result, IndexOf(reference[2..^1].ToString()), places); break;
            default: AppendGroup(result, int.Parse(reference[1..]), places); break;
        }
    }

    private int IndexOf(string name) => Array.Find(pattern!.Names, named => named.Name == name).Index;

    private void AppendGroup(GuardedBuilder result, int group, int[] places)
    {
        if (group > 0 && places[group * 2] >= 0) Append(result, places[group * 2], places[(group * 2) + 1]);
    }
}
