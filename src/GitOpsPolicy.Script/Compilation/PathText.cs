using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>Plain paths as the author wrote them, for error messages.</summary>
internal static class PathText
{
    /// <summary>The path (<c>change.after.spec</c>); null when the expression is not a plain one.</summary>
    public static string? Of(Expression expression) => expression switch
    {
        Identifier name => name.Name,
        ThisExpression => "this",
        Member member => Of(member.Object) is { } path ? $"{path}{(member.IsOptional ? "?." : ".")}{member.Name}" : null,
        Syntax.Index { Key: Identifier or NumberLiteral } index when Of(index.Object) is { } path =>
            $"{path}[{KeyText(index.Key)}]",
        Call call when Of(call.Callee) is { } path => $"{path}(…)",
        OptionalChain chain => Of(chain.Chain),
        _ => null,
    };

    private static string KeyText(Expression key) =>
        key is Identifier name ? name.Name : Runtime.NumberText.Format(((NumberLiteral)key).Value);
}
