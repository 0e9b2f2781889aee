using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>A template: texts with values between them.</summary>
internal sealed class TemplateOperation(string[] texts, Operation[] values, SourcePosition start) : Operation
{
    private readonly bool isShort = (values.Length * 2) + 1 <= TemplateParts.Count;

    public override Value Evaluate(Frame frame) =>
        isShort ? Join(frame) : Build(frame, new GuardedBuilder(frame.Run).Append(texts[0]), 0);

    // Text that may be shown, and numbers, are joined at once; from the first value of another kind on the builder has to know.
    private Value Join(Frame frame)
    {
        var parts = default(TemplateParts);
        var (run, count) = (frame.Run, 0);
        Node? origin = null;
        run.ChargeText(texts[0].Length);
        parts[count++] = texts[0];
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i].Evaluate(frame);
            frame.At = start;
            var part = value.Reference is null ? NumberText.Format(value.Number) : value.Reference as string;
            if (part is null)
            {
                var builder = new GuardedBuilder(run).Continue(string.Concat(((ReadOnlySpan<string?>)parts)[..count]), origin);
                return Build(frame, builder.Append(value).Append(texts[i + 1]), i + 1);
            }

            origin ??= value.Source;
            run.ChargeText(part.Length);
            run.ChargeText(texts[i + 1].Length);
            parts[count++] = part;
            parts[count++] = texts[i + 1];
        }

        return Value.Of(string.Concat(((ReadOnlySpan<string?>)parts)[..count]), origin);
    }

    private Value Build(Frame frame, GuardedBuilder builder, int from)
    {
        for (var i = from; i < values.Length; i++)
        {
            var value = values[i].Evaluate(frame);
            frame.At = start;
            builder.Append(value).Append(texts[i + 1]);
        }

        return builder.ToValue();
    }
}

/// <summary>The parts of a template, on the stack.</summary>
[InlineArray(Count)]
internal struct TemplateParts
{
    public const int Count = 11;

    private string? first;
}

/// <summary><c>[…]</c>.</summary>
/// <param name="items">An item is null for a hole.</param>
internal sealed class ArrayOperation(Operation?[] items) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        frame.Run.Allocate(ScriptRun.ObjectBytes + (items.Length * ScriptRun.ElementBytes));
        var array = new ScriptArray(items.Length);
        List<Value>? spread = null;
        foreach (var item in items)
        {
            if (item is SpreadItems many)
            {
                many.AddTo(frame, spread ??= []);
                foreach (var value in spread) array.Append(value);
                spread.Clear();
            }
            else
            {
                array.Append(item is null ? ScriptArray.HoleValue : item.Evaluate(frame));
            }
        }

        return Value.Of(array);
    }
}

/// <summary><c>{ a: 1, b }</c> with plain distinct names only: all objects it makes share one map of names.</summary>
internal sealed class RecordOperation : Operation
{
    private readonly PropertyMap map;
    private readonly Operation[] values;

    public RecordOperation(string[] names, Operation[] values)
    {
        this.values = values;
        map = new PropertyMap(names.Length);
        foreach (var name in names) map.Add(name, PropertyFlags.All);
        map.IsShared = true;
    }

    public override Value Evaluate(Frame frame)
    {
        frame.Run.Allocate(ScriptRun.ObjectBytes + (values.Length * ScriptRun.ElementBytes));
        var slots = new Value[values.Length];
        for (var i = 0; i < slots.Length; i++) slots[i] = values[i].Evaluate(frame);
        var made = new ScriptRecord();
        made.Adopt(map, slots);
        return Value.Of(made);
    }
}

/// <summary><c>{ … }</c> with computed keys, methods, accessors or spreads: members are added one by one.</summary>
internal sealed class ObjectOperation(ObjectMember[] members) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        frame.Run.Allocate(ScriptRun.ObjectBytes);
        var made = new ScriptRecord();
        foreach (var member in members) member.AddTo(frame, made);
        return Value.Of(made);
    }
}

/// <summary>One member of an object literal.</summary>
internal abstract class ObjectMember
{
    public abstract void AddTo(Frame frame, ScriptObject target);

    protected static PropertyKey KeyOf(Frame frame, Operation key)
    {
        var value = key.Evaluate(frame);
        if (value.IsUnknown) throw frame.Run.Undetermined(value);
        return Conversion.ToKey(frame.Run, value);
    }
}

/// <summary>
/// <c>key: value</c>. A nameless function that is the value gets the key as its name, when the key is computed.
/// </summary>
internal sealed class ValueMember(Operation key, Operation value, bool namesValue) : ObjectMember
{
    public override void AddTo(Frame frame, ScriptObject target)
    {
        var name = KeyOf(frame, key);
        var held = value.Evaluate(frame);
        if (namesValue && held.Reference is Closure closure) FunctionNames.Give(closure, name);
        target.DefineOwn(frame.Run, name, new Property(held, PropertyFlags.All));
    }
}

/// <summary><c>key() { }</c>, <c>get key() { }</c>, <c>set key(v) { }</c>, of literals and classes.</summary>
internal sealed class MethodMember(Operation key, FunctionCode code, MethodKind kind, PropertyFlags flags) : ObjectMember
{
    public override void AddTo(Frame frame, ScriptObject target) => AddTo(frame, target, null);

    /// <param name="privates">The private names of the class that the method is of; null for a method of a literal.</param>
    public void AddTo(Frame frame, ScriptObject target, PrivateScope? privates)
    {
        var name = KeyOf(frame, key);
        var method = (Closure)FunctionMaker.Make(frame, code).Reference!;
        method.Home = target;
        var prefix = kind switch { MethodKind.Get => "get ", MethodKind.Set => "set ", _ => "" };
        method.GivenName = prefix + FunctionNames.Of(name);
        if (privates is not null) method.Privates = privates;
        var property = kind == MethodKind.Method ? new Property(Value.Of(method), flags) : Accessor(target, name, method);
        if (!target.DefineOwn(frame.Run, name, property)) throw frame.Run.TypeError($"cannot define `{name}`");
    }

    private Property Accessor(ScriptObject target, PropertyKey name, Closure method)
    {
        var other = target.TryGetOwn(name, out var existing) && existing.IsAccessor ? existing.Accessor : null;
        var accessor = kind == MethodKind.Get ? new Accessor(method, other?.Set) : new Accessor(other?.Get, method);
        return new Property(accessor, flags);
    }
}

internal enum MethodKind : byte
{
    Method,
    Get,
    Set,
}

/// <summary><c>...value</c>: copies the own enumerable properties.</summary>
internal sealed class SpreadMember(Operation value) : ObjectMember
{
    public override void AddTo(Frame frame, ScriptObject target) =>
        Copying.CopyProperties(frame.Run, value.Evaluate(frame), target, []);
}

/// <summary><c>__proto__: value</c>.</summary>
internal sealed class PrototypeMember(Operation value) : ObjectMember
{
    public override void AddTo(Frame frame, ScriptObject target)
    {
        var prototype = value.Evaluate(frame);
        if (prototype.IsNull) target.TrySetPrototype(frame.Run, null);
        else if (prototype.Reference is ScriptObject o) target.TrySetPrototype(frame.Run, o);
        else if (prototype.Reference is Node) throw frame.Run.TypeError("a document cannot be a prototype");
    }
}

/// <summary><c>/…/</c>: a fresh regular expression each time.</summary>
internal sealed class PatternOperation(Func<ScriptRun, Value> make) : Operation
{
    public override Value Evaluate(Frame frame) => make(frame.Run);
}

/// <summary>The name that a function gets from the key it is stored under.</summary>
internal static class FunctionNames
{
    /// <summary>
    /// Names a function or class that has no name, after a key only known now. A class may have a static <c>name</c> of its own.
    /// </summary>
    public static void Give(Closure nameless, PropertyKey key)
    {
        if (!nameless.Code.IsClassConstructor) nameless.GivenName = Of(key);
        else if (nameless.TryGetOwn("name", out var own)
            && own is { IsWritable: false, IsAccessor: false }
            && own.Value.Reference is "")
            nameless.Define("name", Value.Of(Of(key)), PropertyFlags.Configurable);
    }

    public static string Of(PropertyKey key) =>
        key.Reference is Symbol symbol ? symbol.Description is null ? "" : $"[{symbol.Description}]" : key.ToString();
}

/// <summary>CopyDataProperties: what spread and rest properties do.</summary>
internal static class Copying
{
    public static void CopyProperties(ScriptRun run, in Value source, ScriptObject target, ReadOnlySpan<PropertyKey> excluded)
    {
        run.RequireKnown(source);
        if (source.IsNullish) return;
        foreach (var key in Objects.OwnKeys(run, source))
        {
            if (excluded.Contains(key) || !Objects.TryGetOwn(source, key, out var property) || !property.IsEnumerable) continue;
            var value = property.IsAccessor ? ScriptObject.ReadAccessor(run, property, source) : property.Value;
            target.DefineOwn(run, key, new Property(value, PropertyFlags.All));
        }
    }
}
