using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Compilation;

/// <content>
/// Generator functions. Their bodies are first compiled as any other, which finds out what has a <c>yield</c> inside
/// (<see cref="yielding"/>); those parts are then compiled again to <see cref="Resumable"/>s.
/// </content>
internal sealed partial class Compiler
{
    private readonly HashSet<object> yielding = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Function, FunctionCode> compiled = new(ReferenceEqualityComparer.Instance);
    private int yields;
    private int nextSlot;

    private void GeneratorBody(FunctionCode code, Function function)
    {
        var (outerSlot, outerYields) = (nextSlot, yields);
        nextSlot = function.FrameSlots;
        Steps(function.Body);
        code.Generator = new SequencePart([.. Entries(function), Parts(function.Body, ScopeEntry.None)], ScopeEntry.None);
        code.FrameSlots = nextSlot;
        (nextSlot, yields) = (outerSlot, outerYields);
    }

    private bool HasYield(SyntaxNode? node) =>
        node is Spread spread ? HasYield(spread.Value) : node is not null && yielding.Contains(node);

    private SequencePart Parts(ImmutableArray<Statement> statements, ScopeEntry entry) =>
        new([.. statements.SelectMany(Parts)], entry);

    private IEnumerable<Resumable> Parts(Statement statement)
    {
        if (HasYield(statement)) return [.. Entries(statement), Part(statement)];
        var steps = new List<Step>();
        AddTo(steps, statement);
        return steps.Select(step => new PlainPart(step));
    }

    private Resumable Part(Statement statement)
    {
        if (!HasYield(statement)) return new SequencePart([.. Parts(statement)], ScopeEntry.None);
        switch (statement)
        {
            case ExpressionStatement e:
                return After(e.Expression, value => new ExpressionStep(value, e.Start, 1));
            case Return e:
                return After(e.Value!, value => new ReturnStep(value, e.Start, 1));
            case Throw e:
                return After(e.Value, value => new ThrowStep(value, e.Start, 1));
            case VariableDeclaration e:
                return new SequencePart([.. e.Declarators.Select(Part)], ScopeEntry.None);
            case Block e:
                return Parts(e.Body, Entry(e.Scope));
            case If e:
                var before = new List<Resumable>();
                var test = Hoist(e.Test, before);
                return new SequencePart(
                    [.. before, new IfPart(test, Part(e.Then), e.Else is null ? null : Part(e.Else))], ScopeEntry.None);
            case Labeled e:
                return e.IsTarget ? new LabelPart(Part(e.Body), TargetOf(e.Body)) : Part(e.Body);
            case Switch e:
                return SwitchPart(e);
            case Try e:
                return TryPart(e);
            case Loop e:
                return LoopPart(e);
            default:
                RefuseYield(statement.Start);
                return new SequencePart([], ScopeEntry.None);
        }
    }

    private Resumable Part(Declarator declarator)
    {
        if (declarator.Initializer is null || HasYield(declarator.Target)) RefuseYield(declarator.Start);
        if (declarator.Initializer is null) return new SequencePart([], ScopeEntry.None);
        var target = Target(declarator.Target, isDeclaration: true);
        var declared = After(declarator.Initializer, value => new DeclareStep(target, value, declarator.Start, 1));
        return new SequencePart([.. Entries(declarator), declared], ScopeEntry.None);
    }

    private IEnumerable<Resumable> Entries(SyntaxNode node) =>
        instruments is null ? [] : instruments.Entries(node).Select(step => new PlainPart(step));

    private SequencePart After(Expression expression, Func<Operation, Step> step)
    {
        var before = new List<Resumable>();
        var value = Hoist(expression, before);
        return new SequencePart([.. before, new PlainPart(step(value))], ScopeEntry.None);
    }

    private SequencePart SwitchPart(Switch e)
    {
        var before = new List<Resumable>();
        var value = Hoist(e.Value, before);
        foreach (var test in e.Cases.Where(c => HasYield(c.Test))) RefuseYield(test.Start);
        var tests = e.Cases.Select(c => c.Test is null ? null : Operation(c.Test)).ToArray();
        var bodies = e.Cases
            .Select(c => (Resumable)new SequencePart([.. Entries(c), Parts(c.Body, ScopeEntry.None)], ScopeEntry.None))
            .ToArray();
        var part = new LabelPart(new SwitchPart(value, Entry(e.Scope), tests, bodies), TargetOf(e));
        return new SequencePart([.. before, part], ScopeEntry.None);
    }

    private TryPart TryPart(Try e)
    {
        var body = Part(e.Body);
        var final = e.Finally is null ? null : Part(e.Finally);
        if (e.Catch is not { } handler) return new TryPart(body, null, ScopeEntry.None, null, final);
        if (HasYield(handler.Parameter)) RefuseYield(handler.Start);
        var parameter = handler.Parameter is null ? null : Target(handler.Parameter, isDeclaration: true);
        return new TryPart(body, parameter, Entry(handler.Scope), Part(handler.Body), final);
    }

    private Resumable LoopPart(Loop loop)
    {
        var frame = new LoopFrame(loop.Scope.HeapSlots, loop.Scope.CopiedSlots, Entry(loop.Scope), TargetOf(loop), 1);
        switch (loop)
        {
            case While e:
                return new LoopPart(null, Prepared(e.Test), null, Part(e.Body), frame, testsFirst: true, isFor: false);
            case DoWhile e:
                return new LoopPart(null, Prepared(e.Test), null, Part(e.Body), frame, testsFirst: false, isFor: false);
            case For e:
                var initializer = e.Initializer is null ? null : Part(e.Initializer);
                var update = e.Update is null ? null : After(e.Update, value => new ExpressionStep(value, e.Update.Start, 1));
                return new LoopPart(
                    initializer, e.Test is null ? null : Prepared(e.Test), update, Part(e.Body), frame, testsFirst: true,
                    isFor: true);
            default:
                return EachPart((ForEach)loop, frame);
        }
    }

    private SequencePart EachPart(ForEach e, LoopFrame frame)
    {
        var before = new List<Resumable>();
        var source = Hoist(e.Source, before);
        if (HasYield(e.Target)) RefuseYield(e.Start);
        var target = Target(e.Target, e.IsDeclaration);
        Resumable part = e.Kind == EachKind.Values
            ? new ForOfPart(target, source, Part(e.Body), frame)
            : new ForInPart(target, source, Part(e.Body), frame);
        return new SequencePart([.. before, part], ScopeEntry.None);
    }

    private PreparedOperation Prepared(Expression test)
    {
        var before = new List<Resumable>();
        var operation = Hoist(test, before);
        return new PreparedOperation([.. before], operation);
    }

    private void RefuseYield(SourcePosition at) =>
        Refuse(at, "`yield` cannot stand here", "give its value a name first: `const x = yield …`");
}
