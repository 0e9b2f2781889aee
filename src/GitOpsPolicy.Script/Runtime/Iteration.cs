using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// An iterator of the language's own: <c>array.entries()</c>, <c>map.keys()</c>, a generator and so on. Inherits <c>next</c>.
/// </summary>
internal abstract class ScriptIterator(ScriptObject prototype) : ScriptObject(prototype)
{
    /// <summary>The next value; false at the end, and from then on.</summary>
    public abstract bool TryNext(ScriptRun run, out Value value);

    /// <summary>Nobody wants the rest.</summary>
    public virtual void Close(ScriptRun run)
    {
    }
}

/// <summary>An object that can be walked from a position, without an iterator object: <c>Map</c> and <c>Set</c>.</summary>
internal interface IWalkable
{
    /// <summary>The value at or after <paramref name="position"/>, as <c>for…of</c> sees it; false at the end.</summary>
    bool TryNext(ScriptRun run, ref int position, out Value value);
}

/// <summary>
/// A walk over anything iterable (ECMAScript, section 7.4). Arrays, sequences of documents, text, maps and sets are walked in
/// place; anything else through its <c>Symbol.iterator</c>. Whoever stops before the end calls <see cref="Close"/>.
/// </summary>
internal struct Iteration
{
    private readonly ScriptRun run;
    private readonly object source;
    private readonly Value iterator;
    private readonly ScriptFunction? next;
    private readonly Node? origin;
    private int position;
    private bool isDone;

    private Iteration(ScriptRun run, object source, Node? origin) => (this.run, this.source, this.origin) = (run, source, origin);

    private Iteration(ScriptRun run, in Value iterator, ScriptFunction next)
    {
        (this.run, this.iterator, this.next) = (run, iterator, next);
        source = iterator.Reference!;
    }

    /// <summary>Starts a walk; TypeError when the value is not iterable.</summary>
    public static Iteration Over(ScriptRun run, in Value iterable)
    {
        run.RequireKnown(iterable);
        if (iterable.Reference is SequenceNode or string or GuardedText || IsPlain(iterable.Reference))
            return new Iteration(run, iterable.Reference!, iterable.Origin);
        if (iterable.IsNullish || Objects.GetMethod(run, iterable, Symbol.Iterator) is not { } method)
            throw run.TypeError($"{ScriptRun.Describe(iterable)} is not iterable");
        var made = run.Call(Value.Of(method), iterable);
        if (!made.IsObject) throw run.TypeError("`Symbol.iterator` did not return an object");
        if (made.Reference is ScriptIterator { IsFrozen: false } own && !own.Map.Contains("next") && !Intrinsics.AreThawed)
            return new Iteration(run, own, null);
        return new Iteration(
            run, made, Objects.GetMethod(run, made, "next") ?? throw run.TypeError("the iterator has no `next`"));
    }

    /// <summary>The walk has reached its end, or broke down: it must not be closed.</summary>
    public readonly bool IsDone => isDone;

    /// <summary>The next value; false at the end. One step is charged.</summary>
    public bool TryNext(out Value value)
    {
        run.Charge(1);
        value = Value.Undefined;
        if (isDone) return false;
        isDone = true;
        var found = source switch
        {
            _ when next is not null => Step(out value),
            ScriptArray array => Take(array, out value),
            SequenceNode sequence => Take(sequence, out value),
            string text => Take(new Text(text, null, origin), out value),
            GuardedText guarded => Take(new Text(guarded.Text, guarded, origin), out value),
            IWalkable walkable => walkable.TryNext(run, ref position, out value),
            _ => ((ScriptIterator)source).TryNext(run, out value),
        };
        isDone = !found;
        return found;
    }

    /// <summary>Passes over one value without reading it, as a hole in an array pattern does.</summary>
    public void Skip()
    {
        if (next is null)
        {
            TryNext(out _);
            return;
        }

        run.Charge(1);
        if (isDone) return;
        isDone = true;
        isDone = !TryStep(out _);
    }

    /// <summary>Stops before the end (IteratorClose): the iterator's <c>return</c> is called, if it has one.</summary>
    /// <param name="isThrowing">An error is on its way, so one of <c>return</c> is dropped.</param>
    public void Close(bool isThrowing = false)
    {
        if (isDone) return;
        isDone = true;
        if (source is ScriptIterator own && next is null)
        {
            own.Close(run);
            return;
        }

        if (next is null) return;
        try
        {
            if (Objects.GetMethod(run, iterator, "return") is not { } method) return;
            var result = run.Call(Value.Of(method), iterator);
            if (!isThrowing && !result.IsObject) throw run.TypeError("the iterator's `return` did not return an object");
        }
        catch (ScriptThrow) when (isThrowing)
        {
            // The first error is the one that counts.
        }
    }

    // The language's own iteration of these cannot have been replaced, since its objects are frozen; a script's own can.
    private static bool IsPlain(object? reference) => !Intrinsics.AreThawed && reference switch
    {
        ScriptArray array => ReferenceEquals(array.Prototype, Intrinsics.ArrayPrototype) && array.Map.Count == 0,
        IWalkable => ((ScriptObject)reference).Map.Count == 0 && Intrinsics.IsIntrinsic(((ScriptObject)reference).Prototype),
        ScriptIterator { IsFrozen: false } iterator => iterator.Map.Count == 0 && Intrinsics.IsIntrinsic(iterator.Prototype),
        _ => false,
    };

    private bool Step(out Value value)
    {
        var isThere = TryStep(out var result);
        value = isThere ? Objects.Get(run, result, "value") : Value.Undefined;
        return isThere;
    }

    private bool TryStep(out Value result)
    {
        result = run.Call(Value.Of(next!), iterator);
        if (!result.IsObject) throw run.TypeError("the iterator's `next` did not return an object");
        return !run.Truthy(Objects.Get(run, result, "done"));
    }

    private bool Take(ScriptArray array, out Value value)
    {
        value = array[position];
        return position++ < array.Count;
    }

    private bool Take(SequenceNode sequence, out Value value)
    {
        var isThere = position < sequence.Count;
        value = isThere ? Value.Of(sequence[position++]) : Value.Undefined;
        return isThere;
    }

    // Text is walked by code points: a surrogate pair is one.
    private bool Take(in Text text, out Value value)
    {
        value = Value.Undefined;
        if (position >= text.Length) return false;
        var isPair = char.IsHighSurrogate(text.Clear[position])
            && position + 1 < text.Length
            && char.IsLowSurrogate(text.Clear[position + 1]);
        value = isPair ? text.Slice(position, 2)
            : text.Guard is null ? Value.Of(SingleCharacters.Of(text.Clear[position]), text.Origin)
            : text.Slice(position, 1);
        position += isPair ? 2 : 1;
        return true;
    }
}
