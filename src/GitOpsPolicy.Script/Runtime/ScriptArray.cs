using System.Runtime.CompilerServices;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// An array: a dense run of values with room to grow. A hole holds <see cref="Tag.Hole"/>, which never leaves this class.
/// </summary>
internal sealed partial class ScriptArray : ScriptObject
{
    private Value[] items;
    private int count;
    private bool lengthIsFixed;
    private bool isSealed;

    public ScriptArray(int capacity = 0)
        : base(Intrinsics.ArrayPrototype) => items = capacity == 0 ? [] : new Value[capacity];

    /// <summary>An array over the values given, which it takes as its own.</summary>
    public ScriptArray(Value[] values)
        : base(Intrinsics.ArrayPrototype) => (items, count) = (values, values.Length);

    internal override string ClassName => "Array";

    public static Value HoleValue => new(Tag.Hole, double.NaN, null);

    /// <summary>The length.</summary>
    public int Count => count;

    /// <summary>
    /// A hole inherits nothing: what rules' arrays inherit from has no elements. Other prototypes may have some.
    /// </summary>
    public bool IsPlain => ReferenceEquals(Prototype, Intrinsics.ArrayPrototype) && !Intrinsics.AreThawed;

    /// <summary>
    /// The values; holes are <see cref="Tag.Hole"/>, see <see cref="IsHole"/>. Invalid once the array has changed.
    /// </summary>
    public ReadOnlySpan<Value> Items => items.AsSpan(0, count);

    /// <summary>The value at an index; undefined for a hole or past the end.</summary>
    public Value this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)count) return Value.Undefined;
            ref readonly var item = ref items[index];
            return IsHole(item) ? Value.Undefined : item;
        }
    }

    /// <summary>True for the mark of a hole among <see cref="Items"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsHole(in Value item) => ReferenceEquals(item.Reference, Tag.Hole);

    /// <summary>True when there is an element at the index, not a hole.</summary>
    public bool HasIndex(int index) => (uint)index < (uint)count && !IsHole(items[index]);

    /// <summary>Adds an element, charging its memory.</summary>
    /// <exception cref="ScriptThrow">The array may not change.</exception>
    public void Add(ScriptRun run, in Value value)
    {
        if (!IsExtensible || lengthIsFixed)
            throw run.TypeError("cannot add an element to an array that is frozen or not extensible");
        run.Allocate(ScriptRun.ElementBytes);
        Append(value);
    }

    /// <summary>Adds an element of an array just made by the host, which no budget covers.</summary>
    public void Append(in Value value)
    {
        if (count == items.Length) Array.Resize(ref items, Math.Max(4, count * 2));
        items[count++] = value;
    }

    /// <summary>Assigns an element, growing the array (with holes) up to it; false when the array may not change so.</summary>
    public bool TrySetIndex(ScriptRun run, int index, in Value value)
    {
        if (IsFrozen) return false;
        if ((uint)index < (uint)count && (IsExtensible || !IsHole(items[index])))
        {
            items[index] = value;
            return true;
        }

        if (!IsExtensible || lengthIsFixed) return false;
        if (index == count)
        {
            run.Allocate(ScriptRun.ElementBytes);
            Append(value);
            return true;
        }

        if (index >= count) Grow(run, index + 1);
        items[index] = value;
        return true;
    }

    /// <summary>Cuts the array, or lengthens it with holes; false when the array may not change so.</summary>
    public bool TrySetLength(ScriptRun run, int length)
    {
        if (length == count) return !IsFrozen;
        if (IsFrozen || lengthIsFixed) return false;
        if (length > count)
        {
            Grow(run, length);
            return true;
        }

        // Sealed elements stay; the length stops at the last of them (ECMAScript, ArraySetLength).
        var end = length;
        for (var i = count - 1; isSealed && i >= length && end == length; i--)
            if (HasIndex(i)) end = i + 1;
        Array.Clear(items, end, count - end);
        count = end;
        return end == length;
    }

    /// <summary>No element may be added or removed any more.</summary>
    public void Seal()
    {
        PreventExtensions();
        isSealed = true;
    }

    internal override bool TryGetOwn(PropertyKey key, out Property property)
    {
        if (key.TryGetIndex(out var index))
        {
            property = HasIndex(index) ? new Property(items[index], Restrict(ElementFlags)) : default;
            return HasIndex(index);
        }

        if (ReferenceEquals(key.Reference, "length") || key.Text == "length")
        {
            property = new Property(Value.Of(count), IsFrozen || lengthIsFixed ? PropertyFlags.None : PropertyFlags.Writable);
            return true;
        }

        return base.TryGetOwn(key, out property);
    }

    internal override bool Set(ScriptRun run, PropertyKey key, in Value value, in Value receiver)
    {
        if (!ReferenceEquals(receiver.Reference, this)) return OrdinarySet(run, key, value, receiver);
        if (key.TryGetIndex(out var index)) return TrySetIndex(run, index, value);
        if (key.TryGetArrayIndex(out var far))
        {
            run.NoteRefused("arrays longer than 2 ** 31 - 2");
            run.Allocate((long)far * ScriptRun.ElementBytes);
        }

        return key.Text == "length" ? SetLength(run, value) : base.Set(run, key, value, receiver);
    }

    internal override bool Delete(PropertyKey key)
    {
        if (key.TryGetIndex(out var index))
        {
            if ((IsFrozen || isSealed) && HasIndex(index)) return false;
            if (HasIndex(index)) items[index] = HoleValue;
            return true;
        }

        return key.Text != "length" && base.Delete(key);
    }

    internal override bool DefineOwn(ScriptRun? run, PropertyKey key, in Property property)
    {
        if (key.TryGetIndex(out var index))
        {
            // Elements are plain data here; a getter or a read-only element in an array is refused.
            if (property.IsAccessor || property.Flags != ElementFlags)
                return DefineOddly(run, index, property);
            if (run is not null) return TrySetIndex(run, index, property.Value);
            while (count <= index) Append(HoleValue);
            items[index] = property.Value;
            return true;
        }

        if (key.TryGetArrayIndex(out _)) run?.NoteRefused("arrays longer than 2 ** 31 - 2");
        return key.Text == "length" ? DefineLength(run, property) : base.DefineOwn(run, key, property);
    }

    private PropertyFlags ElementFlags => isSealed ? PropertyFlags.Writable | PropertyFlags.Enumerable : PropertyFlags.All;

    private bool DefineOddly(ScriptRun? run, int index, in Property property)
    {
        if (IsFrozen && HasIndex(index) && !property.IsAccessor) return Equality.SameValue(items[index], property.Value);
        if (IsExtensible && !IsFrozen) run?.NoteRefused("elements of an array that are read-only, hidden or have a getter");
        return false;
    }

    private bool DefineLength(ScriptRun? run, in Property property)
    {
        if (property.IsAccessor || property.IsEnumerable || property.IsConfigurable) return false;
        var isSame = property.Value.Reference is null && property.Value.Number == count;
        if ((IsFrozen || lengthIsFixed) && (property.IsWritable || !isSame)) return false;
        var isSet = isSame || (run is not null && SetLength(run, property.Value));
        lengthIsFixed |= !property.IsWritable;
        return isSet;
    }

    internal override void Restore(in ObjectState state)
    {
        base.Restore(state);
        (items, count, lengthIsFixed, isSealed) = ([], 0, false, false);
    }

    internal override void CollectKeys(List<PropertyKey> keys)
    {
        for (var i = 0; i < count; i++)
            if (!IsHole(items[i])) keys.Add(PropertyKey.OfIndex(i));
        keys.Add("length");
        base.CollectKeys(keys);
    }

    internal override void CollectReferences(List<object> references)
    {
        base.CollectReferences(references);
        foreach (ref readonly var item in Items)
            if (item.Reference is { } reference) references.Add(reference);
    }

    private bool SetLength(ScriptRun run, in Value value)
    {
        if (IsFrozen || lengthIsFixed) return false;
        if (Conversion.IsSensitive(value)) throw run.TypeError("a sensitive number cannot be a length");
        var length = Conversion.ToNumber(run, value);
        if (length < 0 || length != Math.Floor(length) || length > uint.MaxValue) throw run.RangeError("invalid array length");
        if (length - count > run.Budget.MemoryBytes / ScriptRun.ElementBytes) run.NoteRefused("arrays that are mostly holes");
        if (length >= int.MaxValue) run.Allocate((long)length * ScriptRun.ElementBytes);
        return TrySetLength(run, (int)Math.Min(length, int.MaxValue - 1));
    }

    private void Grow(ScriptRun run, int length)
    {
        if (length - count > run.Budget.MemoryBytes / ScriptRun.ElementBytes) run.NoteRefused("arrays that are mostly holes");
        run.Allocate((long)(length - count) * ScriptRun.ElementBytes);
        run.Charge((length - count) / 16);
        if (length > items.Length) Array.Resize(ref items, Math.Max(length, items.Length * 2));
        items.AsSpan(count, length - count).Fill(HoleValue);
        count = length;
    }
}
