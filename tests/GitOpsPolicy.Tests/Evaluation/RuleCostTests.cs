using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Evaluation;

public sealed class RuleCostTests
{
    private const string Ports = """
        export default {
          name: "ports", title: "Ports", severity: "low", match: { kubernetes: { kinds: ["Service"] } },
          check(change, { report }) { for (const port of change.after.ports) if (port > 3) report.warn(`port ${port}`, port); },
        };
        """;

    private static readonly Repository Rules = new Repository()
        .With("policies/ports.rule.js", Ports)
        .With("policies/all.rule.js", """
            export default {
              name: "all", title: "All", severity: "low", match: { kubernetes: { kinds: ["*"] } },
              checkSet(set, { report }) { if (set.changes.length > 900) report.warn("many"); },
            };
            """);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Costs_are_counted_by_rule_and_are_the_same_with_any_number_of_workers(int workers)
    {
        var costs = Rules.Judge(Services(300), Repository.Options with { CountsCosts = true, Workers = workers }).Costs;
        Assert.Equal(["all", "ports"], costs.Select(c => c.Rule));
        Assert.Equal([1, 300], costs.Select(c => c.Runs));

        var ports = costs[1];
        var one = Assert.Single(
            Rules.Judge(Services(1), Repository.Options with { CountsCosts = true }).Costs, c => c.Rule == "ports");
        Assert.Equal(one.Fuel, one.LargestFuel);
        Assert.InRange(one.Fuel, 5, 500);
        Assert.InRange(ports.Fuel, 300 * one.Fuel, 300 * ports.LargestFuel);
        Assert.True(ports.LargestFuel > one.LargestFuel, "more ports cost more");
        Assert.InRange(ports.LargestMemoryBytes, 1, ports.MemoryBytes);
    }

    [Fact]
    public void Costs_are_told_when_asked_for_only() => Assert.Empty(Rules.Judge(Services(1)).Costs);

    [Fact]
    public void A_rule_that_used_up_its_budget_costs_the_whole_budget()
    {
        var options = Repository.Options with { CountsCosts = true, Budget = new(Fuel: 3) };
        var decision = Rules.Judge(Services(1), options);
        Assert.Contains(decision.Failures, f => f.Rule == "ports" && f.Message == "the rule used up its fuel of 3 steps");
        Assert.Equal(3, Assert.Single(decision.Costs, c => c.Rule == "ports").Fuel);
    }

    [Fact]
    public void A_rule_has_its_budget_whatever_the_rules_before_it_used()
    {
        var ports = Rules.Judge(Services(6), Repository.Options with { CountsCosts = true }).Costs.Single(c => c.Rule == "ports");
        var crowded = new Repository()
            .With("policies/endless.rule.js", """
                export default {
                  name: "endless", title: "Endless", severity: "low", match: { kubernetes: { kinds: ["Service"] } },
                  check(change, { report }) { const deep = n => n + deep(n + 1); if (change.resource.name === "s1") deep(0); for (;;) { } },
                };
                """)
            .With("policies/ports.rule.js", Ports)
            .Judge(Services(6), Repository.Options with { CountsCosts = true });
        Assert.All(crowded.Failures, f => Assert.Equal("endless", f.Rule));
        Assert.Equal(6, crowded.Failures.Length);
        Assert.Equal(ports, crowded.Costs.Single(c => c.Rule == "ports"));
    }

    private static ChangeSet Services(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append($"apiVersion: v1\nkind: Service\nmetadata: {{ name: s{i} }}\nports: [{string.Join(", ", Enumerable.Range(1, (i % 6) + 1))}]\n---\n");
        return Repository.Manifests(text.ToString());
    }
}
