using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GitOpsPolicy.Evaluation;

/// <summary>Puts findings into the one order they are shown in, and gives them their fingerprints.</summary>
internal static class FindingList
{
    /// <summary>Puts findings that nobody has seen yet in order and gives them their fingerprints.</summary>
    public static ImmutableArray<Finding> Number(List<Finding> findings)
    {
        if (findings.Count == 0) return [];
        var numbered = findings.ToArray();
        Array.Sort(numbered, Order);
        var prints = new Fingerprints(numbered);
        for (var i = 0; i < numbered.Length; i++) numbered[i].TakeFingerprint(prints, i);
        return ImmutableCollectionsMarshal.AsImmutableArray(numbered);
    }

    /// <summary>
    /// By file, line and column, then rule, resource and message: the same findings are always in the same order.
    /// </summary>
    public static ImmutableArray<Finding> InOrder(ImmutableArray<Finding> findings) => findings.Sort(Order);

    /// <summary>By file, line and column, then rule and resource.</summary>
    public static ImmutableArray<Undetermined> InOrder(IEnumerable<Undetermined> undetermined) =>
    [
        .. undetermined.OrderBy(u => u.Location.File, StringComparer.Ordinal)
            .ThenBy(u => u.Location.Line)
            .ThenBy(u => u.Location.Column)
            .ThenBy(u => u.Rule, StringComparer.Ordinal).ThenBy(u => u.Resource?.Canonical, StringComparer.Ordinal),
    ];

    /// <summary>By rule, then resource and message.</summary>
    public static ImmutableArray<RuleFailure> InOrder(IEnumerable<RuleFailure> failures) =>
    [
        .. failures.OrderBy(f => f.Rule, StringComparer.Ordinal).ThenBy(f => f.Resource?.Canonical, StringComparer.Ordinal)
            .ThenBy(f => f.Message, StringComparer.Ordinal),
    ];

    private static readonly Comparer<Finding> Order = Comparer<Finding>.Create(Compare);

    // Most are told apart by their place; what costs more is looked at last.
    private static int Compare(Finding a, Finding b)
    {
        if (string.CompareOrdinal(a.Location.File, b.Location.File) is var file and not 0) return file;
        if (a.Location.Line.CompareTo(b.Location.Line) is var line and not 0) return line;
        if (a.Location.Column.CompareTo(b.Location.Column) is var column and not 0) return column;
        if (string.CompareOrdinal(a.Rule, b.Rule) is var rule and not 0) return rule;
        if (string.CompareOrdinal(a.Resource?.Canonical, b.Resource?.Canonical) is var resource and not 0) return resource;
        if (string.CompareOrdinal(a.Pointer, b.Pointer) is var pointer and not 0) return pointer;
        return string.CompareOrdinal(a.Message, b.Message) is var message and not 0 ? message : b.Action.CompareTo(a.Action);
    }
}
