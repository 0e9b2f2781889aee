using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary><c>left + right</c>.</summary>
internal sealed class Addition(Operation left, Operation right, SourcePosition start) : Operation
{
    public override bool IsPure => left.IsPure && right.IsPure;

    public override Value Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        if (a.Reference is null && b.Reference is null) return Value.Of(a.Number + b.Number, a.Source ?? b.Source);
        frame.At = start;
        return a.Reference is string && b.Reference is string
            ? Operators.Concatenate(frame.Run, a, b)
            : Operators.Add(frame.Run, a, b);
    }
}

/// <summary>An arithmetic or bit operator other than <c>+</c>.</summary>
internal sealed class ArithmeticOperation(ArithmeticKind kind, Operation left, Operation right, SourcePosition start) : Operation
{
    public override bool IsPure => left.IsPure && right.IsPure;

    public override Value Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        if (a.Reference is null && b.Reference is null)
            return Value.Of(Operators.Compute(kind, a.Number, b.Number), a.Source ?? b.Source);
        frame.At = start;
        return Operators.Arithmetic(frame.Run, kind, a, b);
    }
}

/// <summary><c>-</c>, <c>+</c> and <c>~</c> before an operand.</summary>
internal sealed class UnaryOperation(UnaryKind kind, Operation operand, SourcePosition start) : Operation
{
    public override bool IsPure => operand.IsPure;

    public override Value Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        if (value.Reference is null) return Value.Of(Operators.Compute(kind, value.Number), value.Source);
        frame.At = start;
        return Operators.Unary(frame.Run, kind, value);
    }
}

/// <summary><c>typeof operand</c>.</summary>
internal sealed class TypeOfOperation(Operation operand) : Operation
{
    public override bool IsPure => operand.IsPure;

    public override Value Evaluate(Frame frame) => Operators.TypeOf(operand.Evaluate(frame));
}

/// <summary><c>void operand</c>.</summary>
internal sealed class VoidOperation(Operation operand) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        operand.Evaluate(frame);
        return Value.Undefined;
    }
}

/// <summary><c>a, b</c>.</summary>
internal sealed class CommaOperation(Operation[] operations) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        for (var i = 0; i < operations.Length - 1; i++) operations[i].Evaluate(frame);
        return operations[^1].Evaluate(frame);
    }
}

/// <summary><c>++</c> and <c>--</c> on a variable of the frame.</summary>
internal sealed class LocalUpdate(UnaryKind kind, bool isPrefix, int slot, SourcePosition start) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var old = frame.Slots[slot];
        if (old.Reference is not null) return Slow(frame, old);
        var updated = Value.Of(kind == UnaryKind.Increment ? old.Number + 1 : old.Number - 1, old.Source);
        frame.Slots[slot] = updated;
        return isPrefix ? updated : old;
    }

    // Converting may run code of the rule's, and what comes of it may be sensitive or unknown.
    private Value Slow(Frame frame, in Value value)
    {
        frame.At = start;
        var old = Operators.Unary(frame.Run, UnaryKind.Plus, value);
        var updated = Operators.Unary(frame.Run, kind, old);
        frame.Slots[slot] = updated;
        return isPrefix ? updated : old;
    }
}

/// <summary><c>++</c> and <c>--</c>, on a variable or a property.</summary>
internal sealed class UpdateOperation(
    UnaryKind kind, bool isPrefix, Operation? read, Binder target, SourcePosition start) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var reference = target.Prepare(frame);
        var old = read is null ? target.Read(frame, ref reference) : read.Evaluate(frame);
        frame.At = start;
        if (old.Reference is not null) old = Operators.Unary(frame.Run, UnaryKind.Plus, old);
        var updated = old.Reference is null
            ? Value.Of(Operators.Compute(kind, old.Number), old.Source)
            : Operators.Unary(frame.Run, kind, old);
        target.Bind(frame, reference, updated);
        return isPrefix ? updated : old;
    }
}
