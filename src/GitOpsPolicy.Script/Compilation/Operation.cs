using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>
/// A compiled expression. It holds its operands and what the compiler knows about them; it has no state of a run.
/// </summary>
internal abstract class Operation
{
    /// <summary>The value.</summary>
    public abstract Value Evaluate(Frame frame);

    /// <summary>
    /// Whether the value counts as true. For <see cref="Truth.Unknown"/> the unknown value is in <see cref="Frame.Unknown"/>.
    /// </summary>
    public virtual Truth EvaluateTruth(Frame frame)
    {
        var value = Evaluate(frame);
        if (ReferenceEquals(value.Reference, Tag.True)) return Truth.True;
        if (ReferenceEquals(value.Reference, Tag.False)) return Truth.False;
        if (!value.IsUnknown) return Operators.Of(Conversion.IsTruthy(value));
        frame.Unknown = value;
        return Truth.Unknown;
    }

    /// <summary>
    /// Evaluating it has no effect beyond its value, so it may be done to find out whether it decides a condition whose other
    /// side is unknown.
    /// </summary>
    public virtual bool IsPure => false;

    /// <summary>The answer to a condition; the end of the run as undetermined when it is unknown.</summary>
    public bool EvaluateCondition(Frame frame)
    {
        var truth = EvaluateTruth(frame);
        return truth == Truth.Unknown ? frame.Decide(truth) : truth == Truth.True;
    }
}

/// <summary>How a statement ended.</summary>
internal enum Completion : byte
{
    Normal,

    /// <summary>A break on its way to <see cref="Frame.Target"/>.</summary>
    Break,

    /// <summary>A continue on its way to <see cref="Frame.Target"/>.</summary>
    Continue,

    /// <summary>A return of <see cref="Frame.Result"/>.</summary>
    Return,
}

/// <summary>A compiled statement.</summary>
/// <param name="start">Where it starts.</param>
/// <param name="cost">Steps that running it costs, what it runs repeatedly or calls not included: grows with the size of its
/// expressions.</param>
internal abstract class Step(SourcePosition start, int cost)
{
    /// <summary>Charges and runs the statement.</summary>
    public Completion Run(Frame frame)
    {
        frame.Run.Charge(cost);
        frame.At = start;
        return Execute(frame);
    }

    protected abstract Completion Execute(Frame frame);
}

/// <summary>Where a value goes: a variable, a property, or a pattern that takes it apart.</summary>
internal abstract class Binder
{
    /// <summary>
    /// What has to be evaluated before the value is: the object and key of a property to assign. Nothing for other targets.
    /// </summary>
    public virtual Reference Prepare(Frame frame) => default;

    /// <summary>
    /// For a property: the value there is now. Its key becomes text or a symbol once, for operators that read and then write.
    /// </summary>
    public virtual Value Read(Frame frame, ref Reference reference) =>
        throw new InvalidOperationException("Only properties are read so.");

    /// <summary>Puts the value where it goes, once <see cref="Prepare"/> has been.</summary>
    public virtual void Bind(Frame frame, in Reference reference, in Value value) => Bind(frame, value);

    /// <summary>Puts the value where it goes, with nothing evaluated before.</summary>
    public abstract void Bind(Frame frame, in Value value);
}

/// <summary>A target that is a property: its object and key are evaluated before the value is.</summary>
internal abstract class ReferenceBinder : Binder
{
    public abstract override Reference Prepare(Frame frame);

    public abstract override void Bind(Frame frame, in Reference reference, in Value value);

    public sealed override void Bind(Frame frame, in Value value) => Bind(frame, Prepare(frame), value);
}

/// <summary>The object and key of a property about to be assigned.</summary>
internal readonly struct Reference(in Value target, in Value key)
{
    public readonly Value Target = target;
    public readonly Value Key = key;
}
