using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// What <c>Map</c> and <c>Set</c> hold: keys told apart by SameValueZero, in the order they were first added. A place that was
/// removed stays empty, so that walks under way keep their position (ECMAScript, sections 24.1.3 and 24.2.3).
/// </summary>
internal sealed class KeyedTable
{
    private readonly List<Entry> entries = [];
    private readonly Dictionary<Value, int> index = new(KeyComparer.Instance);

    /// <summary>How many keys there are.</summary>
    public int Count => index.Count;

    /// <summary>The value under a key.</summary>
    public bool TryGet(in Value key, out Value value)
    {
        var found = index.TryGetValue(key, out var at);
        value = found ? entries[at].Value : Value.Undefined;
        return found;
    }

    /// <summary>Adds a key, or replaces the value under it.</summary>
    public void Set(ScriptRun run, in Value key, in Value value)
    {
        run.Charge(1);
        if (index.TryGetValue(key, out var at))
        {
            entries[at] = entries[at] with { Value = value };
            return;
        }

        run.Allocate(4 * ScriptRun.ElementBytes);
        index.Add(key, entries.Count);
        // -0 becomes 0: the two are one key.
        entries.Add(new(
            key.IsNumber && key.Number == 0 ? Conversion.Number(0, Conversion.IsSensitive(key), key.Origin) : key, value, true));
    }

    /// <summary>Removes a key; false when it is not there.</summary>
    public bool Remove(in Value key)
    {
        if (!index.Remove(key, out var at)) return false;
        entries[at] = default;
        return true;
    }

    /// <summary>Removes every key.</summary>
    public void Clear(ScriptRun run)
    {
        run.Charge(entries.Count >> 2);
        for (var i = 0; i < entries.Count; i++) entries[i] = default;
        index.Clear();
    }

    /// <summary>The entry at or after a position; false at the end.</summary>
    public bool TryNext(ScriptRun run, ref int position, out Value key, out Value value)
    {
        while (position < entries.Count)
        {
            run.Charge(1);
            var entry = entries[position++];
            if (!entry.IsThere) continue;
            (key, value) = (entry.Key, entry.Value);
            return true;
        }

        (key, value) = (Value.Undefined, Value.Undefined);
        return false;
    }

    /// <summary>Everything held, for freezing a module's state.</summary>
    public void CollectReferences(List<object> references)
    {
        foreach (var entry in entries)
        {
            if (entry.IsThere && entry.Key.Reference is { } key) references.Add(key);
            if (entry.IsThere && entry.Value.Reference is { } value) references.Add(value);
        }
    }

    /// <summary>One key with its value, or an empty place.</summary>
    private readonly record struct Entry(Value Key, Value Value, bool IsThere);

    /// <summary>
    /// SameValueZero. Text is hashed with a key of the process, so no rule can make a table slow by its choice of keys.
    /// </summary>
    private sealed class KeyComparer : IEqualityComparer<Value>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(Value x, Value y) => Equality.SameValueZero(x, y);

        public int GetHashCode([DisallowNull] Value key) => key.Reference switch
        {
            string text => text.GetHashCode(StringComparison.Ordinal),
            GuardedText guarded => guarded.Text.GetHashCode(StringComparison.Ordinal),
            _ when key.IsNumber => HashOf(key.Number),
            var reference => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(reference),
        };

        private static int HashOf(double number)
        {
            var bits = BitConverter.DoubleToInt64Bits(number == 0 ? 0 : double.IsNaN(number) ? double.NaN : number);
            return HashCode.Combine((int)bits, (int)(bits >> 32));
        }
    }
}
