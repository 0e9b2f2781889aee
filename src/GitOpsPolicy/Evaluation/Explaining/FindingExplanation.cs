using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation.Explaining;

/// <summary>Something that a finding rests on.</summary>
/// <param name="Name">What it is about, in a word: <c>class</c>, <c>image</c>.</param>
/// <param name="Text">What is so; masked, one line.</param>
/// <param name="Location">Where that stands; null for what ships in the binary and what is worked out.</param>
public sealed record Fact(string Name, string Text, SourceLocation? Location = null);

/// <summary>Why a finding is there, what came of it, and what would satisfy its rule. Nothing in it is sensitive.</summary>
public sealed record FindingExplanation
{
    /// <summary>The finding.</summary>
    public required Finding Finding { get; init; }

    /// <summary>
    /// The rule; null for a finding that none made, such as one about a waiver, and where the rule is no longer there.
    /// </summary>
    public RuleMetadata? Rule { get; init; }

    /// <summary>What it rests on.</summary>
    public ImmutableArray<Fact> Facts { get; init; } = [];

    /// <summary>The parameters in force, each with the place that sets it.</summary>
    public ImmutableArray<Fact> Parameters { get; init; } = [];

    /// <summary>How the action came to be: what the rule asks for, enforcement, waivers, a baseline.</summary>
    public ImmutableArray<Fact> Verdict { get; init; } = [];

    /// <summary>What would satisfy the rule, the best first.</summary>
    public ImmutableArray<string> Ways { get; init; } = [];

    /// <summary>Explains a finding of a decision.</summary>
    /// <param name="finding">The finding. One that was read from a report has neither change nor node, and what rests on those is
    /// left out.</param>
    /// <param name="changes">What was judged.</param>
    /// <param name="rules">The rules that judged it.</param>
    /// <param name="options">How it was judged.</param>
    public static FindingExplanation Of(Finding finding, ChangeSet changes, RuleSet rules, EvaluationOptions options)
    {
        var masking = new Masking(changes, options.SensitiveKey);
        var rule = rules.Rules.FirstOrDefault(r => r.Name == finding.Rule);
        return new()
        {
            Finding = finding,
            Rule = rule,
            Facts = [.. FindingFacts.Of(finding, changes, rules).Select(fact => fact with { Text = masking.Cover(fact.Text) })],
            Parameters = rule is null ? [] : [.. FindingCircumstances.ParametersOf(rule, rules, finding.Change?.Environment)],
            Verdict = [.. FindingCircumstances.VerdictOn(finding, rule, rules, options.Today)],
            Ways = [.. FindingCircumstances.WaysOut(finding, rule)],
        };
    }
}
