using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>The arguments of a call: up to four stay on the stack.</summary>
[InlineArray(4)]
internal struct FewValues
{
    private Value first;
}

/// <summary>The arguments of a call, as written.</summary>
internal sealed class ArgumentList(Operation[] values)
{
    private const int Few = 4;
    private readonly bool hasSpread = values.Any(value => value is SpreadItems);

    /// <summary>No spread and at most <see cref="Few"/>: <see cref="Fill"/> does.</summary>
    public bool IsFew => !hasSpread && values.Length <= Few;

    public int Count => values.Length;

    /// <summary>The only argument, when there is one and it is no spread.</summary>
    public Operation? Single => values is [var only] && !hasSpread ? only : null;

    /// <summary>Evaluates them into a buffer of their number.</summary>
    public void Fill(Frame frame, Span<Value> buffer)
    {
        for (var i = 0; i < values.Length; i++) buffer[i] = values[i].Evaluate(frame);
    }

    /// <summary>Evaluates any number of them, spreads included.</summary>
    public Value[] ToArray(Frame frame)
    {
        frame.Run.Allocate((long)values.Length * ScriptRun.ElementBytes);
        if (!hasSpread)
        {
            var exact = new Value[values.Length];
            Fill(frame, exact);
            return exact;
        }

        var all = new List<Value>();
        foreach (var value in values)
        {
            if (value is SpreadItems spread) spread.AddTo(frame, all);
            else all.Add(value.Evaluate(frame));
        }

        return [.. all];
    }
}

/// <summary><c>...value</c> among arguments or the items of an array.</summary>
internal sealed class SpreadItems(Operation value) : Operation
{
    public override Value Evaluate(Frame frame) => throw new InvalidOperationException("A spread has no value of its own.");

    public void AddTo(Frame frame, List<Value> values)
    {
        var walk = Iteration.Over(frame.Run, value.Evaluate(frame));
        while (walk.TryNext(out var item))
        {
            frame.Run.Allocate(ScriptRun.ElementBytes);
            values.Add(item);
        }
    }
}

/// <summary>A call. Subclasses say what is called and what <c>this</c> is.</summary>
internal abstract class CallOperation(ArgumentList arguments, SourcePosition start, bool isOptional, string? path) : Operation
{
    private readonly Operation? single = arguments.Single;

    protected Value CallWith(Frame frame, in Value callee, in Value thisValue)
    {
        if (callee.Reference is Tag)
        {
            if (ReferenceEquals(callee.Reference, Tag.Absent)) return callee;
            if (isOptional && callee.IsNullish) return new Value(Tag.Absent, double.NaN, null);
        }

        if (single is not null)
        {
            var only = single.Evaluate(frame);
            return Invoke(frame, callee, thisValue, new ReadOnlySpan<Value>(in only));
        }

        return arguments.Count == 0 ? Invoke(frame, callee, thisValue, [])
            : arguments.IsFew ? CallWithFew(frame, callee, thisValue)
            : Invoke(frame, callee, thisValue, arguments.ToArray(frame));
    }

    private Value CallWithFew(Frame frame, in Value callee, in Value thisValue)
    {
        var few = default(FewValues);
        Span<Value> buffer = few;
        arguments.Fill(frame, buffer);
        return Invoke(frame, callee, thisValue, buffer[..arguments.Count]);
    }

    private Value Invoke(Frame frame, in Value callee, in Value thisValue, ReadOnlySpan<Value> values)
    {
        frame.At = start;
        var run = frame.Run;
        run.Charge(1);
        if (callee.Reference is NativeFunction native) return native.Call(run, thisValue, values);
        return callee.Reference is ScriptFunction function
            ? run.Invoke(function, thisValue, values)
            : throw NotAFunction(run, callee);
    }

    // In an unknown's place anything could be called; in any other this is the author's mistake.
    private ScriptThrow NotAFunction(ScriptRun run, in Value callee)
    {
        run.RequireKnown(callee);
        return run.TypeError(path is null
            ? $"{ScriptRun.Describe(callee)} is not a function"
            : $"`{path}` is not a function, but {ScriptRun.Describe(callee)}");
    }
}

/// <summary><c>callee(…)</c>.</summary>
internal sealed class FunctionCall(Operation callee, ArgumentList arguments, SourcePosition start, bool isOptional, string? path)
    : CallOperation(arguments, start, isOptional, path)
{
    /// <summary>What <c>this</c> is, for a method that has been looked up before; null for an ordinary call.</summary>
    public Operation? Self { get; init; }

    public override Value Evaluate(Frame frame) =>
        CallWith(frame, callee.Evaluate(frame), Self is null ? Value.Undefined : Self.Evaluate(frame));
}

/// <summary><c>target.name(…)</c>.</summary>
internal sealed class MethodCall(PropertyRead method, ArgumentList arguments, SourcePosition start, bool isOptional, string? path)
    : CallOperation(arguments, start, isOptional, path)
{
    public override Value Evaluate(Frame frame)
    {
        var target = method.Target.Evaluate(frame);
        return CallWith(frame, method.Read(frame, target), target);
    }
}

/// <summary><c>target[key](…)</c>.</summary>
internal sealed class ElementCall(ElementRead method, ArgumentList arguments, SourcePosition start, bool isOptional, string? path)
    : CallOperation(arguments, start, isOptional, path)
{
    public override Value Evaluate(Frame frame)
    {
        var target = method.Target.Evaluate(frame);
        return CallWith(frame, method.Read(frame, target), target);
    }
}

/// <summary><c>(a?.b)(…)</c>: the chain ends at the parenthesis, but its object is still <c>this</c>.</summary>
internal sealed class ChainCall(Operation link, ArgumentList arguments, SourcePosition start, bool isOptional, string? path)
    : CallOperation(arguments, start, isOptional, path)
{
    public override Value Evaluate(Frame frame)
    {
        var target = (link as PropertyRead)?.Target.Evaluate(frame) ?? ((ElementRead)link).Target.Evaluate(frame);
        var method = link is PropertyRead property ? property.Read(frame, target) : ((ElementRead)link).Read(frame, target);
        return CallWith(frame, ReferenceEquals(method.Reference, Tag.Absent) ? Value.Undefined : method, target);
    }
}

/// <summary><c>new callee(…)</c>.</summary>
internal sealed class NewObject(Operation callee, ArgumentList arguments, SourcePosition start, string? path) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var constructor = callee.Evaluate(frame);
        var values = arguments.ToArray(frame);
        frame.At = start;
        if (constructor.Reference is ScriptFunction { IsConstructor: true }) return frame.Run.Construct(constructor, values);
        frame.Run.RequireKnown(constructor);
        throw frame.Run.TypeError(path is null ? "the value after `new` is not a constructor" : $"`{path}` is not a constructor");
    }
}

/// <summary>The frozen array of texts that a tag function gets, with the raw texts under <c>raw</c>.</summary>
internal sealed class TaggedTexts : Operation
{
    private readonly Value texts;

    public TaggedTexts(IEnumerable<string?> cooked, IEnumerable<string> raw)
    {
        var raws = new ScriptArray([.. raw.Select(text => Value.Of(text))]);
        raws.Freeze();
        var array = new ScriptArray([.. cooked.Select(text => text is null ? Value.Undefined : Value.Of(text))]);
        array.Define("raw", Value.Of(raws), PropertyFlags.None);
        array.Freeze();
        texts = Value.Of(array);
    }

    public override Value Evaluate(Frame frame) => texts;
}
