using System.Collections.Immutable;

namespace GitOpsPolicy.Changes;

/// <summary>An environment and its place in the line that changes go along, such as staging before production.</summary>
/// <param name="Name">Its name.</param>
/// <param name="After">The environment that changes come from; null for one that starts a line.</param>
/// <param name="Words">Words that stand for the environment in names, namespaces and values.</param>
public sealed record EnvironmentStep(string Name, string? After, ImmutableArray<string> Words)
{
    /// <summary>Whether going back from an environment leads to itself again.</summary>
    public static bool Circles(EnvironmentStep from, ImmutableArray<EnvironmentStep> all)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = from; at is not null; at = all.FirstOrDefault(other => other.Name == at.After))
            if (!seen.Add(at.Name)) return at.Name == from.Name;
        return false;
    }
}
