using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;
using Index = GitOpsPolicy.Script.Syntax.Index;

namespace GitOpsPolicy.Script.Compilation;

/// <content>Expressions.</content>
internal sealed partial class Compiler
{
    private Operation Operation(Expression expression)
    {
        operations++;
        var before = yields;
        var operation = OperationOf(instruments is null ? expression : instruments.Instead(expression));
        if (yields != before) yielding.Add(expression);
        return instruments is null ? operation : instruments.Watched(expression, operation);
    }

    private Operation OperationOf(Expression expression)
    {
        return expression switch
        {
            NumberLiteral number => new Constant(Value.Of(number.Value)),
            StringLiteral text => new Constant(Value.Of(string.Intern(text.Value))),
            BooleanLiteral boolean => new Constant(Value.Of(boolean.Value)),
            NullLiteral => new Constant(Value.Null),
            Identifier name => Read(name),
            ThisExpression => new ThisRead(),
            NewTarget => new NewTargetRead(),
            Member or Index or Call or New or OptionalChain or TaggedTemplate => Access(expression),
            Binary binary => Operation(binary),
            Logical logical => Operation(logical),
            Unary unary => Operation(unary),
            Conditional choice => new Choice(Operation(choice.Test), Operation(choice.Then), Operation(choice.Else)),
            Assignment assignment => Operation(assignment),
            CompoundAssignment compound => Operation(compound),
            LogicalAssignment logical => Operation(logical),
            Update update => Operation(update),
            Sequence sequence => new CommaOperation([.. sequence.Expressions.Select(Operation)]),
            _ => Literal(expression),
        };
    }

    private Operation Literal(Expression expression) => expression switch
    {
        TemplateLiteral template =>
            new TemplateOperation([.. template.Cooked!], [.. template.Expressions.Select(Operation)], template.Start),
        ArrayLiteral array => new ArrayOperation([.. array.Items.Select(item => item is null ? null : Item(item))]),
        ObjectLiteral literal => Operation(literal),
        FunctionExpression function => new FunctionValue(Code(function.Function)),
        RegExpLiteral pattern => Operation(pattern),
        ClassExpression e => Class(e.Class),
        PrivateMember member => PrivateProperty(member),
        PrivateIn test => PrivateTest(test),
        SuperMember member => SuperProperty(member),
        Syntax.SuperCall call => new SuperCall(Arguments(call.Arguments), call.Start),
        Yield e => YieldFound(e),
        _ => throw new InvalidOperationException($"There is no expression {expression.GetType().Name}."),
    };

    // Only noted: what has a `yield` inside is compiled again to what can be suspended.
    private Constant YieldFound(Yield e)
    {
        yields++;
        if (e.Value is not null) Operation(e.Value);
        return new Constant(Value.Undefined);
    }

    private Operation Operation(RegExpLiteral pattern)
    {
        try
        {
            return new PatternOperation(Intrinsics.PatternMaker(pattern.Pattern, pattern.Flags));
        }
        catch (RegularExpressions.PatternSyntaxException e)
        {
            Refuse(pattern.Start, e.Message, null, e.IsUnsupported);
            return new Constant(Value.Undefined);
        }
    }

    private Operation Item(Expression item) => item is Spread spread ? new SpreadItems(Operation(spread.Value)) : Operation(item);

    private Operation Operation(ObjectLiteral literal)
    {
        var names = literal.Properties.Select(p => p.Key?.Name).ToArray();
        var isPlain = literal.Properties.All(p => p is { Kind: PropertyKind.Value, Key.Name: not null })
            && names.Distinct().Count() == names.Length;
        return isPlain
            ? new RecordOperation(
                [.. names.Select(name => string.Intern(name!))], [.. literal.Properties.Select(p => Operation(p.Value))])
            : new ObjectOperation([.. literal.Properties.Select(MemberOf)]);
    }

    private ObjectMember MemberOf(PropertyDefinition property)
    {
        switch (property.Kind)
        {
            case PropertyKind.Value:
                var namesValue = property.Key!.Computed is not null
                    && property.Value is FunctionExpression { Function.Name: "" } or ClassExpression { Class.DisplayName: "" };
                return new ValueMember(Key(property.Key), Operation(property.Value), namesValue);
            case PropertyKind.Spread:
                return new SpreadMember(Operation(property.Value));
            case PropertyKind.Prototype:
                return new PrototypeMember(Operation(property.Value));
            default:
                var kind = property.Kind switch
                {
                    PropertyKind.Get => MethodKind.Get,
                    PropertyKind.Set => MethodKind.Set,
                    _ => MethodKind.Method,
                };
                return new MethodMember(
                    Key(property.Key!), Code(((FunctionExpression)property.Value).Function), kind, PropertyFlags.All);
        }
    }

    private Operation Operation(Binary binary)
    {
        var left = Operation(binary.Left);
        return Combined(binary, left, Operation(binary.Right));
    }

    private static Operation Combined(Binary binary, Operation left, Operation right)
    {
        var start = binary.OperatorStart;
        return binary.Operator switch
        {
            BinaryOperator.StrictEqual => Equality(left, right, isNegated: false),
            BinaryOperator.StrictNotEqual => Equality(left, right, isNegated: true),
            BinaryOperator.Equal => new LooseEquality(left, right, isNegated: false, start),
            BinaryOperator.NotEqual => new LooseEquality(left, right, isNegated: true, start),
            BinaryOperator.Less => new Comparison(ComparisonKind.Less, left, right, start),
            BinaryOperator.LessOrEqual => new Comparison(ComparisonKind.LessOrEqual, left, right, start),
            BinaryOperator.Greater => new Comparison(ComparisonKind.Greater, left, right, start),
            BinaryOperator.GreaterOrEqual => new Comparison(ComparisonKind.GreaterOrEqual, left, right, start),
            BinaryOperator.In => new Membership(left, right, isInstanceOf: false, start),
            BinaryOperator.InstanceOf => new Membership(left, right, isInstanceOf: true, start),
            var other => Arithmetic(other, left, right, start),
        };
    }

    private static Operation Arithmetic(BinaryOperator op, Operation left, Operation right, SourcePosition start) =>
        op == BinaryOperator.Add ? new Addition(left, right, start) : new ArithmeticOperation(Kind(op), left, right, start);

    private static Condition Equality(Operation left, Operation right, bool isNegated) => right switch
    {
        Constant { Value.Reference: string { Length: < 64 } text } => new EqualityToText(left, text, isNegated),
        Constant { Value: { Reference: Tag tag, IsNumber: false } } => new EqualityToTag(left, tag, isNegated),
        _ => new StrictEquality(left, right, isNegated),
    };

    private static ArithmeticKind Kind(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => ArithmeticKind.Add,
        BinaryOperator.Subtract => ArithmeticKind.Subtract,
        BinaryOperator.Multiply => ArithmeticKind.Multiply,
        BinaryOperator.Divide => ArithmeticKind.Divide,
        BinaryOperator.Remainder => ArithmeticKind.Remainder,
        BinaryOperator.Power => ArithmeticKind.Power,
        BinaryOperator.ShiftLeft => ArithmeticKind.ShiftLeft,
        BinaryOperator.ShiftRight => ArithmeticKind.ShiftRight,
        BinaryOperator.ShiftRightUnsigned => ArithmeticKind.ShiftRightUnsigned,
        BinaryOperator.BitwiseAnd => ArithmeticKind.BitwiseAnd,
        BinaryOperator.BitwiseOr => ArithmeticKind.BitwiseOr,
        BinaryOperator.BitwiseXor => ArithmeticKind.BitwiseXor,
        _ => throw new InvalidOperationException($"{op} is no arithmetic operator."),
    };

    private Operation Operation(Logical logical)
    {
        var left = Operation(logical.Left);
        var right = Operation(logical.Right);
        return logical.Operator switch
        {
            LogicalOperator.And => new AndOperation(left, right),
            LogicalOperator.Or => new OrOperation(left, right),
            _ => new CoalesceOperation(left, right),
        };
    }

    private Operation Operation(Unary unary) =>
        unary.Operator == UnaryOperator.Delete ? Deletion(unary.Operand) : Applied(unary, Operation(unary.Operand));

    private static Operation Applied(Unary unary, Operation operand) => unary.Operator switch
    {
        UnaryOperator.Not => new Negation(operand),
        UnaryOperator.TypeOf when operand is UnresolvedRead => new Constant(Value.Of("undefined")),
        UnaryOperator.TypeOf => new TypeOfOperation(operand),
        UnaryOperator.Void => new VoidOperation(operand),
        UnaryOperator.Minus when unary.Operand is NumberLiteral number => new Constant(Value.Of(-number.Value)),
        UnaryOperator.Minus => new UnaryOperation(UnaryKind.Minus, operand, unary.Start),
        UnaryOperator.Plus => new UnaryOperation(UnaryKind.Plus, operand, unary.Start),
        _ => new UnaryOperation(UnaryKind.Not, operand, unary.Start),
    };

    private Operation Deletion(Expression operand) => operand switch
    {
        Member member => new DeleteProperty(Operation(member.Object), Name(member.Name), member.IsOptional, member.NameStart),
        Index index => new DeleteProperty(Operation(index.Object), Operation(index.Key), index.IsOptional, index.Start),
        OptionalChain chain => Deletion(chain.Chain),
        SuperMember member => new DeleteSuper(member.Key is null ? null : Operation(member.Key), member.Start),
        _ => new CommaOperation([Operation(operand), new Constant(Value.Of(true))]),
    };

    private Operation Operation(Assignment assignment)
    {
        var target = Target(assignment.Target, isDeclaration: false);
        var value = Operation(assignment.Value);
        return target is LocalBinder local ? new LocalAssign(local.Slot, value) : new AssignOperation(target, value);
    }

    private Operation Operation(CompoundAssignment compound)
    {
        var target = Target(compound.Target, isDeclaration: false);
        var combine = new BinaryOperation(Kind(compound.Operator), compound.Start);
        var current = CurrentValue(compound.Target);
        var value = Operation(compound.Value);
        return target is LocalBinder local && current is LocalRead
            ? new LocalCompoundAssign(local.Slot, combine, value)
            : new CompoundAssignOperation(target, current, combine, value);
    }

    private LogicalAssignOperation Operation(LogicalAssignment logical) => new(
        Target(logical.Target, isDeclaration: false),
        CurrentValue(logical.Target),
        logical.Operator switch
        {
            LogicalOperator.And => LogicalKind.And,
            LogicalOperator.Or => LogicalKind.Or,
            _ => LogicalKind.Coalesce,
        },
        Operation(logical.Value));

    private Operation Operation(Update update)
    {
        var kind = update.IsIncrement ? UnaryKind.Increment : UnaryKind.Decrement;
        var target = Target(update.Target, isDeclaration: false);
        var current = CurrentValue(update.Target);
        return target is LocalBinder local && current is LocalRead
            ? new LocalUpdate(kind, update.IsPrefix, local.Slot, update.Start)
            : new UpdateOperation(kind, update.IsPrefix, current, target, update.Start);
    }

    // A property is read through its target instead, so that its object and key are evaluated once.
    private Operation? CurrentValue(Pattern target) => target is NameTarget name ? Read(name.Name) : null;

    private Operation Access(Expression expression) => expression switch
    {
        Member member => Path(Property(member)),
        Index index => Element(index),
        Call call => CallOf(call),
        New made => new NewObject(Operation(made.Callee), Arguments(made.Arguments), made.Start, PathText.Of(made.Callee)),
        TaggedTemplate tagged => Tagged(tagged),
        _ => new OptionalChainEnd(Operation(((OptionalChain)expression).Chain)),
    };

    private static Operation Path(PropertyRead last) => last.Target switch
    {
        PropertyRead read => new PathRead(read.Target, [read, last]),
        PathRead path => new PathRead(path.Start, [.. path.Links, last]),
        _ => last,
    };

    private PropertyRead Property(Member member) =>
        new(
            Operation(member.Object), string.Intern(member.Name), member.NameStart, member.IsOptional,
            PathText.Of(member.Object));

    private ElementRead Element(Index index) => new(Operation(index.Object), Operation(index.Key), index.Start, index.IsOptional);

    private CallOperation CallOf(Call call) => Invocation(call.Callee, Arguments(call.Arguments), call.IsOptional, call);

    private CallOperation Tagged(TaggedTemplate tagged)
    {
        var texts = new TaggedTexts(tagged.Template.Cooked, tagged.Template.Raw);
        return Invocation(
            tagged.Tag, new ArgumentList([texts, .. tagged.Template.Expressions.Select(Operation)]), isOptional: false, tagged);
    }

    private CallOperation Invocation(Expression callee, ArgumentList arguments, bool isOptional, Expression call)
    {
        var path = PathText.Of(callee);
        switch (callee)
        {
            case Member member:
                return new MethodCall(Property(member), arguments, member.NameStart, isOptional, path);
            case Index index:
                return new ElementCall(Element(index), arguments, call.Start, isOptional, path);
            case PrivateMember member:
                return new PrivateMethodCall(PrivateProperty(member), arguments, member.NameStart, isOptional, path);
            case SuperMember member:
                return new SuperMethodCall(SuperProperty(member), arguments, call.Start, isOptional);
            case OptionalChain { Chain: Member or Index } chain:
                return new ChainCall(
                    chain.Chain is Member last ? Property(last) : Element((Index)chain.Chain), arguments, call.Start, isOptional,
                    path);
            default:
                return new FunctionCall(Operation(callee), arguments, call.Start, isOptional, path);
        }
    }

    private ArgumentList Arguments(ImmutableArray<Expression> arguments) => new([.. arguments.Select(Item)]);
}
