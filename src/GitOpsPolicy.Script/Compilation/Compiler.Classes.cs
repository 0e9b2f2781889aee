using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Compilation;

/// <content>Classes.</content>
internal sealed partial class Compiler
{
    private readonly Stack<string[]> privateNames = [];

    private ClassOperation Class(Class syntax)
    {
        var entry = Entry(syntax.Scope);
        var self = syntax.Name is null ? null : Declare(syntax.Name);
        var parent = syntax.Base is null ? null : Operation(syntax.Base);
        var names = syntax.Members.Where(m => m.Key is { IsPrivate: true }).Select(m => m.Key!.Name!).Distinct().ToArray();
        if (names.Length > 0) privateNames.Push(names);
        var constructor = syntax.Constructor is { } written ? Code(written) : DefaultConstructor(syntax);
        constructor.SourceRange = syntax.Text;
        var parts = syntax.Members.Select(m => Part(m, names)).ToArray();
        if (names.Length > 0) privateNames.Pop();
        var code = new ClassCode(syntax.Scope.HeapSlots, entry, self, parent, constructor, names, parts, syntax.Start);
        return new ClassOperation(code, syntax.DisplayName);
    }

    private ClassPart Part(ClassMember member, string[] names)
    {
        var kind = member.Kind switch
        {
            ClassMemberKind.Method => ClassPartKind.Method,
            ClassMemberKind.Get => ClassPartKind.Get,
            ClassMemberKind.Set => ClassPartKind.Set,
            ClassMemberKind.Field => ClassPartKind.Field,
            _ => ClassPartKind.StaticBlock,
        };
        if (member.Key is { IsPrivate: true } key)
            return new ClassPart(member.IsStatic, null, null, Array.IndexOf(names, key.Name), Part(member.Value, false), kind);
        if (kind is ClassPartKind.StaticBlock or ClassPartKind.Field)
        {
            var isNamed = member.Key?.Computed is not null
                && member.Value?.Body is [Return { Value: FunctionExpression { Function.Name: "" } }];
            return new ClassPart(
                member.IsStatic, null, member.Key is null ? null : Key(member.Key), -1, Part(member.Value, isNamed), kind);
        }

        var methodKind = kind switch
        {
            ClassPartKind.Get => MethodKind.Get,
            ClassPartKind.Set => MethodKind.Set,
            _ => MethodKind.Method,
        };
        return new ClassPart(
            member.IsStatic, new MethodMember(Key(member.Key!), Code(member.Value!), methodKind, PropertyFlags.Hidden), null, -1,
            null, kind);
    }

    private FunctionCode? Part(Function? function, bool namesValue)
    {
        if (function is null) return null;
        var code = Code(function);
        code.NamesValue = namesValue;
        return code;
    }

    // `constructor(...args) { super(...args) }`, or an empty one.
    private FunctionCode DefaultConstructor(Class syntax)
    {
        var isDerived = syntax.Base is not null;
        var code = new FunctionCode
        {
            File = file, Start = syntax.Start, Name = syntax.DisplayName, Length = 0,
            Kind = isDerived ? FunctionKind.DerivedConstructor : FunctionKind.Constructor,
            Source = text, FrameSlots = 1, HeapSlots = 0, PlainParameters = 0, Rest = isDerived ? new LocalBinder(0) : null,
        };
        if (isDerived)
            code.Body = [new ExpressionStep(
                new SuperCall(new ArgumentList([new SpreadItems(new LocalRead(0))]), syntax.Start), syntax.Start, 1)];
        return code;
    }

    private (int Hops, int Index) Private(string name, SourcePosition start)
    {
        var hops = 0;
        foreach (var names in privateNames)
        {
            var index = Array.IndexOf(names, name);
            if (index >= 0) return (hops, index);
            hops++;
        }

        Refuse(start, $"`#{name}` cannot be used here", null);
        return (0, 0);
    }

    private PrivateRead PrivateProperty(PrivateMember member)
    {
        var (hops, index) = Private(member.Name, member.NameStart);
        return new PrivateRead(Operation(member.Object), hops, index, member.IsOptional, member.NameStart);
    }

    private SuperRead SuperProperty(SuperMember member) => new(SuperKey(member), member.Start);

    private Operation SuperKey(SuperMember member) => member.Key is null ? Name(member.Name!) : Operation(member.Key);

    private PrivateBinder PrivateTarget(PrivateMember member)
    {
        var (hops, index) = Private(member.Name, member.NameStart);
        return new PrivateBinder(Operation(member.Object), hops, index, member.NameStart);
    }

    private PrivateInTest PrivateTest(PrivateIn test)
    {
        var (hops, index) = Private(test.Name, test.Start);
        return new PrivateInTest(Operation(test.Object), hops, index, test.Start);
    }
}
