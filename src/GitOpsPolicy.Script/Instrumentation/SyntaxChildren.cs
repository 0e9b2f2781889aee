using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Instrumentation;

/// <summary>The parts of each construct, in source order.</summary>
internal static class SyntaxChildren
{
    /// <summary>The parts of one construct; those that are absent are null.</summary>
    public static IEnumerable<SyntaxNode?> Of(SyntaxNode node) => node switch
    {
        Expression e => Of(e),
        Statement e => Of(e),
        Pattern e => Of(e),
        Module e => e.Body,
        Function e => [.. e.Parameters, e.Rest, .. e.Body],
        Class e => [e.Base, e.Constructor, .. e.Members],
        ClassMember e => [e.Key, e.Value],
        PropertyDefinition e => [e.Key, e.Value],
        PropertyKey e => [e.Computed],
        Declarator e => [e.Target, e.Initializer],
        SwitchCase e => [e.Test, .. e.Body],
        CatchClause e => [e.Parameter, e.Body],
        PatternElement e => [e.Target, e.Default],
        PatternProperty e => [e.Key, e.Element],
        _ => [],
    };

    private static IEnumerable<SyntaxNode?> Of(Expression expression) => expression switch
    {
        TemplateLiteral e => e.Expressions,
        TaggedTemplate e => [e.Tag, e.Template],
        ArrayLiteral e => e.Items,
        Spread e => [e.Value],
        ObjectLiteral e => e.Properties,
        FunctionExpression e => [e.Function],
        ClassExpression e => [e.Class],
        Unary e => [e.Operand],
        Update e => [e.Target],
        Binary e => [e.Left, e.Right],
        PrivateIn e => [e.Object],
        Logical e => [e.Left, e.Right],
        Conditional e => [e.Test, e.Then, e.Else],
        Assignment e => [e.Target, e.Value],
        CompoundAssignment e => [e.Target, e.Value],
        LogicalAssignment e => [e.Target, e.Value],
        Sequence e => e.Expressions,
        Member e => [e.Object],
        Syntax.Index e => [e.Object, e.Key],
        PrivateMember e => [e.Object],
        SuperMember e => [e.Key],
        Call e => [e.Callee, .. e.Arguments],
        SuperCall e => e.Arguments,
        New e => [e.Callee, .. e.Arguments],
        OptionalChain e => [e.Chain],
        Yield e => [e.Value],
        _ => [],
    };

    private static IEnumerable<SyntaxNode?> Of(Statement statement) => statement switch
    {
        VariableDeclaration e => e.Declarators,
        FunctionDeclaration e => [e.Function],
        ClassDeclaration e => [e.Class],
        ExportDefault e => [e.Value],
        ExpressionStatement e => [e.Expression],
        Block e => e.Body,
        If e => [e.Test, e.Then, e.Else],
        While e => [e.Test, e.Body],
        DoWhile e => [e.Body, e.Test],
        For e => [e.Initializer, e.Test, e.Update, e.Body],
        ForEach e => [e.Target, e.Source, e.Body],
        Switch e => [e.Value, .. e.Cases],
        Throw e => [e.Value],
        Try e => [e.Body, e.Catch, e.Finally],
        Return e => [e.Value],
        Labeled e => [e.Body],
        _ => [],
    };

    private static IEnumerable<SyntaxNode?> Of(Pattern pattern) => pattern switch
    {
        PropertyTarget e => [e.Property],
        ArrayPattern e => [.. e.Elements, e.Rest],
        ObjectPattern e => [.. e.Properties, e.Rest],
        _ => [],
    };
}
