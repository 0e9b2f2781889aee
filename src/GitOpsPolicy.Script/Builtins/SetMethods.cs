using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>A <c>Set</c>: each value is its own key.</summary>
internal sealed class ScriptSet(ScriptObject prototype) : ScriptObject(prototype), IWalkable
{
    /// <summary>What it holds.</summary>
    public KeyedTable Table { get; } = new();

    public bool TryNext(ScriptRun run, ref int position, out Value value) => Table.TryNext(run, ref position, out value, out _);

    internal override void CollectReferences(List<object> references)
    {
        base.CollectReferences(references);
        Table.CollectReferences(references);
    }
}

/// <summary><c>Set</c> (ECMAScript, section 24.2).</summary>
internal static class SetMethods
{
    public static void Install()
    {
        var prototype = Intrinsics.SetPrototype;
        Intrinsics.AddConstructor("Set", 0, prototype, static (run, _, _) => throw run.TypeError("`Set` needs `new`"), Construct);
        Intrinsics.AddMethod(prototype, "add", 1, Add);
        Intrinsics.AddMethod(prototype, "clear", 0, Clear);
        Intrinsics.AddMethod(
            prototype, "delete", 1,
            static (run, self, args) => Value.Of(ToChange(run, self, "delete").Remove(MapMethods.Key(run, args[0]))));
        Intrinsics.AddMethod(prototype, "entries", 0, static (run, self, _) => Iterator(run, self, IterationKind.Entries));
        Intrinsics.AddMethod(prototype, "forEach", 1, ForEach);
        Intrinsics.AddMethod(
            prototype, "has", 1,
            static (run, self, args) => Value.Of(This(run, self, "has").Table.TryGet(MapMethods.Key(run, args[0]), out _)));
        Intrinsics.AddGetter(prototype, "size", static (run, self, _) => Value.Of(This(run, self, "size").Table.Count));
        var values = Intrinsics.AddMethod(
            prototype, "values", 0, static (run, self, _) => Iterator(run, self, IterationKind.Values));
        prototype.Define("keys", Value.Of(values), PropertyFlags.Hidden);
        prototype.Define(Symbol.Iterator, Value.Of(values), PropertyFlags.Hidden);
        prototype.Define(Symbol.ToStringTag, Value.Of("Set"), PropertyFlags.Configurable);
    }

    private static ScriptSet This(ScriptRun run, in Value self, string method) => self.Reference as ScriptSet
        ?? throw run.TypeError($"`Set.prototype.{method}` called on {ScriptRun.Describe(self)}");

    private static KeyedTable ToChange(ScriptRun run, in Value self, string method)
    {
        var set = This(run, self, method);
        return set.IsFrozen
            ? throw run.TypeError($"cannot `{method}`: the set is kept outside the function and may not change")
            : set.Table;
    }

    private static Value Construct(ScriptRun run, Arguments args, ScriptFunction newTarget)
    {
        run.Allocate(4 * ScriptRun.ObjectBytes);
        var set = new ScriptSet(ScriptFunction.PrototypeFor(run, newTarget, Intrinsics.SetPrototype));
        var made = Value.Of(set);
        if (args[0].IsNullish) return made;
        var adder = Receiver.Function(run, Objects.Get(run, made, "add"));
        var walk = Iteration.Over(run, args[0]);
        try
        {
            while (walk.TryNext(out var item)) run.Call(adder, made, item);
        }
        catch (ScriptThrow)
        {
            walk.Close(isThrowing: true);
            throw;
        }

        return made.WithOrigin(args[0].Origin);
    }

    private static Value Add(ScriptRun run, Value self, Arguments args)
    {
        var table = ToChange(run, self, "add");
        var key = MapMethods.Key(run, args[0]);
        if (!table.TryGet(key, out _))
            table.Set(
                run, key, key.IsNumber && key.Number == 0 ? Conversion.Number(0, Conversion.IsSensitive(key), key.Origin) : key);
        return self;
    }

    private static Value Clear(ScriptRun run, Value self, Arguments args)
    {
        ToChange(run, self, "clear").Clear(run);
        return Value.Undefined;
    }

    private static Value ForEach(ScriptRun run, Value self, Arguments args)
    {
        var table = This(run, self, "forEach").Table;
        var function = Receiver.Function(run, args[0]);
        for (var position = 0; table.TryNext(run, ref position, out var key, out _);)
            run.Call(function, args[1], key, key, self);
        return Value.Undefined;
    }

    private static Value Iterator(ScriptRun run, in Value self, IterationKind kind)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        return Value.Of(new TableIterator(This(run, self, "values").Table, kind, Intrinsics.SetIteratorPrototype));
    }
}
