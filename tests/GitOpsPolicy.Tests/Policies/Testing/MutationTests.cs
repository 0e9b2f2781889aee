using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Policies.Testing.Mutation;
using Xunit;

namespace GitOpsPolicy.Tests.Policies.Testing;

public sealed class MutationTests
{
    private const string Limit = """
        export default {
          name: "limit",
          title: "Not too many",
          match: { operations: ["create", "update"], kubernetes: { kinds: ["Deployment"] } },
          check(change, { report }) {
            const { replicas } = change.after.spec;
            if (replicas > 10 && !/^batch-/.test(change.resource.name)) report.deny("too many");
          },
        };
        """;

    private const string Pattern =
        "match: { operations: [create] }\nrequire: { spec: { replicas: { atMost: 10 }, paused: { exists: false } } }";

    /// <summary>A rule, its cases as <c>kind name replicas expectation</c>, and the changes that they do not notice.</summary>
    public static TheoryData<string, string, string> Survivors { get; } = new()
    {
        {
            "limit", "Deployment web 20 deny",
            """
            4:12 `operations` left out
            4:35 `update` left out of `operations`
            4:60 `kinds` left out
            7:18 `>` to `>=`
            7:26 `&&` to `||`
            """
        },
        {
            "limit",
            "Deployment web 20 deny; Deployment web 10 none; Deployment batch-a 20 none; StatefulSet web 20 none; update web 20 deny; delete web 20 none",
            ""
        },
        {
            "pattern", "Deployment web 10 none",
            """
            7:12 `operations` left out
            8:12 `require` left out
            8:42 `atMost` to `atLeast`
            """
        },
        { "pattern", "Deployment web 10 none; Deployment web 11 deny; delete web 11 none", "" },
    };

    [Theory]
    [MemberData(nameof(Survivors))]
    public void A_change_that_no_test_notices_is_told(string rule, string cases, string survivors)
    {
        var report = Mutate(rule, cases);
        Assert.Equal(
            survivors.ReplaceLineEndings("\n"),
            string.Join('\n', report.Survivors.Select(m => $"{m.Location.Line}:{m.Location.Column} {m.Change}")));
    }

    [Fact]
    public void The_same_rules_and_tests_give_the_same_report()
    {
        const string cases = "Deployment web 20 deny";
        Assert.Equal(Mutate("limit", cases).Mutants.AsEnumerable(), Mutate("limit", cases).Mutants.AsEnumerable());
    }

    [Fact]
    public void A_change_that_makes_a_rule_run_for_ever_is_noticed()
    {
        var repository = new Repository()
            .With(
                "policies/loop.rule.js",
                "export default { name: \"loop\", title: \"t\", check(c) { let n = 0; while (true) { if (n++ > 3) return; } } };")
            .WithDocument(
                "policies/it.test.yaml", "RuleTest", "it",
                "rule: loop\ncases:\n  - name: one\n    change: { after: { apiVersion: v1, kind: Pod } }\n    expect: []");
        var report = Repository.Value(RuleTests.Load(new() { Tree = repository.Tree })).Mutate(null, default);
        Assert.Contains(report.Mutants, m => m.Change == "condition negated");
        Assert.True(report.Mutants.Length < 10);
    }

    private static MutationReport Mutate(string rule, string cases)
    {
        var repository = new Repository().With("policies/limit.rule.js", Limit).WithRule("pattern", Pattern)
            .WithDocument(
                "policies/it.test.yaml", "RuleTest", "it",
                $"rule: {rule}\ncases:\n{string.Concat(cases.Split("; ").Select(Case))}");
        var tests = Repository.Value(RuleTests.Load(new() { Tree = repository.Tree }));
        Assert.Empty(tests.Run(null, default).Results.SelectMany(r => r.Failures).Select(f => f.Message));
        return tests.Mutate(null, default);
    }

    private static string Case(string text)
    {
        var (what, name, replicas, expected) = text.Split(' ') switch
        {
            [var a, var b, var c, var d] => (a, b, c, d),
            _ => throw new FormatException(text),
        };
        var kind = char.IsUpper(what[0]) ? what : "Deployment";
        var node = $"{{ apiVersion: apps/v1, kind: {kind}, metadata: {{ name: {name} }}, spec: {{ replicas: {replicas} }} }}";
        var sides = what switch
        {
            "update" => $"{{ before: {node}, after: {node} }}",
            "delete" => $"{{ operation: delete, before: {node}, after: {node} }}",
            _ => $"{{ after: {node} }}",
        };
        return $"  - name: {text}\n    change: {sides}\n    expect: [{(expected == "none" ? "" : $"{{ action: {expected} }}")}]\n";
    }
}
