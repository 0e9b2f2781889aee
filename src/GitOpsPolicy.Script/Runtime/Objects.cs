using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// What can be done with any value as an object: script objects, views of documents (frozen objects and arrays), and text.
/// Reading from an unknown value ends the run as undetermined.
/// </summary>
internal static class Objects
{
    private const string ReadOnlyDocuments = "the documents that a rule judges are read-only";

    /// <summary>Reads a property; TypeError for undefined and null.</summary>
    public static Value Get(ScriptRun run, in Value target, PropertyKey key) => target.Reference switch
    {
        ScriptObject o => o.Get(run, key, target),
        MappingNode mapping when key.Reference is string name && mapping.TryGet(name, out var child) => Value.Of(child),
        SequenceNode sequence when key.Reference is string => GetOfSequence(run, sequence, key, target),
        string text when key.Reference is string => GetOfText(run, new Text(text, null, target.Origin), key, target),
        GuardedText { IsUnknown: true } => throw run.Undetermined(target),
        GuardedText guarded when key.Reference is string =>
            GetOfText(run, new Text(guarded.Text, guarded, target.Origin), key, target),
        _ when target.IsNullish => throw run.TypeError($"cannot read `{key}` of {ScriptRun.Describe(target)}"),
        _ => PrototypeOf(target)!.Get(run, key, target),
    };

    /// <summary>Reads an element; the fast way for a number between brackets.</summary>
    public static Value GetIndex(ScriptRun run, in Value target, int index)
    {
        switch (target.Reference)
        {
            case ScriptArray array when index >= 0 && (array.IsPlain || array.HasIndex(index)):
                return array[index];
            case SequenceNode sequence when (uint)index < (uint)sequence.Count:
                return Value.Of(sequence[index]);
            case string text when (uint)index < (uint)text.Length:
                return Value.Of(SingleCharacters.Of(text[index]), target.Origin);
            default:
                return Get(run, target, IndexKey(run, index));
        }
    }

    /// <summary>Reads <c>target[key]</c> for a key of any type.</summary>
    public static Value GetAt(ScriptRun run, in Value target, in Value key)
    {
        if (key.Reference is null && key.Number >= 0 && (int)key.Number == key.Number)
            return GetIndex(run, target, (int)key.Number);
        if (target.IsUnknown) throw run.Undetermined(target);
        if (target.IsNullish)
            throw run.TypeError($"cannot read a property of {ScriptRun.Describe(target)}");
        return Pick(run, target, Conversion.ToKey(run, key));
    }

    /// <summary>Reads a property whose name was computed: what a sensitive name picks is sensitive.</summary>
    public static Value Pick(ScriptRun run, in Value target, PropertyKey key) =>
        key.Guard is null ? Get(run, target, key) : Conversion.Hide(Get(run, target, key));

    /// <summary>Assigns a property; TypeError when the target refuses, as in strict code.</summary>
    public static void Set(ScriptRun run, in Value target, PropertyKey key, in Value value)
    {
        if (target.Reference is ScriptObject o)
        {
            if (!o.Set(run, key, value, target)) throw run.TypeError($"cannot assign to `{key}`: {Refusal(o)}");
            return;
        }

        run.RequireKnown(target);
        if (target.IsNullish) throw run.TypeError($"cannot set `{key}` of {ScriptRun.Describe(target)}");
        throw run.TypeError(target.Reference is Node
            ? $"cannot assign to `{key}`: {ReadOnlyDocuments}"
            : $"cannot create `{key}` on {ScriptRun.Describe(target)}");
    }

    /// <summary>Assigns <c>target[key]</c> for a key of any type.</summary>
    public static void SetAt(ScriptRun run, in Value target, in Value key, in Value value)
    {
        if (key.Reference is null && target.Reference is ScriptArray array && key.Number >= 0 && (int)key.Number == key.Number
            && array.TrySetIndex(run, (int)key.Number, value)) return;
        if (target.IsNullish) throw run.TypeError($"cannot set a property of {ScriptRun.Describe(target)}");
        Set(run, target, Conversion.ToKey(run, key), value);
    }

    /// <summary>Removes a property; TypeError when it may not be removed, as in strict code.</summary>
    public static void Delete(ScriptRun run, in Value target, PropertyKey key)
    {
        run.RequireKnown(target);
        if (target.IsNullish) throw run.TypeError($"cannot delete `{key}` of {ScriptRun.Describe(target)}");
        if (target.Reference is ScriptObject { Map.Count: > 8 } large) run.Charge(large.Map.Count >> 1);   // the others move up
        var refused = target.Reference is ScriptObject o ? !o.Delete(key) : TryGetOwn(target, key, out _);
        if (refused)
            throw run.TypeError(
                $"cannot delete `{key}`: {(target.Reference is Node ? ReadOnlyDocuments : "it may not be removed")}");
    }

    /// <summary>An own property of any value. Accessors are not run.</summary>
    public static bool TryGetOwn(in Value target, PropertyKey key, out Property property)
    {
        property = default;
        switch (target.Reference)
        {
            case ScriptObject o:
                return o.TryGetOwn(key, out property);
            case MappingNode mapping:
                if (key.Reference is not string name || !mapping.TryGet(name, out var child)) return false;
                property = new Property(Value.Of(child), PropertyFlags.Enumerable);
                return true;
            case SequenceNode sequence:
                return TryGetOwnElement(sequence, key, out property);
            case string text:
                return TryGetOwnCharacter(new Text(text, null, target.Origin), key, out property);
            case GuardedText guarded:
                return TryGetOwnCharacter(new Text(guarded.Text, guarded, target.Origin), key, out property);
            default:
                return false;
        }
    }

    /// <summary>
    /// True when the object or one it inherits from has the property (<c>in</c>). The target must be an object.
    /// </summary>
    public static bool Has(ScriptRun run, in Value target, PropertyKey key) =>
        target.Reference is ScriptObject o
            ? o.Has(run, key)
            : TryGetOwn(target, key, out _) || PrototypeOf(target)!.Has(run, key);

    /// <summary>The own keys in the language's order.</summary>
    public static List<PropertyKey> OwnKeys(ScriptRun run, in Value target)
    {
        run.RequireKnown(target);
        ChargeKeys(run, target);
        var keys = new List<PropertyKey>();
        switch (target.Reference)
        {
            case ScriptObject o:
                o.CollectKeys(keys);
                // Names that are indexes are put in the order of numbers.
                if (o is not ScriptArray && keys.Count > 0 && keys[0].TryGetArrayIndex(out _)) run.Charge(keys.Count * 3L);
                break;
            case MappingNode mapping:
                CollectKeys(mapping, keys);
                break;
            case SequenceNode sequence:
                CollectIndexes(sequence.Count, keys);
                break;
            case string text:
                CollectIndexes(text.Length, keys);
                break;
            case GuardedText guarded:
                CollectIndexes(guarded.Text.Length, keys);
                break;
            default:
                break;
        }

        return keys;
    }

    // Before they are listed: an index becomes text, so it costs more than a name; a hole costs being looked at.
    private static void ChargeKeys(ScriptRun run, in Value target)
    {
        var indexes = target.Reference switch
        {
            ScriptArray array => array.Count,
            SequenceNode sequence => sequence.Count,
            string text => text.Length,
            GuardedText guarded => guarded.Text.Length,
            ScriptPrimitive { Value: { IsText: true } text } => TextLength(text),
            _ => 0,
        };
        var names = (target.Reference as ScriptObject)?.Map.Count ?? (target.Reference as MappingNode)?.Count ?? 0;
        run.Charge(indexes + names);
        run.Allocate(((indexes + (long)names) * ScriptRun.ElementBytes) + (indexes * 32L));
    }

    /// <summary>A key as a value. The key of a document's mapping has the value under it as its provenance.</summary>
    public static Value KeyToValue(in Value target, PropertyKey key) =>
        key.ToValue(target.Reference is MappingNode mapping && key.Text is { } name ? mapping[name] : null);

    /// <summary>The length of a text, guarded or not.</summary>
    public static int TextLength(in Value text) =>
        text.Reference is GuardedText guarded ? guarded.Text.Length : ((string)text.Reference!).Length;

    /// <summary>What a value inherits from; null for the end of a chain and for undefined and null.</summary>
    public static ScriptObject? PrototypeOf(in Value target) => target.Reference switch
    {
        ScriptObject o => o.Prototype,
        MappingNode => Intrinsics.ObjectPrototype,
        SequenceNode => Intrinsics.ArrayPrototype,
        string or GuardedText => Intrinsics.StringPrototype,
        null => Intrinsics.NumberPrototype,
        Symbol => Intrinsics.SymbolPrototype,
        Tag tag when tag == Tag.True || tag == Tag.False => Intrinsics.BooleanPrototype,
        Tag tag when tag == Tag.SensitiveNumber => Intrinsics.NumberPrototype,
        _ => null,
    };

    /// <summary><c>Array.isArray</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsArray(in Value value) => value.Reference is ScriptArray or SequenceNode;

    /// <summary>The <c>length</c> of anything like an array (LengthOfArrayLike).</summary>
    public static int LengthOf(ScriptRun run, in Value target) => target.Reference switch
    {
        ScriptArray array => array.Count,
        SequenceNode sequence => sequence.Count,
        string text => text.Length,
        _ => Conversion.ToLength(run, Get(run, target, "length")),
    };

    /// <summary>
    /// True when there is an element at the index, not a hole: what <c>forEach</c> and the like ask before each call.
    /// </summary>
    public static bool HasIndex(ScriptRun run, in Value target, int index) => target.Reference switch
    {
        ScriptArray array when array.IsPlain || array.HasIndex(index) => array.HasIndex(index),
        SequenceNode sequence => (uint)index < (uint)sequence.Count,
        string text => (uint)index < (uint)text.Length,
        _ => Has(run, target, IndexKey(run, index)),
    };

    /// <summary>An index as the name of a property, for what is not an array.</summary>
    public static PropertyKey IndexKey(ScriptRun run, int index)
    {
        run.Allocate(40);
        return PropertyKey.OfIndex(index);
    }

    /// <summary>
    /// A method to call; null when the property is undefined or null; TypeError when it is no function (GetMethod).
    /// </summary>
    public static ScriptFunction? GetMethod(ScriptRun run, in Value target, PropertyKey key)
    {
        var method = Get(run, target, key);
        if (method.IsNullish) return null;
        return method.Reference as ScriptFunction ?? throw run.TypeError($"`{key}` is not a function");
    }

    private static Value GetOfSequence(ScriptRun run, SequenceNode sequence, PropertyKey key, in Value target)
    {
        if (TryGetOwnElement(sequence, key, out var property)) return property.Value;
        return Intrinsics.ArrayPrototype.Get(run, key, target);
    }

    private static Value GetOfText(ScriptRun run, Text text, PropertyKey key, in Value target)
    {
        if (TryGetOwnCharacter(text, key, out var property)) return property.Value;
        return Intrinsics.StringPrototype.Get(run, key, target);
    }

    private static bool TryGetOwnElement(SequenceNode sequence, PropertyKey key, out Property property)
    {
        property = default;
        if (key.Text == "length") property = new Property(Value.Of(sequence.Count, sequence), PropertyFlags.None);
        else if (key.TryGetIndex(out var index) && index < sequence.Count)
            property = new Property(Value.Of(sequence[index]), PropertyFlags.Enumerable);
        else return false;
        return true;
    }

    private static bool TryGetOwnCharacter(in Text text, PropertyKey key, out Property property)
    {
        property = default;
        if (key.Text == "length") property = new Property(Value.Of(text.Length, text.Origin), PropertyFlags.None);
        else if (key.TryGetIndex(out var index) && index < text.Length)
            property = new Property(text.Slice(index, 1), PropertyFlags.Enumerable);
        else return false;
        return true;
    }

    private static void CollectKeys(MappingNode mapping, List<PropertyKey> keys)
    {
        var hasIndexes = false;
        foreach (ref readonly var entry in mapping.Entries)
        {
            PropertyKey key = entry.Key;
            hasIndexes |= key.TryGetArrayIndex(out _);
            keys.Add(key);
        }

        if (hasIndexes) KeyOrder.SortIndexesFirst(keys, 0);
    }

    private static void CollectIndexes(int count, List<PropertyKey> keys)
    {
        for (var i = 0; i < count; i++) keys.Add(PropertyKey.OfIndex(i));
        keys.Add("length");
    }

    private static string Refusal(ScriptObject target) => target switch
    {
        HostObject => "the objects that a rule is given are read-only",
        { IsFrozen: true } => "the object is frozen",
        { IsExtensible: false } => "the object takes no new properties",
        _ => "the property is read-only",
    };
}

/// <summary>Texts of one character, made once.</summary>
internal static class SingleCharacters
{
    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    public static string Of(char c) => c < Ascii.Length ? Ascii[c] : c.ToString();
}
