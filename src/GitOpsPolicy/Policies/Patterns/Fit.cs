using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies.Patterns;

/// <summary>Whether a pattern fits.</summary>
internal enum Fit
{
    /// <summary>It does not.</summary>
    No,

    /// <summary>It does.</summary>
    Yes,

    /// <summary>That hangs on a value which is not known yet.</summary>
    Unknown,
}

/// <summary>The value that a pattern is held against, and the way to it.</summary>
/// <param name="Value">The value; null when it is missing.</param>
/// <param name="Nearest">The value, or where it is missing the nearest one around it that is there.</param>
/// <param name="Path">How to get there, such as <c>spec.containers[0].image</c>.</param>
internal readonly record struct Subject(Node? Value, Node Nearest, string Path)
{
    /// <summary>The value under a key; missing when this is no mapping or has no such key. A null is missing too.</summary>
    public Subject Under(string key)
    {
        var child = (Value as MappingNode)?[key];
        return new(child, child ?? Nearest, Path.Length == 0 ? key : $"{Path}.{key}");
    }

    /// <summary>One element of a list.</summary>
    public Subject At(SequenceNode list, int index) => new(list[index], list[index], $"{Path}[{index}]");

    /// <summary>There is nothing here.</summary>
    public bool IsMissing => Value is null or ScalarNode { Kind: NodeKind.Null, IsUnknown: false };
}

/// <summary>One thing that fitted or did not, and where.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Expectation">What the pattern wants of it, to follow <c>must</c>: <c>be at least 2</c>.</param>
/// <param name="Negated">The expectation is that it is not so.</param>
internal readonly record struct Evidence(Subject Subject, string Expectation, bool Negated);

/// <summary>What came to light while a pattern was held against a value.</summary>
/// <param name="every">A list met by a pattern for one value has to fit in every element; else in any.</param>
/// <param name="run">The run that pays.</param>
/// <param name="evaluate">Works out an expression in the pattern.</param>
internal sealed class Trace(bool every, ScriptRun run, Func<CompiledExpression, Node> evaluate)
{
    /// <summary>The run that pays for what takes long.</summary>
    public ScriptRun Run => run;

    /// <summary>A list met by a pattern for one value has to fit in every element; else in any.</summary>
    public bool Every { get; } = every;

    /// <summary>What did not fit.</summary>
    public List<Evidence> Misses { get; } = [];

    /// <summary>What fitted: of each mapping, only what its last field had to say.</summary>
    public List<Evidence> Hits { get; } = [];

    /// <summary>Values that would have to be known.</summary>
    public List<Node> Unknowns { get; private init; } = [];

    /// <summary>Works out an expression in the pattern.</summary>
    public Node Evaluate(CompiledExpression expression) => evaluate(expression);

    /// <summary>A place to try something whose evidence may not count.</summary>
    public Trace Aside(bool every) => new(every, run, evaluate) { Unknowns = Unknowns };

    /// <summary>Takes over what another try brought to light.</summary>
    public void Take(Trace other)
    {
        Misses.AddRange(other.Misses);
        Hits.AddRange(other.Hits);
    }
}
