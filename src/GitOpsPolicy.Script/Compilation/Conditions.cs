using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>An operation whose value is true or false, or unknown. What it has to say is said as a <see cref="Truth"/>.</summary>
internal abstract class Condition : Operation
{
    public sealed override Value Evaluate(Frame frame)
    {
        var truth = Test(frame, out var origin);
        return truth == Truth.Unknown ? frame.Unknown : Value.Of(truth == Truth.True, origin);
    }

    public sealed override Truth EvaluateTruth(Frame frame) => Test(frame, out _);

    /// <summary>
    /// The answer, and where it comes from. For <see cref="Truth.Unknown"/> the unknown is in <see cref="Frame.Unknown"/>.
    /// </summary>
    public abstract Truth Test(Frame frame, out Node? origin);

    /// <summary>The truth of an operand that is no condition itself, and where it comes from.</summary>
    protected static Truth TestOf(Operation operand, Frame frame, out Node? origin)
    {
        var value = operand.Evaluate(frame);
        origin = value.Source;
        if (!value.IsUnknown) return Operators.Of(Conversion.IsTruthy(value));
        frame.Unknown = value;
        return Truth.Unknown;
    }

    protected static Truth NoteUnknown(Frame frame, Truth truth, in Value a, in Value b)
    {
        if (truth == Truth.Unknown) frame.Unknown = GuardedText.UnknownFrom(a, b);
        return truth;
    }
}

/// <summary><c>===</c> and <c>!==</c>.</summary>
internal sealed class StrictEquality(Operation left, Operation right, bool isNegated) : Condition
{
    public override bool IsPure => left.IsPure && right.IsPure;

    public override Truth Test(Frame frame, out Node? origin)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        origin = a.Source ?? b.Source;
        if (a.Reference is string { Length: < 64 } x && b.Reference is string y)
            return Operators.Of((ReferenceEquals(x, y) || x == y) != isNegated);
        var truth = Operators.StrictEquals(frame.Run, a, b);
        return truth == Truth.Unknown ? NoteUnknown(frame, truth, a, b) : Operators.Of((truth == Truth.True) != isNegated);
    }
}

/// <summary><c>===</c> and <c>!==</c> with a literal string on the right.</summary>
internal sealed class EqualityToText(Operation left, string text, bool isNegated) : Condition
{
    private readonly Value constant = Value.Of(text);

    public override bool IsPure => left.IsPure;

    public override Truth Test(Frame frame, out Node? origin)
    {
        var a = left.Evaluate(frame);
        origin = a.Source;
        if (a.Reference is string other) return Operators.Of((ReferenceEquals(other, text) || other == text) != isNegated);
        if (a.Reference is not GuardedText guarded) return Operators.Of(isNegated);
        return guarded.IsUnknown
            ? NoteUnknown(frame, Truth.Unknown, a, constant)
            : Operators.Of((guarded.Text == text) != isNegated);
    }
}

/// <summary><c>===</c> and <c>!==</c> with <c>undefined</c>, <c>null</c>, <c>true</c> or <c>false</c> on the right.</summary>
internal sealed class EqualityToTag(Operation left, Tag tag, bool isNegated) : Condition
{
    public override bool IsPure => left.IsPure;

    public override Truth Test(Frame frame, out Node? origin)
    {
        var a = left.Evaluate(frame);
        origin = a.Source;
        if (ReferenceEquals(a.Reference, tag)) return Operators.Of(!isNegated);
        if (!a.IsUnknown || tag == Tag.Undefined) return Operators.Of(isNegated);
        return NoteUnknown(frame, Truth.Unknown, a, Value.Undefined);
    }
}

/// <summary><c>==</c> and <c>!=</c>.</summary>
internal sealed class LooseEquality(Operation left, Operation right, bool isNegated, SourcePosition start) : Condition
{
    public override bool IsPure => left.IsPure && right.IsPure;

    public override Truth Test(Frame frame, out Node? origin)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        frame.At = start;
        origin = a.Source ?? b.Source;
        var truth = Operators.LooseEquals(frame.Run, a, b);
        return truth == Truth.Unknown ? NoteUnknown(frame, truth, a, b) : Operators.Of((truth == Truth.True) != isNegated);
    }
}

/// <summary><c>&lt;</c> and its kin.</summary>
internal sealed class Comparison(ComparisonKind kind, Operation left, Operation right, SourcePosition start) : Condition
{
    public override bool IsPure => left.IsPure && right.IsPure;

    public override Truth Test(Frame frame, out Node? origin)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        origin = a.Source ?? b.Source;
        if (a.Reference is null && b.Reference is null) return Operators.Of(Operators.Compare(kind, a.Number, b.Number));
        frame.At = start;
        return NoteUnknown(frame, Operators.Compare(frame.Run, kind, a, b), a, b);
    }
}

/// <summary><c>!operand</c>.</summary>
internal sealed class Negation(Operation operand) : Condition
{
    private readonly Condition? condition = operand as Condition;

    public override bool IsPure => operand.IsPure;

    public override Truth Test(Frame frame, out Node? origin)
    {
        return (condition is null ? TestOf(operand, frame, out origin) : condition.Test(frame, out origin)) switch
        {
            Truth.True => Truth.False,
            Truth.False => Truth.True,
            var unknown => unknown,
        };
    }
}

/// <summary><c>key in target</c> and <c>value instanceof target</c>.</summary>
internal sealed class Membership(Operation left, Operation right, bool isInstanceOf, SourcePosition start) : Condition
{
    public override Truth Test(Frame frame, out Node? origin)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        frame.At = start;
        origin = a.Source;
        return Operators.Of(isInstanceOf ? Operators.InstanceOf(frame.Run, a, b) : Operators.In(frame.Run, a, b));
    }
}

/// <summary>
/// <c>left &amp;&amp; right</c>. When the left side is unknown, a right side that has no effects is looked at: if it is false, so
/// is the whole.
/// </summary>
internal sealed class AndOperation(Operation left, Operation right) : Operation
{
    public override bool IsPure => left.IsPure && right.IsPure;

    public override Value Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        if (a.IsUnknown) return ThreeValued.Other(frame, a, right, Truth.False);
        return Conversion.IsTruthy(a) ? right.Evaluate(frame) : a;
    }

    public override Truth EvaluateTruth(Frame frame) => left.EvaluateTruth(frame) switch
    {
        Truth.True => right.EvaluateTruth(frame),
        Truth.False => Truth.False,
        _ => ThreeValued.OtherTruth(frame, right, Truth.False),
    };
}

/// <summary><c>left || right</c>, likewise.</summary>
internal sealed class OrOperation(Operation left, Operation right) : Operation
{
    public override bool IsPure => left.IsPure && right.IsPure;

    public override Value Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        if (a.IsUnknown) return ThreeValued.Other(frame, a, right, Truth.True);
        return Conversion.IsTruthy(a) ? a : right.Evaluate(frame);
    }

    public override Truth EvaluateTruth(Frame frame) => left.EvaluateTruth(frame) switch
    {
        Truth.False => right.EvaluateTruth(frame),
        Truth.True => Truth.True,
        _ => ThreeValued.OtherTruth(frame, right, Truth.True),
    };
}

/// <summary><c>left ?? right</c>. An unknown may turn out to be null, so it stays unknown.</summary>
internal sealed class CoalesceOperation(Operation left, Operation right) : Operation
{
    public override bool IsPure => left.IsPure && right.IsPure;

    public override Value Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        return a.IsNullish ? right.Evaluate(frame) : a;
    }
}

/// <summary><c>test ? then : otherwise</c>.</summary>
internal sealed class Choice(Operation test, Operation then, Operation otherwise) : Operation
{
    public override bool IsPure => test.IsPure && then.IsPure && otherwise.IsPure;

    public override Value Evaluate(Frame frame) =>
        test.EvaluateCondition(frame) ? then.Evaluate(frame) : otherwise.Evaluate(frame);

    public override Truth EvaluateTruth(Frame frame) =>
        test.EvaluateCondition(frame) ? then.EvaluateTruth(frame) : otherwise.EvaluateTruth(frame);
}

/// <summary>What <c>&amp;&amp;</c> and <c>||</c> make of an unknown left side.</summary>
internal static class ThreeValued
{
    /// <summary>The right side when it alone decides; otherwise unknown.</summary>
    /// <param name="deciding">The truth of the right side that decides: false for <c>&amp;&amp;</c>, true for <c>||</c>.</param>
    public static Value Other(Frame frame, in Value unknown, Operation right, Truth deciding)
    {
        if (!TryEvaluate(frame, unknown, right, out var value)) return unknown;
        if (value.IsUnknown) return GuardedText.UnknownFrom(unknown, value);
        return Operators.Of(Conversion.IsTruthy(value)) == deciding ? value : unknown;
    }

    /// <summary>As <see cref="Other"/>, for a condition whose unknown left side is in <see cref="Frame.Unknown"/>.</summary>
    public static Truth OtherTruth(Frame frame, Operation right, Truth deciding)
    {
        var result = Other(frame, frame.Unknown, right, deciding);
        frame.Unknown = result;
        return result.IsUnknown ? Truth.Unknown : deciding;
    }

    // An error on the right says nothing: the left side may be there to prevent it. A right side with effects must not run at
    // all.
    private static bool TryEvaluate(Frame frame, in Value unknown, Operation right, out Value value)
    {
        if (!right.IsPure) throw frame.Run.Undetermined(unknown);
        try
        {
            value = right.Evaluate(frame);
            return true;
        }
        catch (ScriptThrow)
        {
            value = default;
            return false;
        }
        catch (UndeterminedException e)
        {
            value = GuardedText.UnknownOf(e.Unknowns);
            return true;
        }
    }
}
