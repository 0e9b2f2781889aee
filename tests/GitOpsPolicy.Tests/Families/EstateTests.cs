using System.IO.Compression;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Tests.Families;

/// <summary>
/// Plans that Terraform made of estates of 10 to 1,000 resources on AWS, with moves, renames, replaces, a forget, values that are
/// sensitive or not known: what the shipped rules find in them, one line a finding. <c>tests/Fixtures/estate</c> says how they
/// are made again.
/// </summary>
public sealed class EstateTests
{
    private const string Password = "w7Kq-2vLr-";

    private static readonly Lazy<RuleSet> Rules = new(LoadRules);

    private static string Folder => Path.Combine(Fixtures.Folder, "estate");

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1000)]
    public void A_real_plan_is_judged_as_its_expectation_says(int size)
    {
        var decision = new Evaluator(Rules.Value).Evaluate(Read(size), new());
        Assert.Empty(decision.Failures);
        Assert.Empty(decision.ChangeSet.Problems);
        Assert.Equal(File.ReadAllLines(Path.Combine(Folder, $"plan-{size}.expected.txt")), Lines(decision));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void No_password_of_a_plan_is_told(int size)
    {
        var decision = new Evaluator(Rules.Value).Evaluate(Read(size), new());
        Assert.DoesNotContain(decision.Findings, static finding => finding.Message.Contains(Password, StringComparison.Ordinal));
        Assert.Contains($"{Password}2", decision.ChangeSet.SensitiveTexts);
    }

    private static ChangeSet Read(int size)
    {
        using var packed = new GZipStream(
            File.OpenRead(Path.Combine(Folder, $"plan-{size}.json.gz")), CompressionMode.Decompress);
        using var plan = new MemoryStream();
        packed.CopyTo(plan);
        plan.Position = 0;
        return TerraformPlanInput.Read("plan.json", plan);
    }

    // What was done, then what was found: that everything of one kind is found alike is easier to see without the reasons.
    private static IEnumerable<string> Lines(Decision decision) =>
    [
        .. decision.ChangeSet.Changes.GroupBy(
            static change =>
                $"{Words<Operation>.Of(change.Operation)} {(change.Resource as TerraformId)?.Type}{(change.Previous is null ? "" : " (moved)")}")
            .OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => $"{group.Count()} x {group.Key}"),
        "",
        .. decision.Findings
            .Select(
                static finding =>
                    $"{Words<FindingAction>.Of(finding.Action)} {finding.Rule} {finding.Resource?.ToString() ?? "-"}")
            .Order(StringComparer.Ordinal),
        .. decision.Undetermined.Select(static open => $"undetermined {open.Rule} {open.Resource}").Order(StringComparer.Ordinal),
    ];

    private static RuleSet LoadRules()
    {
        using var tree = new WorkTree(Path.GetTempPath());
        var loaded = RuleSetLoader.Load(new RuleSetSource { Tree = tree, Policies = [PolicyConfig.Builtin] });
        return loaded.TryGet(out var rules) ? rules : throw new FormatException(string.Join("\n", loaded.Problems));
    }
}
