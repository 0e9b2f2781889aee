using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Instrumentation;

/// <summary>How a construct tells that a place was reached.</summary>
/// <param name="Place">The place.</param>
/// <param name="OnTrue">The outcome to report when the value counts as true, or is there; -1 for none.</param>
/// <param name="OnFalse">The outcome to report when the value counts as false, or is null or undefined; -1 for none.</param>
/// <param name="OfPresence">Null and undefined are told from the rest, not false from true.</param>
internal readonly record struct Watch(ScriptPlace Place, int OnTrue, int OnFalse, bool OfPresence)
{
    /// <summary>Whatever the value is, it is reported before it is worked out.</summary>
    public bool IsBefore => OnTrue == OnFalse;

    /// <summary>The place is reached when the construct is.</summary>
    public static Watch Before(ScriptPlace place, int outcome = 0) => new(place, outcome, outcome, OfPresence: false);
}

/// <summary>Finds the places of one text, and which constructs have to tell of each.</summary>
internal sealed class PlaceFinder(SourceFile file, ScriptObserver observer)
{
    private readonly Dictionary<SyntaxNode, List<Watch>> watches = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<SyntaxNode> inlined = new(ReferenceEqualityComparer.Instance);
    private int ordinal;

    /// <summary>What each construct has to tell of; those not in it tell of nothing.</summary>
    /// <param name="file">The file that the text is part of.</param>
    /// <param name="root">The text.</param>
    /// <param name="observer">Told of every place.</param>
    /// <param name="condition">What the text is called when it is one expression that decides something; else null.</param>
    public static Dictionary<SyntaxNode, List<Watch>> Find(
        SourceFile file, SyntaxNode root, ScriptObserver observer, string? condition)
    {
        var finder = new PlaceFinder(file, observer);
        if (root is Function { Body: [Return { Value: { } value }] }) finder.WalkExpression(value, condition);
        else finder.Walk(root);
        return finder.watches;
    }

    // The function around an expression of the host's is none that anybody wrote.
    private void WalkExpression(Expression value, string? condition)
    {
        Add(value, Watch.Before(Found(PlaceKind.Statement, value.Start)));
        if (condition is not null) AddTruth(value, Found(PlaceKind.If, value.Start, condition));
        Walk(value);
    }

    private void Walk(SyntaxNode node)
    {
        switch (node)
        {
            case Function e:
                WatchFunction(e);
                break;
            case Statement e:
                WatchStatement(e);
                break;
            case Declarator e:
                Add(e, Watch.Before(Found(PlaceKind.Statement, e.Start)));
                break;
            case SwitchCase e:
                Add(e, Watch.Before(Found(PlaceKind.Case, e.Start, e.Test is null ? "default" : "")));
                break;
            case CatchClause e:
                Add(e.Body, Watch.Before(Found(PlaceKind.Catch, e.Start)));
                break;
            case Expression e:
                WatchExpression(e);
                break;
            default:
                break;
        }

        foreach (var child in SyntaxChildren.Of(node))
            if (child is not null) Walk(child);
    }

    private void WatchFunction(Function function)
    {
        if (function.Kind == FunctionKind.Initializer) return;
        Add(function, Watch.Before(Found(PlaceKind.Function, function.Start, function.Name)));

        // An arrow that only returns has no statement when it is compiled: its value stands for it.
        if (function is not { Kind: FunctionKind.Arrow, Body: [Return { Value: { } value } only] }) return;
        inlined.Add(only);
        Add(value, Watch.Before(Found(PlaceKind.Statement, value.Start)));
    }

    private void WatchStatement(Statement statement)
    {
        if (statement is If e) AddTruth(e.Test, Found(PlaceKind.If, e.Test.Start));
        if (!inlined.Contains(statement)
            && statement is not (Block or EmptyStatement or FunctionDeclaration or VariableDeclaration or Labeled))
            Add(statement, Watch.Before(Found(PlaceKind.Statement, statement.Start)));
    }

    private void WatchExpression(Expression expression)
    {
        switch (expression)
        {
            case Conditional e:
                AddTruth(e.Test, Found(PlaceKind.Choice, e.Test.Start));
                break;
            case Logical e:
                WatchLogical(e);
                break;
            case LogicalAssignment e:
                Add(e.Value, Watch.Before(Found(PlaceKind.LogicalAssignment, e.Value.Start)));
                break;
            case Member { IsOptional: true } e:
                AddPresence(e.Object, Found(PlaceKind.OptionalLink, e.NameStart), onPresent: 1, onAbsent: 0);
                break;
            case Syntax.Index { IsOptional: true } e:
                AddPresence(e.Object, Found(PlaceKind.OptionalLink, e.Key.Start), onPresent: 1, onAbsent: 0);
                break;
            case Call { Callee: Member { Name: "deny" or "warn" or "audit" } method }:
                Found(PlaceKind.Report, method.NameStart, method.Name);
                break;
            default:
                break;
        }
    }

    private void WatchLogical(Logical e)
    {
        var kind = e.Operator switch
        {
            LogicalOperator.And => PlaceKind.And,
            LogicalOperator.Or => PlaceKind.Or,
            _ => PlaceKind.Coalesce,
        };
        var place = Found(kind, e.Right.Start);
        if (e.Operator == LogicalOperator.Coalesce) AddPresence(e.Left, place, onPresent: 0, onAbsent: -1);
        else
            Add(
                e.Left,
                new(
                    place, e.Operator == LogicalOperator.Or ? 0 : -1, e.Operator == LogicalOperator.Or ? -1 : 0,
                    OfPresence: false));
        Add(e.Right, Watch.Before(place, 1));
    }

    private void AddTruth(Expression condition, ScriptPlace place) => Add(condition, new(place, 0, 1, OfPresence: false));

    private void AddPresence(Expression value, ScriptPlace place, int onPresent, int onAbsent) =>
        Add(value, new(place, onPresent, onAbsent, OfPresence: true));

    private ScriptPlace Found(PlaceKind kind, SourcePosition start, string name = "")
    {
        var place = new ScriptPlace(kind, file.At(start), name, ordinal++);
        observer.Found(place);
        return place;
    }

    private void Add(SyntaxNode node, Watch watch)
    {
        if (!watches.TryGetValue(node, out var list)) watches[node] = list = [];
        list.Add(watch);
    }
}
