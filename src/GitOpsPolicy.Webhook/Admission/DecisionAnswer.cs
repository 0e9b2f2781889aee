using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>Says a decision in the API server's terms.</summary>
/// <remarks>
/// The server drops a warning that holds a control character, cuts all to 256 characters once they exceed 4,096 together, and
/// puts the webhook's name before a denial's message and before each annotation's key (apiserver
/// <c>endpoints/filters/warning.go</c>, <c>plugin/webhook/errors/statuserror.go</c>).
/// </remarks>
internal static class DecisionAnswer
{
    /// <summary>As many warnings as a person reads.</summary>
    public const int MaxWarnings = 10;

    private const int MaxWarningLength = 240;
    private const int MaxMessageLength = 4_000;
    private const int MaxAnnotationLength = 500;

    /// <summary>The answer to a decision.</summary>
    /// <param name="decision">What the rules say.</param>
    /// <param name="onError">What becomes of a request that they could not judge.</param>
    /// <param name="annotations">What the audit log is to keep besides.</param>
    public static Answer Of(Decision decision, OnError onError, params ReadOnlySpan<(string Key, string Value)> annotations)
    {
        var isUnjudged = decision.Outcome == Outcome.Undetermined;
        var isAllowed = decision.Outcome is Outcome.Allow or Outcome.Warn || (isUnjudged && onError == OnError.Allow);
        return new()
        {
            IsAllowed = isAllowed,
            Code = isUnjudged ? 500 : 403,
            Reason = isUnjudged ? "InternalError" : "Forbidden",
            Message = isAllowed ? "" : isUnjudged ? Unjudged(decision) : Denial(decision),
            Warnings = Warnings(decision, isAllowed, isUnjudged),
            Annotations = [
                ("ruleset", decision.RuleSetDigest), ("decision", decision.Id), .. RuleNames(decision),
                .. Names("waived-by", decision.Findings.Select(static finding => finding.Waiver).OfType<string>()),
                .. Names("acknowledged-by", decision.AcknowledgedBy), .. annotations
            ],
        };
    }

    /// <summary>The answer when there is no decision: something broke, or the time ran out.</summary>
    public static Answer Unjudged(string why, OnError onError, string digest) => new()
    {
        IsAllowed = onError == OnError.Allow,
        Code = 500,
        Reason = "InternalError",
        Message = onError == OnError.Allow ? "" : $"the rules could not judge this request: {why}",
        Warnings = onError == OnError.Allow ? [Fit($"gitops-policy: not judged: {why}; allowed, as onError says")] : [],
        Annotations = [("ruleset", digest), ("error", Fit(why))],
    };

    private static string Unjudged(Decision decision) => Lines(
        "the rules could not judge this request",
        [
            .. decision.Failures.Select(failure => $"[{failure.Rule}] {failure.Message}"),
            .. decision.Undetermined.Select(open => $"[{open.Rule}] needs {string.Join(", ", open.Unknowns)}"),
        ]);

    private static string Denial(Decision decision)
    {
        var denials = decision.Findings.Where(finding => finding.Action == FindingAction.Deny).ToList();
        return Lines(denials.Count == 1 ? "" : $"{denials.Count} reasons", [.. denials.Select(Line)]);
    }

    private static string Lines(string head, ImmutableArray<string> lines)
    {
        var text = new StringBuilder(head);
        for (var i = 0; i < lines.Length; i++)
        {
            if (text.Length > MaxMessageLength) return text.Append($"\n… and {lines.Length - i} more").ToString();
            if (text.Length > 0) text.Append('\n');
            text.Append(SafeText.OneLine(lines[i]));
        }

        return text.ToString();
    }

    private static string Line(Finding finding)
    {
        var place = finding.Pointer.Length == 0 ? "" : $" ({finding.Pointer})";
        return finding.Remediation is null
            ? $"[{finding.Rule}] {finding.Message}{place}"
            : $"[{finding.Rule}] {finding.Message}{place}. {finding.Remediation}";
    }

    private static ImmutableArray<string> Warnings(Decision decision, bool isAllowed, bool isUnjudged)
    {
        var texts = decision.Findings.Where(finding => finding.Action == FindingAction.Warn || finding.Waiver is not null)
            .Select(Warning);
        if (isAllowed)
            texts = texts.Concat(decision.AcknowledgedBy.Select(
                static name => $"gitops-policy: this delete is acknowledged by {name}"));
        if (isAllowed && isUnjudged)
            texts = texts.Prepend("gitops-policy: the rules could not judge this request; allowed, as onError says");
        var all = texts.Select(Fit).Distinct(StringComparer.Ordinal).ToList();
        if (all.Count <= MaxWarnings) return [.. all];
        return [
            .. all.Take(MaxWarnings - 1),
            $"gitops-policy: {all.Count - MaxWarnings + 1} more warnings are in the audit log of this decision"
        ];
    }

    private static string Warning(Finding finding) =>
        finding.Waiver is { } waiver
            ? $"[{finding.Rule}] waived by {waiver}: {finding.Message}"
            : $"[{finding.Rule}] {finding.Message}";

    private static IEnumerable<(string Key, string Value)> RuleNames(Decision decision)
    {
        foreach (var action in (FindingAction[])[FindingAction.Deny, FindingAction.Warn, FindingAction.Audit])
        {
            var names = string.Join(
                ',',
                decision.Findings.Where(finding => finding.Action == action)
                    .Select(finding => finding.Rule)
                    .Distinct(StringComparer.Ordinal));
            if (names.Length > 0)
                yield return (action switch
                {
                    FindingAction.Deny => "denied-by",
                    FindingAction.Warn => "warned-by",
                    _ => "noted-by",
                }, Cut(names, MaxAnnotationLength));
        }
    }

    // The waivers without which there would be a denial, the acknowledgements that cover a delete.
    private static IEnumerable<(string Key, string Value)> Names(string key, IEnumerable<string> all)
    {
        var names = string.Join(',', all.Distinct(StringComparer.Ordinal));
        if (names.Length > 0) yield return (key, Cut(SafeText.OneLine(names), MaxAnnotationLength));
    }

    /// <summary>A text in one line that is no longer than a warning may be.</summary>
    public static string Fit(string text) => Cut(SafeText.OneLine(text), MaxWarningLength);

    private static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}
