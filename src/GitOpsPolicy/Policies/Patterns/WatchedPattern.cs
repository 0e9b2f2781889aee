using System.Collections.Frozen;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies.Patterns;

/// <summary>A pattern that tells whether it fitted.</summary>
internal sealed class WatchedPattern : Pattern
{
    private readonly Pattern inner;
    private readonly ScriptPlace place;
    private readonly ScriptObserver observer;

    private WatchedPattern(Pattern inner, ScriptPlace place, ScriptObserver observer) =>
        (this.inner, this.place, this.observer) = (inner, place, observer);

    /// <summary>The pattern, told about.</summary>
    /// <param name="inner">The pattern.</param>
    /// <param name="operand">Where it stands.</param>
    /// <param name="name">Its operator.</param>
    /// <param name="observer">Told what comes of it.</param>
    public static WatchedPattern Of(Pattern inner, Node operand, string name, ScriptObserver observer)
    {
        var found = new ScriptPlace(PlaceKind.Pattern, operand.Location, name, 0);
        observer.Found(found);
        return new(inner, found, observer);
    }

    /// <inheritdoc/>
    protected override Fit TestKnown(Subject subject, Trace trace)
    {
        var fit = inner.Test(subject, trace);
        if (observer.WantsReads && subject.Value is { } value)
            observer.Read(new(place.Location, subject.Path, null, Value.Of(value)));
        if (fit != Fit.Unknown) observer.Reached(place, fit == Fit.Yes ? 0 : 1);
        return fit;
    }
}

/// <summary>What tests should notice when it is changed in a pattern.</summary>
internal static class PatternMutations
{
    private static readonly FrozenSet<string> Leaves = new[] { "equals", "in", "notIn", "matches", "exists", "atLeast",
        "atMost" }.ToFrozenSet(
        StringComparer.Ordinal);

    /// <summary>Operators that take the same operand and mean something else.</summary>
    public static FrozenDictionary<string, string> Opposites { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["in"] = "notIn",
        ["notIn"] = "in",
        ["atLeast"] = "atMost",
        ["atMost"] = "atLeast",
        ["allOf"] = "anyOf",
        ["anyOf"] = "allOf",
        ["each"] = "any",
        ["any"] = "each",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The operator looks at one value and has no opposite of its own.</summary>
    public static bool CanNegate(string name) => IsLeaf(name) && !Opposites.ContainsKey(name);

    /// <summary>The operator looks at one value, not below it.</summary>
    public static bool IsLeaf(string name) => Leaves.Contains(name);
}
