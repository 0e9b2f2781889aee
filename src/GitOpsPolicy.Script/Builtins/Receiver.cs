using GitOpsPolicy.Script.Compilation;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>What the methods of the language ask of <c>this</c> and of their arguments.</summary>
internal static class Receiver
{
    /// <summary><c>this</c> as text, for the methods of strings.</summary>
    public static Text Text(ScriptRun run, in Value self, string method)
    {
        if (self.IsNullish) throw run.TypeError($"`String.prototype.{method}` called on {ScriptRun.Describe(self)}");
        return Conversion.ToText(run, self);
    }

    /// <summary>An argument that has to be a function.</summary>
    public static Value Function(ScriptRun run, in Value value)
    {
        run.RequireKnown(value);
        return value.IsFunction ? value : throw run.TypeError($"{ScriptRun.Describe(value)} is not a function");
    }

    /// <summary>
    /// A method that picks by its arguments, as <c>at</c> and <c>slice</c> do: what a sensitive one picks is sensitive.
    /// </summary>
    public static NativeCode Picking(NativeCode code) => (run, self, args) =>
    {
        var picked = code(run, self, args);
        foreach (ref readonly var argument in args.All)
            if (argument.Reference is not null && Conversion.IsSensitive(argument)) return Conversion.Hide(picked);
        return picked;
    };

    /// <summary>A new array that came out of <paramref name="source"/> and shares its provenance.</summary>
    public static Value Array(ScriptArray array, in Value source) => Value.Of(array).WithOrigin(source.Origin);

    /// <summary>Assigns an element; TypeError when the object refuses.</summary>
    public static void SetIndex(ScriptRun run, in Value target, int index, in Value value)
    {
        if (target.Reference is ScriptArray array && array.TrySetIndex(run, index, value)) return;
        Objects.Set(run, target, Objects.IndexKey(run, index), value);
    }

    /// <summary>Assigns the length of an array or of something like one.</summary>
    public static void SetLength(ScriptRun run, in Value target, int length)
    {
        if (target.Reference is ScriptArray array && array.TrySetLength(run, length)) return;
        Objects.Set(run, target, "length", Value.Of(length));
    }

    /// <summary>Moves an element, or the hole in its place.</summary>
    public static void Move(ScriptRun run, in Value target, int from, int to)
    {
        run.Charge(1);
        if (Objects.HasIndex(run, target, from)) SetIndex(run, target, to, Objects.GetIndex(run, target, from));
        else Objects.Delete(run, target, Objects.IndexKey(run, to));
    }
}

/// <summary>A walk over the elements of an array that calls a function with each: its argument, index and array.</summary>
/// <param name="run">The run in force; one step is charged an element.</param>
/// <param name="given">The array or what is like one.</param>
/// <param name="arguments">The function and its <c>this</c>.</param>
internal ref struct ElementWalk(ScriptRun run, Value given, Arguments arguments)
{
    private readonly Value source = given.IsObject ? given : ScriptPrimitive.ToObject(run, given);
    private readonly int length = Objects.LengthOf(run, given);
    private readonly Value thisValue = arguments[1];
    private readonly ScriptFunction function = (ScriptFunction)Receiver.Function(run, arguments[0]).Reference!;
    private FewValues values;

    /// <summary>The index of the present element.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>The present element.</summary>
    public Value Item { get; private set; } = Value.Undefined;

    /// <summary>The length at the start.</summary>
    public readonly int Length => length;

    /// <summary>Goes to the next element that is there, stepping over holes.</summary>
    public bool MoveToNextPresent()
    {
        while (++Index < length)
        {
            run.Charge(1);
            if (!Objects.HasIndex(run, source, Index)) continue;
            Item = Objects.GetIndex(run, source, Index);
            return true;
        }

        return false;
    }

    /// <summary>Goes to the next place; a hole reads as undefined.</summary>
    public bool MoveNext() => MoveTo(Index + 1);

    /// <summary>Goes one place towards the start, from the end on.</summary>
    public bool MoveBack() => MoveTo(Index < 0 ? length - 1 : Index - 1);

    /// <summary>Calls the function with the present element.</summary>
    public Value Call()
    {
        run.Charge(1);
        Span<Value> passed = values;
        passed[0] = Item;
        passed[1] = Value.Of(Index);
        passed[2] = source;
        return run.Invoke(function, thisValue, passed[..3]);
    }

    /// <summary>Calls the function and asks whether the answer counts as true.</summary>
    public bool Test()
    {
        var answer = Call();
        return answer.IsUnknown ? throw run.Undetermined(answer) : Conversion.IsTruthy(answer);
    }

    private bool MoveTo(int index)
    {
        if ((uint)index >= (uint)length) return false;
        run.Charge(1);
        Index = index;
        Item = Objects.GetIndex(run, source, index);
        return true;
    }
}
