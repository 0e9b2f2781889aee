using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Parameters;

/// <summary>Works out which parameter values are in force.</summary>
internal static class EffectiveParameters
{
    /// <summary>
    /// Binds a rule to the parameters of an environment: the environment's, else the general ones, else the defaults.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <param name="order">Its place in the rule set.</param>
    /// <param name="config">The configuration, which has been checked.</param>
    /// <param name="environment">The environment; null for none.</param>
    public static BoundRule Bind(Rule rule, int order, PolicyConfig config, string? environment)
    {
        var name = rule.Metadata.Name;
        var own = config.Environments.FirstOrDefault(e => e.Name == environment)?.Parameters.FirstOrDefault(p => p.Rule == name);
        var general = config.Parameters.FirstOrDefault(p => p.Rule == name);
        var entries = new List<MappingEntry>();
        Parameter? unanswered = null;
        foreach (var parameter in rule.Metadata.Parameters)
        {
            if ((own?[parameter.Name] ?? general?[parameter.Name] ?? parameter.Default) is { } value)
                entries.Add(new(parameter.Name, default, ValueNodes.Copy(value)));
            else if (parameter.Ask is not null)
                unanswered ??= parameter;
        }

        return new(
            rule, order, new MappingNode([.. entries]), unanswered,
            [.. Enum.GetValues<Surface>().Select(surface => config.EnforcementOf(rule.Metadata, surface))]);
    }

    /// <summary>Joins several settings of the same rules; of two values for one parameter the later holds.</summary>
    public static ImmutableArray<RuleParameters> Merge(IEnumerable<RuleParameters> given) =>
    [
        .. given.GroupBy(p => p.Rule, StringComparer.Ordinal)
            .Select(g => g.Count() == 1 ? g.First() : g.Last() with { Values = Merge(g.Select(p => p.Values)) }),
    ];

    private static MappingNode Merge(IEnumerable<MappingNode> values)
    {
        var merged = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (var entry in values.SelectMany(v => v.Entries.ToArray()))
            merged[entry.Key] = entry with { Value = ValueNodes.Copy(entry.Value, keepPositions: true) };
        return new([.. merged.Values]);
    }

    /// <summary>Reports every parameter in the configuration that no rule declares or that has a value it may not have.</summary>
    public static void Check(IReadOnlyDictionary<string, Rule> rules, PolicyConfig config, ProblemList problems)
    {
        foreach (var given in config.Parameters.Concat(config.Environments.SelectMany(e => e.Parameters)))
        {
            if (rules.TryGetValue(given.Rule, out var rule)) Check(rule, given, problems);
            else problems.Add(given.Location, $"there is no rule `{given.Rule}`{Suggestion.For(given.Rule, rules.Keys)}");
        }
    }

    private static void Check(Rule rule, RuleParameters given, ProblemList problems)
    {
        var declared = rule.Metadata.Parameters;
        foreach (var entry in given.Values.Entries)
        {
            if (declared.FirstOrDefault(p => p.Name == entry.Key) is { } parameter)
                parameter.Schema.Check(given[entry.Key]!, entry.Key, problems);
            else
                problems.Add(
                    given.Values.Document?.Source.At(entry.KeyPosition) ?? entry.Value.Location,
                    $"`{given.Rule}` has no parameter `{entry.Key}`{Suggestion.For(entry.Key, declared.Select(p => p.Name))}",
                    declared.IsEmpty ? null : "it has " + string.Join(", ", declared.Select(p => p.Name)));
        }
    }
}
