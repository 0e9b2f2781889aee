using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;
using PropertyKey = GitOpsPolicy.Script.Syntax.PropertyKey;

namespace GitOpsPolicy.Script.Compilation;

/// <content>Names and targets.</content>
internal sealed partial class Compiler
{
    private Operation Read(Identifier name)
    {
        if (name.IsUnresolved) return new UnresolvedRead(name.Name, name.Start);
        if (name.Binding is not { } binding)
            return new Constant(globals.TryGetValue(name.Name, out var value) ? value : Value.Undefined);
        if (!binding.IsCaptured)
            return name.NeedsCheck ? new CheckedLocalRead(binding.Slot, name.Name, name.Start) : new LocalRead(binding.Slot);
        if (ModuleOf(binding) is { } scope) return new ModuleRead(scope, binding.Slot, name.Name, name.Start);
        return name.NeedsCheck
            ? new CheckedScopeRead(name.Hops, binding.Slot, name.Name, name.Start)
            : new ScopeRead(name.Hops, binding.Slot);
    }

    /// <summary>Gives a name its first value.</summary>
    private Binder Declare(Identifier name)
    {
        var binding = name.Binding!;
        return binding.IsCaptured
            ? new ScopeBinder(ModuleOf(binding), name.Hops, binding.Slot, name.Name, name.Start, isChecked: false)
            : new LocalBinder(binding.Slot);
    }

    /// <summary>Assigns a name that has a value already.</summary>
    private Binder Assign(Identifier name)
    {
        if (name.IsUnresolved) return new UnresolvedBinder(name.Name, name.Start);
        var binding = name.Binding!;
        if (binding.IsReadOnly) return new ReadOnlyBinder(Read(name), name.Name, name.Start);
        if (binding.IsCaptured)
            return new ScopeBinder(ModuleOf(binding), name.Hops, binding.Slot, name.Name, name.Start, name.NeedsCheck);
        return name.NeedsCheck ? new CheckedLocalBinder(binding.Slot, name.Name, name.Start) : new LocalBinder(binding.Slot);
    }

    // On entry to a scope the heap scope that holds its captured names is the innermost one.
    private Binder MarkTarget(Binding binding) => binding.IsCaptured
        ? new ScopeBinder(ModuleOf(binding), 0, binding.Slot, binding.Name, binding.Declared, isChecked: false)
        : new LocalBinder(binding.Slot);

    private HeapScope? ModuleOf(Binding binding) => binding.Home.Kind == ScopeKind.Module ? module : null;

    private Binder Target(Pattern pattern, bool isDeclaration)
    {
        operations++;
        var before = yields;
        var target = TargetOf(pattern, isDeclaration);
        if (yields != before) yielding.Add(pattern);
        return target;
    }

    private Binder TargetOf(Pattern pattern, bool isDeclaration)
    {
        return pattern switch
        {
            NameTarget { Name: var name } => isDeclaration ? Declare(name) : Assign(name),
            PropertyTarget { Property: var property } => PropertyTarget(property),
            ArrayPattern array => new ArrayBinder(
                [.. array.Elements.Select(e => e is null ? null : Target(e, isDeclaration))],
                array.Rest is null ? null : Target(array.Rest, isDeclaration)),
            ObjectPattern o => new ObjectBinder(
                [.. o.Properties.Select(p => new PropertyPart(Key(p.Key), Reader(p.Key), PartTarget(p, isDeclaration)))],
                o.Rest is null ? null : Target(o.Rest, isDeclaration),
                o.Start),
            _ => throw new InvalidOperationException($"There is no target {pattern.GetType().Name}."),
        };
    }

    private Binder PartTarget(PatternProperty part, bool isDeclaration)
    {
        var target = Target(part.Element, isDeclaration);
        return instruments is null ? target : instruments.Watched(part, target);
    }

    private Binder Target(PatternElement element, bool isDeclaration)
    {
        var target = Target(element.Target, isDeclaration);
        return element.Default is null ? target : new DefaultBinder(target, Operation(element.Default));
    }

    private Binder PropertyTarget(Expression property) => property switch
    {
        Member member => new PropertyBinder(Operation(member.Object), Name(member.Name), member.NameStart),
        Syntax.Index index => new PropertyBinder(Operation(index.Object), Operation(index.Key), index.Start),
        PrivateMember member => PrivateTarget(member),
        SuperMember member => new SuperBinder(SuperKey(member), member.Start),
        _ => throw new InvalidOperationException($"There is no target {property.GetType().Name}."),
    };

    // A name that starts with a digit may be an index, which objects keep elsewhere than their names.
    private static PropertyRead? Reader(PropertyKey key) => key is { Computed: null, Name: not [>= '0' and <= '9', ..] }
        ? new PropertyRead(new Constant(Value.Undefined), string.Intern(key.Name!), key.Start, isOptional: false, null)
        : null;

    private Operation Key(PropertyKey key) => key.Computed is null ? Name(key.Name!) : Operation(key.Computed);

    // Names are interned, so that looking for one in a map of names made by the same rule mostly compares references.
    private static Constant Name(string name) => new(Value.Of(string.Intern(name)));
}
