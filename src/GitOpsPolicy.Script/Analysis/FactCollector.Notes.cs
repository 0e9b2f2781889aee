using System.Collections.Immutable;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Analysis;

/// <summary>What single constructs say.</summary>
internal sealed partial class FactCollector
{
    private static readonly ImmutableArray<string> ReportMethods = ["deny", "warn", "audit"];

    private void Note(SyntaxNode node)
    {
        switch (node)
        {
            case FunctionDeclaration it: declared.Add((it.Name, "function")); break;
            case ClassDeclaration it: declared.Add((it.Name, "class")); break;
            case Declarator it: Declare(it.Target, "variable"); break;
            case Function it: NoteFunction(it); break;
            case Block it: NoteUnreachable(it.Body); break;
            case SwitchCase it: NoteUnreachable(it.Body); break;
            case Switch it: NoteCases(it); break;
            case If it: NoteCondition(it.Test); break;
            case Conditional it: NoteCondition(it.Test); break;
            case Binary it: NoteComparison(it); break;
            case RegExpLiteral it: patterns.Add(new(it.Pattern, it.Flags, file.At(it.Start))); break;
            case New { Callee: Identifier { Name: "RegExp" }, Arguments: [StringLiteral pattern, ..] } it:
                patterns.Add(new(pattern.Value, "", file.At(it.Start)));
                break;
            case PatternProperty { Key.Name: { } name, Element.Target: ObjectPattern inner }: ReadProperties(inner, name); break;
            case PatternProperty { Key.Name: { } name, Element.Target: NameTarget { Name.Name: var other } } when name != other:
                usedWhole.Add(name);
                break;
            default: break;
        }
    }

    // A name by itself, or in braces. Names in brackets often only hold the place of what comes before the one that is meant.
    private void Declare(Pattern target, string kind)
    {
        if (target is NameTarget { Name: var name }) declared.Add((name, kind));
        if (target is not ObjectPattern { Rest: null } pattern) return;
        foreach (var property in pattern.Properties) Declare(property.Element.Target, kind);
    }

    private void NoteFunction(Function function)
    {
        foreach (var parameter in function.Parameters)
            if (parameter.Target is ObjectPattern) Declare(parameter.Target, "parameter");
        NoteUnreachable(function.Body);
    }

    private void NoteUnreachable(ImmutableArray<Statement> body)
    {
        var last = body.TakeWhile(static statement => statement is not (Return or Throw or Break or Continue)).Count();
        if (body.Skip(last + 1)
            .FirstOrDefault(static statement => statement is not (FunctionDeclaration or EmptyStatement)) is { } lost)
            unreachable.Add(file.At(lost.Start));
    }

    private void NoteCondition(Expression test)
    {
        if (Constants.Truth(test) is { } truth) constants.Add(new(truth, file.At(test.Start)));
    }

    private void NoteComparison(Binary binary)
    {
        if (binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual
            && !IsNullish(binary.Left)
            && !IsNullish(binary.Right))
            loose.Add(file.At(binary.OperatorStart));
        if (binary.Operator is not (BinaryOperator.Equal
            or BinaryOperator.NotEqual
            or BinaryOperator.StrictEqual
            or BinaryOperator.StrictNotEqual))
            return;
        var (path, text) = (binary.Left, binary.Right) switch
        {
            (var left, StringLiteral right) => (Shapes.PathOf(left), right.Value),
            (StringLiteral left, var right) => (Shapes.PathOf(right), left.Value),
            _ => (null, ""),
        };
        if (path is not null) comparisons.Add(new(path, text, file.At(binary.Start)));
    }

    private void NoteCases(Switch choice)
    {
        if (Shapes.PathOf(choice.Value) is not { } path) return;
        foreach (var one in choice.Cases)
            if (one.Test is StringLiteral text) comparisons.Add(new(path, text.Value, file.At(text.Start)));
    }

    private void NoteReport(Call call)
    {
        if (call.Callee is not Member { Name: var method, Object: Identifier { Name: "report" } or Member { Name: "report" } }
            || !ReportMethods.Contains(method))
            return;
        var place = call.Arguments.Length > 1 ? call.Arguments[1] : null;
        var isOpen = call.Arguments.Any(static argument => argument is Spread);
        var isNone = place is null || IsNullish(place);
        reports.Add(new(method, file.At(call.Start), isNone || isOpen ? null : Shapes.Of(place), !isNone || isOpen));
    }

    private static bool IsNullish(Expression expression) =>
        expression is NullLiteral or Identifier { Binding: null, Name: "undefined" };
}
