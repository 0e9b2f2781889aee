using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>What all loops share: the scope of a round, and what becomes of breaks and continues.</summary>
/// <param name="HeapSlots">Slots of the heap scope of each round; zero for none.</param>
/// <param name="CopiedSlots">The first slots of it, which a <c>for</c> hands on from round to round.</param>
/// <param name="Entry">Variables of the loop to mark as uninitialised.</param>
/// <param name="Target">The loop itself, as breaks and continues name it.</param>
/// <param name="RoundCost">Steps that a round costs, the body's statements not included.</param>
internal sealed record LoopFrame(int HeapSlots, int CopiedSlots, ScopeEntry Entry, JumpTarget Target, int RoundCost)
{
    /// <summary>Starts a round in a scope of its own.</summary>
    public void EnterRound(Frame frame, HeapScope? outer)
    {
        if (HeapSlots > 0)
        {
            frame.Run.Allocate(ScriptRun.ObjectBytes + (HeapSlots * ScriptRun.ElementBytes));
            frame.Scope = new HeapScope(outer, HeapSlots);
        }

        if (!Entry.IsEmpty) Entry.Enter(frame);
    }

    /// <summary>A fresh scope with the loop's own variables as they are now.</summary>
    public void CopyRound(Frame frame, HeapScope? outer)
    {
        if (HeapSlots == 0) return;
        var old = frame.Scope!;
        frame.Run.Allocate(ScriptRun.ObjectBytes + (HeapSlots * ScriptRun.ElementBytes));
        frame.Scope = new HeapScope(outer, HeapSlots);
        Array.Copy(old.Slots, frame.Scope.Slots, CopiedSlots);
    }

    /// <summary>
    /// True when the loop goes on after its body ended so; else <paramref name="completion"/> becomes that of the loop.
    /// </summary>
    public bool GoesOn(Frame frame, ref Completion completion)
    {
        if (completion == Completion.Normal) return true;
        if (completion == Completion.Return || !ReferenceEquals(frame.Target, Target)) return false;
        var goesOn = completion == Completion.Continue;
        completion = Completion.Normal;
        return goesOn;
    }
}

/// <summary><c>while</c> and <c>do … while</c>.</summary>
internal sealed class WhileStep(Operation test, Step body, LoopFrame loop, bool testsFirst, SourcePosition start) : Step(start, 1)
{
    protected override Completion Execute(Frame frame)
    {
        var outer = frame.Scope;
        var isFirst = !testsFirst;
        while (true)
        {
            frame.Run.Charge(loop.RoundCost);
            if (!isFirst && !test.EvaluateCondition(frame)) return Completion.Normal;
            isFirst = false;
            loop.EnterRound(frame, outer);
            var completion = body.Run(frame);
            if (frame.Scope != outer) frame.Scope = outer;
            if (!loop.GoesOn(frame, ref completion)) return completion;
        }
    }
}

/// <summary><c>for (initializer; test; update)</c>.</summary>
internal sealed class ForStep(
    Step? initializer, Operation? test, Operation? update, Step body, LoopFrame loop, SourcePosition start)
    : Step(start, 1)
{
    protected override Completion Execute(Frame frame)
    {
        var outer = frame.Scope;
        loop.EnterRound(frame, outer);
        initializer?.Run(frame);
        loop.CopyRound(frame, outer);
        while (true)
        {
            frame.Run.Charge(loop.RoundCost);
            if (test is not null && !test.EvaluateCondition(frame)) break;
            var completion = body.Run(frame);
            if (!loop.GoesOn(frame, ref completion))
            {
                frame.Scope = outer;
                return completion;
            }

            loop.CopyRound(frame, outer);
            update?.Evaluate(frame);
        }

        frame.Scope = outer;
        return Completion.Normal;
    }
}

/// <summary><c>for (target of source)</c>.</summary>
internal sealed class ForOfStep(
    Binder target, Operation source, Step body, LoopFrame loop, SourcePosition start, int cost) : Step(start, cost)
{
    private readonly SourcePosition at = start;

    protected override Completion Execute(Frame frame)
    {
        var outer = frame.Scope;
        var iterable = source.Evaluate(frame);
        frame.At = at;
        if (iterable.Reference is SequenceNode sequence) return OverSequence(frame, outer, sequence);
        var walk = Iteration.Over(frame.Run, iterable);
        while (walk.TryNext(out var item))
        {
            Completion completion;
            try
            {
                completion = Round(frame, outer, item);
            }
            catch (ScriptThrow)
            {
                walk.Close(isThrowing: true);
                throw;
            }

            frame.Scope = outer;
            if (loop.GoesOn(frame, ref completion)) continue;
            walk.Close();
            return completion;
        }

        return Completion.Normal;
    }

    // Nothing to close, so nothing to guard.
    private Completion OverSequence(Frame frame, HeapScope? outer, SequenceNode sequence)
    {
        for (var i = 0; i < sequence.Count; i++)
        {
            frame.Run.Charge(1);
            var completion = Round(frame, outer, Value.Of(sequence[i]));
            if (frame.Scope != outer) frame.Scope = outer;
            if (!loop.GoesOn(frame, ref completion)) return completion;
        }

        return Completion.Normal;
    }

    private Completion Round(Frame frame, HeapScope? outer, in Value item)
    {
        frame.Run.Charge(loop.RoundCost);
        loop.EnterRound(frame, outer);
        target.Bind(frame, item);
        return body.Run(frame);
    }
}

/// <summary><c>for (target in source)</c>: the enumerable text keys, inherited ones included.</summary>
internal sealed class ForInStep(
    Binder target, Operation source, Step body, LoopFrame loop, SourcePosition start, int cost) : Step(start, cost)
{
    protected override Completion Execute(Frame frame)
    {
        var outer = frame.Scope;
        var from = source.Evaluate(frame);
        frame.Run.RequireKnown(from);
        foreach (var (holder, key) in Keys(frame.Run, from))
        {
            if (!Objects.TryGetOwn(holder, key, out _)) continue;
            frame.Run.Charge(loop.RoundCost);
            loop.EnterRound(frame, outer);
            target.Bind(frame, Objects.KeyToValue(holder, key));
            var completion = body.Run(frame);
            frame.Scope = outer;
            if (!loop.GoesOn(frame, ref completion)) return completion;
        }

        return Completion.Normal;
    }

    public static List<(Value Holder, PropertyKey Key)> Keys(ScriptRun run, in Value from)
    {
        var keys = new List<(Value, PropertyKey)>();
        var seen = new HashSet<PropertyKey>();
        for (var at = from; !at.IsNullish; at = Objects.PrototypeOf(at) is { } prototype ? Value.Of(prototype) : Value.Undefined)
        {
            run.Charge(1);
            if (at.Reference is ScriptObject o && Intrinsics.IsIntrinsic(o) && !Intrinsics.AreThawed) break;
            foreach (var key in Objects.OwnKeys(run, at))
            {
                run.Allocate(ScriptRun.PropertyBytes);
                if (key.IsSymbol || !seen.Add(key) || !Objects.TryGetOwn(at, key, out var property)) continue;
                if (property.IsEnumerable) keys.Add((at, key));
            }
        }

        return keys;
    }
}
