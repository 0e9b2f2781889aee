using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script;

/// <summary>
/// Where the parts of an object literal stand in its file, so that a host can place what is wrong with the value that came of it.
/// Parts that are computed, spread or built elsewhere are not in it.
/// </summary>
public sealed class LiteralShape
{
    private readonly Dictionary<string, (SourcePosition Key, LiteralShape Value)> members = new(StringComparer.Ordinal);
    private readonly List<LiteralShape?> elements = [];

    private LiteralShape(SourcePosition start) => Start = start;

    /// <summary>Where the literal starts.</summary>
    public SourcePosition Start { get; }

    /// <summary>Where a member's key and value stand; null when the literal does not write the member out.</summary>
    public (SourcePosition Key, LiteralShape Value)? Member(string name) =>
        members.TryGetValue(name, out var found) ? found : null;

    /// <summary>Where an element of an array stands; null when the literal does not write it out.</summary>
    public LiteralShape? Element(int index) => index < elements.Count ? elements[index] : null;

    /// <summary>The shape of the default export; null when it is no literal.</summary>
    internal static LiteralShape? OfDefaultExport(Module module) =>
        module.Body.OfType<ExportDefault>().FirstOrDefault() is { Value: ObjectLiteral literal } ? Of(literal) : null;

    private static LiteralShape Of(Expression expression)
    {
        var shape = new LiteralShape(expression.Start);
        switch (expression)
        {
            case ObjectLiteral literal:
                foreach (var property in literal.Properties)
                    if (property.Key?.Name is { } name) shape.members[name] = (property.Start, Of(property.Value));
                break;
            case ArrayLiteral { Items: var items } when !items.Any(item => item is Spread):
                shape.elements.AddRange(items.Select(item => item is null ? null : Of(item)));
                break;
            default:
                break;
        }

        return shape;
    }
}
