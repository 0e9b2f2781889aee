using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>JSON</c> (ECMAScript, section 25.5).</summary>
internal static class JsonFunctions
{
    public static void Install()
    {
        var json = new ScriptRecord();
        Intrinsics.AddMethod(json, "parse", 2, Parse);
        Intrinsics.AddMethod(json, "stringify", 3, Stringify);
        json.Define(Symbol.ToStringTag, Value.Of("JSON"), PropertyFlags.Configurable);
        Intrinsics.AddGlobal("JSON", Value.Of(json));
    }

    private static Value Parse(ScriptRun run, Value self, Arguments args)
    {
        var value = new JsonParsing(run, Conversion.ToText(run, args[0])).Parse();
        if (!args[1].IsFunction) return value;
        var holder = new ScriptRecord();
        holder.Define("", value);
        return Revive(run, Value.Of(holder), "", args[1]);
    }

    /// <summary>InternalizeJSONProperty: the reviver sees each value after those inside it.</summary>
    private static Value Revive(ScriptRun run, in Value holder, PropertyKey key, in Value reviver)
    {
        run.Charge(1);
        using var level = run.Nest();
        var value = Objects.Get(run, holder, key);
        if (value.Reference is ScriptObject held)
        {
            var isArray = held is ScriptArray;
            var count = isArray ? Objects.LengthOf(run, value) : 0;
            for (var i = 0; i < count; i++) ReviveMember(run, value, held, PropertyKey.OfIndex(i), reviver);
            if (!isArray)
                foreach (var name in Objects.OwnKeys(run, value))
                    if (!name.IsSymbol && held.TryGetOwn(name, out var property) && property.IsEnumerable)
                        ReviveMember(run, value, held, name, reviver);
        }

        return run.Call(reviver, holder, key.ToValue(), value);
    }

    private static void ReviveMember(ScriptRun run, in Value value, ScriptObject held, PropertyKey key, in Value reviver)
    {
        var revived = Revive(run, value, key, reviver);
        if (revived.IsUndefined) held.Delete(key);
        else held.DefineOwn(run, key, new Property(revived, PropertyFlags.All));
    }

    private static Value Stringify(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].IsUnknown) return args[0];
        return new JsonWriting(run, args[1], Gap(run, args[2])).Write(args[0]);
    }

    private static string Gap(ScriptRun run, in Value space)
    {
        var kind = ScriptPrimitive.Unwrap(space);
        if (Conversion.IsSensitive(kind)) throw run.TypeError("`JSON.stringify` cannot indent by what is sensitive");
        if (kind.IsNumber) return new string(' ', (int)Math.Clamp(Conversion.ToInteger(run, space), 0, 10));
        if (!kind.IsText) return "";
        var text = Conversion.ToText(run, space).Clear;
        return text.Length > 10 ? text[..10] : text;
    }
}
