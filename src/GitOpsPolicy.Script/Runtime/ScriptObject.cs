namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// An object of a rule's JavaScript that is not a view of a document. The methods named <c>…Own</c>, <c>Get</c>, <c>Set</c>,
/// <c>Delete</c> and <c>DefineOwn</c> are the language's internal methods; kinds of objects with other members override them.
/// </summary>
public abstract class ScriptObject
{
    /// <summary>Steps up a prototype chain that cost nothing: more than any chain of the language's own has.</summary>
    private const int FreeHops = 4;

    private static readonly Value[] NoValues = [];

    private PropertyMap map = PropertyMap.Empty;
    private Value[] slots = NoValues;
    private Dictionary<PrivateName, Property>? privates;
    private bool isFrozenByScript;

    private protected ScriptObject(ScriptObject? prototype) => Prototype = prototype;

    /// <summary>An object that inherits from <c>Object.prototype</c>.</summary>
    protected ScriptObject()
        : this(Intrinsics.ObjectPrototype)
    {
    }

    /// <summary>The object that members are inherited from.</summary>
    internal ScriptObject? Prototype { get; private set; }

    /// <summary>New properties may be added.</summary>
    internal bool IsExtensible { get; private set; } = true;

    /// <summary>Nothing in the object may change any more.</summary>
    internal bool IsFrozen { get; private set; }

    /// <summary>What <c>Object.prototype.toString</c> calls the kind of object when it has no tag of its own.</summary>
    internal virtual string ClassName => "Object";

    /// <summary>The keys and slots of the ordinary properties, for code that remembers where a property was.</summary>
    internal PropertyMap Map => map;

    /// <summary>The value in a slot of <see cref="Map"/>.</summary>
    internal ref Value SlotAt(int slot) => ref slots[slot];

    /// <summary>Takes a prepared set of properties as its own; only for an object just made.</summary>
    internal void Adopt(PropertyMap shared, Value[] values) => (map, slots) = (shared, values);

    /// <summary>An own property. Accessors are not run.</summary>
    internal virtual bool TryGetOwn(PropertyKey key, out Property property)
    {
        var slot = map.IndexOf(key);
        if (slot < 0)
        {
            property = default;
            return false;
        }

        property = new Property(slots[slot], Restrict(map.FlagsAt(slot)));
        return true;
    }

    /// <summary>Reads a property, inherited ones included; undefined when there is none.</summary>
    /// <param name="receiver">What getters see as <c>this</c>.</param>
    internal virtual Value Get(ScriptRun run, PropertyKey key, in Value receiver)
    {
        for (var (at, hops) = (this, 0); at is not null; (at, hops) = (at.Prototype!, hops + 1))
        {
            if (hops > FreeHops) run.Charge(1);
            if (at.TryGetOwn(key, out var property))
                return property.IsAccessor ? ReadAccessor(run, property, receiver) : property.Value;
        }

        return Value.Undefined;
    }

    /// <summary>True when the object or one it inherits from has the property.</summary>
    internal bool Has(ScriptRun run, PropertyKey key)
    {
        for (var (at, hops) = (this, 0); at is not null; (at, hops) = (at.Prototype!, hops + 1))
        {
            if (hops > FreeHops) run.Charge(1);
            if (at.TryGetOwn(key, out _)) return true;
        }

        return false;
    }

    /// <summary>
    /// Assigns a property; false when the object refuses (the caller throws a TypeError, since rules are strict code).
    /// </summary>
    internal virtual bool Set(ScriptRun run, PropertyKey key, in Value value, in Value receiver)
    {
        if (ReferenceEquals(receiver.Reference, this) && !IsFrozen)
        {
            var slot = map.IndexOf(key);
            if (slot >= 0 && (map.FlagsAt(slot) & PropertyFlags.Writable) != 0)
            {
                slots[slot] = value;
                return true;
            }
        }

        return OrdinarySet(run, key, value, receiver);
    }

    /// <summary>ECMAScript, OrdinarySet: what decides is the first property of the name along the prototype chain.</summary>
    private protected bool OrdinarySet(ScriptRun run, PropertyKey key, in Value value, in Value receiver)
    {
        for (var (at, hops) = (this, 0); at is not null; (at, hops) = (at.Prototype!, hops + 1))
        {
            if (hops > FreeHops) run.Charge(1);
            if (!at.TryGetOwn(key, out var property)) continue;
            if (property.IsAccessor)
            {
                if (property.Accessor.Set is not { } setter) return false;
                run.Call(Value.Of(setter), receiver, value);
                return true;
            }

            if (!property.IsWritable && (ReferenceEquals(at, receiver.Reference) || !at.LetsHeirsAssign(key))) return false;
            break;
        }

        if (receiver.Reference is not ScriptObject target) return false;
        if (!target.TryGetOwn(key, out var existing)) return target.DefineOwn(run, key, new Property(value, PropertyFlags.All));
        return !existing.IsAccessor && existing.IsWritable && target.DefineOwn(run, key, new Property(value, existing.Flags));
    }

    /// <summary>Removes an own property; false when it may not be removed.</summary>
    internal virtual bool Delete(PropertyKey key)
    {
        var slot = map.IndexOf(key);
        if (slot < 0) return true;
        if (IsFrozen || (map.FlagsAt(slot) & PropertyFlags.Configurable) == 0) return false;
        var keep = map.Count - 1;
        TakeMap().RemoveAt(slot);
        Array.Copy(slots, slot + 1, slots, slot, keep - slot);
        slots[keep] = default;
        return true;
    }

    /// <summary>Makes or replaces an own property whole; false when the object refuses. Charges the run for a new one.</summary>
    internal virtual bool DefineOwn(ScriptRun? run, PropertyKey key, in Property property)
    {
        var slot = map.IndexOf(key);
        if (slot < 0)
        {
            if (!IsExtensible) return false;
            // with a hash table from there on
            run?.Allocate(map.Count < 8 ? ScriptRun.PropertyBytes : 3 * ScriptRun.PropertyBytes);
            AddSlot(key, property);
            return true;
        }

        var current = Restrict(map.FlagsAt(slot));
        if ((current & PropertyFlags.Configurable) == 0 && !MayRedefine(slots[slot], current, property)) return false;
        if (current != property.Flags) TakeMap().SetFlags(slot, property.Flags);
        slots[slot] = property.Value;
        return true;
    }

    /// <summary>
    /// The own keys in the language's order: integers ascending, then text, then symbols, each in order of creation.
    /// </summary>
    internal virtual void CollectKeys(List<PropertyKey> keys)
    {
        var start = keys.Count;
        var indexes = 0;
        for (var i = 0; i < map.Count; i++)
        {
            var key = map.KeyAt(i);
            if (key.IsSymbol) continue;
            if (key.TryGetArrayIndex(out _)) indexes++;
            keys.Add(key);
        }

        if (indexes > 0) KeyOrder.SortIndexesFirst(keys, start);
        for (var i = 0; i < map.Count; i++)
            if (map.KeyAt(i).IsSymbol) keys.Add(map.KeyAt(i));
    }

    /// <summary>Changes what the object inherits from; false when it may not change, or would inherit from itself.</summary>
    /// <param name="run">Charged for the length of the chain; null while the language's own objects are set up.</param>
    internal bool TrySetPrototype(ScriptRun? run, ScriptObject? prototype)
    {
        if (ReferenceEquals(prototype, Prototype)) return true;
        if (!IsExtensible) return false;
        for (var at = prototype; at is not null; at = at.Prototype)
        {
            run?.Charge(1);
            if (ReferenceEquals(at, this)) return false;
        }

        Prototype = prototype;
        return true;
    }

    /// <summary>No property may be added any more.</summary>
    internal virtual void PreventExtensions() => IsExtensible = false;

    /// <summary>Nothing may change any more. Values inside may, unless they are frozen too.</summary>
    internal virtual void Freeze()
    {
        PreventExtensions();
        IsFrozen = true;
    }

    /// <summary>Adds every object that this one holds, for freezing a module's state after load.</summary>
    internal virtual void CollectReferences(List<object> references)
    {
        foreach (ref readonly var value in slots.AsSpan(0, map.Count))
            if (value.Reference is { } reference) references.Add(reference);
        if (Prototype is not null) references.Add(Prototype);
        if (privates is null) return;
        foreach (var property in privates.Values)
            if (property.Value.Reference is { } reference) references.Add(reference);
    }

    /// <summary>A private member; false when the object has none of that name.</summary>
    internal bool TryGetPrivate(PrivateName name, out Property property)
    {
        property = default;
        return privates is not null && privates.TryGetValue(name, out property);
    }

    /// <summary>Adds a private member; false when the object has it already, or belongs to a loaded module.</summary>
    internal bool TryAddPrivate(ScriptRun run, PrivateName name, in Property property)
    {
        run.Allocate(ScriptRun.PropertyBytes);
        return !IsShared && (privates ??= []).TryAdd(name, property);
    }

    /// <summary>Removes a private member, to put an accessor with both halves in its place.</summary>
    internal void RemovePrivate(PrivateName name) => privates!.Remove(name);

    /// <summary>Replaces the value of a private field; false when the object belongs to a loaded module.</summary>
    internal bool TrySetPrivate(PrivateName name, in Value value)
    {
        if (!IsShared) privates![name] = new Property(value, PropertyFlags.Writable);
        return !IsShared;
    }

    /// <summary>
    /// The object outlives the run: it belongs to a loaded module, and nothing about it may change, its private members included.
    /// </summary>
    internal bool IsShared { get; private set; }

    /// <summary>Freezes the object for good, as part of a loaded module.</summary>
    internal void Share()
    {
        isFrozenByScript = IsFrozen;
        Freeze();
        IsShared = true;
    }

    /// <summary>
    /// Freezing what is shared must not be felt by objects that inherit from it: they may still be given properties of their own
    /// under its names, as in <c>error.name = "…"</c>, unless the script made the property read-only itself.
    /// </summary>
    private bool LetsHeirsAssign(PropertyKey key)
    {
        if (!IsShared || isFrozenByScript) return false;
        var slot = map.IndexOf(key);
        return slot >= 0 && (map.FlagsAt(slot) & PropertyFlags.Writable) != 0;
    }

    /// <summary>
    /// Makes an object of the language's own changeable, and gives what <see cref="Restore"/> puts back. For conformance runs
    /// alone: the standard lets programs change built-in objects, rules share them.
    /// </summary>
    internal ObjectState Thaw()
    {
        (IsExtensible, IsFrozen, IsShared) = (true, false, false);
        map.IsShared = true;
        return new ObjectState(map, [.. slots], Prototype);
    }

    /// <summary>Puts back what <see cref="Thaw"/> found.</summary>
    internal virtual void Restore(in ObjectState state)
    {
        (IsExtensible, IsFrozen, map, Prototype) = (true, false, state.Map, state.Prototype);
        slots = [.. state.Slots];
    }

    /// <summary>Defines a property of an object just made, which cannot refuse.</summary>
    internal void Define(PropertyKey key, in Value value, PropertyFlags flags = PropertyFlags.All) =>
        DefineOwn(null, key, new Property(value, flags));

    internal static Value ReadAccessor(ScriptRun run, in Property property, in Value receiver) =>
        property.Accessor.Get is { } getter ? run.Call(Value.Of(getter), receiver) : Value.Undefined;

    /// <summary>Flags of a property of a frozen object say so.</summary>
    private protected PropertyFlags Restrict(PropertyFlags flags) =>
        IsFrozen ? flags & ~(PropertyFlags.Writable | PropertyFlags.Configurable) : flags;

    // ECMAScript, ValidateAndApplyPropertyDescriptor, for a property that is not configurable.
    private static bool MayRedefine(in Value current, PropertyFlags flags, in Property property)
    {
        if (property.IsConfigurable || property.IsEnumerable != ((flags & PropertyFlags.Enumerable) != 0)) return false;
        if (property.IsAccessor != ((flags & PropertyFlags.Accessor) != 0)) return false;
        if (property.IsAccessor)
            return property.Accessor.Get == ((Accessor)current.Reference!).Get
                && property.Accessor.Set == ((Accessor)current.Reference!).Set;
        if ((flags & PropertyFlags.Writable) != 0) return true;
        return !property.IsWritable && Equality.SameValue(current, property.Value);
    }

    private void AddSlot(PropertyKey key, in Property property)
    {
        var own = TakeMap();
        if (own.Count == slots.Length) Array.Resize(ref slots, Math.Max(4, slots.Length * 2));
        slots[own.Count] = property.Value;
        own.Add(key, property.Flags);
    }

    private PropertyMap TakeMap() => map.IsShared ? map = map.CopyForChange() : map;
}

/// <summary>What an object of the language's own was like before a program changed it.</summary>
internal readonly record struct ObjectState(PropertyMap Map, Value[] Slots, ScriptObject? Prototype);

/// <summary>An ordinary object: <c>{ }</c>.</summary>
internal sealed class ScriptRecord : ScriptObject
{
    public ScriptRecord()
        : base(Intrinsics.ObjectPrototype)
    {
    }

    public ScriptRecord(ScriptObject? prototype)
        : base(prototype)
    {
    }
}

/// <summary>The order of keys that the language prescribes.</summary>
internal static class KeyOrder
{
    /// <summary>Moves integer keys before the rest, ascending; the rest keeps its order.</summary>
    public static void SortIndexesFirst(List<PropertyKey> keys, int start)
    {
        var indexes = new List<(uint Index, PropertyKey Key)>();
        var rest = new List<PropertyKey>();
        for (var i = start; i < keys.Count; i++)
        {
            if (keys[i].TryGetArrayIndex(out var index)) indexes.Add((index, keys[i]));
            else rest.Add(keys[i]);
        }

        indexes.Sort((a, b) => a.Index.CompareTo(b.Index));
        keys.RemoveRange(start, keys.Count - start);
        foreach (var (_, key) in indexes) keys.Add(key);
        keys.AddRange(rest);
    }
}
