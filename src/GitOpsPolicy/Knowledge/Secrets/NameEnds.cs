using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Ends that names have, each with what it stands for. Of a few hundred only those with the name's last character are compared.
/// </summary>
/// <typeparam name="T">What an end stands for.</typeparam>
internal sealed class NameEnds<T>
{
    private readonly FrozenDictionary<char, (string End, T Value)[]> byLast;

    /// <summary>Makes the table.</summary>
    public NameEnds(IEnumerable<(string End, T Value)> ends) =>
        byLast = ends.GroupBy(row => row.End[^1]).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Whether a name has one of the ends.</summary>
    /// <param name="name">The name, in small letters and digits alone.</param>
    public bool Fits(ReadOnlySpan<char> name)
    {
        foreach (var (end, _) in Candidates(name))
            if (name.EndsWith(end, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>What the ends of a name stand for, in the order of the table.</summary>
    /// <param name="name">The name, in small letters and digits alone.</param>
    public ImmutableArray<T> Of(ReadOnlySpan<char> name)
    {
        ImmutableArray<T> found = [];
        foreach (var (end, value) in Candidates(name))
            if (name.EndsWith(end, StringComparison.Ordinal)) found = found.Add(value);
        return found;
    }

    private (string End, T Value)[] Candidates(ReadOnlySpan<char> name) =>
        name.Length > 0 && byLast.TryGetValue(name[^1], out var candidates) ? candidates : [];
}
