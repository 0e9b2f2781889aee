using GitOpsPolicy.Script.RegularExpressions;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// The arrays that <c>exec</c>, <c>match</c> and <c>matchAll</c> give. What was captured is guarded as it was in the text.
/// </summary>
internal static class MatchResult
{
    /// <summary>
    /// The match array with <c>index</c>, <c>input</c>, <c>groups</c> and, under flag <c>d</c>, <c>indices</c>.
    /// </summary>
    /// <param name="places">Start and end of the match and of each group.</param>
    public static Value Of(ScriptRun run, Pattern pattern, in Text text, int[] places)
    {
        run.Charge(pattern.GroupCount);
        run.Allocate(
            (2 * ScriptRun.ObjectBytes) + ((pattern.GroupCount + 1L) * ScriptRun.ElementBytes) + (4 * ScriptRun.PropertyBytes));
        var match = new ScriptArray(pattern.GroupCount + 1);
        for (var group = 0; group <= pattern.GroupCount; group++) match.Append(Group(run, text, places, group));
        match.Define("index", text.Derive(places[0]));
        match.Define("input", text.ToValue());
        match.Define("groups", Groups(run, pattern, group => match[group]));
        if ((pattern.Flags & PatternFlags.Indices) != 0) match.Define("indices", Indices(run, pattern, text, places));
        return Value.Of(match).WithOrigin(text.Origin);
    }

    /// <summary>What a group captured; undefined when it took no part.</summary>
    public static Value Group(ScriptRun run, in Text text, int[] places, int group)
    {
        var start = places[group * 2];
        if (start < 0) return Value.Undefined;
        var length = places[(group * 2) + 1] - start;
        run.ChargeText(length);
        return length == 0 ? Value.Of("", text.Origin) : text.Slice(start, length);
    }

    /// <summary>The named groups as an object without prototype; undefined when there are none.</summary>
    public static Value Groups(ScriptRun run, Pattern pattern, Func<int, Value> group)
    {
        if (pattern.Names.Length == 0) return Value.Undefined;
        var named = new ScriptRecord(null);
        foreach (var (name, index) in pattern.Names) named.DefineOwn(run, name, new Property(group(index), PropertyFlags.All));
        return Value.Of(named);
    }

    private static Value Indices(ScriptRun run, Pattern pattern, in Text text, int[] places)
    {
        var indices = new ScriptArray(pattern.GroupCount + 1);
        for (var group = 0; group <= pattern.GroupCount; group++)
        {
            var start = places[group * 2];
            indices.Add(
                run,
                start < 0
                    ? Value.Undefined
                    : IteratorMethods.Pair(run, text.Derive(start), text.Derive(places[(group * 2) + 1])));
        }

        indices.Define("groups", Groups(run, pattern, group => indices[group]));
        return Value.Of(indices);
    }
}
