using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;
using Index = GitOpsPolicy.Script.Syntax.Index;

namespace GitOpsPolicy.Script.Compilation;

/// <content>
/// Expressions with a <c>yield</c> inside: what comes before it is evaluated into slots of the frame, so that what is left is an
/// expression without. Order of evaluation is kept.
/// </content>
internal sealed partial class Compiler
{
    private Operation Hoist(Expression expression, List<Resumable> before)
    {
        if (!HasYield(expression)) return Operation(expression);
        var hoisted = HoistOf(expression, before);
        return instruments is null ? hoisted : instruments.Watched(expression, hoisted);
    }

    private Operation HoistOf(Expression expression, List<Resumable> before)
    {
        switch (expression)
        {
            case Yield e:
                return HoistYield(e, before);
            case Binary e:
                var sides = HoistAll([e.Left, e.Right], before);
                return Combined(e, sides[0], sides[1]);
            case Logical e:
                return HoistLogical(e, before);
            case Conditional e:
                return HoistChoice(e, before);
            case Assignment e:
                return HoistAssignment(e, before);
            case CompoundAssignment { Target: NameTarget name } e:
                var old = Save(Read(name.Name), e.Start, before);
                return new AssignOperation(Assign(name.Name), Arithmetic(e.Operator, old, Hoist(e.Value, before), e.Start));
            case Sequence e:
                foreach (var item in e.Expressions[..^1])
                    before.Add(new PlainPart(new ExpressionStep(Hoist(item, before), item.Start, 1)));
                return Hoist(e.Expressions[^1], before);
            case Unary e when e.Operator != UnaryOperator.Delete:
                return Applied(e, Hoist(e.Operand, before));
            default:
                return HoistMany(expression, before);
        }
    }

    private Operation HoistMany(Expression expression, List<Resumable> before)
    {
        switch (expression)
        {
            case TemplateLiteral e:
                return new TemplateOperation(
                    [.. e.Cooked!],
                    [.. HoistAll(e.Expressions, before, part => new TemplateOperation(["", ""], [part], e.Start))], e.Start);
            case ArrayLiteral e when e.Items.All(item => item is not null):
                return new ArrayOperation(HoistAll([.. e.Items!], before));
            case ObjectLiteral e when e.Properties.All(p => p is { Kind: PropertyKind.Value, Key.Name: not null }):
                var values = HoistAll([.. e.Properties.Select(p => p.Value)], before);
                return new ObjectOperation([.. e.Properties.Select((p, i) => new ValueMember(
                    Key(p.Key!), values[i], namesValue: false))]);
            case Member e:
                return new PropertyRead(
                    Hoist(e.Object, before), string.Intern(e.Name), e.NameStart, isOptional: false, PathText.Of(e.Object));
            case Index e:
                var parts = HoistAll([e.Object, e.Key], before);
                return new ElementRead(parts[0], parts[1], e.Start, isOptional: false);
            case Call { IsOptional: false } e:
                return HoistCall(e, before);
            case New e:
                var made = HoistAll([e.Callee, .. e.Arguments], before);
                return new NewObject(made[0], new ArgumentList(made[1..]), e.Start, PathText.Of(e.Callee));
            default:
                RefuseYield(expression.Start);
                return new Constant(Value.Undefined);
        }
    }

    private LocalRead HoistYield(Yield e, List<Resumable> before)
    {
        var value = e.Value is null ? new Constant(Value.Undefined) : Hoist(e.Value, before);
        var slot = nextSlot++;
        before.Add(e.IsDelegate ? new DelegatePart(value, slot, e.Start) : new YieldPart(value, slot, e.Start));
        return new LocalRead(slot);
    }

    private LocalRead HoistLogical(Logical e, List<Resumable> before)
    {
        var result = Save(Hoist(e.Left, before), e.Start, before);
        Operation goesOn = e.Operator switch
        {
            LogicalOperator.And => result,
            LogicalOperator.Or => new Negation(result),
            _ => new LooseEquality(result, new Constant(Value.Null), isNegated: false, e.Start),
        };
        before.Add(new IfPart(goesOn, Into(result, e.Right), null));
        return result;
    }

    private LocalRead HoistChoice(Conditional e, List<Resumable> before)
    {
        var test = Hoist(e.Test, before);
        var result = new LocalRead(nextSlot++);
        before.Add(new IfPart(test, Into(result, e.Then), Into(result, e.Else)));
        return result;
    }

    private SequencePart Into(LocalRead result, Expression value) =>
        After(value, operation => new LocalStep(result.Slot, operation, value.Start, 1));

    private AssignOperation HoistAssignment(Assignment e, List<Resumable> before)
    {
        switch (e.Target)
        {
            case PropertyTarget { Property: Member m }:
                var parts = HoistAll([m.Object, e.Value], before);
                return new AssignOperation(new PropertyBinder(parts[0], Name(m.Name), m.NameStart), parts[1]);
            case PropertyTarget { Property: Index i }:
                parts = HoistAll([i.Object, i.Key, e.Value], before);
                return new AssignOperation(new PropertyBinder(parts[0], parts[1], i.Start), parts[2]);
            default:
                if (HasYield(e.Target)) RefuseYield(e.Start);
                return new AssignOperation(Target(e.Target, isDeclaration: false), Hoist(e.Value, before));
        }
    }

    private FunctionCall HoistCall(Call e, List<Resumable> before)
    {
        var path = PathText.Of(e.Callee);
        if (e.Callee is not (Member or Index))
        {
            var parts = HoistAll([e.Callee, .. e.Arguments], before);
            return new FunctionCall(parts[0], new ArgumentList(parts[1..]), e.Start, isOptional: false, path);
        }

        var self = Save(Hoist(e.Callee is Member m ? m.Object : ((Index)e.Callee).Object, before), e.Start, before);
        Operation method = e.Callee is Member member
            ? new PropertyRead(self, string.Intern(member.Name), member.NameStart, isOptional: false, PathText.Of(member.Object))
            : new ElementRead(self, Hoist(((Index)e.Callee).Key, before), e.Start, isOptional: false);
        var callee = Save(method, e.Start, before);
        return new FunctionCall(callee, new ArgumentList(HoistAll(e.Arguments, before)), e.Start, isOptional: false, path)
        {
            Self = self,
        };
    }

    // What stands before the last `yield` has to be evaluated before it, and so is kept in slots.
    private Operation[] HoistAll(
        ImmutableArray<Expression> expressions, List<Resumable> before, Func<Operation, Operation>? convert = null)
    {
        var last = expressions.Length - 1;
        while (last >= 0 && !HasYield(expressions[last])) last--;
        var values = new Operation[expressions.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var spread = expressions[i] as Spread;
            var value = Hoist(spread?.Value ?? expressions[i], before);
            if (i < last && spread is not null) value = new ArrayOperation([new SpreadItems(value)]);
            if (i < last) value = Save(convert?.Invoke(value) ?? value, expressions[i].Start, before);
            values[i] = spread is null ? value : new SpreadItems(value);
        }

        return values;
    }

    private LocalRead Save(Operation value, SourcePosition start, List<Resumable> before)
    {
        var slot = nextSlot++;
        before.Add(new PlainPart(new LocalStep(slot, value, start, 1)));
        return new LocalRead(slot);
    }
}
