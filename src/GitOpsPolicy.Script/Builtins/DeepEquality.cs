using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// Whether two values say the same: arrays element by element, objects property by property in any order, maps and sets by what
/// they hold. Views of documents and objects of the rule's compare alike. One comparison walks each pair of objects once, so
/// cycles end and a value shared many times costs once.
/// </summary>
internal sealed class DeepEquality
{
    /// <summary>An answer that hangs on many unknowns names the first ones.</summary>
    private const int MostUnknowns = 16;

    private readonly ScriptRun run;
    private readonly HashSet<(object, object)> met = new(ByReference.Instance);
    private List<Value>? unknowns;

    private DeepEquality(ScriptRun run) => this.run = run;

    /// <summary><c>deepEqual(a, b)</c>: unknown where nothing known differs and something is unknown.</summary>
    public static Value Compare(ScriptRun run, Value self, Arguments args)
    {
        var comparison = new DeepEquality(run);
        if (!comparison.MayBeEqual(args[0], args[1])) return Value.Of(false);
        return comparison.unknowns is { } open ? GuardedText.UnknownFrom(CollectionsMarshal.AsSpan(open)) : Value.Of(true);
    }

    private bool MayBeEqual(in Value a, in Value b)
    {
        run.Charge(1);
        if (a.IsUnknown || b.IsUnknown) return Await(a, b);
        if (a.IsText && b.IsText) run.ChargeScan(Math.Min(Objects.TextLength(a), Objects.TextLength(b)));
        if (!a.IsObject || !b.IsObject) return Equality.SameValueZero(a, b);
        if (ReferenceEquals(a.Reference, b.Reference)) return true;
        run.Allocate(4 * ScriptRun.ElementBytes);
        if (!met.Add((a.Reference!, b.Reference!))) return true;   // compared already, or being compared further up
        using var nesting = run.Nest();
        return MayHoldTheSame(a, b);
    }

    // A difference elsewhere settles it, whatever this turns out to be.
    private bool Await(in Value a, in Value b)
    {
        if (Operators.StrictEquals(run, a, b) == Truth.False) return false;
        if ((unknowns ??= []).Count < MostUnknowns) unknowns.Add(a.IsUnknown ? a : b);
        return true;
    }

    private bool MayHoldTheSame(in Value a, in Value b) => (a.Reference, b.Reference) switch
    {
        _ when Objects.IsArray(a) || Objects.IsArray(b) => Objects.IsArray(a) && Objects.IsArray(b) && Elements(a, b),
        _ when !ReferenceEquals(Objects.PrototypeOf(a), Objects.PrototypeOf(b)) => false,
        (ScriptMap x, ScriptMap y) => Keys(x.Table, y.Table),
        (ScriptSet x, ScriptSet y) => Keys(x.Table, y.Table),
        (ScriptRegExp x, ScriptRegExp y) => x.Pattern.Source == y.Pattern.Source && x.Pattern.Flags == y.Pattern.Flags,
        (ScriptPrimitive x, ScriptPrimitive y) => MayBeEqual(x.Value, y.Value),
        (ScriptFunction or HostObject, _) or (_, ScriptFunction or HostObject) => false,
        _ => Properties(a, b),
    };

    private bool Elements(in Value a, in Value b)
    {
        var length = Objects.LengthOf(run, a);
        if (length != Objects.LengthOf(run, b)) return false;
        for (var i = 0; i < length; i++)
            if (!MayBeEqual(Objects.GetIndex(run, a, i), Objects.GetIndex(run, b, i))) return false;
        return true;
    }

    private bool Properties(in Value a, in Value b)
    {
        var keys = Enumerable(a);
        if (keys.Count != Enumerable(b).Count) return false;
        foreach (var key in keys)
        {
            if (!Objects.TryGetOwn(b, key, out var other) || !other.IsEnumerable) return false;
            if (!MayBeEqual(Objects.Get(run, a, key), Objects.Get(run, b, key))) return false;
        }

        return true;
    }

    private List<PropertyKey> Enumerable(in Value value)
    {
        var keys = Objects.OwnKeys(run, value);
        var owner = value;
        keys.RemoveAll(key => !Objects.TryGetOwn(owner, key, out var property) || !property.IsEnumerable);
        run.Charge(keys.Count);
        return keys;
    }

    // Objects as keys are told apart by identity, as the table itself does.
    private bool Keys(KeyedTable a, KeyedTable b)
    {
        if (a.Count != b.Count) return false;
        var position = 0;
        while (a.TryNext(run, ref position, out var key, out var value))
            if (!b.TryGet(key, out var other) || !MayBeEqual(value, other)) return false;
        return true;
    }

    private sealed class ByReference : IEqualityComparer<(object, object)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((object, object) x, (object, object) y) =>
            ReferenceEquals(x.Item1, y.Item1) && ReferenceEquals(x.Item2, y.Item2);

        public int GetHashCode((object, object) pair) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Item1), RuntimeHelpers.GetHashCode(pair.Item2));
    }
}
