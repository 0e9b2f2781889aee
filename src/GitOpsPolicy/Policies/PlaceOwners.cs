using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies;

/// <summary>
/// Tells which rule a place belongs to: a JavaScript file holds one, a YAML file may hold several, one after another.
/// </summary>
internal sealed class PlaceOwners(IEnumerable<RuleMetadata> rules)
{
    private readonly ILookup<string, RuleMetadata> byFile = rules.OrderByDescending(r => r.Location.Line)
        .ToLookup(r => r.Location.File, StringComparer.Ordinal);

    /// <summary>The rule, or null and the file of a module that rules import.</summary>
    public (string? Rule, string File) Of(SourceLocation place)
    {
        var inFile = byFile[place.File].ToList();
        var rule = inFile.Count == 1 ? inFile[0] : inFile.Find(r => r.Location.Line <= place.Line);
        return (rule?.Name, place.File);
    }
}
