using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>Reads a name that nothing declares.</summary>
internal sealed class UnresolvedRead(string name, SourcePosition start) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        frame.At = start;
        throw frame.Run.ReferenceError($"`{name}` is not defined");
    }
}

/// <summary>Assigns a name that nothing declares.</summary>
internal sealed class UnresolvedBinder(string name, SourcePosition start) : Binder
{
    public override void Bind(Frame frame, in Value value)
    {
        frame.At = start;
        throw frame.Run.ReferenceError($"`{name}` is not defined");
    }
}

/// <summary><c>delete super.name</c>, which is always an error, at run time only.</summary>
internal sealed class DeleteSuper(Operation? key, SourcePosition start) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        if (frame.LateThis is { IsSet: false }) throw frame.Run.ReferenceError("`this` is used before `super()` has been called");
        key?.Evaluate(frame);
        frame.At = start;
        throw frame.Run.ReferenceError("a property of `super` cannot be deleted");
    }
}

/// <summary>Assigns a name that may not be assigned.</summary>
/// <param name="read">Reads it: what has no value yet is another error.</param>
internal sealed class ReadOnlyBinder(Operation read, string name, SourcePosition start) : Binder
{
    public override void Bind(Frame frame, in Value value)
    {
        read.Evaluate(frame);
        frame.At = start;
        throw frame.Run.TypeError($"`{name}` cannot be assigned");
    }
}
