using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// Sorting of elements (ECMAScript, SortIndexedProperties): stable, undefined last. A comparator that contradicts itself gives
/// some order of the same elements, whatever it does in between.
/// </summary>
internal static class ElementOrder
{
    /// <summary>Up to so many elements a comparator that contradicts itself gives what it gives elsewhere, too.</summary>
    private const int RunLength = 32;

    /// <summary>The comparator given, or undefined for the order of text.</summary>
    public static Value Comparator(ScriptRun run, in Value argument)
    {
        if (argument.IsUndefined || argument.IsFunction) return argument;
        run.RequireKnown(argument);
        throw run.TypeError($"the comparator is {ScriptRun.Describe(argument)}, not a function");
    }

    /// <summary>The elements in order; the array given is used up.</summary>
    public static Value[] Sort(ScriptRun run, Value[] items, in Value comparator)
    {
        var known = Array.FindAll(items, item => !item.IsUndefined);
        run.Allocate(items.Length * 3L * ScriptRun.ElementBytes);
        var sorted = comparator.IsUndefined ? SortAsText(run, known) : MergeSort(known, Order(run, comparator));
        Array.Fill(items, Value.Undefined);
        sorted.CopyTo(items, 0);
        return items;
    }

    private static Value[] SortAsText(ScriptRun run, Value[] items)
    {
        var keyed = new (string Key, Value Item)[items.Length];
        for (var i = 0; i < items.Length; i++) keyed[i] = (Conversion.ToText(run, items[i]).Clear, items[i]);
        var sorted = MergeSort(keyed, (a, b) =>
        {
            run.Charge(1 + (Math.Min(a.Key.Length, b.Key.Length) >> 4));
            return string.CompareOrdinal(a.Key, b.Key);
        });
        return Array.ConvertAll(sorted, pair => pair.Item);
    }

    private static Comparison<Value> Order(ScriptRun run, Value comparator) => (a, b) =>
    {
        var order = Conversion.ToNumber(run, run.Call(comparator, Value.Undefined, a, b));
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    };

    /// <summary>Bottom-up: no recursion, and every comparison is between elements that are there.</summary>
    private static T[] MergeSort<T>(T[] items, Comparison<T> compare)
    {
        for (var start = 0; start < items.Length; start += RunLength)
            SortRun(items.AsSpan(start, Math.Min(RunLength, items.Length - start)), compare);
        var (from, to) = (items, new T[items.Length]);
        for (var width = RunLength; width < items.Length; width *= 2)
        {
            for (var start = 0; start < items.Length; start += width * 2)
                Merge(
                    from, to, start, Math.Min(start + width, items.Length), Math.Min(start + (width * 2), items.Length), compare);
            (from, to) = (to, from);
        }

        return from;
    }

    /// <summary>
    /// Takes the ascending or descending start as it is and inserts the rest by halving, asking in the order V8 does.
    /// </summary>
    private static void SortRun<T>(Span<T> items, Comparison<T> compare)
    {
        if (items.Length < 2) return;
        var sorted = 2;
        var descends = compare(items[1], items[0]) < 0;
        while (sorted < items.Length && compare(items[sorted], items[sorted - 1]) < 0 == descends) sorted++;
        if (descends) items[..sorted].Reverse();
        for (; sorted < items.Length; sorted++)
        {
            var item = items[sorted];
            var (low, high) = (0, sorted);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (compare(item, items[middle]) < 0) high = middle;
                else low = middle + 1;
            }

            items[low..sorted].CopyTo(items[(low + 1)..]);
            items[low] = item;
        }
    }

    private static void Merge<T>(T[] from, T[] to, int start, int middle, int end, Comparison<T> compare)
    {
        for (int left = start, right = middle, at = start; at < end; at++)
        {
            var takeLeft = left < middle && (right >= end || compare(from[right], from[left]) >= 0);
            to[at] = takeLeft ? from[left++] : from[right++];
        }
    }
}
