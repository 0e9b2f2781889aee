using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>An expression for its effects.</summary>
internal sealed class ExpressionStep(Operation operation, SourcePosition start, int cost) : Step(start, cost)
{
    protected override Completion Execute(Frame frame)
    {
        operation.Evaluate(frame);
        return Completion.Normal;
    }
}

/// <summary>One declared target with its initial value.</summary>
internal sealed class DeclareStep(Binder target, Operation value, SourcePosition start, int cost) : Step(start, cost)
{
    protected override Completion Execute(Frame frame)
    {
        target.Bind(frame, value.Evaluate(frame));
        return Completion.Normal;
    }
}

/// <summary>One variable of the frame with its initial value.</summary>
internal sealed class LocalStep(int slot, Operation value, SourcePosition start, int cost) : Step(start, cost)
{
    protected override Completion Execute(Frame frame)
    {
        frame.Slots[slot] = value.Evaluate(frame);
        return Completion.Normal;
    }
}

/// <summary>Several statements without a scope of their own, such as the declarators of one declaration.</summary>
internal sealed class SequenceStep(Step[] steps, ScopeEntry entry, SourcePosition start) : Step(start, 1)
{
    protected override Completion Execute(Frame frame)
    {
        if (!entry.IsEmpty) entry.Enter(frame);
        foreach (var step in steps)
        {
            var completion = step.Run(frame);
            if (completion != Completion.Normal) return completion;
        }

        return Completion.Normal;
    }
}

/// <summary><c>if</c>.</summary>
internal sealed class IfStep(Operation test, Step then, Step? otherwise, SourcePosition start, int cost) : Step(start, cost)
{
    protected override Completion Execute(Frame frame)
    {
        if (test.EvaluateCondition(frame)) return then.Run(frame);
        return otherwise is null ? Completion.Normal : otherwise.Run(frame);
    }
}

/// <summary><c>return</c>.</summary>
internal sealed class ReturnStep(Operation? value, SourcePosition start, int cost) : Step(start, cost)
{
    protected override Completion Execute(Frame frame)
    {
        frame.Result = value is null ? Value.Undefined : value.Evaluate(frame);
        return Completion.Return;
    }
}

/// <summary><c>throw</c>.</summary>
internal sealed class ThrowStep(Operation value, SourcePosition start, int cost) : Step(start, cost)
{
    private readonly SourcePosition at = start;

    protected override Completion Execute(Frame frame)
    {
        var thrown = value.Evaluate(frame);
        frame.At = at;
        frame.Run.ChargeThrow();
        throw new ScriptThrow(thrown, frame.Location);
    }
}

/// <summary><c>break</c> and <c>continue</c>.</summary>
internal sealed class JumpStep(JumpTarget target, Completion kind, SourcePosition start) : Step(start, 1)
{
    protected override Completion Execute(Frame frame)
    {
        frame.Target = target;
        return kind;
    }
}

/// <summary>A labelled statement that is no loop.</summary>
internal sealed class LabelStep(Step body, JumpTarget target, SourcePosition start) : Step(start, 1)
{
    protected override Completion Execute(Frame frame)
    {
        var completion = body.Run(frame);
        return completion == Completion.Break && ReferenceEquals(frame.Target, target) ? Completion.Normal : completion;
    }
}

/// <summary><c>switch</c>.</summary>
/// <param name="tests">The tests of the cases; null for <c>default</c>.</param>
/// <param name="bodies">Their statements.</param>
internal sealed class SwitchStep(
    Operation value, ScopeEntry entry, Operation?[] tests, Step[][] bodies, JumpTarget target, SourcePosition start,
    int cost) : Step(start, cost)
{
    protected override Completion Execute(Frame frame)
    {
        var subject = value.Evaluate(frame);
        entry.Enter(frame);
        for (var i = Find(frame, subject, tests); i >= 0 && i < bodies.Length; i++)
        {
            foreach (var step in bodies[i])
            {
                var completion = step.Run(frame);
                if (completion == Completion.Normal) continue;
                return completion == Completion.Break && ReferenceEquals(frame.Target, target) ? Completion.Normal : completion;
            }
        }

        return Completion.Normal;
    }

    public static int Find(Frame frame, in Value subject, Operation?[] tests)
    {
        for (var i = 0; i < tests.Length; i++)
        {
            if (tests[i] is not { } test) continue;
            var candidate = test.Evaluate(frame);
            var truth = Operators.StrictEquals(frame.Run, subject, candidate);
            if (truth == Truth.Unknown) throw frame.Run.Undetermined(subject, candidate);
            if (truth == Truth.True) return i;
        }

        return Array.IndexOf(tests, null);
    }
}

/// <summary>
/// <c>try</c>. The ends of a run that no script may see (budgets, undetermined) pass through without running anything.
/// </summary>
internal sealed class TryStep(
    Step body, Binder? parameter, ScopeEntry catchEntry, Step? handler, Step? final, SourcePosition start)
    : Step(start, 1)
{
    protected override Completion Execute(Frame frame)
    {
        if (final is null) return Guard(frame);
        Completion completion;
        var scope = frame.Scope;
        try
        {
            completion = Guard(frame);
        }
        catch (ScriptThrow)
        {
            frame.Scope = scope;
            var ending = final.Run(frame);
            if (ending != Completion.Normal) return ending;
            throw;
        }

        var (result, target) = (frame.Result, frame.Target);
        var last = final.Run(frame);
        if (last != Completion.Normal) return last;
        (frame.Result, frame.Target) = (result, target);
        return completion;
    }

    private Completion Guard(Frame frame)
    {
        if (handler is null) return body.Run(frame);
        var scope = frame.Scope;
        Value caught;
        try
        {
            return body.Run(frame);
        }
        catch (ScriptThrow thrown)
        {
            caught = thrown.Value;
        }

        frame.Scope = scope;
        catchEntry.Enter(frame);
        parameter?.Bind(frame, caught);
        return handler.Run(frame);
    }
}
