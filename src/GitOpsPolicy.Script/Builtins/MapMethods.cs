using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>A <c>Map</c>.</summary>
internal sealed class ScriptMap(ScriptObject prototype) : ScriptObject(prototype), IWalkable
{
    /// <summary>What it holds.</summary>
    public KeyedTable Table { get; } = new();

    public bool TryNext(ScriptRun run, ref int position, out Value value)
    {
        var found = Table.TryNext(run, ref position, out var key, out var held);
        value = found ? IteratorMethods.Pair(run, key, held) : Value.Undefined;
        return found;
    }

    internal override void CollectReferences(List<object> references)
    {
        base.CollectReferences(references);
        Table.CollectReferences(references);
    }
}

/// <summary><c>Map</c> (ECMAScript, section 24.1).</summary>
internal static class MapMethods
{
    public static void Install()
    {
        var prototype = Intrinsics.MapPrototype;
        Intrinsics.AddConstructor("Map", 0, prototype, static (run, _, _) => throw run.TypeError("`Map` needs `new`"), Construct);
        Intrinsics.AddMethod(prototype, "clear", 0, Clear);
        Intrinsics.AddMethod(
            prototype, "delete", 1,
            static (run, self, args) => Value.Of(ToChange(run, self, "delete").Remove(Key(run, args[0]))));
        Intrinsics.AddMethod(prototype, "forEach", 1, ForEach);
        Intrinsics.AddMethod(prototype, "get", 1, Receiver.Picking(Get));
        Intrinsics.AddMethod(
            prototype, "has", 1,
            static (run, self, args) => Value.Of(This(run, self, "has").Table.TryGet(Key(run, args[0]), out _)));
        Intrinsics.AddMethod(prototype, "set", 2, Set);
        Intrinsics.AddGetter(prototype, "size", static (run, self, _) => Value.Of(This(run, self, "size").Table.Count));
        Intrinsics.AddMethod(prototype, "keys", 0, static (run, self, _) => Iterator(run, self, IterationKind.Keys));
        Intrinsics.AddMethod(prototype, "values", 0, static (run, self, _) => Iterator(run, self, IterationKind.Values));
        var entries = Intrinsics.AddMethod(
            prototype, "entries", 0, static (run, self, _) => Iterator(run, self, IterationKind.Entries));
        prototype.Define(Symbol.Iterator, Value.Of(entries), PropertyFlags.Hidden);
        prototype.Define(Symbol.ToStringTag, Value.Of("Map"), PropertyFlags.Configurable);
    }

    /// <summary>A key has to be known: whether two are the same cannot wait.</summary>
    public static Value Key(ScriptRun run, in Value key)
    {
        run.RequireKnown(key);
        run.Charge(key.IsText ? 1 + (Conversion.ToText(run, key).Length >> 4) : 1);
        return key;
    }

    private static ScriptMap This(ScriptRun run, in Value self, string method) => self.Reference as ScriptMap
        ?? throw run.TypeError($"`Map.prototype.{method}` called on {ScriptRun.Describe(self)}");

    private static KeyedTable ToChange(ScriptRun run, in Value self, string method)
    {
        var map = This(run, self, method);
        return map.IsFrozen
            ? throw run.TypeError($"cannot `{method}`: the map is kept outside the function and may not change")
            : map.Table;
    }

    private static Value Construct(ScriptRun run, Arguments args, ScriptFunction newTarget)
    {
        run.Allocate(4 * ScriptRun.ObjectBytes);
        var map = new ScriptMap(ScriptFunction.PrototypeFor(run, newTarget, Intrinsics.MapPrototype));
        var made = Value.Of(map);
        if (args[0].IsNullish) return made;
        var adder = Receiver.Function(run, Objects.Get(run, made, "set"));
        var walk = Iteration.Over(run, args[0]);
        try
        {
            while (walk.TryNext(out var entry))
            {
                if (!entry.IsObject) throw run.TypeError($"`new Map` met {ScriptRun.Describe(entry)} instead of an entry");
                run.Call(adder, made, Objects.GetIndex(run, entry, 0), Objects.GetIndex(run, entry, 1));
            }
        }
        catch (ScriptThrow)
        {
            walk.Close(isThrowing: true);
            throw;
        }

        return made.WithOrigin(args[0].Origin);
    }

    private static Value Clear(ScriptRun run, Value self, Arguments args)
    {
        ToChange(run, self, "clear").Clear(run);
        return Value.Undefined;
    }

    private static Value Get(ScriptRun run, Value self, Arguments args)
    {
        This(run, self, "get").Table.TryGet(Key(run, args[0]), out var value);
        return value;
    }

    private static Value Set(ScriptRun run, Value self, Arguments args)
    {
        ToChange(run, self, "set").Set(run, Key(run, args[0]), args[1]);
        return self;
    }

    private static Value ForEach(ScriptRun run, Value self, Arguments args)
    {
        var table = This(run, self, "forEach").Table;
        var function = Receiver.Function(run, args[0]);
        for (var position = 0; table.TryNext(run, ref position, out var key, out var value);)
            run.Call(function, args[1], value, key, self);
        return Value.Undefined;
    }

    private static Value Iterator(ScriptRun run, in Value self, IterationKind kind)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        return Value.Of(new TableIterator(This(run, self, "entries").Table, kind, Intrinsics.MapIteratorPrototype));
    }
}

/// <summary>
/// What the <c>keys</c>, <c>values</c> and <c>entries</c> of maps and sets give. It sees changes made meanwhile.
/// </summary>
internal sealed class TableIterator(KeyedTable table, IterationKind kind, ScriptObject prototype) : ScriptIterator(prototype)
{
    private int position;
    private bool isDone;

    public override bool TryNext(ScriptRun run, out Value value)
    {
        value = Value.Undefined;
        if (isDone || !table.TryNext(run, ref position, out var key, out var held))
        {
            isDone = true;
            return false;
        }

        value = kind switch
        {
            IterationKind.Keys => key,
            IterationKind.Values => held,
            _ => IteratorMethods.Pair(run, key, held),
        };
        return true;
    }
}
