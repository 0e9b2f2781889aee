namespace GitOpsPolicy.Script.Runtime;

/// <summary>Variables that closures share and that outlive the call which made them.</summary>
internal sealed class HeapScope(HeapScope? parent, int size)
{
    /// <summary>The scope around.</summary>
    public readonly HeapScope? Parent = parent;

    /// <summary>The variables.</summary>
    public readonly Value[] Slots = new Value[size];

    /// <summary>The module that made it has been loaded: nothing in it may change any more.</summary>
    public bool IsFrozen { get; private set; }

    public void Freeze() => IsFrozen = true;

    public void CollectReferences(List<object> references)
    {
        foreach (ref readonly var slot in Slots.AsSpan())
            if (slot.Reference is { } reference) references.Add(reference);
        if (Parent is not null) references.Add(Parent);
    }
}
