using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies.Reading;

/// <summary>Problems found so far, so that one run tells all of them.</summary>
public sealed class ProblemList
{
    private readonly List<Problem> problems = [];

    /// <summary>How many there are.</summary>
    public int Count => problems.Count;

    /// <summary>Adds one.</summary>
    public void Add(SourceLocation location, string message, string? hint = null) => problems.Add(new(location, message, hint));

    /// <summary>Adds one at a value.</summary>
    public void Add(Node at, string message, string? hint = null) => Add(at.Location, message, hint);

    /// <summary>Adds one about a whole file.</summary>
    public void AddFile(string path, string message, string? hint = null) => Add(new SourceLocation(path, 0, 0), message, hint);

    /// <summary>Adds all of a failed load.</summary>
    public void AddRange(IEnumerable<Problem> more) => problems.AddRange(more);

    /// <summary>All of them, by file, line and column, each once.</summary>
    public ImmutableArray<Problem> InFileOrder() =>
    [
        .. problems.Distinct()
            .OrderBy(p => p.Location.File, StringComparer.Ordinal)
            .ThenBy(p => p.Location.Line).ThenBy(p => p.Location.Column),
    ];
}
