using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>
/// Reads <c>target.name</c>. What strings and arrays inherit under the name never changes, so it is looked up once; for objects
/// made by literals the place of the property is remembered.
/// </summary>
/// <param name="target">The object.</param>
/// <param name="name">The name.</param>
/// <param name="start">Where the name is, for errors.</param>
/// <param name="isOptional">Written <c>?.</c>: null and undefined end the chain.</param>
/// <param name="path">The target as written, for errors; null when it is no plain path.</param>
internal sealed class PropertyRead(Operation target, string name, SourcePosition start, bool isOptional, string? path) : Operation
{
    private readonly PropertyKey key = name;
    private readonly bool isLength = name == "length";
    private readonly Value ofArray = InheritedBy(Intrinsics.ArrayPrototype, name);
    private readonly Value ofText = InheritedBy(Intrinsics.StringPrototype, name);
    private readonly Value ofObject = InheritedBy(Intrinsics.ObjectPrototype, name);
    private Place? place;
    private int hint;

    public string Name => name;

    public SourcePosition Start => start;

    public Operation Target => target;

    public override bool IsPure => target.IsPure;

    public override Value Evaluate(Frame frame) => Read(frame, target.Evaluate(frame));

    /// <summary>Reads the property of a target evaluated already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value Read(Frame frame, in Value from)
    {
        if (from.Reference is MappingNode mapping)
            return mapping.Find(name, ref hint) is { } child ? Value.Of(child) : Plain(frame, ofObject, from);
        return from.Reference is ScriptRecord record && place is { } known && ReferenceEquals(record.Map, known.Map)
            ? record.SlotAt(known.Slot)
            : ReadOther(frame, from);
    }

    /// <summary>The node under the name, when that is all there is to reading it: it is there, and known.</summary>
    public Node? FindPlain(MappingNode mapping) => mapping.Find(name, ref hint) is { IsUnknown: false } child ? child : null;

    private static Value InheritedBy(ScriptObject prototype, string name)
    {
        for (var at = Intrinsics.AreThawed ? null : prototype; at is not null; at = at.Prototype)
        {
            if (!at.TryGetOwn(name, out var property)) continue;

            // `__proto__` and the like have getters, which need the object: leave them to the slow way.
            return property.IsAccessor ? new Value(Tag.Hole, 0, null) : property.Value;
        }

        return Intrinsics.AreThawed ? new Value(Tag.Hole, 0, null) : Value.Undefined;
    }

    private Value ReadOther(Frame frame, in Value from)
    {
        switch (from.Reference)
        {
            case ScriptRecord record:
                return ReadRecord(frame, record, from);
            case SequenceNode sequence:
                return isLength ? Value.Of(sequence.Count, sequence) : Plain(frame, ofArray, from);
            case string text:
                return isLength ? Value.Of(text.Length, from.Source) : Plain(frame, ofText, from);
            case ScriptArray array when array.Map.Count == 0 && ReferenceEquals(array.Prototype, Intrinsics.ArrayPrototype):
                return isLength ? Value.Of(array.Count) : Plain(frame, ofArray, from);
            case HostObject host when host.TryGetMember(name, out var member):
                return member;
            case Tag tag when tag == Tag.Absent:
                return from;
            case Tag when from.IsNullish:
                return isOptional ? new Value(Tag.Absent, double.NaN, null) : throw CannotRead(frame, from);
            default:
                frame.At = start;
                return Objects.Get(frame.Run, from, key);
        }
    }

    private Value ReadRecord(Frame frame, ScriptRecord record, in Value from)
    {
        var map = record.Map;
        var slot = map.IndexOf(key);
        if (slot >= 0 && (map.FlagsAt(slot) & PropertyFlags.Accessor) == 0)
        {
            if (map.IsShared) place = new Place(map, slot);
            return record.SlotAt(slot);
        }

        if (slot < 0 && ReferenceEquals(record.Prototype, Intrinsics.ObjectPrototype)) return Plain(frame, ofObject, from);
        frame.At = start;
        return record.Get(frame.Run, key, from);
    }

    private Value Plain(Frame frame, in Value inherited, in Value from)
    {
        if (!ReferenceEquals(inherited.Reference, Tag.Hole)) return inherited;
        frame.At = start;
        return Objects.Get(frame.Run, from, key);
    }

    private ScriptThrow CannotRead(Frame frame, in Value from)
    {
        frame.At = start;
        var written = path is null ? "" : $": `{path}` is {ScriptRun.Describe(from)}";
        return frame.Run.TypeError(
            path is null ? $"cannot read `{name}` of {ScriptRun.Describe(from)}" : $"cannot read `{path}.{name}`{written}");
    }

    // One reference, so that threads that share the rule never see half of it.
    private sealed class Place(PropertyMap map, int slot)
    {
        public readonly PropertyMap Map = map;
        public readonly int Slot = slot;
    }
}

/// <summary>Reads <c>start.a.b.c</c>: as long as a document holds mappings on the way, no values are made for them.</summary>
internal sealed class PathRead(Operation start, PropertyRead[] links) : Operation
{
    public override bool IsPure => start.IsPure;

    public Operation Start => start;

    public PropertyRead[] Links => links;

    public override Value Evaluate(Frame frame)
    {
        var value = start.Evaluate(frame);
        for (var i = 0; i < links.Length; i++)
        {
            if (value.Reference is not MappingNode mapping || links[i].FindPlain(mapping) is not { } node)
            {
                value = links[i].Read(frame, value);
                continue;
            }

            while (i + 1 < links.Length && node is MappingNode holder && links[i + 1].FindPlain(holder) is { } child)
                (node, i) = (child, i + 1);
            value = Value.Of(node);
        }

        return value;
    }
}

/// <summary>Reads <c>target[key]</c>.</summary>
internal sealed class ElementRead(Operation target, Operation key, SourcePosition start, bool isOptional) : Operation
{
    public Operation Target => target;

    public override bool IsPure => target.IsPure && key.IsPure;

    public override Value Evaluate(Frame frame) => Read(frame, target.Evaluate(frame));

    /// <summary>Reads the element of a target evaluated already.</summary>
    public Value Read(Frame frame, in Value from)
    {
        if (from.Reference is Tag)
        {
            if (ReferenceEquals(from.Reference, Tag.Absent)) return from;
            if (isOptional && from.IsNullish) return new Value(Tag.Absent, double.NaN, null);
        }

        var at = key.Evaluate(frame);
        frame.At = start;
        if (at.IsUnknown) throw frame.Run.Undetermined(at);
        return Objects.GetAt(frame.Run, from, at);
    }
}

/// <summary>The extent of an optional chain: when a link inside found null or undefined, the whole is undefined.</summary>
internal sealed class OptionalChainEnd(Operation chain) : Operation
{
    public Operation Chain => chain;

    public override bool IsPure => chain.IsPure;

    public override Value Evaluate(Frame frame)
    {
        var value = chain.Evaluate(frame);
        return ReferenceEquals(value.Reference, Tag.Absent) ? Value.Undefined : value;
    }
}

/// <summary><c>delete target.name</c> and <c>delete target[key]</c>.</summary>
internal sealed class DeleteProperty(Operation target, Operation key, bool isOptional, SourcePosition start) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var from = target.Evaluate(frame);
        if (ReferenceEquals(from.Reference, Tag.Absent) || (isOptional && from.IsNullish)) return Value.Of(true);
        var at = key.Evaluate(frame);
        frame.At = start;
        if (at.IsUnknown) throw frame.Run.Undetermined(at);
        if (from.IsNullish) throw frame.Run.TypeError($"cannot delete a property of {ScriptRun.Describe(from)}");
        Objects.Delete(frame.Run, from, Conversion.ToKey(frame.Run, at));
        return Value.Of(true);
    }
}

/// <summary>Assigns <c>target.name</c> or <c>target[key]</c>.</summary>
internal sealed class PropertyBinder(Operation target, Operation key, SourcePosition start) : ReferenceBinder
{
    public override Reference Prepare(Frame frame)
    {
        var to = target.Evaluate(frame);
        return new Reference(to, key.Evaluate(frame));
    }

    public override void Bind(Frame frame, in Reference reference, in Value value)
    {
        frame.At = start;
        if (reference.Key.IsUnknown) throw frame.Run.Undetermined(reference.Key);
        Objects.SetAt(frame.Run, reference.Target, reference.Key, value);
    }

    public override Value Read(Frame frame, ref Reference reference)
    {
        frame.At = start;
        if (reference.Key.IsUnknown) throw frame.Run.Undetermined(reference.Key);
        if (reference.Target.IsNullish)
            throw frame.Run.TypeError($"cannot read a property of {ScriptRun.Describe(reference.Target)}");
        if (reference.Key.IsObject)
            reference = new Reference(reference.Target, Conversion.ToKey(frame.Run, reference.Key).ToValue());
        return Objects.GetAt(frame.Run, reference.Target, reference.Key);
    }
}
