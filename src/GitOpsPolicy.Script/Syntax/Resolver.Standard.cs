using System.Collections.Immutable;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>What only <see cref="Dialect"/> resolves.</summary>
internal sealed partial class Resolver
{
    // A name that nothing declares: `arguments` of the function around, or an error when it is read. False when it is one we
    // refuse.
    private bool UseLoosely(Identifier name)
    {
        if (name.Name == "arguments") return UseArguments(name);
        if (Unsupported.Names.ContainsKey(name.Name)) return false;
        name.IsUnresolved = true;
        return true;
    }

    private bool UseArguments(Identifier name)
    {
        var at = scope;
        while (at is not null && at is not { Kind: ScopeKind.Function, Function.Kind: not FunctionKind.Arrow }) at = at.Parent;
        if (at?.Function is not { } function) return false;
        if (function.Kind == FunctionKind.Initializer)
        {
            report(name.Start, "`arguments` means nothing in the initial value of a field");
            return true;
        }

        var binding = new Binding(name.Name, BindingKind.Let, name.Start) { IsReady = true };
        at.Bindings.Add(binding);
        at.Names.Add(name.Name, binding);
        function.Arguments = new Identifier(function.Start, name.Name) { Binding = binding };
        Use(name);
        return true;
    }

    // `{ let x; { var x; } }`: a `var` may not pass a name that a block around it declares.
    private void CheckVars(ImmutableArray<Identifier> names)
    {
        foreach (var name in names)
        {
            for (var at = scope; at is { IsBody: false, Kind: not ScopeKind.Module }; at = at.Parent)
                if (at.Kind != ScopeKind.Catch && at.Names.TryGetValue(name.Name, out var other)) ReportTwice(name, other);
        }
    }
}
