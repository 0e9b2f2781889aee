using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Snapshots;
using GitOpsPolicy.Script;

namespace GitOpsPolicy.Policies.Testing;

/// <summary>What a rule test expects to come of a case.</summary>
internal enum ExpectedAction
{
    /// <summary>A finding that denies.</summary>
    Deny,

    /// <summary>A finding that warns.</summary>
    Warn,

    /// <summary>A finding that is recorded.</summary>
    Audit,

    /// <summary>The rule finds nothing.</summary>
    Allow,

    /// <summary>The rule meets an unknown value.</summary>
    Undetermined,

    /// <summary>The rule fails while running.</summary>
    Failure,
}

/// <summary>One entry of <c>expect</c>. What is null fits everything.</summary>
internal sealed record Expectation
{
    /// <summary>Where the entry stands.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>What is expected.</summary>
    public required ExpectedAction Action { get; init; }

    /// <summary>The rule.</summary>
    public string? Rule { get; init; }

    /// <summary>The whole message.</summary>
    public string? Message { get; init; }

    /// <summary>Found in the message.</summary>
    public TextPattern? MessagePattern { get; init; }

    /// <summary>The resource as shown.</summary>
    public string? Resource { get; init; }

    /// <summary>JSON pointer of the value pointed to.</summary>
    public string? Pointer { get; init; }

    /// <summary>Its file, from the folder of the test.</summary>
    public string? File { get; init; }

    /// <summary>Its line.</summary>
    public int? Line { get; init; }

    /// <summary>Its column.</summary>
    public int? Column { get; init; }

    /// <summary>What its fix does, step by step; empty for a finding without fix.</summary>
    public ImmutableArray<string>? Fix { get; init; }

    /// <summary>How many fit.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How much it asks for: what asks for more is matched first.</summary>
    public int Weight =>
        new object?[] { Rule, Message, MessagePattern, Resource, Pointer, File, Line, Column, Fix }.Count(o => o is not null);
}

/// <summary>One case of a rule test.</summary>
internal sealed record RuleTestCase
{
    /// <summary>Name of the test it belongs to.</summary>
    public required string Test { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The case as it is written.</summary>
    public required MappingNode Written { get; init; }

    /// <summary>The rules that are run.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    /// <summary>Parameter values by rule.</summary>
    public ImmutableArray<RuleParameters> Parameters { get; init; } = [];

    /// <summary>The environments and their order, as in the configuration.</summary>
    public ImmutableArray<PolicyEnvironment> Environments { get; init; } = [];

    /// <summary>The drift table; null for the shipped one.</summary>
    public MappingNode? DriftTable { get; init; }

    /// <summary>The environment of every change that names none.</summary>
    public string? Environment { get; init; }

    /// <summary>Gives what is judged.</summary>
    public required Func<ChangeSet> Read { get; init; }

    /// <summary>Indices of changes whose deletion is acknowledged.</summary>
    public ImmutableArray<int> Acknowledged { get; init; } = [];

    /// <summary>What must come of it.</summary>
    public required ImmutableArray<Expectation> Expected { get; init; }

    /// <summary>
    /// What is recorded of it, for a case that says <c>expect: snapshot</c>; null for one that says itself what it expects.
    /// </summary>
    public ExpectedSnapshot? Snapshot { get; init; }
}
