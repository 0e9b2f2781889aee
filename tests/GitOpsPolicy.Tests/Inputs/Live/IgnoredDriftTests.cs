using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Live;

/// <summary>
/// Which runs are asked whether every entry of <c>drift.ignore</c> found something. What entries do is in the cases of the
/// family.
/// </summary>
public sealed class IgnoredDriftTests
{
    private const string Web =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: 2 }\n";
    private const string Unused = "gitops-policy.yaml:6:17: this entry ignores nothing: no `batch/CronJob` was compared (correct it or take it out; one that has something to do only at times says `optional: true`)";

    private static readonly PolicyConfig Config = Load();

    [Theory]
    [InlineData(".", true)]
    [InlineData("environments", true)]
    [InlineData("environments/production", true)]
    [InlineData("base", true)]
    [InlineData("environments/production/shop", false)]
    [InlineData("./environments/production/shop/web.yaml", false)]
    public void A_part_of_an_environment_is_not_whole(string path, bool isWhole) =>
        Assert.Equal(isWhole, Config.AreWhole([path]));

    [Fact]
    public void What_finds_nothing_to_ignore_in_a_whole_is_a_problem() =>
        Assert.Equal([Unused], Read(isWhole: true).Problems.Select(static problem => problem.ToString()));

    [Fact]
    public void What_finds_nothing_to_ignore_in_a_part_is_worth_a_note()
    {
        var read = Read(isWhole: false);
        Assert.Empty(read.Problems);
        Assert.Equal(Unused, string.Join('\n', read.Notes));
    }

    [Fact]
    public void The_second_that_it_is_says_nothing_about_a_decision_and_an_open_window_does()
    {
        var rules = new Repository().WithRule("r", "require: { kind: { exists: true } }")
            .WithConfig("drift: { freezeWindows: [{ name: noon, kind: deny, schedule: '0 12 * * *', duration: 1h }] }")
            .Load();
        string IdAt(int hour, int second) =>
            new Evaluator(rules).Evaluate(
                Read(isWhole: true),
                Repository.Options with { Drift = new() { Now = new(2026, 1, 15, hour, 30, second, TimeSpan.Zero) } }).Id;
        Assert.Equal(IdAt(9, 0), IdAt(11, 59));
        Assert.Equal(IdAt(12, 0), IdAt(12, 1));
        Assert.NotEqual(IdAt(9, 0), IdAt(12, 0));
    }

    private static ChangeSet Read(bool isWhole) =>
        new LiveInput(new MemoryTree().With("app.yaml", Web).With("live.yaml", Web), "live.yaml")
        {
            Settings = Config.Drift,
            IsWhole = isWhole,
        }.ReadChanges(["."]);

    private static PolicyConfig Load() => new Repository().WithRule("r", "require: { kind: { exists: true } }").WithConfig(
        """
        environments: { production: { paths: ["environments/production/**"] } }
        drift:
          ignore:
            - { kinds: [batch/CronJob], paths: [/spec/suspend], reason: suspended by hand while a migration runs }
        """).Load().Config;
}
