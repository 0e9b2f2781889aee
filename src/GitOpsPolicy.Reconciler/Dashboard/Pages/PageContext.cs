using System.Collections.Immutable;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard.Pages;

/// <summary>What a page is made from: everything as it was at one moment.</summary>
/// <param name="Units">What is known of the units.</param>
/// <param name="Rules">The rules in force; null before there are any.</param>
/// <param name="Query">What the address asks for.</param>
/// <param name="Options">How it is shown.</param>
/// <param name="Now">The moment.</param>
internal sealed record PageContext(
    ImmutableArray<UnitStatus> Units, RuleSet? Rules, UnitQuery Query, DashboardOptions Options, DateTimeOffset Now)
{
    /// <summary>Shows times by how long ago they are.</summary>
    public Moment Moment => new(Now);

    /// <summary>Which units need somebody.</summary>
    public Attention Attention => new(Now, Options.StaleAfter);

    /// <summary>What the address says of refreshing, for links to other pages.</summary>
    public string Keep => new UnitQuery { Refreshes = Query.Refreshes }.ToString();

    /// <summary>A link to a unit.</summary>
    public Html Link(UnitStatus unit) =>
        Html.Of($"<a href=\"{Shown.PathOf(unit.Unit)}{Keep}\">{unit.Unit.Namespace}<wbr>/{unit.Unit.Name}</a>");

    /// <summary>A link to a rule, with its title where it is in force.</summary>
    public Html LinkRule(string rule) =>
        rule == BlockedChange.ByCluster ? Html.Of($"{rule}")
        : Rule(rule) is { } known
            ? Html.Of($"<a href=\"{Shown.PathOfRule(rule)}{Keep}\">{rule}</a><span class=\"below\">{known.Title}</span>")
            : Html.Of($"<a href=\"{Shown.PathOfRule(rule)}{Keep}\">{rule}</a>");

    /// <summary>A rule in force; null when there is none of that name.</summary>
    public RuleMetadata? Rule(string name) => Rules?.Rules.FirstOrDefault(rule => rule.Name == name);
}
