using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>What drift at some places of a class calls for, in place of what it calls for elsewhere.</summary>
/// <param name="Paths">The places.</param>
/// <param name="Drift">What drift there calls for.</param>
/// <param name="IsSecurity">It is about who may do what: whoever is on call is told, and no freeze window defers bringing it
/// back.</param>
/// <param name="Environments">Globs over the environments that the row is for; empty for all.</param>
/// <param name="OnlyLowering">The row counts only where bringing back what Git says would lower a number or a quantity.</param>
internal sealed record FieldRule(
    ImmutableArray<FieldPattern> Paths, DriftClass Drift, bool IsSecurity, ImmutableArray<Glob> Environments, bool OnlyLowering)
{
    /// <summary>The row is for this environment. Where that is not known, only rows for all are.</summary>
    public bool IsFor(string? environment) =>
        Environments.IsEmpty || (environment is not null && Environments.Any(glob => glob.Fits(environment)));

    /// <summary>It says what drift at this very place calls for.</summary>
    public bool Covers(Difference difference) => Holds(difference) && Paths.Any(path => path.Covers(difference.Steps));

    /// <summary>It says so of something within what differs.</summary>
    public bool Meets(Difference difference) => Holds(difference) && Paths.Any(path => path.Meets(difference));

    private bool Holds(Difference difference) => !OnlyLowering || IsLowering(difference.Before, difference.After);

    private static bool IsLowering(Node? desired, Node? live) =>
        desired is ScalarNode wanted
            && live is ScalarNode there
            && Quantity.TryParse(wanted.Text, out var left)
            && Quantity.TryParse(there.Text, out var right)
            && left < right;
}

/// <summary>What a drift calls for by the table alone.</summary>
/// <param name="Class">The strictest of what its places call for.</param>
/// <param name="IsSecurity">Some of it is about who may do what.</param>
internal sealed record TableAnswer(DriftClass Class, bool IsSecurity)
{
    /// <summary>
    /// What a class says of some differences; of drift without places, such as an object that is gone, what it says of the whole
    /// object.
    /// </summary>
    public static TableAnswer Of(ResourceClass of, IReadOnlyList<Difference> differences, string? environment)
    {
        var rules = of.Fields.Where(rule => rule.IsFor(environment)).ToArray();
        if (differences.Count == 0) return At(of, rules, new([], null, null));
        var answers = differences.Select(difference => At(of, rules, difference)).ToArray();
        return new(answers.Max(static answer => answer.Class), answers.Any(static answer => answer.IsSecurity));
    }

    // What is said of the place itself counts; what is said of something within can only make it stricter.
    private static TableAnswer At(ResourceClass of, FieldRule[] rules, Difference difference)
    {
        var covering = rules.Where(rule => rule.Covers(difference)).ToArray();
        if (covering.Length > 0)
            return new(covering.Max(static rule => rule.Drift), of.IsSecurity || covering.Any(static rule => rule.IsSecurity));
        var within = rules.Where(rule => rule.Meets(difference)).ToArray();
        return new(
            within.Select(static rule => rule.Drift).Append(of.Drift).Max(),
            of.IsSecurity || within.Any(static rule => rule.IsSecurity));
    }
}
