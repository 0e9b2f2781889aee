using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Costs;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Testing;

public sealed partial class RuleTests
{
    /// <summary>
    /// The cases as inputs to measure rules on, each with the rules it names; every problem when a file of one cannot be read.
    /// </summary>
    public Loaded<CostInputs> ReadCostInputs()
    {
        var problems = new ProblemList();
        var inputs = ImmutableArray.CreateBuilder<CostInput>();
        foreach (var testCase in cases)
        {
            var changes = testCase.Read();
            problems.AddRange(changes.Problems);
            var rules = RulesFor(testCase, out var broken);
            problems.AddRange(broken);
            var placed = changes with { Changes = [.. changes.Changes.Select(c =>
                c.Environment is null ? c with { Environment = testCase.Environment } : c)] };
            var set = new RuleSet(rules, ConfigOf(testCase)) { Acknowledged = testCase.Acknowledged };
            inputs.Add(new($"{testCase.Test}: {testCase.Name}", set, placed, SettingsOf(testCase)));
        }

        return problems.Count > 0 ? new(problems.InFileOrder()) : new(new CostInputs(inputs.ToImmutable()));
    }

    private static string SettingsOf(RuleTestCase testCase) => string.Join('\n', (string[])
    [
        .. testCase.Parameters.Select(given => $"{given.Rule} {NodeWriter.ToJson(given.Values)}"),
        testCase.DriftTable is { } table ? NodeWriter.ToJson(table) : "",
        string.Join(' ', testCase.Acknowledged),
    ]);
}
