using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Compilation;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Instrumentation;

/// <summary>An expression that tells when it is evaluated, or what came of it.</summary>
internal sealed class WatchedOperation(Operation inner, Watch watch, ScriptObserver observer) : Operation
{
    public override bool IsPure => inner.IsPure;

    public override Value Evaluate(Frame frame)
    {
        if (watch.IsBefore) observer.Reached(watch.Place, watch.OnTrue);
        var value = inner.Evaluate(frame);
        if (!watch.IsBefore) Tell(value);
        return value;
    }

    public override Truth EvaluateTruth(Frame frame)
    {
        if (watch.OfPresence) return base.EvaluateTruth(frame);
        if (watch.IsBefore) observer.Reached(watch.Place, watch.OnTrue);
        var truth = inner.EvaluateTruth(frame);
        if (!watch.IsBefore && truth != Truth.Unknown) Tell(truth == Truth.True);
        return truth;
    }

    private void Tell(in Value value)
    {
        // A chain that has ended has nothing to say about the links after its end.
        if (value.IsUnknown || ReferenceEquals(value.Reference, Tag.Absent)) return;
        Tell(watch.OfPresence ? !value.IsNullish : Conversion.IsTruthy(value));
    }

    private void Tell(bool isSo)
    {
        var outcome = isSo ? watch.OnTrue : watch.OnFalse;
        if (outcome >= 0) observer.Reached(watch.Place, outcome);
    }
}

/// <summary>An expression that reads a property, or calls a function of another module, and tells what it got.</summary>
internal sealed class WatchedRead(Operation inner, string path, SourceLocation at, ScriptObserver observer) : Operation
{
    public override bool IsPure => inner.IsPure;

    public override Value Evaluate(Frame frame)
    {
        var holder = default(Value);
        var value = inner switch
        {
            PropertyRead read => read.Read(frame, holder = read.Target.Evaluate(frame)),
            ElementRead read => read.Read(frame, holder = read.Target.Evaluate(frame)),
            _ => inner.Evaluate(frame),
        };
        if (!ReferenceEquals(value.Reference, Tag.Absent)) observer.Read(new(at, path, holder.Reference as Node, value));
        return value;
    }
}

/// <summary>A target of a pattern that tells which property it was given.</summary>
internal sealed class WatchedBinder(Binder inner, string path, SourceLocation at, ScriptObserver observer) : Binder
{
    public override Reference Prepare(Frame frame) => inner.Prepare(frame);

    public override Value Read(Frame frame, ref Reference reference) => inner.Read(frame, ref reference);

    public override void Bind(Frame frame, in Reference reference, in Value value)
    {
        observer.Read(new(at, path, null, value));
        inner.Bind(frame, reference, value);
    }

    public override void Bind(Frame frame, in Value value)
    {
        observer.Read(new(at, path, null, value));
        inner.Bind(frame, value);
    }
}

/// <summary>A statement that tells when it is run.</summary>
internal sealed class WatchedStep(Step inner, ScriptPlace place, SourcePosition start, ScriptObserver observer) : Step(start, 0)
{
    protected override Completion Execute(Frame frame)
    {
        observer.Reached(place, 0);
        return inner.Run(frame);
    }
}

/// <summary>Tells that a function, a case or the like has been entered.</summary>
internal sealed class EntryStep(ScriptPlace place, SourcePosition start, ScriptObserver observer) : Step(start, 0)
{
    protected override Completion Execute(Frame frame)
    {
        observer.Reached(place, 0);
        return Completion.Normal;
    }
}
