namespace GitOpsPolicy.Script.Syntax;

/// <summary>Gives every binding its place once it is known which of them closures capture. See <see cref="Binding"/>.</summary>
internal static class SlotAllocator
{
    /// <param name="scopes">All scopes, outer ones before inner ones.</param>
    /// <param name="uses">All uses of bindings, with the scope each is in.</param>
    public static void Allocate(IReadOnlyList<Scope> scopes, IEnumerable<(Identifier Name, Scope At)> uses)
    {
        foreach (var scope in scopes) PlaceCaptured(scope);
        foreach (var scope in scopes)
        {
            scope.HeapDepth = (scope.Parent?.HeapDepth ?? 0) + (scope.HeapSlots > 0 ? 1 : 0);
            PlaceInFrame(scope);
            var checkedOnUse = scope.Bindings.Where(binding => binding.NeedsCheck);
            var holder = scope.IsBody ? scope.Parent! : scope;
            holder.Unchecked = holder.Unchecked.AddRange(checkedOnUse);
        }

        foreach (var (name, at) in uses)
            if (name.Binding is { IsCaptured: true } binding) name.Hops = at.HeapDepth - binding.Home.HeapDepth;
        foreach (var scope in scopes.Where(scope => scope is { Kind: ScopeKind.Function }))
            scope.Function!.FrameSlots = FrameSlots(scopes, scope.Function);
    }

    /// <summary>How many slots the frame of a function needs; null is the top level of the module.</summary>
    public static int FrameSlots(IEnumerable<Scope> scopes, Function? function)
    {
        var most = 0;
        foreach (var scope in scopes)
            if (ReferenceEquals(scope.Function, function)) most = Math.Max(most, scope.FrameEnd);
        return most;
    }

    private static void PlaceCaptured(Scope scope)
    {
        var home = scope;
        while (home.Kind is not (ScopeKind.Module or ScopeKind.Function or ScopeKind.Loop or ScopeKind.Class))
            home = home.Parent!;
        foreach (var binding in scope.Bindings)
        {
            binding.Home = home;
            binding.IsCaptured |= scope.Kind == ScopeKind.Module;
            if (binding.IsCaptured) binding.Slot = home.HeapSlots++;
        }

        if (scope.Kind == ScopeKind.Loop) scope.CopiedSlots = scope.HeapSlots;
    }

    private static void PlaceInFrame(Scope scope)
    {
        var isOfParent = scope.Parent is { } parent && ReferenceEquals(parent.Function, scope.Function);
        var next = isOfParent ? scope.Parent!.FrameEnd : 0;
        var isPlain = scope is { Kind: ScopeKind.Function, Function.HasPlainParameters: true };
        foreach (var binding in scope.Bindings)
        {
            // Arguments of plain parameters arrive in the first slots, captured or not.
            var isReserved = isPlain && binding.Kind == BindingKind.Parameter;
            if (!binding.IsCaptured) binding.Slot = next;
            if (!binding.IsCaptured || isReserved) next++;
        }

        scope.FrameEnd = next;
    }
}
