using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

public sealed partial class ScriptRun
{
    /// <summary>A TypeError to throw. The message must hold no value of the script's in clear.</summary>
    internal ScriptThrow TypeError(string message) => Error(Intrinsics.TypeErrorPrototype, message);

    /// <summary>What the script first asked for that the standard has and this evaluator leaves out; null for nothing.</summary>
    internal string? Refused { get; private set; }

    /// <summary>Notes that the script asked for something that this evaluator leaves out.</summary>
    internal void NoteRefused(string what) => Refused ??= what;

    /// <summary>A TypeError to throw for what the standard has and this evaluator leaves out.</summary>
    internal ScriptThrow Unsupported(string message)
    {
        NoteRefused(message);
        return TypeError(message);
    }

    /// <summary>A RangeError to throw.</summary>
    internal ScriptThrow RangeError(string message) => Error(Intrinsics.RangeErrorPrototype, message);

    /// <summary>A ReferenceError to throw.</summary>
    internal ScriptThrow ReferenceError(string message) => Error(Intrinsics.ReferenceErrorPrototype, message);

    /// <summary>A SyntaxError to throw.</summary>
    internal ScriptThrow SyntaxError(string message) => Error(Intrinsics.SyntaxErrorPrototype, message);

    /// <summary>An error of one of the language's kinds to throw. Making and catching it costs what a hundred steps do.</summary>
    internal ScriptThrow Error(ScriptObject prototype, string message)
    {
        ChargeThrow();
        Allocate(ObjectBytes + PropertyBytes);
        var error = new ScriptError(prototype, Location);
        error.Define("message", Value.Of(message), PropertyFlags.Hidden);
        return new ScriptThrow(Value.Of(error), Location);
    }

    /// <summary>Charges throwing, which takes the time of a hundred steps and the bytes of an exception with its stack.</summary>
    internal void ChargeThrow()
    {
        Charge(100);
        Allocate(ObjectBytes * 8);
    }

    /// <summary>The script needs to know these values to go on.</summary>
    internal UndeterminedException Undetermined(params ReadOnlySpan<Value> values)
    {
        var unknowns = new List<Node>();
        foreach (ref readonly var value in values) GuardedText.CollectUnknowns(value, unknowns);
        return new UndeterminedException(unknowns, Location);
    }

    /// <summary>Ends the run when the value is not known.</summary>
    internal void RequireKnown(in Value value)
    {
        if (value.IsUnknown) throw Undetermined(value);
    }

    private ScriptThrow NotCallable(in Value value)
    {
        RequireKnown(value);
        return TypeError($"{Describe(value)} is not a function");
    }

    /// <summary>A value in an error message: its kind, never its content.</summary>
    internal static string Describe(in Value value) => value switch
    {
        { IsUndefined: true } => "undefined",
        { IsNull: true } => "null",
        { IsNumber: true } => "a number",
        { IsBoolean: true } => "a boolean",
        { IsText: true } => "a string",
        _ when value.Reference is Symbol => "a symbol",
        _ when value.Reference is ScriptFunction => "a function",
        _ => Objects.IsArray(value) ? "an array" : "an object",
    };

    private ScriptException OutOfFuel()
    {
        fuel = -1;
        return new(ScriptFailure.OutOfFuel, $"the rule used up its fuel of {Budget.Fuel} steps", Location);
    }

    private ScriptException OutOfMemory()
    {
        memory = -1;
        return new(ScriptFailure.OutOfMemory, $"the rule used up its memory of {Budget.MemoryBytes} bytes", Location);
    }

    private ScriptException Failure(ScriptThrow thrown)
    {
        var location = thrown.Value.Reference is ScriptError error ? error.Location : thrown.Location;
        return new ScriptException(ScriptFailure.Thrown, ErrorText.Of(this, thrown.Value), location);
    }
}
