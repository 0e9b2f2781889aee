using System.Collections.Immutable;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Compilation;

/// <content>Statements.</content>
internal sealed partial class Compiler
{
    private Step[] Steps(ImmutableArray<Statement> statements) => Steps(null, statements);

    // What the statements belong to, where entering it is a thing of its own: a function, a case.
    private Step[] Steps(SyntaxNode? owner, ImmutableArray<Statement> statements)
    {
        var steps = new List<Step>();
        if (instruments is not null && owner is not null) steps.AddRange(instruments.Entries(owner));
        foreach (var statement in statements) AddTo(steps, statement);
        return [.. steps];
    }

    private void AddTo(List<Step> steps, Statement statement)
    {
        switch (statement)
        {
            case EmptyStatement or FunctionDeclaration:
                break;
            case VariableDeclaration declaration:
                var before = yields;
                foreach (var declarator in declaration.Declarators) steps.Add(Watched(declarator, Step(declarator)));
                if (yields != before) yielding.Add(declaration);
                break;
            default:
                steps.Add(Step(statement));
                break;
        }
    }

    private Step Step(Statement statement)
    {
        var before = yields;
        var step = StepOf(statement);
        if (yields != before) yielding.Add(statement);
        return Watched(statement, step);
    }

    private Step Watched(SyntaxNode statement, Step step) => instruments is null ? step : instruments.Watched(statement, step);

    private Step StepOf(Statement statement)
    {
        var before = operations;
        switch (statement)
        {
            case ExpressionStatement e:
                return new ExpressionStep(Operation(e.Expression), e.Start, Cost(before));
            case ExportDefault e:
                return new DeclareStep(Declare(e.Name), Operation(e.Value), e.Start, Cost(before));
            case Return e:
                return new ReturnStep(e.Value is null ? null : Operation(e.Value), e.Start, Cost(before));
            case Throw e:
                return new ThrowStep(Operation(e.Value), e.Start, Cost(before));
            case If e:
                var test = Operation(e.Test);
                var cost = Cost(before);
                return new IfStep(test, Step(e.Then), e.Else is null ? null : Step(e.Else), e.Start, cost);
            case Block e:
                return new SequenceStep(Steps(e.Body), Entry(e.Scope), e.Start);
            case Break e:
                return new JumpStep(TargetOf(e.Target), Completion.Break, e.Start);
            case Continue e:
                return new JumpStep(TargetOf(e.Target), Completion.Continue, e.Start);
            case Loop e:
                return LoopStep(e);
            default:
                return RareStep(statement);
        }
    }

    private Step RareStep(Statement statement)
    {
        switch (statement)
        {
            case Labeled e:
                return e.IsTarget ? new LabelStep(Step(e.Body), TargetOf(e.Body), e.Start) : Step(e.Body);
            case Switch e:
                return SwitchStep(e);
            case Try e:
                return TryStep(e);
            case ClassDeclaration e:
                var before = operations;
                return new DeclareStep(Declare(e.Name), Class(e.Class), e.Start, Cost(before));
            default:
                var steps = new List<Step>();
                AddTo(steps, statement);
                return new SequenceStep([.. steps], ScopeEntry.None, statement.Start);
        }
    }

    private Step Step(Declarator declarator)
    {
        var before = operations;
        var target = Target(declarator.Target, isDeclaration: true);
        var value = declarator.Initializer is null ? new Constant(Value.Undefined) : Operation(declarator.Initializer);
        return target is LocalBinder local
            ? new LocalStep(local.Slot, value, declarator.Start, Cost(before))
            : new DeclareStep(target, value, declarator.Start, Cost(before));
    }

    private SwitchStep SwitchStep(Switch e)
    {
        var before = operations;
        var value = Operation(e.Value);
        var entry = Entry(e.Scope);
        var tests = e.Cases.Select(c => c.Test is null ? null : Operation(c.Test)).ToArray();
        var cost = Cost(before);
        return new SwitchStep(value, entry, tests, [.. e.Cases.Select(c => Steps(c, c.Body))], TargetOf(e), e.Start, cost);
    }

    private TryStep TryStep(Try e)
    {
        var body = Step(e.Body);
        var final = e.Finally is null ? null : Step(e.Finally);
        if (e.Catch is not { } handler) return new TryStep(body, null, ScopeEntry.None, null, final, e.Start);
        var parameter = handler.Parameter is null ? null : Target(handler.Parameter, isDeclaration: true);
        return new TryStep(body, parameter, Entry(handler.Scope), Step(handler.Body), final, e.Start);
    }

    private Step LoopStep(Loop loop)
    {
        var before = operations;
        var entry = Entry(loop.Scope);
        switch (loop)
        {
            case While e:
                var test = Operation(e.Test);
                return new WhileStep(test, Step(e.Body), Frame(e, entry, before), testsFirst: true, e.Start);
            case DoWhile e:
                test = Operation(e.Test);
                return new WhileStep(test, Step(e.Body), Frame(e, entry, before), testsFirst: false, e.Start);
            case For e:
                var initializer = e.Initializer is null ? null : Step(e.Initializer);
                before = operations;
                var condition = e.Test is null ? null : Operation(e.Test);
                var update = e.Update is null ? null : Operation(e.Update);
                var frame = Frame(e, entry, before);
                return new ForStep(initializer, condition, update, Step(e.Body), frame, e.Start);
            default:
                return EachStep((ForEach)loop, entry);
        }
    }

    private Step EachStep(ForEach e, ScopeEntry entry)
    {
        var before = operations;
        var source = Operation(e.Source);
        var cost = Cost(before);
        before = operations;
        var target = Target(e.Target, e.IsDeclaration);
        var frame = Frame(e, entry, before);
        return e.Kind == EachKind.Values
            ? new ForOfStep(target, source, Step(e.Body), frame, e.Start, cost)
            : new ForInStep(target, source, Step(e.Body), frame, e.Start, cost);
    }

    private LoopFrame Frame(Loop loop, ScopeEntry entry, int before) =>
        new(loop.Scope.HeapSlots, loop.Scope.CopiedSlots, entry, TargetOf(loop), Cost(before));
}
