using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>The walk over statements, patterns and expressions.</summary>
internal sealed partial class Resolver
{
    private readonly Stack<HashSet<string>> privateNames = new();

    // The statements of a scope just opened.
    private void Body(ImmutableArray<Statement> body)
    {
        Hoist(body);
        foreach (var statement in body) Walk(statement);
    }

    private void Hoist(IEnumerable<Statement> body)
    {
        var functions = ImmutableArray.CreateBuilder<FunctionDeclaration>();
        foreach (var statement in body)
        {
            switch (statement)
            {
                case VariableDeclaration variables: Declare(variables); break;
                case ClassDeclaration definition: Declare(definition.Name, BindingKind.Class); break;
                case ExportDefault value: Declare(value.Name, BindingKind.Const); break;
                case FunctionDeclaration function:
                    Declare(function.Name, BindingKind.Function);
                    functions.Add(function);
                    break;
                default: break;
            }
        }

        scope.Functions = functions.ToImmutable();
        foreach (var function in functions) Walk(function.Function);
    }

    private void Declare(VariableDeclaration variables)
    {
        foreach (var name in variables.Declarators.SelectMany(declarator => Parser.Names(declarator.Target)))
            Declare(name, variables.IsConst ? BindingKind.Const : BindingKind.Let);
    }

    private void Walk(Statement? statement)
    {
        switch (statement)
        {
            case null or EmptyStatement or Break or Continue or FunctionDeclaration: break;
            case ExpressionStatement it:
                CheckVars(it.Vars);
                Walk(it.Expression);
                break;
            case VariableDeclaration it: Initialize(it); break;
            case Return it: Walk(it.Value); break;
            case Throw it: Walk(it.Value); break;
            case Labeled it: Walk(it.Body); break;
            case Block it: Walk(it); break;
            case Loop it: Walk(it); break;
            case Switch it: Walk(it); break;
            case If it:
                Walk(it.Test);
                Walk(it.Then);
                Walk(it.Else);
                break;
            case Try it:
                Walk(it.Body);
                if (it.Catch is { } handler) Walk(handler);
                if (it.Finally is { } last) Walk(last);
                break;
            case ClassDeclaration it:
                Walk(it.Class);
                it.Name.Binding!.IsReady = true;
                break;
            case ExportDefault it:
                Walk(it.Value);
                it.Name.Binding!.IsReady = true;
                break;
            default: throw new InvalidOperationException($"No walk for {statement.GetType().Name}.");
        }
    }

    private void Initialize(VariableDeclaration variables)
    {
        foreach (var declarator in variables.Declarators)
        {
            Walk(declarator.Initializer);
            Target(declarator.Target, isDeclaration: true);
        }
    }

    private void Walk(Block block)
    {
        block.Scope = Open(ScopeKind.Block, scope.Function);
        Body(block.Body);
        Close();
    }

    private void Walk(CatchClause handler)
    {
        handler.Scope = Open(ScopeKind.Catch, scope.Function);
        foreach (var name in Parser.Names(handler.Parameter)) Declare(name, BindingKind.Catch);
        Target(handler.Parameter, isDeclaration: true);
        Walk(handler.Body);
        Close();
    }

    private void Walk(Switch choice)
    {
        Walk(choice.Value);
        choice.Scope = Open(ScopeKind.Switch, scope.Function);
        Hoist(choice.Cases.SelectMany(one => one.Body));
        foreach (var one in choice.Cases)
        {
            Walk(one.Test);
            foreach (var statement in one.Body) Walk(statement);
            // A jump straight to a later case skips these declarations.
            foreach (var binding in scope.Bindings) binding.IsReady = binding.Kind == BindingKind.Function;
        }

        Close();
    }

    private void Walk(Loop loop)
    {
        if (loop is While { Test: var before }) Walk(before);
        if (loop is ForEach each) WalkSource(each);
        loop.Scope = Open(ScopeKind.Loop, scope.Function);
        if (loop is ForEach { IsDeclaration: var isDeclaration, Target: var target })
        {
            if (isDeclaration) DeclareVariable((ForEach)loop);
            Target(target, isDeclaration);
        }

        if (loop is For { Initializer: var first, Test: var test, Update: var update })
        {
            if (first is VariableDeclaration variables) Declare(variables);
            Walk(first);
            Walk(test);
            Walk(update);
        }

        Walk(loop.Body);
        Close();
        if (loop is DoWhile { Test: var after }) Walk(after);
    }

    private void DeclareVariable(ForEach each)
    {
        foreach (var name in Parser.Names(each.Target)) Declare(name, each.IsConst ? BindingKind.Const : BindingKind.Let);
    }

    // The names of the loop exist already while its source is evaluated, but have no value yet: no use of them can be right.
    private void WalkSource(ForEach each)
    {
        var before = uses.Count;
        var early = Open(ScopeKind.Block, scope.Function);
        if (each.IsDeclaration)
            foreach (var name in Parser.Names(each.Target))
                early.Names[name.Name] = new Binding(name.Name, BindingKind.Let, name.Start) { Home = early };
        Walk(each.Source);
        Close();
        foreach (var (name, _) in uses.Skip(before))
        {
            if (ReferenceEquals(name.Binding!.Home, early))
                report(
                    name.Start, $"`{name.Name}` is used before the loop gives it a value",
                    "give the loop's variable another name", isUnsupported: true);
        }
    }

    // ---- patterns

    private void Element(PatternElement element, bool isDeclaration)
    {
        Walk(element.Default);
        Target(element.Target, isDeclaration);
    }

    private void Target(Pattern? pattern, bool isDeclaration)
    {
        switch (pattern)
        {
            case NameTarget it when isDeclaration: it.Name.Binding!.IsReady = true; break;
            case NameTarget it: Assign(it.Name); break;
            case PropertyTarget it: Walk(it.Property); break;
            case ArrayPattern it:
                foreach (var element in it.Elements)
                    if (element is not null) Element(element, isDeclaration);
                Target(it.Rest, isDeclaration);
                break;
            case ObjectPattern it:
                foreach (var property in it.Properties)
                {
                    Walk(property.Key.Computed);
                    Element(property.Element, isDeclaration);
                }

                Target(it.Rest, isDeclaration);
                break;
            default: break;
        }
    }

    // ---- expressions

    private void Walk(Expression? expression)
    {
        switch (expression)
        {
            case null or NumberLiteral or StringLiteral or BooleanLiteral or NullLiteral or RegExpLiteral or ThisExpression
                or NewTarget:
                break;
            case Identifier it: Use(it); break;
            case TemplateLiteral it: Walk(it.Expressions); break;
            case ArrayLiteral it: Walk(it.Items.AsSpan()); break;
            case Sequence it: Walk(it.Expressions); break;
            case Spread it: Walk(it.Value); break;
            case OptionalChain it: Walk(it.Chain); break;
            case FunctionExpression it: Walk(it.Function); break;
            case ClassExpression it: Walk(it.Class); break;
            case Unary it: Walk(it.Operand); break;
            case Yield it: Walk(it.Value); break;
            case SuperMember it: Walk(it.Key); break;
            case SuperCall it: Walk(it.Arguments); break;
            case Update it: Target(it.Target, isDeclaration: false); break;
            case Member or Index or PrivateMember or PrivateIn: WalkMember(expression); break;
            case ObjectLiteral it:
                foreach (var property in it.Properties)
                {
                    Walk(property.Key?.Computed);
                    Walk(property.Value);
                }

                break;
            default: WalkCompound(expression); break;
        }
    }

    // Expressions with more than one part, in the order of evaluation.
    private void WalkCompound(Expression expression)
    {
        switch (expression)
        {
            case Binary it: Walk(it.Left, it.Right); break;
            case Logical it: Walk(it.Left, it.Right); break;
            case Conditional it: Walk(it.Test, it.Then, it.Else); break;
            case TaggedTemplate it: Walk(it.Tag, it.Template); break;
            case Call it:
                Walk(it.Callee);
                Walk(it.Arguments);
                break;
            case New it:
                Walk(it.Callee);
                Walk(it.Arguments);
                break;
            case Assignment it:
                Walk(it.Value);
                Target(it.Target, isDeclaration: false);
                break;
            case CompoundAssignment it:
                Walk(it.Value);
                Target(it.Target, isDeclaration: false);
                break;
            case LogicalAssignment it:
                Walk(it.Value);
                Target(it.Target, isDeclaration: false);
                break;
            default: throw new InvalidOperationException($"No walk for {expression.GetType().Name}.");
        }
    }

    private void WalkMember(Expression expression)
    {
        switch (expression)
        {
            case Member it:
                Walk(it.Object);
                CheckMember(it.Object, it.Name, it.NameStart);
                break;
            case Index it:
                Walk(it.Object, it.Key);
                if (it.Key is StringLiteral name) CheckMember(it.Object, name.Value, name.Start);
                break;
            case PrivateMember it:
                Walk(it.Object);
                CheckPrivate(it.Name, it.NameStart);
                break;
            case PrivateIn it:
                CheckPrivate(it.Name, it.Start);
                Walk(it.Object);
                break;
            default: break;
        }
    }

    // What the host does not offer on purpose, spelt directly: `Math.random`.
    private void CheckMember(Expression target, string name, SourcePosition at)
    {
        if (target is Identifier { Binding: null, Name: var owner }
            && Unsupported.Members.TryGetValue($"{owner}.{name}", out var known))
            report(at, known.Message, known.Hint, isUnsupported: true);
    }

    private void CheckPrivate(string name, SourcePosition at)
    {
        if (!privateNames.Any(names => names.Contains(name))) report(at, $"no class around this declares `#{name}`");
    }

    private void Walk(ImmutableArray<Expression> expressions)
    {
        foreach (var expression in expressions) Walk(expression);
    }

    private void Walk(params ReadOnlySpan<Expression?> expressions)
    {
        foreach (var expression in expressions) Walk(expression);
    }
}
