using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Matching;
using GitOpsPolicy.Policies.Parameters;

namespace GitOpsPolicy.Policies;

/// <summary>What a rule says about itself, whatever language it is written in.</summary>
public sealed record RuleMetadata
{
    /// <summary>Its name, unique in a rule set.</summary>
    public required string Name { get; init; }

    /// <summary>One line that says what the rule wants.</summary>
    public required string Title { get; init; }

    /// <summary>Where the rule stands.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>Why, at any length; null when the rule does not say.</summary>
    public string? Description { get; init; }

    /// <summary>How bad its findings are.</summary>
    public Severity Severity { get; init; } = Severity.Medium;

    /// <summary>A word to group by; null when the rule does not say.</summary>
    public string? Category { get; init; }

    /// <summary>What the author of a change should do; null when the rule does not say.</summary>
    public string? Remediation { get; init; }

    /// <summary>What its fixes do, where it offers some; null for a rule that offers none.</summary>
    public string? Fixes { get; init; }

    /// <summary>The most its findings may do where the configuration does not say otherwise.</summary>
    public Enforcement Enforcement { get; init; } = Enforcement.Deny;

    /// <summary>Waivers may excuse its findings.</summary>
    public bool IsWaivable { get; init; } = true;

    /// <summary>It judges the change set once, not each change.</summary>
    public bool JudgesSets { get; init; }

    /// <summary>What it judges.</summary>
    internal RuleMatch Match { get; init; } = new();

    /// <summary>What the configuration may set.</summary>
    internal ImmutableArray<Parameter> Parameters { get; init; } = [];
}
