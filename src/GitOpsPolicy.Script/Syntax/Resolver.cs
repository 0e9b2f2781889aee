using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Takes one problem.</summary>
internal delegate void ProblemSink(SourcePosition at, string message, string? hint = null, bool isUnsupported = false);

/// <summary>
/// Gives every name its binding and every binding its place (<see cref="Binding"/>), and finds the mistakes that need this:
/// unknown names, names declared twice, assignments to what cannot be assigned.
/// <para>
/// It walks the tree in the order of execution: a binding is ready from the end of its declaration on, and a hoisted function is
/// walked on entry to its scope. What is not ready when a use is met is checked at run time.
/// </para>
/// </summary>
internal sealed partial class Resolver(IReadOnlySet<string> globals, ProblemSink report, Dialect dialect)
{
    private readonly List<Scope> scopes = [];
    private readonly List<(Identifier Name, Scope At)> uses = [];
    private Scope scope = null!;

    public void Resolve(Module module)
    {
        module.Scope = Open(ScopeKind.Module, null);
        foreach (var import in module.Imports)
        {
            foreach (var name in import.Names)
            {
                Declare(name.Local, BindingKind.Import);
                name.Local.Binding!.IsReady = true;
            }
        }

        Body(module.Body);
        foreach (var export in module.Exports)
        {
            if (export.Local is not { } local) continue;
            if (scope.Names.TryGetValue(local.Name, out var binding)) local.Binding = binding;
            else report(local.Start, $"`{local.Name}` is exported but not declared", Nearest(local.Name));
        }

        SlotAllocator.Allocate(scopes, uses);
        module.FrameSlots = SlotAllocator.FrameSlots(scopes, null);
    }

    /// <summary>Resolves a function that stands alone: what it does not declare are names of the host.</summary>
    public void Resolve(Function function)
    {
        Walk(function);
        SlotAllocator.Allocate(scopes, uses);
    }

    private Scope Open(ScopeKind kind, Function? function, bool isBody = false)
    {
        scope = new Scope(kind, scope, function) { IsBody = isBody };
        scopes.Add(scope);
        return scope;
    }

    private void Close() => scope = scope.Parent!;

    private void Declare(Identifier name, BindingKind kind)
    {
        if (scope.Names.TryGetValue(name.Name, out var other))
        {
            name.Binding = other;
            if (!((scope.IsBody || IsTopOfScript) && kind == BindingKind.Function && other.Kind == BindingKind.Function))
                ReportTwice(name, other);
            return;
        }

        if (IsAroundBody(kind) && scope.Parent!.Names.TryGetValue(name.Name, out var around) && around.Kind != BindingKind.Self)
            ReportTwice(name, around);
        var binding = new Binding(name.Name, kind, name.Start) { IsReady = kind == BindingKind.Function };
        scope.Bindings.Add(binding);
        scope.Names.Add(name.Name, binding);
        name.Binding = binding;
    }

    private bool IsTopOfScript => dialect == Dialect.Script && scope.Kind == ScopeKind.Module;

    // A body may not declare a name of its parameters (a function may: it replaces the parameter), nor a catch block its
    // parameter.
    private bool IsAroundBody(BindingKind kind) =>
        (scope.IsBody && kind != BindingKind.Function) || scope is { Kind: ScopeKind.Block, Parent.Kind: ScopeKind.Catch };

    private void ReportTwice(Identifier name, Binding other)
    {
        if (name.Name == "*default*") return;
        report(name.Start, $"`{name.Name}` is already declared in line {other.Declared.Line}", "give one of them another name");
    }

    // ---- uses

    private void Use(Identifier name)
    {
        for (var at = scope; at is not null; at = at.Parent)
        {
            if (!at.Names.TryGetValue(name.Name, out var binding)) continue;
            name.Binding = binding;
            binding.IsUsed = true;
            binding.IsCaptured |= !ReferenceEquals(at.Function, scope.Function);
            if (!binding.IsReady) name.NeedsCheck = binding.NeedsCheck = true;
            uses.Add((name, scope));
            return;
        }

        if (globals.Contains(name.Name)) return;
        if (dialect != Dialect.Rule && UseLoosely(name)) return;
        if (Unsupported.Names.TryGetValue(name.Name, out var known))
            report(name.Start, known.Message, known.Hint, isUnsupported: true);
        else report(name.Start, $"unknown name `{name.Name}`", Nearest(name.Name));
    }

    private void Assign(Identifier name)
    {
        Use(name);
        if (name.Binding is not { } binding)
        {
            if (globals.Contains(name.Name))
                report(name.Start, $"`{name.Name}` is built in and cannot be assigned", isUnsupported: true);
            return;
        }

        binding.IsAssigned = true;
        if (dialect != Dialect.Rule) return;
        switch (binding.Kind)
        {
            case BindingKind.Const:
                report(name.Start, $"`{name.Name}` is a `const` and cannot be assigned", "declare it with `let`");
                break;
            case BindingKind.Import:
                report(name.Start, $"`{name.Name}` is imported and cannot be assigned", "copy it to a `let`");
                break;
            case BindingKind.Self:
                report(name.Start, $"`{name.Name}` cannot be assigned inside what it names");
                break;
            default:
                if (binding.IsCaptured && scope.Function is not null && IsModuleLevel(binding))
                    report(
                        name.Start, $"`{name.Name}` belongs to the module, whose state is fixed once it has loaded",
                        "use a variable of the function, or return the new value");
                break;
        }
    }

    private bool IsModuleLevel(Binding binding)
    {
        for (var at = scope; at is not null; at = at.Parent)
            if (at.Names.TryGetValue(binding.Name, out var found) && ReferenceEquals(found, binding)) return at.Function is null;
        return false;
    }

    private string? Nearest(string name)
    {
        var visible = globals.AsEnumerable();
        for (var at = scope; at is not null; at = at.Parent) visible = visible.Concat(at.Names.Keys);
        return Spelling.Nearest(name, visible) is { } near ? $"did you mean `{near}`?" : null;
    }

    // ---- functions and classes

    private void Walk(Function function)
    {
        var outer = scope;
        function.Scope = Open(ScopeKind.Function, function);
        foreach (var name in function.Parameters.SelectMany(parameter => Parser.Names(parameter.Target))
            .Concat(Parser.Names(function.Rest)))
            Declare(name, BindingKind.Parameter);
        var self = DeclareSelf(function);
        foreach (var parameter in function.Parameters) Element(parameter, isDeclaration: true);
        Target(function.Rest, isDeclaration: true);

        var body = Open(ScopeKind.Block, function, isBody: true);
        Body(function.Body);
        function.Scope.Functions = body.Functions;
        if (self is { IsUsed: false })
        {
            function.Scope.Bindings.Remove(self);
            self = null;
        }

        if (self is null) function.Self = null;
        scope = outer;
    }

    private Binding? DeclareSelf(Function function)
    {
        if (function.Self is not { } name || scope.Names.ContainsKey(name.Name)) return null;
        Declare(name, BindingKind.Self);
        name.Binding!.IsReady = true;
        return name.Binding;
    }

    private void Walk(Class definition)
    {
        definition.Scope = Open(ScopeKind.Class, scope.Function);
        if (definition.Name is { } name) Declare(name, BindingKind.Self);
        if (definition.Base is { } parent) Walk(parent);
        privateNames.Push([.. definition.Members.Where(member => member.Key is { IsPrivate: true })
            .Select(member => member.Key!.Name!)]);
        foreach (var member in definition.Members)
            if (member.Key?.Computed is { } key) Walk(key);
        if (definition.Name?.Binding is { } self) self.IsReady = true;
        if (definition.Constructor is { } constructor) Walk(constructor);
        foreach (var member in definition.Members)
            if (member.Value is { } value) Walk(value);
        privateNames.Pop();
        Close();
    }
}
