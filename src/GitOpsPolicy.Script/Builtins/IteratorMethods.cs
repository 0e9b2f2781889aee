using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>What an iterator of a collection gives.</summary>
internal enum IterationKind
{
    /// <summary>Indexes or keys.</summary>
    Keys,

    /// <summary>Values.</summary>
    Values,

    /// <summary>Arrays of both.</summary>
    Entries,
}

/// <summary>
/// The methods of the language's own iterators (ECMAScript, sections 27.1.2, 22.1.5, 22.2.9, 23.1.5, 24.1.5, 24.2.5).
/// </summary>
internal static class IteratorMethods
{
    public static void Install()
    {
        Intrinsics.AddMethod(Intrinsics.IteratorPrototype, Symbol.Iterator, 0, static (_, self, _) => self);
        Add(Intrinsics.ArrayIteratorPrototype, "Array Iterator");
        Add(Intrinsics.StringIteratorPrototype, "String Iterator");
        Add(Intrinsics.RegExpStringIteratorPrototype, "RegExp String Iterator");
        Add(Intrinsics.MapIteratorPrototype, "Map Iterator");
        Add(Intrinsics.SetIteratorPrototype, "Set Iterator");
    }

    /// <summary>What <c>next</c> returns.</summary>
    public static Value Result(ScriptRun run, in Value value, bool isDone)
    {
        run.Allocate(ScriptRun.ObjectBytes + (2 * ScriptRun.PropertyBytes));
        var result = new ScriptRecord();
        result.Define("value", value);
        result.Define("done", Value.Of(isDone));
        return Value.Of(result);
    }

    /// <summary>An array of two.</summary>
    public static Value Pair(ScriptRun run, in Value first, in Value second)
    {
        run.Allocate(ScriptRun.ObjectBytes + (2 * ScriptRun.ElementBytes));
        return Value.Of(new ScriptArray([first, second]));
    }

    private static void Add(ScriptObject prototype, string tag)
    {
        Intrinsics.AddMethod(prototype, "next", 0, (run, self, _) =>
        {
            if (self.Reference is not ScriptIterator iterator || !ReferenceEquals(iterator.Prototype, prototype))
                throw run.TypeError($"`next` called on {ScriptRun.Describe(self)}, not on a {tag}");
            if (iterator.IsFrozen)
                throw run.TypeError("an iterator made while the module loaded cannot be used by a rule, make it in the function");
            return iterator.TryNext(run, out var value)
                ? Result(run, value, isDone: false)
                : Result(run, Value.Undefined, isDone: true);
        });
        prototype.Define(Symbol.ToStringTag, Value.Of(tag), PropertyFlags.Configurable);
    }
}

/// <summary>
/// What <c>array.keys()</c>, <c>values()</c> and <c>entries()</c> give. It sees changes made to the array meanwhile.
/// </summary>
internal sealed class ArrayIterator(Value source, IterationKind kind) : ScriptIterator(Intrinsics.ArrayIteratorPrototype)
{
    private int position;

    public override bool TryNext(ScriptRun run, out Value value)
    {
        value = Value.Undefined;
        if (position < 0 || position >= Objects.LengthOf(run, source))
        {
            position = -1;
            return false;
        }

        var at = position++;
        value = kind switch
        {
            IterationKind.Keys => Value.Of(at),
            IterationKind.Values => Objects.GetIndex(run, source, at),
            _ => IteratorMethods.Pair(run, Value.Of(at), Objects.GetIndex(run, source, at)),
        };
        return true;
    }
}

/// <summary>What <c>string[Symbol.iterator]()</c> gives: code points.</summary>
internal sealed class StringIterator(Text source) : ScriptIterator(Intrinsics.StringIteratorPrototype)
{
    private int position;

    public override bool TryNext(ScriptRun run, out Value value)
    {
        value = Value.Undefined;
        if (position >= source.Length) return false;
        var length = position + 1 < source.Length && char.IsSurrogatePair(source.Clear, position) ? 2 : 1;
        value = source.Slice(position, length);
        position += length;
        return true;
    }
}
