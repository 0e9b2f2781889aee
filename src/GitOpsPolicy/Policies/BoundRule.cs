using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>A rule with the parameters of one environment.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Order">Its place in the rule set.</param>
/// <param name="ParameterNode">The parameters in force: a mapping that belongs to no document.</param>
/// <param name="Unanswered">The parameter that only the user can set and has not; null when the rule can be applied.</param>
/// <param name="Limits">The most that its findings may do, by surface.</param>
internal sealed record BoundRule(
    Rule Rule, int Order, MappingNode ParameterNode, Parameters.Parameter? Unanswered, ImmutableArray<Enforcement> Limits)
{
    /// <summary>The parameters as rules see them.</summary>
    public Value Parameters { get; } = Value.Of(ParameterNode);

    /// <summary>What the rule says about itself.</summary>
    public RuleMetadata Metadata => Rule.Metadata;

    /// <summary>The most that findings of the rule may do on a surface.</summary>
    public Enforcement LimitOn(Surface surface) => Limits[(int)surface];
}

/// <summary>
/// The rules of a set, ready to be looked up by change. What hangs on kind, operation, origin, surface and environment is worked
/// out once for each combination met, so that the cost of a change grows with the rules that match it, not with all there are.
/// </summary>
/// <param name="rules">The rules, in the order of the set.</param>
/// <param name="config">The configuration.</param>
internal sealed class RuleIndex(ImmutableArray<Rule> rules, PolicyConfig config)
{
    /// <summary>
    /// Whoever reaches a server can name kinds that do not exist; more kinds than this are looked up anew each time.
    /// </summary>
    private const int MaxKeys = 10_000;

    private readonly ConcurrentDictionary<Key, BoundRule[]> byKey = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<BoundRule>> byEnvironment = new(StringComparer.Ordinal);

    /// <summary>A rule judges whole change sets.</summary>
    public bool JudgesSets { get; } = rules.Any(r => r.Metadata.JudgesSets);

    /// <summary>A rule has a parameter that only the user can set.</summary>
    public bool Asks { get; } = rules.Any(r => r.Metadata.Parameters.Any(p => p.Ask is not null));

    /// <summary>
    /// The rules that judge single changes and may match this one; <see cref="Matching.RuleMatch.FitsObject"/> has still to be
    /// asked.
    /// </summary>
    public ReadOnlySpan<BoundRule> For(Change change)
    {
        var key = change.Resource switch
        {
            KubernetesId id => new Key(
                id.Group, id.Kind, change.Subresource, change.Operation, change.Origin, change.Surface, change.Environment),
            FileId id => new Key("files", id.Kind, "", change.Operation, change.Origin, change.Surface, change.Environment),
            TerraformId id =>
                new Key(id.Provider, id.Type, "", change.Operation, change.Origin, change.Surface, change.Environment),
            _ => throw new ArgumentException($"No platform for {change.Resource}.", nameof(change)),
        };
        if (byKey.TryGetValue(key, out var found)) return found;
        found = Select(change);
        if (byKey.Count < MaxKeys) byKey[key] = found;
        return found;
    }

    /// <summary>The rules that judge whole change sets on a surface.</summary>
    public IEnumerable<BoundRule> ForSet(Surface surface, string? environment) =>
        InEnvironment(
            environment).Where(b => b.Metadata.JudgesSets && b.Unanswered is null && b.LimitOn(surface) != Enforcement.Off);

    /// <summary>All rules with the parameters of one environment; null for none.</summary>
    public ImmutableArray<BoundRule> InEnvironment(string? environment) =>
        byEnvironment.GetOrAdd(
            environment ?? "",
            _ => [.. rules.Select((rule, order) => Parameters.EffectiveParameters.Bind(rule, order, config, environment))]);

    private BoundRule[] Select(Change change) =>
    [
        .. InEnvironment(change.Environment).Where(b =>
            !b.Metadata.JudgesSets
            && b.Unanswered is null
            && b.LimitOn(change.Surface) != Enforcement.Off
            && b.Metadata.Match.FitsKind(change)),
    ];

    private readonly record struct Key(
        string Group, string Kind, string Subresource, Operation Operation, ChangeOrigin Origin, Surface Surface,
        string? Environment);
}
