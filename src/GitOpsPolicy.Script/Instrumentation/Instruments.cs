using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Compilation;
using GitOpsPolicy.Script.Syntax;
using Index = GitOpsPolicy.Script.Syntax.Index;

namespace GitOpsPolicy.Script.Instrumentation;

/// <summary>
/// What the compiler asks about each construct of a text that is instrumented. Text that is not has none of these.
/// </summary>
internal sealed class Instruments
{
    private readonly SourceFile file;
    private readonly ScriptObserver? observer;
    private readonly Dictionary<SyntaxNode, List<Watch>> watches;
    private readonly FoundMutation? mutation;

    private Instruments(SourceFile file, SyntaxNode root, ScriptInstrumentation wanted)
    {
        (this.file, observer) = (file, wanted.Observer);
        watches = observer is null ? [] : PlaceFinder.Find(file, root, observer, wanted.Condition);
        if (wanted.Mutations is null && wanted.Mutation is null) return;
        foreach (var found in MutationFinder.Find(file, root, wanted.Condition is not null))
        {
            wanted.Mutations?.Add(found.Mutation);
            if (found.Mutation == wanted.Mutation) mutation = found;
        }
    }

    /// <summary>The instruments for one text; null when nothing is to be done to it.</summary>
    public static Instruments? For(SourceFile file, SyntaxNode root, ScriptInstrumentation? wanted) =>
        wanted is null ? null : new(file, root, wanted);

    /// <summary>The expression to compile in place of one: itself, unless it is the one that is mutated.</summary>
    public Expression Instead(Expression expression) =>
        mutation is { } m && ReferenceEquals(m.Node, expression) ? m.Replacement : expression;

    /// <summary>The expression, told about when it has something to tell.</summary>
    public Operation Watched(Expression expression, Operation operation)
    {
        if (observer is null) return operation;
        if (observer.WantsReads && PathOf(expression) is { } path)
            operation = new WatchedRead(operation, path, file.At(PlaceOf(expression)), observer);
        foreach (var watch in WatchesOf(expression)) operation = new WatchedOperation(operation, watch, observer);
        return operation;
    }

    /// <summary>The statement, told about when it has something to tell.</summary>
    public Step Watched(SyntaxNode statement, Step step)
    {
        foreach (var watch in WatchesOf(statement)) step = new WatchedStep(step, watch.Place, statement.Start, observer!);
        return step;
    }

    /// <summary>The name that a property taken apart goes to, told about when reads are; other targets are left alone.</summary>
    public Binder Watched(PatternProperty property, Binder target) =>
        observer is { WantsReads: true } && property is { Key.Name: { } name, Element.Target: NameTarget }
            ? new WatchedBinder(target, name, file.At(property.Start), observer)
            : target;

    /// <summary>Steps that tell that what they belong to has been entered; none when it has nothing to tell.</summary>
    public IEnumerable<Step> Entries(SyntaxNode node) =>
        WatchesOf(node).Select(watch => new EntryStep(watch.Place, node.Start, observer!));

    /// <summary>The one expression of a function, told about when the function is.</summary>
    public Operation Entered(Function function, Operation value)
    {
        foreach (var watch in WatchesOf(function)) value = new WatchedOperation(value, watch, observer!);
        return value;
    }

    private List<Watch> WatchesOf(SyntaxNode node) => watches.GetValueOrDefault(node) ?? [];

    // What an imported function answers is as good as read.
    private static string? PathOf(Expression expression) => expression switch
    {
        Member or Index => PathText.Of(expression) ?? (expression is Member member ? $"….{member.Name}" : "…[…]"),
        Call { Callee: Identifier { Binding: null or { Kind: BindingKind.Import } } } => PathText.Of(expression),
        _ => null,
    };

    private static SourcePosition PlaceOf(Expression expression) =>
        expression is Member member ? member.NameStart : expression.Start;
}
