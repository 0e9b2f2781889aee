using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Parameters;

namespace GitOpsPolicy.Policies.Testing;

/// <summary>A case of a rule's own tests that shows what the rule does.</summary>
internal sealed record RuleExample
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What is judged, as it is written: of each change the object that comes to be, or the change with its parts.
    /// </summary>
    public required ImmutableArray<MappingNode> Shown { get; init; }

    /// <summary>The environment; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The parameters of the rule that the case gives; null for none.</summary>
    public MappingNode? Parameters { get; init; }

    /// <summary>What the rule finds; empty in a case that passes.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}

public sealed partial class RuleTests
{
    /// <summary>A case longer than this is shown only where the rule has no shorter one.</summary>
    private const int ReadableLines = 40;

    // What stops the change shows a rule best.
    private static readonly ImmutableArray<ExpectedAction> Telling = [
        ExpectedAction.Deny,
        ExpectedAction.Warn,
        ExpectedAction.Audit
    ];

    /// <summary>
    /// A case in which the rule finds something, the strictest first, or one in which it finds nothing; null where its tests have
    /// none that is written out.
    /// </summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="finds">Which of the two.</param>
    /// <param name="cancellation">Stops the case.</param>
    internal RuleExample? ExampleOf(string rule, bool finds, CancellationToken cancellation)
    {
        var own = cases.Where(c =>
            c.Rules is [var only] && only == rule && (c.Written["change"] ?? c.Written["changes"]) is not null);
        var telling = own.Where(c =>
            finds ? c.Expected is [var only] && Telling.Contains(only.Action) : c.Expected.IsEmpty && c.Snapshot is null);
        var chosen = telling.OrderBy(c => finds ? Telling.IndexOf(c.Expected[0].Action) : 0)
            .ThenBy(c => LinesOf(c.Written) > ReadableLines)
            .FirstOrDefault();
        if (chosen is null) return null;
        var decision = Decide(chosen, chosen.Read(), RulesFor(chosen, out _), cancellation);
        return new()
        {
            Name = chosen.Name,
            Shown = Shown(chosen.Written),
            Environment = chosen.Environment,
            Parameters = EffectiveParameters.Merge(chosen.Parameters).FirstOrDefault(p => p.Rule == rule)?.Values,
            Findings = decision.Findings,
        };
    }

    /// <summary>The files of a rule: its own, then those of its tests.</summary>
    internal IEnumerable<string> FilesOf(RuleMetadata rule) =>
        cases.Where(c => c.Rules.Contains(rule.Name))
            .Select(c => c.Location.File)
            .Prepend(rule.Location.File)
            .Distinct(StringComparer.Ordinal);

    private static ImmutableArray<MappingNode> Shown(MappingNode written)
    {
        Node[] changes = written["changes"] is SequenceNode several ? several.Items.ToArray() : [written["change"]!];
        return [.. changes.OfType<MappingNode>()
            .Select(static change => change is { Count: 1 } && change["after"] is MappingNode after ? after : change)];
    }

    private static int LinesOf(Node node)
    {
        var lines = 0;
        if (node is ScalarNode) return 1;
        if (node is SequenceNode sequence)
            foreach (var item in sequence.Items) lines += LinesOf(item);
        if (node is MappingNode mapping)
            foreach (var entry in mapping.Entries) lines += LinesOf(entry.Value) + (entry.Value is ScalarNode ? 0 : 1);
        return lines;
    }
}
