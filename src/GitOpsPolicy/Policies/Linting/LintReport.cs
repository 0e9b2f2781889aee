using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>One place that <c>lint</c> has something to say about.</summary>
/// <param name="Lint">What was looked for.</param>
/// <param name="Location">Where it was found.</param>
/// <param name="Message">What was found, in one line.</param>
/// <param name="Rule">The rule it is about; null for a file that is no rule.</param>
public sealed record LintFinding(LintRule Lint, SourceLocation Location, string Message, string? Rule);

/// <summary>A finding that somebody has silenced, and answers for.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why it is right here.</param>
public sealed record SilencedLint(LintFinding Finding, string Owner, string Reason);

/// <summary>What came of linting.</summary>
/// <param name="Findings">By file, line and column, then id.</param>
/// <param name="Silenced">What comments have silenced, in the same order.</param>
/// <param name="RuleCount">Rules that were looked at.</param>
public sealed record LintReport(ImmutableArray<LintFinding> Findings, ImmutableArray<SilencedLint> Silenced, int RuleCount)
{
    /// <summary>How many findings there are of a severity.</summary>
    public int Count(LintSeverity severity) => Findings.Count(finding => finding.Lint.Severity == severity);

    /// <summary>Some finding is at least so bad.</summary>
    public bool HasAtLeast(LintSeverity severity) => Findings.Any(finding => finding.Lint.Severity >= severity);
}
