using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Knowledge.Modules;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Policies.Testing;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

/// <summary>The rules in <c>policies/</c>, through the real loader and evaluator.</summary>
public sealed class ShippedRulesTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(CaseFile.Fixtures, "..", ".."));

    public static TheoryData<string, string> PublicManifests => CaseFile.Read("public-manifests.cases");

    public static TheoryData<string, string> Plans => CaseFile.Read("plans.cases");

    [Fact]
    public void Modules_can_be_made_before_any_script_runs() =>
        Assert.Equal(7, KnowledgeModules.All(null, new ProblemList()).Length);

    [Fact]
    public void Every_shipped_rule_passes_its_tests()
    {
        using var tree = new WorkTree(Root);
        var loaded = RuleTests.Load(new RuleSetSource { Tree = tree, Policies = ["policies"] });
        Assert.True(loaded.TryGet(out var tests), string.Join("\n", loaded.Problems));

        var report = tests.Run(null, CancellationToken.None);
        var failures = report.Results.Where(result => !result.Passed)
            .Select(result => $"{result.Test}: {result.Case}: {string.Join("; ", result.Failures.Select(f => f.Message))}");
        Assert.True(report.Passed, string.Join("\n", failures));
        Assert.True(report.Results.Length > 180, $"only {report.Results.Length} cases ran");
    }

    [Fact]
    public void The_tests_of_shipped_rules_come_to_every_line_and_message_and_nearly_every_branch()
    {
        using var tree = new WorkTree(Root);
        var loaded = RuleTests.Load(new RuleSetSource { Tree = tree, Policies = ["policies"] }, countsCoverage: true);
        Assert.True(loaded.TryGet(out var tests), string.Join("\n", loaded.Problems));

        var coverage = tests.Run(null, CancellationToken.None).Coverage!;
        Assert.Equal((100.0, 100.0), (coverage.Lines.Percent, coverage.Messages.Percent));
        Assert.True(coverage.Branches.Percent >= 95, $"branches: {coverage.Branches}");
    }

    [Fact]
    public void The_tests_of_shipped_rules_notice_nearly_every_change_to_them()
    {
        using var tree = new WorkTree(Root);
        var loaded = RuleTests.Load(new RuleSetSource { Tree = tree, Policies = ["policies"] });
        Assert.True(loaded.TryGet(out var tests), string.Join("\n", loaded.Problems));

        var mutation = tests.Mutate(null, CancellationToken.None);
        Assert.True(
            mutation.Noticed.Percent >= 92,
            $"{mutation.Noticed} noticed, not these:\n{string.Join("\n", mutation.Survivors.Select(m => $"{m.Location} {m.Change}"))}");
    }

    [Fact]
    public void Every_shipped_rule_says_what_it_wants_why_and_what_to_do()
    {
        var rules = Rules().Rules;

        Assert.True(rules.Length > 20, $"only {rules.Length} rules");
        Assert.DoesNotContain(rules, rule => string.IsNullOrWhiteSpace(rule.Title) || string.IsNullOrWhiteSpace(rule.Description)
            || string.IsNullOrWhiteSpace(rule.Remediation) || string.IsNullOrWhiteSpace(rule.Category));
    }

    [Fact]
    public void Every_family_has_a_page_and_every_rule_tests_that_pass_and_fail()
    {
        foreach (var family in Directory.GetDirectories(Path.Combine(Root, "policies")))
        {
            Assert.True(File.Exists(Path.Combine(family, "README.md")), $"{family} has no README.md");
            foreach (var rule in Directory.GetFiles(family, "*.rule.*"))
            {
                var name = Path.GetFileName(rule).Split('.')[0];
                var tests = File.ReadAllText(Path.Combine(family, $"{name}.test.yaml"));
                Assert.Contains("expect: []", tests, StringComparison.Ordinal);
                Assert.Contains("action: ", tests, StringComparison.Ordinal);
                Assert.Contains($"`{name}`", File.ReadAllText(Path.Combine(family, "README.md")), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(PublicManifests))]
    public void Public_manifests_get_the_denials_they_deserve_and_no_others(string folder, string expected)
    {
        using var tree = new WorkTree(CaseFile.Fixtures);
        var changes = new ManifestInput(tree).ReadChanges([$"manifests/{folder}"]);

        Assert.Equal(expected, Denials(changes));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Real_plans_get_the_denials_they_deserve_and_no_others(string file, string expected)
    {
        using var stream = File.OpenRead(Path.Combine(CaseFile.Fixtures, "plans", file));
        var changes = TerraformPlanInput.Read(file, stream);

        Assert.Equal(expected, Denials(changes));
    }

    private static string Denials(ChangeSet changes)
    {
        var decision = new Evaluator(Rules()).Evaluate(changes, new EvaluationOptions());
        Assert.Empty(decision.Failures);
        Assert.Empty(decision.Undetermined);
        var denials = decision.Findings.Where(finding => finding.Action == FindingAction.Deny)
            .Select(finding => $"{finding.Rule} {finding.Resource}".Trim()).Distinct(StringComparer.Ordinal);
        return string.Join(", ", denials) is { Length: > 0 } text ? text : "none";
    }

    private static RuleSet Rules()
    {
        using var tree = new WorkTree(Root);
        var loaded = RuleSetLoader.Load(new RuleSetSource { Tree = tree, Policies = ["policies"] });
        return loaded.TryGet(out var rules) ? rules : throw new InvalidOperationException(string.Join("\n", loaded.Problems));
    }
}
