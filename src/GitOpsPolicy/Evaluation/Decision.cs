using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Baselines;

namespace GitOpsPolicy.Evaluation;

/// <summary>The answer about a whole change set, mildest first.</summary>
public enum Outcome
{
    /// <summary>Nothing stands against it.</summary>
    Allow,

    /// <summary>It may go on, with warnings.</summary>
    Warn,

    /// <summary>A rule had to read a value that is not known yet.</summary>
    Undetermined,

    /// <summary>It must not go on.</summary>
    Deny,
}

/// <summary>A rule could not answer because a value is not known until the change is applied.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Resource">What it judged; null for the whole set.</param>
/// <param name="Unknowns">The unknown values it needed, as resource and pointer: <c>aws_instance.web /user_data</c>.</param>
/// <param name="Location">Where the first of them is in the input.</param>
public sealed record Undetermined(string Rule, ResourceId? Resource, ImmutableArray<string> Unknowns, SourceLocation Location);

/// <summary>A rule failed while running: it threw, or used up its budget. No answer of it can be trusted.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Resource">What it judged; null for the whole set.</param>
/// <param name="Message">What went wrong, in one line; masked.</param>
/// <param name="Location">Where in the rule.</param>
public sealed record RuleFailure(string Rule, ResourceId? Resource, string Message, SourceLocation Location)
{
    /// <summary>It used up what a rule may use: steps, memory or nested calls. Else it threw.</summary>
    public bool IsOutOfBudget { get; init; }
}

/// <summary>The answer about a change set, with everything that led to it.</summary>
public sealed record Decision
{
    private readonly DecisionId id = new("");

    /// <summary>The answer.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Id of this decision: the digest of rule set and inputs, so that the same question gives the same id.</summary>
    public string Id
    {
        get => id.Text;
        init => id = new(value);
    }

    /// <summary>The id to be, when nobody has asked for it yet.</summary>
    internal DecisionId LateId
    {
        init => id = value;
    }

    /// <summary><c>sha256:…</c> over rules, parameters, drift table and waivers: equal digests enforce the same.</summary>
    public required string RuleSetDigest { get; init; }

    /// <summary>What was judged.</summary>
    public required ChangeSet ChangeSet { get; init; }

    /// <summary>Indexes of the changes that an acknowledgement says are meant, in order.</summary>
    public ImmutableArray<int> Acknowledged { get; init; } = [];

    /// <summary>What was found: by file, line and column, then rule. Waived findings are among them.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Names of the acknowledgements that hold for deletions among the changes.</summary>
    public ImmutableArray<string> AcknowledgedBy { get; init; } = [];

    /// <summary>The findings that are told one by one: those that no baseline names.</summary>
    public IEnumerable<Finding> ToldFindings => Findings.Where(static finding => finding.KnownSince is null);

    /// <summary>What came of the baseline; null when there is none.</summary>
    public BaselineUse? Baseline { get; init; }

    /// <summary>What could not be decided.</summary>
    public ImmutableArray<Undetermined> Undetermined { get; init; } = [];

    /// <summary>Rules that failed while running.</summary>
    public ImmutableArray<RuleFailure> Failures { get; init; } = [];

    /// <summary>
    /// What each rule that ran has used, by name; empty unless <see cref="EvaluationOptions.CountsCosts"/> asks for it.
    /// </summary>
    public ImmutableArray<RuleCost> Costs { get; init; } = [];

    /// <summary>Rules that were loaded.</summary>
    public int RuleCount { get; init; }

    /// <summary>How often a rule judged a change, or the set.</summary>
    public int Runs { get; init; }

    /// <summary>Things worth telling that change no verdict, such as a parameter only the user can set.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
