using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Evaluation.Tracing;

/// <summary>How one rule came to its answer about some changes. Nothing in it is sensitive.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Judgements">One for each change looked at, or one for the set.</param>
/// <param name="LeftOut">Changes that were not looked at, because there are more than are told.</param>
/// <param name="NotMatched">Changes that the rule does not match and that nobody asked about by name.</param>
public sealed record RuleTrace(string Rule, ImmutableArray<JudgementTrace> Judgements, int LeftOut, int NotMatched);

/// <summary>How a rule came to its answer about one change, or about the set.</summary>
public sealed record JudgementTrace
{
    /// <summary>The change; null for the set.</summary>
    public Change? Change { get; init; }

    /// <summary>What the rule wants of the changes that it judges, and whether this one is so.</summary>
    public ImmutableArray<MatchTrace> Match { get; init; } = [];

    /// <summary>Why the rule was not run; null when it was.</summary>
    public string? NotRun { get; init; }

    /// <summary>What it read and which way it went, in order, each once.</summary>
    public ImmutableArray<StepTrace> Steps { get; init; } = [];

    /// <summary>Steps that were not told, because there are more than are.</summary>
    public int StepsLeftOut { get; init; }

    /// <summary>What it reported.</summary>
    public ImmutableArray<ReportTrace> Reports { get; init; } = [];

    /// <summary>What it could have reported and did not.</summary>
    public ImmutableArray<WithheldTrace> Withheld { get; init; } = [];

    /// <summary>What ended the run early: an unknown value, a failure. Null for nothing.</summary>
    public string? Ending { get; init; }

    /// <summary>What came of it once enforcement and waivers had their say.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>
    /// The answer in a word: <c>deny</c>, <c>warn</c>, <c>audit</c>, <c>waived</c>, <c>undetermined</c>, <c>failed</c>,
    /// <c>nothing found</c> or <c>not run</c>.
    /// </summary>
    public required string Answer { get; init; }
}

/// <summary>One thing that a rule wants of the changes it judges.</summary>
/// <param name="Constraint">The field: <c>kubernetes.kinds</c>.</param>
/// <param name="Wanted">What it asks for.</param>
/// <param name="Actual">What the change has.</param>
/// <param name="Holds">They fit.</param>
/// <param name="Location">Where the field stands.</param>
public sealed record MatchTrace(string Constraint, string Wanted, string Actual, bool Holds, SourceLocation Location);

/// <summary>Something a run did.</summary>
/// <param name="At">Where in the rule.</param>
/// <param name="What">What was read or decided, as written: <c>change.after.spec</c>, <c>`if`</c>.</param>
/// <param name="Result">The value, masked, or the way it went.</param>
/// <param name="Source">For a value from an input, where it stands; null for others.</param>
/// <param name="Pointer">Its JSON pointer; null for others.</param>
/// <param name="IsRead">It read something; else it went some way.</param>
public sealed record StepTrace(
    SourceLocation At, string What, string Result, SourceLocation? Source, string? Pointer, bool IsRead);

/// <summary>Something a run reported.</summary>
/// <param name="At">Where in the rule.</param>
/// <param name="Action">What the rule wants done.</param>
/// <param name="Message">The message, masked.</param>
/// <param name="Target">Where the value pointed to stands; null for none.</param>
public sealed record ReportTrace(SourceLocation At, FindingAction Action, string Message, SourceLocation? Target);

/// <summary>A message that was not produced.</summary>
/// <param name="At">Where in the rule.</param>
/// <param name="Action">As written: <c>deny</c>, <c>require</c>.</param>
public sealed record WithheldTrace(SourceLocation At, string Action);
