using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>A condition with what has to be done before it can be evaluated, <c>yield</c>s included.</summary>
internal sealed record PreparedOperation(Resumable[] Before, Operation Operation)
{
    public IEnumerator<Value> Prepare(Frame frame) => new SequencePart(Before, ScopeEntry.None).Walk(frame);
}

/// <summary><c>while</c>, <c>do … while</c> and <c>for (;;)</c>.</summary>
internal sealed class LoopPart(
    Resumable? initializer, PreparedOperation? test, Resumable? update, Resumable body, LoopFrame loop, bool testsFirst,
    bool isFor)
    : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        var outer = frame.Scope;
        frame.Completion = Completion.Normal;
        if (isFor) loop.EnterRound(frame, outer);
        if (initializer is not null)
        {
            var walk = initializer.Walk(frame);
            while (walk.MoveNext()) yield return walk.Current;
        }

        if (isFor && frame.Completion == Completion.Normal) loop.CopyRound(frame, outer);
        for (var isFirst = true; frame.Completion == Completion.Normal; isFirst = false)
        {
            var walk = Round(frame, outer, isFirst);
            while (walk.MoveNext()) yield return walk.Current;
            if (frame.Completion == Completion.Continue && ReferenceEquals(frame.Target, loop.Target))
                frame.Completion = Completion.Normal;
        }

        frame.Scope = outer;
        if (IsFor(frame, loop.Target)) frame.Completion = Completion.Normal;
    }

    // Ends with a break of the loop's own when the test fails.
    private IEnumerator<Value> Round(Frame frame, HeapScope? outer, bool isFirst)
    {
        frame.Run.Charge(loop.RoundCost);
        if (isFor && !isFirst)
        {
            loop.CopyRound(frame, outer);
            var after = update?.Walk(frame);
            while (after is not null && after.MoveNext()) yield return after.Current;
            if (frame.Completion != Completion.Normal) yield break;
        }

        if (test is not null && (testsFirst || !isFirst))
        {
            var before = test.Prepare(frame);
            while (before.MoveNext()) yield return before.Current;
            if (frame.Completion != Completion.Normal) yield break;
            if (!test.Operation.EvaluateCondition(frame))
            {
                (frame.Completion, frame.Target) = (Completion.Break, loop.Target);
                yield break;
            }
        }

        if (!isFor) loop.EnterRound(frame, outer);
        var walk = body.Walk(frame);
        while (walk.MoveNext()) yield return walk.Current;
        if (!isFor) frame.Scope = outer;
    }
}

/// <summary><c>for (target of source)</c>.</summary>
internal sealed class ForOfPart(Binder target, Operation source, Resumable body, LoopFrame loop) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        var outer = frame.Scope;
        var values = new Values(Iteration.Over(frame.Run, source.Evaluate(frame)));
        frame.Completion = Completion.Normal;
        while (frame.Completion == Completion.Normal && values.TryNext(out var item))
        {
            var walk = Round(frame, outer, item);
            while (Moves(walk, values)) yield return walk.Current;
            frame.Scope = outer;
            if (frame.Completion == Completion.Continue && ReferenceEquals(frame.Target, loop.Target))
                frame.Completion = Completion.Normal;
        }

        if (frame.Completion == Completion.Normal) yield break;
        var (completion, result, jump) = (frame.Completion, frame.Result, frame.Target);
        values.Close(isThrowing: false);
        (frame.Completion, frame.Result, frame.Target) = (completion, result, jump);
        if (IsFor(frame, loop.Target)) frame.Completion = Completion.Normal;
    }

    private IEnumerator<Value> Round(Frame frame, HeapScope? outer, Value item)
    {
        frame.Run.Charge(loop.RoundCost);
        loop.EnterRound(frame, outer);
        target.Bind(frame, item);
        var walk = body.Walk(frame);
        while (walk.MoveNext()) yield return walk.Current;
    }

    private static bool Moves(IEnumerator<Value> walk, Values values)
    {
        try
        {
            return walk.MoveNext();
        }
        catch (ScriptThrow)
        {
            values.Close(isThrowing: true);
            throw;
        }
    }

    // Iteration is a struct that changes as it goes; here it lives across suspensions.
    private sealed class Values(Iteration iteration)
    {
        private Iteration iteration = iteration;

        public bool TryNext(out Value value) => iteration.TryNext(out value);

        public void Close(bool isThrowing) => iteration.Close(isThrowing);
    }
}

/// <summary><c>for (target in source)</c>.</summary>
internal sealed class ForInPart(Binder target, Operation source, Resumable body, LoopFrame loop) : Resumable
{
    public override IEnumerator<Value> Walk(Frame frame)
    {
        var outer = frame.Scope;
        var from = source.Evaluate(frame);
        frame.Run.RequireKnown(from);
        frame.Completion = Completion.Normal;
        foreach (var (holder, key) in ForInStep.Keys(frame.Run, from))
        {
            if (!Objects.TryGetOwn(holder, key, out _)) continue;
            frame.Run.Charge(loop.RoundCost);
            loop.EnterRound(frame, outer);
            target.Bind(frame, Objects.KeyToValue(holder, key));
            var walk = body.Walk(frame);
            while (walk.MoveNext()) yield return walk.Current;
            frame.Scope = outer;
            if (frame.Completion == Completion.Continue && ReferenceEquals(frame.Target, loop.Target))
                frame.Completion = Completion.Normal;
            if (frame.Completion != Completion.Normal) break;
        }

        if (IsFor(frame, loop.Target)) frame.Completion = Completion.Normal;
    }
}
