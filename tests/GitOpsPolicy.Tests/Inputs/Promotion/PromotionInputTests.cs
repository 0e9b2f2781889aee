using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Inputs.Promotion;
using GitOpsPolicy.Policies.Configuration;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Promotion;

public sealed class PromotionInputTests : IDisposable
{
    private static readonly DateTimeOffset Clock = new(2026, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", ".")]
    [InlineData("production", "..")]
    public void History_and_owners_are_the_same_from_any_folder_of_the_repository(string workingFolder, string path)
    {
        folder.Write("CODEOWNERS", "/production/ @ops")
            .Write("staging/web.yaml", Pod("2"))
            .Write("production/web.yaml", Pod("1"))
            .Commit();
        folder.Git("switch", "-q", "-c", "pr");
        folder.Write("production/web.yaml", Pod("2")).Commit();

        var facts = Read(workingFolder, path, now: null, out var changes);

        Assert.Equal("image ghcr.io/acme/web 2", Assert.Single(facts.Stays).Version);
        Assert.Null(facts.Gap);
        Assert.Equal(
            "@ops",
            Assert.Single(facts.Owners!.OwnersOf(changes.Changes.Single(change => change.Operation == Operation.Update).File!)));
    }

    [Fact]
    public void Ages_are_counted_to_the_moment_given_and_never_to_one_to_come()
    {
        folder.Write("staging/web.yaml", Pod("1")).Commit();
        folder.Run(
            "env", "GIT_COMMITTER_DATE=2031-01-01T00:00:00Z", "git", "-c", "user.name=t", "-c", "user.email=t@example.com",
            "commit", "-q", "--allow-empty", "-m", "later");

        Assert.Equal(Clock, Read("", ".", now: null, out _).AsOf);
        Assert.Equal(Clock.AddDays(-9), Read("", ".", now: Clock.AddDays(-9), out _).AsOf);
    }

    private static string Pod(string tag) =>
        $"{{ apiVersion: v1, kind: Pod, metadata: {{ name: web }}, spec: {{ containers: [{{ name: web, image: 'ghcr.io/acme/web:{tag}' }}] }} }}";

    private PromotionFacts Read(string workingFolder, string path, DateTimeOffset? now, out ChangeSet changes)
    {
        var config = new PolicyConfig
        {
            Environments = [new("staging", ["staging/**"], []), new("production", ["production/**"], []) { After = "staging" }],
            WorkingFolder = workingFolder,
        };
        using var head = new WorkTree(folder.At(workingFolder));
        Assert.True(GitRevision.Open(folder.At(workingFolder), "main").TryGet(out var revision));
        using (revision)
        {
            changes = new DiffInput(head, revision) { EnvironmentOf = config.EnvironmentOf }.ReadChanges([path]);
            return new PromotionInput(config, revision).Read(changes, head, now, Clock);
        }
    }
}
