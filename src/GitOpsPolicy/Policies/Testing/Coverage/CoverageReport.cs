using System.Collections.Immutable;
using System.Globalization;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies.Testing.Coverage;

/// <summary>What the tests of rules came to, rule by rule.</summary>
/// <param name="Units">Rules in order of their names, then modules that they import in order of their paths.</param>
/// <param name="Sources">The lines of each file, by path.</param>
public sealed record CoverageReport(
    ImmutableArray<UnitCoverage> Units, ImmutableSortedDictionary<string, ImmutableArray<string>> Sources)
{
    /// <summary>Lines that something was reached on.</summary>
    public Share Lines => Share.Sum(Units.Select(u => u.LineShare));

    /// <summary>Ways that were gone.</summary>
    public Share Branches => Share.Sum(Units.Select(u => u.BranchShare));

    /// <summary>Messages that were both produced and withheld.</summary>
    public Share Messages => Share.Sum(Units.Select(u => u.MessageShare));
}

/// <summary>What tests came to in one rule, or in one module that rules import.</summary>
public sealed record UnitCoverage
{
    /// <summary>Name of the rule; null for a module.</summary>
    public string? Rule { get; init; }

    /// <summary>Its file.</summary>
    public required string File { get; init; }

    /// <summary>Lines with something to reach on them, in order.</summary>
    public required ImmutableArray<LineCoverage> Lines { get; init; }

    /// <summary>Branches, in order of their places.</summary>
    public required ImmutableArray<BranchCoverage> Branches { get; init; }

    /// <summary>Functions, in order of their places.</summary>
    public required ImmutableArray<FunctionCoverage> Functions { get; init; }

    /// <summary>Messages, in order of their places.</summary>
    public required ImmutableArray<MessageCoverage> Messages { get; init; }

    /// <summary>What it is called in reports.</summary>
    public string Name => Rule ?? File;

    /// <summary>Lines that something was reached on.</summary>
    public Share LineShare => new(Lines.Count(l => l.Hits > 0), Lines.Length);

    /// <summary>Ways that were gone.</summary>
    public Share BranchShare => new(Branches.Sum(b => b.Outcomes.Count(o => o.Hits > 0)), Branches.Sum(b => b.Outcomes.Length));

    /// <summary>Messages that were both produced and withheld.</summary>
    public Share MessageShare => new(Messages.Count(m => m.IsCovered), Messages.Length);
}

/// <summary>How often something on a line was reached.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Hits">How often.</param>
public sealed record LineCoverage(int Line, long Hits);

/// <summary>How often a place went each way that it can go.</summary>
/// <param name="Location">The place.</param>
/// <param name="Construct">What it is: <c>`if`</c>.</param>
/// <param name="Outcomes">The ways.</param>
public sealed record BranchCoverage(SourceLocation Location, string Construct, ImmutableArray<OutcomeCoverage> Outcomes);

/// <summary>One way that a place can go.</summary>
/// <param name="Name">The way: <c>true</c>.</param>
/// <param name="Hits">How often it went it.</param>
public sealed record OutcomeCoverage(string Name, long Hits);

/// <summary>How often a function was called.</summary>
/// <param name="Location">Where it starts.</param>
/// <param name="Name">Its name; empty for none.</param>
/// <param name="Hits">How often.</param>
public sealed record FunctionCoverage(SourceLocation Location, string Name, long Hits);

/// <summary>In how many cases a message was produced, and in how many it was not.</summary>
/// <param name="Location">The call or entry that produces it.</param>
/// <param name="Action">What it is written as: <c>deny</c>.</param>
/// <param name="Produced">Cases in which it was produced.</param>
/// <param name="Withheld">Cases of the rule in which it was not.</param>
public sealed record MessageCoverage(SourceLocation Location, string Action, int Produced, int Withheld)
{
    /// <summary>There are tests of both kinds: that it comes, and that it does not.</summary>
    public bool IsCovered => Produced > 0 && Withheld > 0;
}

/// <summary>So many of so many.</summary>
/// <param name="Covered">How many were reached.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct Share(int Covered, int Total)
{
    /// <summary>In percent, rounded down to a tenth, so that 100 means all. 100 when there are none.</summary>
    public double Percent => Total == 0 ? 100 : Math.Floor(1000.0 * Covered / Total) / 10;

    /// <summary>All shares together.</summary>
    public static Share Sum(IEnumerable<Share> shares) =>
        shares.Aggregate(default(Share), (a, b) => new(a.Covered + b.Covered, a.Total + b.Total));

    /// <summary><c>3/4 75 %</c>, or a dash when there are none.</summary>
    public override string ToString() =>
        Total == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Covered}/{Total} {Percent:0.#} %");
}
