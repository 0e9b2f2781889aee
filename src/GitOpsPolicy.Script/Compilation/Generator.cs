using GitOpsPolicy.Script.Builtins;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>What a generator is told when it goes on after a <c>yield</c>.</summary>
internal enum ResumeKind : byte
{
    /// <summary><c>next(value)</c>.</summary>
    Next,

    /// <summary><c>throw(value)</c>.</summary>
    Throw,

    /// <summary><c>return(value)</c>, and what leaving a loop over the generator early does.</summary>
    Return,
}

/// <summary>
/// A call of a generator function: a frame of its own, kept between steps, and the walk over its body. Anything else that a
/// run makes, it makes in frames that are used again.
/// </summary>
internal sealed class ScriptGenerator(ScriptObject prototype, Frame frame, IEnumerator<Value> body) : ScriptIterator(prototype)
{
    private State state;

    private enum State : byte
    {
        NotStarted,
        Suspended,
        Running,
        Done,
    }

    /// <summary>The value just given is the result object of an inner iterator.</summary>
    public bool GaveResult { get; private set; }

    public override bool TryNext(ScriptRun run, out Value value)
    {
        var isSuspended = Resume(run, ResumeKind.Next, Value.Undefined, out var given);
        value = isSuspended && !GaveResult ? given : Value.Undefined;   // what a generator returns is no element
        if (!isSuspended || !GaveResult) return isSuspended;
        if (run.Truthy(Objects.Get(run, given, "done"))) return false;
        value = Objects.Get(run, given, "value");
        return true;
    }

    public override void Close(ScriptRun run) => Resume(run, ResumeKind.Return, Value.Undefined, out _);

    /// <summary>Goes on; false when the generator has ended, with the value it returned.</summary>
    public bool Resume(ScriptRun run, ResumeKind kind, in Value sent, out Value value)
    {
        if (IsFrozen || !ReferenceEquals(run, frame.Run))
            throw run.TypeError("a generator made while the module loaded cannot be used by a rule, make it in the function");
        if (state == State.Running) throw run.TypeError("the generator is running already");
        if (state == State.NotStarted && kind != ResumeKind.Next) state = State.Done;
        if (state == State.Done) return Ended(run, kind, sent, out value);
        if (kind == ResumeKind.Throw) run.ChargeThrow();
        (frame.ResumeKind, frame.Sent) = (kind, sent);
        return Step(run, out value);
    }

    private bool Step(ScriptRun run, out Value value)
    {
        state = State.Running;
        frame.GivesResult = GaveResult = false;
        var isLeft = true;
        try
        {
            isLeft = !run.StepGenerator(frame, body);
        }
        finally
        {
            state = isLeft ? State.Done : State.Suspended;
            GaveResult = !isLeft && frame.GivesResult;
        }

        value = !isLeft ? body.Current : frame.Completion == Completion.Return ? frame.Result : Value.Undefined;
        return !isLeft;
    }

    private static bool Ended(ScriptRun run, ResumeKind kind, in Value sent, out Value value)
    {
        value = kind == ResumeKind.Return ? sent : Value.Undefined;
        return kind == ResumeKind.Throw ? throw new ScriptThrow(sent, run.Location) : false;
    }
}

/// <summary>The methods of generators (ECMAScript, section 27.5.1).</summary>
internal static class GeneratorMethods
{
    public static void Install()
    {
        Add("next", ResumeKind.Next);
        Add("return", ResumeKind.Return);
        Add("throw", ResumeKind.Throw);
        Intrinsics.GeneratorPrototype.Define(Symbol.ToStringTag, Value.Of("Generator"), PropertyFlags.Configurable);
    }

    private static void Add(string name, ResumeKind kind) =>
        Intrinsics.AddMethod(Intrinsics.GeneratorPrototype, name, 1, (run, self, arguments) =>
        {
            if (self.Reference is not ScriptGenerator generator)
                throw run.TypeError($"`{name}` called on {ScriptRun.Describe(self)}, not on a generator");
            var isSuspended = generator.Resume(run, kind, arguments[0], out var value);
            return isSuspended && generator.GaveResult ? value : IteratorMethods.Result(run, value, !isSuspended);
        });
}
