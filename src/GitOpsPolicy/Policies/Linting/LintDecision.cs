using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>
/// Lint findings as a decision about nothing, for the reports that CI services read: SARIF and GitHub annotations.
/// </summary>
public static class LintDecision
{
    /// <summary>The decision. What is silenced is waived in it, with its owner and reason.</summary>
    public static Decision Of(LintReport report)
    {
        ImmutableArray<Finding> findings = [
            .. report.Findings.Select(static finding => Finding(finding)),
            .. report.Silenced.Select(static one => Finding(one.Finding) with { Waiver = one.Owner, WaiverReason = one.Reason })
        ];
        return new()
        {
            Outcome = Verdict.OutcomeOf(Verdict.Worst(findings), isUndetermined: false, hasFailed: false),
            Id = "",
            RuleSetDigest = "",
            ChangeSet = new() { Changes = [] },
            Findings = findings,
            RuleCount = report.RuleCount,
        };
    }

    private static Finding Finding(LintFinding finding) => new()
    {
        Rule = finding.Lint.Id,
        Title = finding.Lint.Explanation,
        Severity = finding.Lint.Severity switch
        {
            LintSeverity.Error => Severity.Medium,
            LintSeverity.Warning => Severity.Low,
            _ => Severity.Info,
        },
        Category = "lint",
        Action = finding.Lint.Severity switch
        {
            LintSeverity.Error => FindingAction.Deny,
            LintSeverity.Warning => FindingAction.Warn,
            _ => FindingAction.Audit,
        },
        Message = finding.Message,
        Location = finding.Location,
        Remediation = finding.Lint.Advice,
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{finding.Lint.Id}\n{finding.Location.File}\n{finding.Message}")))[..16],
    };
}
