using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;

namespace GitOpsPolicy.Evaluation;

/// <summary>How bad a finding is, mildest first.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Untidy.</summary>
    Low,

    /// <summary>Risky.</summary>
    Medium,

    /// <summary>Dangerous.</summary>
    High,

    /// <summary>Data loss, exposure or outage.</summary>
    Critical,
}

/// <summary>What a finding does to the change, weakest first.</summary>
public enum FindingAction
{
    /// <summary>It is recorded.</summary>
    Audit,

    /// <summary>It is shown to the author.</summary>
    Warn,

    /// <summary>It stops the change.</summary>
    Deny,
}

/// <summary>One thing a rule has to say about a change. Nothing in it is sensitive.</summary>
public sealed record Finding
{
    private readonly string? pointer;
    private readonly FindingAction? wanted;
    private FindingPrint fingerprint = new("");

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's title.</summary>
    public required string Title { get; init; }

    /// <summary>How bad it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What it does to the change, enforcement and waivers taken into account.</summary>
    public required FindingAction Action { get; init; }

    /// <summary>What the rule asked for, whatever enforcement and waivers have made of it.</summary>
    public FindingAction Wanted
    {
        get => wanted ?? Action;
        init => wanted = value;
    }

    /// <summary>What is wrong, in one line; masked.</summary>
    public required string Message { get; init; }

    /// <summary>What is changed; null for a finding about the whole set.</summary>
    public ResourceId? Resource { get; init; }

    /// <summary>The change judged; null for a finding about the whole set.</summary>
    public Change? Change { get; init; }

    /// <summary>Where: the place of the value that the rule pointed to.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>
    /// JSON pointer of that value in its document; empty for the whole of it. The node's own, unless another is given.
    /// </summary>
    public string Pointer
    {
        get => pointer ?? Node?.Pointer ?? "";
        init => pointer = value;
    }

    /// <summary>The value pointed to, for showing its source line; null when the finding points to no value.</summary>
    public Node? Node { get; init; }

    /// <summary>What to do about it; null when the rule does not say.</summary>
    public string? Remediation { get; init; }

    /// <summary>What the rule says would mend it, in terms of the values that it judged; null for nothing.</summary>
    internal FixRequest? FixRequest { get; init; }

    /// <summary>
    /// What would mend it, in files; null where the rule offers nothing, and before anybody has looked at the files.
    /// </summary>
    public FindingFix? Fix { get; init; }

    /// <summary>The rule's category; null when the rule does not say.</summary>
    public string? Category { get; init; }

    /// <summary>
    /// 16 hex digits that stay the same while rule, resource and pointer do, whatever happens to lines, files and values:
    /// what waivers and code-scanning services recognise a finding by.
    /// </summary>
    public string Fingerprint
    {
        get => fingerprint.Text;
        init => fingerprint = new(value);
    }

    /// <summary>Name of the waiver that excuses this finding; null for none. A waived finding stops nothing.</summary>
    public string? Waiver { get; init; }

    /// <summary>Why it is excused, as the waiver says; null for none.</summary>
    public string? WaiverReason { get; init; }

    /// <summary>
    /// The day a baseline wrote it down; null for a finding that no baseline names. A known finding stops nothing, and is counted
    /// rather than told.
    /// </summary>
    public DateOnly? KnownSince { get; init; }

    /// <summary>A waiver or a baseline excuses it.</summary>
    public bool IsExcused => Waiver is not null || KnownSince is not null;

    /// <summary>Gives the finding, which nobody has seen yet, its fingerprint: one of those of its decision.</summary>
    internal void TakeFingerprint(Fingerprints of, int place) => fingerprint = new(of, place);
}
