namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// An object of the host's that rules see as an ordinary frozen object: its members are computed when they are read.
/// </summary>
public abstract class HostObject : ScriptObject
{
    /// <summary>The names of the members, in the order that <c>Object.keys</c> gives.</summary>
    public abstract IReadOnlyList<string> MemberNames { get; }

    /// <summary>Reads one member; false when the object has none of that name (the rule then sees undefined).</summary>
    public abstract bool TryGetMember(string name, out Value value);

    /// <summary>What the object turns into in text, such as <c>${change.resource}</c>; null for <c>[object Object]</c>.</summary>
    public virtual Value? Text => null;

    internal override bool TryGetOwn(PropertyKey key, out Property property)
    {
        property = default;
        if (!key.TryGetText(out var name) || !TryGetMember(name, out var value)) return false;
        property = new Property(value, PropertyFlags.Enumerable);
        return true;
    }

    internal override Value Get(ScriptRun run, PropertyKey key, in Value receiver)
    {
        if (key.TryGetText(out var name) && TryGetMember(name, out var value)) return value;
        return Prototype is { } prototype ? prototype.Get(run, key, receiver) : Value.Undefined;
    }

    internal override bool Set(ScriptRun run, PropertyKey key, in Value value, in Value receiver) => false;

    internal override bool Delete(PropertyKey key) => !TryGetOwn(key, out _);

    internal override bool DefineOwn(ScriptRun? run, PropertyKey key, in Property property) => false;

    internal override void CollectKeys(List<PropertyKey> keys)
    {
        foreach (var name in MemberNames) keys.Add(name);
    }

    internal override void CollectReferences(List<object> references)
    {
    }
}
