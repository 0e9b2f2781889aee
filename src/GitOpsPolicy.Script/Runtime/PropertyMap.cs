using System.Runtime.CompilerServices;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>What may be done with a property.</summary>
[Flags]
internal enum PropertyFlags : byte
{
    None = 0,
    Writable = 1,
    Enumerable = 2,
    Configurable = 4,

    /// <summary>The value is an <see cref="Accessor"/>.</summary>
    Accessor = 8,

    /// <summary>What assignment makes.</summary>
    All = Writable | Enumerable | Configurable,

    /// <summary>What methods of the language's own objects are.</summary>
    Hidden = Writable | Configurable,
}

/// <summary>The getter and setter of an accessor property; either may be missing.</summary>
internal sealed class Accessor(ScriptFunction? get, ScriptFunction? set)
{
    public ScriptFunction? Get { get; } = get;

    public ScriptFunction? Set { get; } = set;
}

/// <summary>A property: its value (or <see cref="Accessor"/> in <c>Value.Reference</c>) and its flags.</summary>
internal readonly struct Property(Value value, PropertyFlags flags)
{
    public readonly Value Value = value;
    public readonly PropertyFlags Flags = flags;

    public Property(Accessor accessor, PropertyFlags flags)
        : this(new Value(accessor, double.NaN, null), (flags & ~PropertyFlags.Writable) | PropertyFlags.Accessor)
    {
    }

    public bool IsAccessor => (Flags & PropertyFlags.Accessor) != 0;

    public bool IsWritable => (Flags & PropertyFlags.Writable) != 0;

    public bool IsEnumerable => (Flags & PropertyFlags.Enumerable) != 0;

    public bool IsConfigurable => (Flags & PropertyFlags.Configurable) != 0;

    public Accessor Accessor => Unsafe.As<Accessor>(Value.Reference!);
}

/// <summary>
/// The keys of an object in the order they were added, and where their values are. Objects made by one literal share one
/// map (<see cref="IsShared"/>) until they add or remove a property; a place in the code that reads from them remembers it.
/// </summary>
internal sealed class PropertyMap
{
    /// <summary>Up to this many keys a scan beats a hash table.</summary>
    private const int ScanLimit = 8;

    private PropertyKey[] keys;
    private PropertyFlags[] flags;
    private Dictionary<PropertyKey, int>? index;

    public PropertyMap(int capacity)
    {
        keys = new PropertyKey[capacity];
        flags = new PropertyFlags[capacity];
    }

    private PropertyMap(PropertyMap other, int capacity)
        : this(Math.Max(capacity, other.Count))
    {
        Array.Copy(other.keys, keys, other.Count);
        Array.Copy(other.flags, flags, other.Count);
        Count = other.Count;
    }

    public static PropertyMap Empty { get; } = new(0) { IsShared = true };

    public int Count { get; private set; }

    /// <summary>Several objects use this map, so it never changes again.</summary>
    public bool IsShared { get; set; }

    public PropertyKey KeyAt(int slot) => keys[slot];

    public bool Contains(PropertyKey key) => IndexOf(key) >= 0;

    public PropertyFlags FlagsAt(int slot) => flags[slot];

    public int IndexOf(PropertyKey key)
    {
        if (Count > ScanLimit) return LookUp(key);
        var candidates = keys.AsSpan(0, Count);
        for (var i = 0; i < candidates.Length; i++)
            if (ReferenceEquals(candidates[i].Reference, key.Reference)) return i;
        if (key.Reference is not string text) return -1;
        for (var i = 0; i < candidates.Length; i++)
            if (candidates[i].Reference is string candidate && candidate == text) return i;
        return -1;
    }

    /// <summary>A map of one's own, with room for one more key.</summary>
    public PropertyMap CopyForChange() => new(this, Count + 2);

    public void Add(PropertyKey key, PropertyFlags keyFlags)
    {
        if (Count == keys.Length)
        {
            var capacity = Math.Max(4, Count * 2);
            Array.Resize(ref keys, capacity);
            Array.Resize(ref flags, capacity);
        }

        keys[Count] = key;
        flags[Count] = keyFlags;
        index?.Add(key, Count);
        Count++;
    }

    public void SetFlags(int slot, PropertyFlags newFlags) => flags[slot] = newFlags;

    public void RemoveAt(int slot)
    {
        Count--;
        Array.Copy(keys, slot + 1, keys, slot, Count - slot);
        Array.Copy(flags, slot + 1, flags, slot, Count - slot);
        index = null;
    }

    // Shared maps may be read by several threads: either thread's table is right.
    private int LookUp(PropertyKey key)
    {
        if (index is not { } table)
        {
            table = new Dictionary<PropertyKey, int>(Count);
            for (var i = 0; i < Count; i++) table[keys[i]] = i;
            index = table;
        }

        return table.GetValueOrDefault(key, -1);
    }
}
