using System.Collections.Immutable;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation.Fixes;

/// <summary>
/// What a rule wrote as its fix: values of the input and plain values, in the lists and mappings that the rule put around them.
/// </summary>
internal abstract record FixTerm
{
    /// <summary>More levels than any fix has.</summary>
    private const int MaxDepth = 16;

    /// <summary>A value.</summary>
    public sealed record Leaf(Value Value) : FixTerm;

    /// <summary>A list of the rule's own.</summary>
    public sealed record List(ImmutableArray<FixTerm> Items) : FixTerm;

    /// <summary>A mapping of the rule's own.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<string, FixTerm>> Entries) : FixTerm;

    /// <summary>The term that a value of a script is. What came from the input as a whole is a leaf.</summary>
    public static FixTerm Of(ScriptRun run, Value value) => Of(run, value, 0);

    private static FixTerm Of(ScriptRun run, Value value, int depth)
    {
        if (depth == MaxDepth)
            throw new ScriptException(ScriptFailure.TooDeep, $"a fix is nested more than {MaxDepth} deep", default);
        if (!value.IsObject
            || ValueReader.TryGetView(value, out _)
            || value.IsFunction
            || ValueReader.TryGetHost<HostObject>(value, out _))
            return new Leaf(value);
        if (ValueReader.IsArray(value))
            return new List([.. ValueReader.Elements(run, value).Select(item => Of(run, item, depth + 1))]);
        return new Map([.. Members(run, value, depth + 1)]);
    }

    private static IEnumerable<KeyValuePair<string, FixTerm>> Members(ScriptRun run, Value value, int depth)
    {
        foreach (var name in ValueReader.PropertyNames(run, value))
        {
            run.Charge(1);
            if (ValueReader.TryGetProperty(run, value, name, out var member)) yield return new(name, Of(run, member, depth));
        }
    }
}
