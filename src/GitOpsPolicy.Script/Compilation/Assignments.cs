using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary><c>target = value</c>, patterns included.</summary>
internal sealed class AssignOperation(Binder target, Operation value) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var reference = target.Prepare(frame);
        var assigned = value.Evaluate(frame);
        target.Bind(frame, reference, assigned);
        return assigned;
    }
}

/// <summary><c>name = value</c> for a variable of the frame.</summary>
internal sealed class LocalAssign(int slot, Operation value) : Operation
{
    public override Value Evaluate(Frame frame) => frame.Slots[slot] = value.Evaluate(frame);
}

/// <summary><c>name op= value</c> for a variable of the frame.</summary>
internal sealed class LocalCompoundAssign(int slot, BinaryOperation combine, Operation value) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var old = frame.Slots[slot];
        return frame.Slots[slot] = combine.Apply(frame, old, value.Evaluate(frame));
    }
}

/// <summary><c>target op= value</c>.</summary>
/// <param name="read">Reads the variable; null when the target is a property.</param>
/// <param name="combine">The operator.</param>
internal sealed class CompoundAssignOperation(
    Binder target, Operation? read, BinaryOperation combine, Operation value) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var reference = target.Prepare(frame);
        var old = read is null ? target.Read(frame, ref reference) : read.Evaluate(frame);
        var result = combine.Apply(frame, old, value.Evaluate(frame));
        target.Bind(frame, reference, result);
        return result;
    }
}

/// <summary>An arithmetic operator without its operands.</summary>
internal sealed class BinaryOperation(ArithmeticKind kind, SourcePosition start)
{
    public Value Apply(Frame frame, in Value a, in Value b)
    {
        if (a.Reference is null && b.Reference is null)
            return Value.Of(Operators.Compute(kind, a.Number, b.Number), a.Source ?? b.Source);
        frame.At = start;
        return kind == ArithmeticKind.Add ? Operators.Add(frame.Run, a, b) : Operators.Arithmetic(frame.Run, kind, a, b);
    }
}

/// <summary><c>target &amp;&amp;= value</c>, <c>||=</c>, <c>??=</c>: assigns only when the old value does not decide.</summary>
internal sealed class LogicalAssignOperation(Binder target, Operation? read, LogicalKind kind, Operation value) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var reference = target.Prepare(frame);
        var old = read is null ? target.Read(frame, ref reference) : read.Evaluate(frame);
        if (!Assigns(frame, old)) return old;
        var assigned = value.Evaluate(frame);
        target.Bind(frame, reference, assigned);
        return assigned;
    }

    private bool Assigns(Frame frame, in Value old) => kind switch
    {
        LogicalKind.And => frame.Run.Truthy(old),
        LogicalKind.Or => !frame.Run.Truthy(old),
        _ => old.IsUnknown ? throw frame.Run.Undetermined(old) : old.IsNullish,
    };
}

internal enum LogicalKind : byte
{
    And,
    Or,
    Coalesce,
}

/// <summary>A target that takes a default value when it is given undefined.</summary>
internal sealed class DefaultBinder(Binder target, Operation fallback) : Binder
{
    /// <summary>The target is a property, whose object and key come before the value.</summary>
    public bool IsReference => target is ReferenceBinder;

    public override Reference Prepare(Frame frame) => target.Prepare(frame);

    public override void Bind(Frame frame, in Value value) =>
        target.Bind(frame, value.IsUndefined ? fallback.Evaluate(frame) : value);

    public override void Bind(Frame frame, in Reference reference, in Value value) =>
        target.Bind(frame, reference, value.IsUndefined ? fallback.Evaluate(frame) : value);
}

/// <summary><c>[a, , ...rest]</c>.</summary>
/// <param name="elements">An element is null for a hole.</param>
internal sealed class ArrayBinder(Binder?[] elements, Binder? rest) : Binder
{
    public override void Bind(Frame frame, in Value value)
    {
        var walk = Iteration.Over(frame.Run, value);
        try
        {
            foreach (var element in elements)
            {
                if (element is null)
                {
                    walk.Skip();
                    continue;
                }

                var target = element.Prepare(frame);
                walk.TryNext(out var item);
                element.Bind(frame, target, item);
            }

            if (rest is not null) rest.Bind(frame, rest.Prepare(frame), Rest(frame.Run, ref walk));
        }
        catch (ScriptThrow)
        {
            walk.Close(isThrowing: true);
            throw;
        }

        walk.Close();
    }

    private static Value Rest(ScriptRun run, ref Iteration walk)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        var array = new ScriptArray();
        while (walk.TryNext(out var item)) array.Add(run, item);
        return Value.Of(array);
    }
}

/// <summary>One property of an object pattern.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Reader">Reads the property, when the key is a fixed name.</param>
/// <param name="Target">Where it goes.</param>
internal sealed record PropertyPart(Operation Key, PropertyRead? Reader, Binder Target);

/// <summary><c>{ a, b: c, ...rest }</c>.</summary>
internal sealed class ObjectBinder(PropertyPart[] properties, Binder? rest, SourcePosition start) : Binder
{
    public override void Bind(Frame frame, in Value value)
    {
        frame.At = start;
        frame.Run.RequireKnown(value);
        if (value.IsNullish) throw frame.Run.TypeError($"cannot take {ScriptRun.Describe(value)} apart into properties");
        var taken = rest is null ? null : new PropertyKey[properties.Length];
        for (var i = 0; i < properties.Length; i++)
        {
            var (keyOperation, reader, target) = properties[i];
            if (reader is not null && taken is null && target is not ReferenceBinder and not DefaultBinder { IsReference: true })
            {
                target.Bind(frame, reader.Read(frame, value));
                continue;
            }

            var keyValue = keyOperation.Evaluate(frame);
            frame.Run.RequireKnown(keyValue);
            var key = Conversion.ToKey(frame.Run, keyValue);
            if (taken is not null) taken[i] = key;
            var place = target.Prepare(frame);
            target.Bind(frame, place, Objects.Pick(frame.Run, value, key));
        }

        if (rest is not null) rest.Bind(frame, rest.Prepare(frame), Rest(frame.Run, value, taken!));
    }

    private static Value Rest(ScriptRun run, in Value value, PropertyKey[] taken)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        var others = new ScriptRecord();
        Copying.CopyProperties(run, value, others, taken);
        return Value.Of(others);
    }
}
