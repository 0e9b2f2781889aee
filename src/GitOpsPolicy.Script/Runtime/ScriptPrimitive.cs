namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// A primitive value as an object: <c>new String("a")</c>, <c>Object(1)</c>. One of text has its characters as elements.
/// </summary>
internal sealed class ScriptPrimitive : ScriptObject
{
    public ScriptPrimitive(ScriptObject? prototype, in Value value)
        : base(prototype) => Value = value;

    /// <summary>The primitive value, with its provenance and guard.</summary>
    public Value Value { get; }

    internal override string ClassName => Value switch
    {
        { IsText: true } => "String",
        { IsNumber: true } => "Number",
        { IsBoolean: true } => "Boolean",
        _ => "Object",
    };

    /// <summary>ToObject: any value but undefined and null as something that has properties.</summary>
    public static Value ToObject(ScriptRun run, in Value value)
    {
        if (value.IsObject) return value;
        run.RequireKnown(value);
        if (value.IsNullish) throw run.TypeError($"cannot make an object of {ScriptRun.Describe(value)}");
        run.Allocate(ScriptRun.ObjectBytes);
        return Value.Of(new ScriptPrimitive(Objects.PrototypeOf(value), value));
    }

    /// <summary>The primitive inside of a wrapper; any other value as it is.</summary>
    public static Value Unwrap(in Value value) => value.Reference is ScriptPrimitive wrapper ? wrapper.Value : value;

    internal override bool TryGetOwn(PropertyKey key, out Property property)
    {
        if (!Value.IsText || !Objects.TryGetOwn(Value, key, out property)) return base.TryGetOwn(key, out property);
        return true;
    }

    internal override bool Set(ScriptRun run, PropertyKey key, in Value value, in Value receiver) =>
        IsOfText(key) ? OrdinarySet(run, key, value, receiver) : base.Set(run, key, value, receiver);

    internal override bool Delete(PropertyKey key) => !IsOfText(key) && base.Delete(key);

    internal override bool DefineOwn(ScriptRun? run, PropertyKey key, in Property property)
    {
        if (!Value.IsText || !Objects.TryGetOwn(Value, key, out var own)) return base.DefineOwn(run, key, property);
        return own.Flags == property.Flags && Equality.SameValue(own.Value, property.Value);
    }

    internal override void CollectKeys(List<PropertyKey> keys)
    {
        var length = Value.IsText ? Objects.TextLength(Value) : 0;
        for (var i = 0; i < length; i++) keys.Add(PropertyKey.OfIndex(i));
        var start = keys.Count;
        base.CollectKeys(keys);
        if (!Value.IsText) return;
        while (start < keys.Count && keys[start].TryGetArrayIndex(out _)) start++;
        keys.Insert(start, "length");
    }

    internal override void CollectReferences(List<object> references)
    {
        base.CollectReferences(references);
        if (Value.Reference is { } reference) references.Add(reference);
    }

    private bool IsOfText(PropertyKey key) => Value.IsText && Objects.TryGetOwn(Value, key, out _);
}
