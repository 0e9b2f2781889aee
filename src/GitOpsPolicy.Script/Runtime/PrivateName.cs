namespace GitOpsPolicy.Script.Runtime;

/// <summary>A <c>#name</c> of one class. Each time the class is made, its private names are new ones.</summary>
internal sealed class PrivateName(string name)
{
    /// <summary>The name, without the <c>#</c>.</summary>
    public string Name => name;
}

/// <summary>The private names that code sees: those of the class it is written in, then those of the classes around.</summary>
internal sealed class PrivateScope(PrivateScope? parent, PrivateName[] names)
{
    public PrivateName Find(int hops, int index)
    {
        var scope = this;
        for (; hops > 0; hops--) scope = scope.Parent!;
        return scope.Names[index];
    }

    private PrivateScope? Parent => parent;

    private PrivateName[] Names => names;
}
