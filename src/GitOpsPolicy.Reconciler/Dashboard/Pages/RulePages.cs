using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard.Pages;

/// <summary>The pages about rules: all that are in force, and what one of them wants.</summary>
/// <param name="context">What they are made from.</param>
internal sealed class RulePages(PageContext context)
{
    /// <summary>Writes the list.</summary>
    public Html WriteAll()
    {
        var forbidden = context.Units.SelectMany(static unit => unit.Blocked)
            .CountBy(static blocked => blocked.Rule)
            .ToDictionary(StringComparer.Ordinal);
        var rules = context.Rules?.Rules.OrderBy(static rule => rule.Name, StringComparer.Ordinal).ToList() ?? [];
        var body = rules.Count == 0
            ? Html.Of($"<h1>Rules</h1>\n<p class=\"lead\">No rules are in force yet.</p>\n")
            : Html.Of($"<h1>Rules</h1>\n<p class=\"lead\">What every write is put to before it is made.</p>\n{Table.Of("Rules in force", Columns(forbidden), rules)}");
        return Layout.Of(context, "/rules", "Rules", body);
    }

    /// <summary>Writes the page of one.</summary>
    /// <returns>Nothing when there is no such rule, and nothing that it forbids.</returns>
    public Html WriteOne(string name)
    {
        ImmutableArray<UnitStatus> forbids = [.. context.Units
            .Select(unit => unit with { Blocked = [.. unit.Blocked.Where(blocked => blocked.Rule == name)] })
            .Where(static unit => unit.Blocked.Length > 0)];
        var rule = context.Rule(name);
        if (rule is null && forbids.IsEmpty) return Html.None;
        var about = rule is null
            ? Html.Of($"<h1>{name}</h1>\n<p class=\"lead\">This rule is no longer in force.</p>\n")
            : Explain(rule);
        var only = forbids.Select(static unit => new UnitStatus { Unit = unit.Unit, Phase = unit.Phase, Blocked = unit.Blocked });
        return Layout.Of(
            context, Shown.PathOfRule(name), $"Rule {name}",
            Html.Of($"{about}{new Sections(context, [.. only], isOverview: true).Write()}"));
    }

    private Html Explain(RuleMetadata rule) => Html.Of($"""
        <h1>{rule.Title}</h1>
        <p>{Chip.OfSeverity(Word(rule.Severity)).Show()} <code>{rule.Name}</code></p>
        <dl class="facts">
        <div><dt>Category</dt><dd>{rule.Category ?? "none"}</dd></div>
        <div><dt>When reconciling</dt><dd>{Enforcement(rule)}</dd></div>
        <div><dt>Waivers</dt><dd>{(rule.IsWaivable ? "may excuse its findings" : "cannot excuse its findings")}</dd></div>
        </dl>
        {Paragraphs("What to do", rule.Remediation)}{Paragraphs("Why", rule.Description)}
        """);

    private string Enforcement(RuleMetadata rule) => context.Rules!.EnforcementOf(rule, Changes.Surface.Reconcile) switch
    {
        Policies.Enforcement.Deny => "denies",
        Policies.Enforcement.Warn => "warns",
        Policies.Enforcement.Audit => "is written down",
        _ => "is off",
    };

    private static Html Paragraphs(string heading, string? text) => string.IsNullOrWhiteSpace(text) ? Html.None : Html.Of($"""
        <h2>{heading}</h2>
        {text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static paragraph => Html.Of($"<p class=\"prose\">{paragraph.Replace('\n', ' ')}</p>\n"))}
        """);

    private ImmutableArray<Column<RuleMetadata>> Columns(Dictionary<string, int> forbidden) =>
    [
        new("Rule", rule => Html.Of($"<a href=\"{Shown.PathOfRule(rule.Name)}{context.Keep}\">{rule.Name}</a>"))
        {
            IsHead = true,
        },
        new("What it wants", static rule => Html.Of($"{rule.Title}")) { IsPlain = true },
        new("Severity", static rule => Chip.OfSeverity(Word(rule.Severity)).Show()),
        new("When reconciling", rule => Html.Of($"{Enforcement(rule)}")),
        new("Forbids now", rule => Html.Of($"{forbidden.GetValueOrDefault(rule.Name)}")) { IsNumber = true },
    ];

    private static string Word(Severity severity) => Enum.GetName(severity)!.ToLowerInvariant();
}
