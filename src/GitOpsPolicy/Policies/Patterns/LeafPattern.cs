using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Script;

namespace GitOpsPolicy.Policies.Patterns;

/// <summary>A value in a pattern: written out, or an expression to be worked out for each change.</summary>
/// <param name="Constant">The value written out; null for an expression.</param>
/// <param name="Expression">The expression; null for a value written out.</param>
internal readonly record struct Operand(Node? Constant, CompiledExpression? Expression)
{
    /// <summary>The value for the change at hand.</summary>
    public Node Get(Trace trace) => Constant ?? trace.Evaluate(Expression!);
}

/// <summary>A pattern that looks at one value, not below it.</summary>
internal abstract class LeafPattern : Pattern
{
    /// <inheritdoc/>
    protected override bool IsForOne => true;

    /// <summary>What it wants, to follow <c>must</c>, and whether the value is so.</summary>
    protected abstract (bool Fits, string Expectation) Judge(Subject subject, Trace trace);

    /// <inheritdoc/>
    protected override Fit TestKnown(Subject subject, Trace trace)
    {
        var (fits, expectation) = Judge(subject, trace);
        (fits ? trace.Hits : trace.Misses).Add(new(subject, expectation, Negated: false));
        return fits ? Fit.Yes : Fit.No;
    }

    /// <summary>
    /// A value as a message shows it. Most come from the rule or its parameters; an expression may give a secret of the change.
    /// </summary>
    protected static string Show(Node node) => node switch
    {
        { IsSensitive: true } => "(sensitive)",
        ScalarNode scalar => $"`{scalar.Text}`",
        SequenceNode { Count: <= 5 } list => string.Join(", ", list.Items.ToArray().Select(Show)),
        SequenceNode list => $"one of {list.Count} values",
        _ => "the given mapping",
    };
}

/// <summary>Fits an equal value.</summary>
internal sealed class EqualPattern(Operand operand) : LeafPattern
{
    /// <inheritdoc/>
    protected override bool IsForOne => operand.Constant is not SequenceNode;

    /// <inheritdoc/>
    protected override (bool Fits, string Expectation) Judge(Subject subject, Trace trace)
    {
        var wanted = operand.Get(trace);
        return (subject.Value is { } value && NodeEquality.AreEqual(value, wanted), $"be {Show(wanted)}");
    }
}

/// <summary>Fits one of several values, or none of them.</summary>
internal sealed class InPattern(Operand operand, bool negated) : LeafPattern
{
    /// <inheritdoc/>
    protected override (bool Fits, string Expectation) Judge(Subject subject, Trace trace)
    {
        var list = operand.Get(trace);
        var found = subject.Value is { } value && list is SequenceNode values && Any(values, value);
        return (found != negated, negated ? $"be none of {Show(list)}" : $"be one of {Show(list)}");
    }

    private static bool Any(SequenceNode values, Node value)
    {
        foreach (var candidate in values.Items)
            if (NodeEquality.AreEqual(candidate, value)) return true;
        return false;
    }
}

/// <summary>Fits a text in which a regular expression is found.</summary>
internal sealed class MatchesPattern(TextPattern? regex, CompiledExpression? expression) : LeafPattern
{
    /// <inheritdoc/>
    protected override (bool Fits, string Expectation) Judge(Subject subject, Trace trace)
    {
        var wanted = regex ?? RegexOf(trace.Evaluate(expression!));
        return (subject.Value is ScalarNode { Kind: NodeKind.String } text && wanted.IsMatch(trace.Run, text.Text),
            $"match `{wanted}`");
    }

    private TextPattern RegexOf(Node node)
    {
        var problems = new Reading.ProblemList();
        return Patterns.Expression.Read(node, "matches", problems)
            ?? throw expression!.Failure(problems.InFileOrder()[0].Message);
    }
}

/// <summary>Fits a value that is there, or one that is not.</summary>
internal sealed class ExistsPattern(bool exists) : LeafPattern
{
    /// <inheritdoc/>
    protected override bool IsForOne => false;

    /// <inheritdoc/>
    protected override (bool Fits, string Expectation) Judge(Subject subject, Trace trace) =>
        (subject.IsMissing != exists, exists ? "be set" : "not be set");
}

/// <summary>Fits a number, or quantity, on the right side of a limit.</summary>
internal sealed class LimitPattern(Operand operand, bool isLeast) : LeafPattern
{
    /// <inheritdoc/>
    protected override (bool Fits, string Expectation) Judge(Subject subject, Trace trace)
    {
        var limit = operand.Get(trace);
        return (Compare(subject.Value, limit) is { } c && (isLeast ? c >= 0 : c <= 0),
            $"be at {(isLeast ? "least" : "most")} {Show(limit)}");
    }

    // Exact as long as both have at most 28 digits, then by the nearest double. A number is never compared with text that is no
    // quantity.
    private static int? Compare(Node? value, Node limit)
    {
        if (value is not ScalarNode a || limit is not ScalarNode b) return null;
        if (b.Kind == NodeKind.Number && a.Kind != NodeKind.Number) return null;
        if (a.Kind is not (NodeKind.Number or NodeKind.String)) return null;
        if (Quantity.TryParse(a.Text, out var x) && Quantity.TryParse(b.Text, out var y)) return x.CompareTo(y);
        return a.Kind == NodeKind.Number && b.Kind == NodeKind.Number ? a.Number.CompareTo(b.Number) : null;
    }
}
