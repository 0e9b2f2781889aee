using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Classes. A <c>#name</c> must be declared by a class around its use; the resolver sees to that.</summary>
internal sealed partial class Parser
{
    private ClassDeclaration ClassStatement(bool isDefault = false)
    {
        var start = Here;
        var (name, definition) = ClassHere(start, isDeclaration: true, isDefault);
        return new ClassDeclaration(start, name!, definition);
    }

    // For a declaration the name is declared twice: outside, and once more inside the body, where nothing can assign it.
    private (Identifier? Name, Class Class) ClassHere(SourcePosition start, bool isDeclaration, bool isDefault = false)
    {
        var from = current.Start;
        Advance();
        var isNameless = current.Kind == TokenKind.LeftBrace || current.Is("extends");
        var name = isNameless ? null : BindingName("the name of a class");
        if (isDeclaration && isNameless && !isDefault) throw Unexpected("the name of a class");
        var parent = TakeWord("extends") ? Deeper(LeftHandSide) : null;
        if (parent is not null && IsBareArrow(parent)) throw Mistake(parent.Start, "an arrow function cannot be extended");
        var (constructor, members) = Members(parent is not null);
        var inner = name is null ? null : new Identifier(name.Start, name.Name);
        var definition = new Class(start, inner, parent, constructor, members)
        {
            DisplayName = name?.Name ?? (isDefault ? "default" : ""),
            Text = from..previousEnd,
        };
        return (name ?? (isDefault ? new Identifier(start, "*default*") : null), definition);
    }

    private (Function? Constructor, ImmutableArray<ClassMember> Members) Members(bool isDerived)
    {
        Function? constructor = null;
        var members = ImmutableArray.CreateBuilder<ClassMember>();
        Expect(TokenKind.LeftBrace, "{");
        while (!Take(TokenKind.RightBrace))
        {
            Count();
            if (Take(TokenKind.Semicolon)) continue;
            var member = NextMember(isDerived);
            if (member is not { IsStatic: false, Kind: ClassMemberKind.Method, Value.Kind: FunctionKind.Constructor
                or FunctionKind.DerivedConstructor })
            {
                members.Add(member);
                continue;
            }

            if (constructor is not null) Report(member.Start, "a class has one constructor");
            constructor = member.Value;
        }

        CheckPrivateNames(members);
        return (constructor, members.ToImmutable());
    }

    private ClassMember NextMember(bool isDerived)
    {
        var (start, from) = (Here, current.Start);
        var isStatic = current.Is("static")
            && Ahead().Kind is not (TokenKind.LeftParen or TokenKind.Assign or TokenKind.Semicolon or TokenKind.RightBrace);
        if (isStatic)
        {
            Advance();
            if (current.Kind == TokenKind.LeftBrace)
                return new ClassMember(start, ClassMemberKind.StaticBlock, true, null, Initializer(start, from, Body));
        }

        if (Take(TokenKind.Multiply))
            return MethodMember(start, from, ClassMemberKind.Method, isStatic, MemberKey(), isGenerator: true, isDerived);
        var modifier = Modifier();
        if (modifier == "async") throw Async(current.Start);
        if (modifier is not null)
            return MethodMember(
                start, from, modifier == "get" ? ClassMemberKind.Get : ClassMemberKind.Set, isStatic, MemberKey(),
                isGenerator: false, isDerived);
        var key = MemberKey();
        return current.Kind == TokenKind.LeftParen
            ? MethodMember(start, from, ClassMemberKind.Method, isStatic, key, isGenerator: false, isDerived)
            : Field(start, isStatic, key);
    }

    private ClassMember MethodMember(
        SourcePosition start, int from, ClassMemberKind kind, bool isStatic, PropertyKey key, bool isGenerator, bool isDerived)
    {
        var isConstructor = !isStatic && key is { Name: "constructor", IsPrivate: false };
        if (isConstructor && (kind != ClassMemberKind.Method || isGenerator))
            Report(key.Start, "a constructor is a plain method");
        if (isStatic && key is { Name: "prototype", IsPrivate: false })
            Report(key.Start, "a static member cannot have the name `prototype`");
        var functionKind = (isConstructor, isDerived) switch
        {
            (true, true) => FunctionKind.DerivedConstructor,
            (true, false) => FunctionKind.Constructor,
            _ => FunctionKind.Method,
        };
        var function = MethodFunction(
            start, from, functionKind, isGenerator, MemberName(kind == ClassMemberKind.Get, kind == ClassMemberKind.Set, key));
        if (kind is ClassMemberKind.Get or ClassMemberKind.Set) CheckAccessor(function, kind == ClassMemberKind.Get);
        return new ClassMember(start, kind, isStatic, key, function);
    }

    private ClassMember Field(SourcePosition start, bool isStatic, PropertyKey key)
    {
        if (!key.IsPrivate && (key.Name == "constructor" || (isStatic && key.Name == "prototype")))
            Report(key.Start, $"a field cannot have the name `{key.Name}`");
        Function? value = null;
        if (Take(TokenKind.Assign))
        {
            var from = current.Start;
            value = Initializer(Here, from, () => [new Return(Here, NamedField(Inner(Assignment), key))]);
        }

        EndStatement();
        return new ClassMember(start, ClassMemberKind.Field, isStatic, key, value);
    }

    private static Expression NamedField(Expression value, PropertyKey key)
    {
        if (key.Name is not null) Name(value, MemberName(false, false, key));
        return value;
    }

    private Function Initializer(SourcePosition start, int from, Func<ImmutableArray<Statement>> parse)
    {
        var state = new FunctionState(null) { AllowsSuper = true, AllowsNewTarget = true };
        return InFunction(state, () =>
        {
            var body = WithVars(parse(), []);
            return Finished(
                new Function(start, FunctionKind.Initializer, false, [], null, body) { Text = from..previousEnd }, state);
        });
    }

    private PropertyKey MemberKey()
    {
        if (current.Kind != TokenKind.PrivateName) return Key();
        var key = new PropertyKey(Here, current.Text, null) { IsPrivate = true };
        if (key.Name == "constructor") Report(key.Start, "a private member cannot have the name `#constructor`");
        Advance();
        return key;
    }

    // Distinct, but for a getter and a setter that belong together.
    private void CheckPrivateNames(IEnumerable<ClassMember> members)
    {
        var seen = new Dictionary<string, ClassMember>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (member.Key is not { IsPrivate: true, Name: { } name }) continue;
            if (seen.TryAdd(name, member)) continue;
            var other = seen[name];
            var isPair = (other.Kind,
                member.Kind) is (ClassMemberKind.Get, ClassMemberKind.Set) or (ClassMemberKind.Set, ClassMemberKind.Get);
            if (!isPair || other.IsStatic != member.IsStatic) Report(member.Key.Start, $"`#{name}` is already declared");
            else seen[name] = member with { Kind = ClassMemberKind.Method };
        }
    }
}
