using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>
/// A statement of a generator function that has a <c>yield</c> somewhere inside. It is walked rather than run: each value the
/// walk gives is one yielded. How the statement ended is in <see cref="Frame.Completion"/> once the walk has.
/// </summary>
internal abstract class Resumable
{
    public abstract IEnumerator<Value> Walk(Frame frame);

    /// <summary>Whether a completion on its way belongs to this statement: a break or continue that names it.</summary>
    protected static bool IsFor(Frame frame, JumpTarget target) =>
        frame.Completion is Completion.Break or Completion.Continue && ReferenceEquals(frame.Target, target);
}

/// <summary>A statement without <c>yield</c>.</summary>
internal sealed class PlainPart(Step step) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        frame.Completion = step.Run(frame);
        yield break;
    }
}

/// <summary>Several statements, in a scope.</summary>
internal sealed class SequencePart(Resumable[] parts, ScopeEntry entry) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        frame.Completion = Completion.Normal;
        if (!entry.IsEmpty) entry.Enter(frame);
        foreach (var part in parts)
        {
            var walk = part.Walk(frame);
            while (walk.MoveNext()) yield return walk.Current;
            if (frame.Completion != Completion.Normal) yield break;
        }
    }
}

/// <summary><c>yield value</c>; what <c>next</c> is given goes to a slot of the frame.</summary>
internal sealed class YieldPart(Operation value, int slot, SourcePosition start) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        frame.At = start;
        frame.Run.Charge(1);
        yield return value.Evaluate(frame);
        frame.At = start;
        frame.Completion = Completion.Normal;
        switch (frame.ResumeKind)
        {
            case ResumeKind.Next:
                frame.Slots[slot] = frame.Sent;
                break;
            case ResumeKind.Throw:
                throw new ScriptThrow(frame.Sent, frame.Location);
            default:
                (frame.Result, frame.Completion) = (frame.Sent, Completion.Return);
                break;
        }
    }
}

/// <summary><c>yield* value</c>: hands on what an iterator gives, and to it what this generator is told.</summary>
internal sealed class DelegatePart(Operation value, int slot, SourcePosition start) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        var run = frame.Run;
        frame.At = start;
        var iterator = Iterator(run, value.Evaluate(frame));
        var next = Objects.Get(run, iterator, "next");
        (frame.ResumeKind, frame.Sent) = (ResumeKind.Next, Value.Undefined);
        while (true)
        {
            run.Charge(1);
            frame.At = start;
            var kind = frame.ResumeKind;
            if (!TryStep(run, frame, iterator, next, out var result))
            {
                (frame.Result, frame.Completion) = (frame.Sent, Completion.Return);
                yield break;
            }

            if (run.Truthy(Objects.Get(run, result, "done")))
            {
                Finish(frame, kind, Objects.Get(run, result, "value"));
                yield break;
            }

            frame.GivesResult = true;
            yield return result;
        }
    }

    private static Value Iterator(ScriptRun run, in Value iterable)
    {
        run.RequireKnown(iterable);
        if (iterable.IsNullish || Objects.GetMethod(run, iterable, Symbol.Iterator) is not { } method)
            throw run.TypeError($"{ScriptRun.Describe(iterable)} is not iterable");
        var iterator = run.Call(Value.Of(method), iterable);
        return iterator.IsObject ? iterator : throw run.TypeError("`Symbol.iterator` did not return an object");
    }

    // False when the inner iterator has no `return`, and this generator is to end.
    private static bool TryStep(ScriptRun run, Frame frame, in Value iterator, in Value next, out Value result)
    {
        result = Value.Undefined;
        var name = frame.ResumeKind == ResumeKind.Throw ? "throw" : "return";
        var method = frame.ResumeKind == ResumeKind.Next
            ? next.Reference as ScriptFunction
            : Objects.GetMethod(run, iterator, name);
        if (method is null && frame.ResumeKind == ResumeKind.Return) return false;
        if (method is null)
        {
            if (frame.ResumeKind == ResumeKind.Throw && Objects.GetMethod(run, iterator, "return") is { } close)
                run.Call(Value.Of(close), iterator);
            throw run.TypeError($"the iterator has no `{(frame.ResumeKind == ResumeKind.Throw ? "throw" : "next")}`");
        }

        result = run.Call(Value.Of(method), iterator, frame.Sent);
        return result.IsObject ? true : throw run.TypeError("the iterator did not return an object");
    }

    private void Finish(Frame frame, ResumeKind kind, in Value last)
    {
        frame.Completion = kind == ResumeKind.Return ? Completion.Return : Completion.Normal;
        if (kind == ResumeKind.Return) frame.Result = last;
        else frame.Slots[slot] = last;
    }
}

/// <summary><c>if</c>, and the operators that evaluate one side only.</summary>
internal sealed class IfPart(Operation test, Resumable then, Resumable? otherwise) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        frame.Completion = Completion.Normal;
        var chosen = test.EvaluateCondition(frame) ? then : otherwise;
        if (chosen is null) yield break;
        var walk = chosen.Walk(frame);
        while (walk.MoveNext()) yield return walk.Current;
    }
}

/// <summary>A labelled statement that is no loop, and <c>switch</c>.</summary>
internal sealed class LabelPart(Resumable body, JumpTarget target) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        var walk = body.Walk(frame);
        while (walk.MoveNext()) yield return walk.Current;
        if (IsFor(frame, target)) frame.Completion = Completion.Normal;
    }
}

/// <summary><c>switch</c>; breaks out of it are left to the <see cref="LabelPart"/> around.</summary>
internal sealed class SwitchPart(Operation value, ScopeEntry entry, Operation?[] tests, Resumable[] bodies) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        frame.Completion = Completion.Normal;
        var subject = value.Evaluate(frame);
        entry.Enter(frame);
        var at = SwitchStep.Find(frame, subject, tests);
        for (var i = at; i >= 0 && i < bodies.Length; i++)
        {
            var walk = bodies[i].Walk(frame);
            while (walk.MoveNext()) yield return walk.Current;
            if (frame.Completion != Completion.Normal) yield break;
        }
    }
}

/// <summary><c>try</c>.</summary>
internal sealed class TryPart(
    Resumable body, Binder? parameter, ScopeEntry catchEntry, Resumable? handler, Resumable? final) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        var scope = frame.Scope;
        var walk = body.Walk(frame);
        ScriptThrow? thrown;
        while (Moves(walk, out thrown)) yield return walk.Current;
        if (thrown is not null && handler is not null)
        {
            frame.Scope = scope;
            walk = Handle(frame, thrown.Value);
            while (Moves(walk, out thrown)) yield return walk.Current;
        }

        if (final is not null)
        {
            frame.Scope = thrown is null ? frame.Scope : scope;
            var (completion, result, target) = (frame.Completion, frame.Result, frame.Target);
            walk = final.Walk(frame);
            while (walk.MoveNext()) yield return walk.Current;
            if (frame.Completion != Completion.Normal) yield break;
            (frame.Completion, frame.Result, frame.Target) = (completion, result, target);
        }

        if (thrown is null) yield break;
        frame.Run.ChargeThrow();
        throw new ScriptThrow(thrown.Value, thrown.Location);
    }

    private IEnumerator<Value> Handle(Frame frame, Value caught)
    {
        catchEntry.Enter(frame);
        parameter?.Bind(frame, caught);
        var walk = handler!.Walk(frame);
        while (walk.MoveNext()) yield return walk.Current;
    }

    private static bool Moves(IEnumerator<Value> walk, out ScriptThrow? thrown)
    {
        thrown = null;
        try
        {
            return walk.MoveNext();
        }
        catch (ScriptThrow e)
        {
            thrown = e;
            return false;
        }
    }
}
