using System.Collections.Immutable;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>
/// <c>var</c>, for conformance runs only (see <see cref="Dialect"/>). It becomes what the rest of the language knows: a
/// <c>let</c> at the start of the function for each name, and assignments where the <c>var</c> stands.
/// </summary>
internal sealed partial class Parser
{
    private ExpressionStatement VarAssignments()
    {
        var declaration = Variables();
        EndStatement();
        return Assignments(declaration);
    }

    private ExpressionStatement Assignments(VariableDeclaration declaration)
    {
        var assignments = declaration.Declarators
            .Where(declarator => declarator.Initializer is not null)
            .Select(declarator => (Expression)new Assignment(declarator.Start, declarator.Target, declarator.Initializer!))
            .ToImmutableArray();
        Expression value = assignments.Length switch
        {
            0 => new NullLiteral(declaration.Start),
            1 => assignments[0],
            _ => new Sequence(declaration.Start, assignments),
        };
        return new ExpressionStatement(declaration.Start, value) { Vars = NoteVars(declaration) };
    }

    private ImmutableArray<Identifier> NoteVars(VariableDeclaration declaration)
    {
        var names = declaration.Declarators.SelectMany(declarator => Names(declarator.Target)).Select(Use).ToImmutableArray();
        enclosing.Vars.AddRange(names);
        return names;
    }

    // The statements of a function, the module or a script, after a declaration of the names that `var` gave them.
    private ImmutableArray<Statement> WithVars(ImmutableArray<Statement> body, IEnumerable<Identifier> parameters)
    {
        if (enclosing.Vars.Count == 0) return body;
        var functions = ReferenceEquals(enclosing, module) && dialect == Dialect.Module
            ? []
            : body.OfType<FunctionDeclaration>().Select(function => function.Name);
        var taken = parameters.Concat(functions).Select(name => name.Name).ToHashSet(StringComparer.Ordinal);
        var declarators = enclosing.Vars
            .DistinctBy(name => name.Name).Where(name => !taken.Contains(name.Name))
            .Select(name => new Declarator(new NameTarget(Use(name)), null))
            .ToImmutableArray();
        return declarators.IsEmpty ? body : body.Insert(0, new VariableDeclaration(declarators[0].Start, false, declarators));
    }
}
