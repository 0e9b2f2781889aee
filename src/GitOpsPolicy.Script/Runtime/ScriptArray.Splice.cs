namespace GitOpsPolicy.Script.Runtime;

/// <content>Changes of many elements at once.</content>
internal sealed partial class ScriptArray
{
    /// <summary>
    /// Replaces a run of elements, moving those after it; false when the array may not change. Holes move along as holes.
    /// </summary>
    /// <param name="run">Charged for what is added and, by the 16, for what is moved.</param>
    /// <param name="start">The first element to go, from 0 to the length.</param>
    /// <param name="removed">How many go; there are that many.</param>
    /// <param name="inserted">What takes their place.</param>
    public bool TrySplice(ScriptRun run, int start, int removed, ReadOnlySpan<Value> inserted)
    {
        var growth = inserted.Length - removed;
        if (IsFrozen || (growth != 0 && (lengthIsFixed || isSealed)) || (growth > 0 && !IsExtensible)) return false;
        run.Charge(1 + inserted.Length + ((count - start) >> 4));
        if (growth > 0) run.Allocate((long)growth * ScriptRun.ElementBytes);
        if (count + growth > items.Length) Array.Resize(ref items, Math.Max(count + growth, items.Length * 2));
        Array.Copy(items, start + removed, items, start + inserted.Length, count - start - removed);
        inserted.CopyTo(items.AsSpan(start));
        if (growth < 0) Array.Clear(items, count + growth, -growth);
        count += growth;
        return true;
    }
}
