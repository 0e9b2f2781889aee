using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Manifests;

public sealed class ToolFileTests
{
    private const string Workflow = "on: [push]\njobs: { a: { steps: [] } }\n";
    private const string GitLab = "a:\n  script:\n    - !reference [.setup, script]\n    - make\n";

    [Theory]
    [InlineData(".github/workflows/ci.yml", Workflow, "GitHubWorkflow")]
    [InlineData("apps/.github/workflows/ci.yaml", Workflow, "GitHubWorkflow")]
    [InlineData(".github/workflows/deep/ci.yml", Workflow, null)]
    [InlineData(".github/dependabot.yml", "version: 2\n", null)]
    [InlineData(".github/workflows/ci.yml", "name: nothing to run\n", null)]
    [InlineData("action.yml", "runs: { using: composite, steps: [] }\n", "GitHubAction")]
    [InlineData("ci/setup/action.yaml", "runs: { using: node20 }\n", "GitHubAction")]
    [InlineData("reaction.yml", "runs: { using: node20 }\n", null)]
    [InlineData(".gitlab-ci.yml", GitLab, "GitLabPipeline")]
    [InlineData("ci/build.gitlab-ci.yml", GitLab, "GitLabPipeline")]
    [InlineData(".gitlab-ci.test.yaml", GitLab, "GitLabPipeline")]
    [InlineData(".gitlab/ci/build.yml", GitLab, "GitLabPipeline")]
    [InlineData(".gitlab-ci.yml", "spec: { inputs: {} }\n---\nstages: [a]\n", "GitLabPipeline")]
    [InlineData(".gitlab/agents/prod/config.yaml", "ci_access: { projects: [] }\n", null)]
    [InlineData("azure-pipelines.yml", "steps: [{ script: make }]\n", "AzurePipeline")]
    [InlineData("azure-pipelines-release.yml", "name: x\n", null)]
    [InlineData(".circleci/config.yml", "jobs: {}\n", "CircleCIConfig")]
    [InlineData("bitbucket-pipelines.yml", "pipelines: {}\n", "BitbucketPipeline")]
    [InlineData("atlantis.yaml", "version: 3\n", "AtlantisRepoConfig")]
    [InlineData("repos.yaml", "repos: [{ id: /.*/ }]\n", "AtlantisServerConfig")]
    [InlineData("repos.yaml", "repos: [{ name: a }]\n", null)]
    [InlineData("repos.yaml", "repos: []\n", null)]
    [InlineData("apps/web/kustomization.yaml", "images: []\n", "Kustomization")]
    [InlineData("apps/web/kustomization.yml", "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n", "Kustomization")]
    [InlineData("apps/web/kustomize.yaml", "images: []\n", null)]
    [InlineData("apps/web/values.yaml", "image: { tag: on }\n", "HelmValues")]
    [InlineData("values-production.yml", "a: 1\n", "HelmValues")]
    [InlineData("apps/podinfo-values.yaml", "a: 1\n", "HelmValues")]
    [InlineData("apps/myvalues.yaml", "a: 1\n", null)]
    [InlineData("apps/values.yaml", "apiVersion: example.com/v1\n", null)]
    public void A_file_is_told_by_where_its_tool_looks_and_what_is_in_it(string path, string text, string? kind)
    {
        using var tree = new MemoryTree().With(path, text);

        var read = new ManifestInput(tree).Read(["."]);

        Assert.Empty(read.Problems);
        Assert.Equal(kind is null ? [] : [$"{kind} {path}"], read.Tools.Select(file => file.Id.ToString()));
        Assert.Equal(kind is null, read.Notes.Any(note => note.StartsWith("passed over", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_defaults_of_a_chart_are_judged_as_they_are_used()
    {
        using var tree = new MemoryTree().With("chart/Chart.yaml", "name: chart\n")
            .With("chart/values.yaml", "a: 1\n")
            .With("chart/values-prod.yaml", "a: 1\n");
        Assert.Equal(
            ["HelmValues chart/values-prod.yaml"], new ManifestInput(tree).Read(["."]).Tools.Select(file => file.Id.ToString()));
    }

    [Fact]
    public void An_object_for_a_cluster_stays_one_wherever_it_lies()
    {
        using var tree = new MemoryTree().With(
            "repos.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nrepos: [{ id: x }]\ndata: { on: on }\n");

        var read = new ManifestInput(tree).Read(["repos.yaml"]);

        Assert.Empty(read.Tools);
        Assert.Equal("ConfigMap a", Assert.Single(read.Objects).Id.ToString());
    }

    [Fact]
    public void Words_mean_in_a_workflow_what_they_mean_to_its_tool()
    {
        using var tree = new MemoryTree().With(".github/workflows/ci.yml", "on: { push: }\njobs: { a: { if: no, steps: [] } }\n");

        var file = Assert.Single(new ManifestInput(tree).Read(["."]).Tools);

        Assert.Equal("""{"on":{"push":null},"jobs":{"a":{"if":"no","steps":[]}}}""", NodeWriter.ToJson(file.Root));
    }

    [Fact]
    public void Hidden_folders_are_read_as_far_as_tools_look_there()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".github/workflows/ci.yml", Workflow);
        folder.Write(".github/ISSUE_TEMPLATE/bug.yml", "name: bug\n");
        folder.Write(".other/workflows/ci.yml", Workflow);
        using var tree = new WorkTree(folder.Path);

        var read = new ManifestInput(tree).Read(["."]);

        Assert.Equal(["GitHubWorkflow .github/workflows/ci.yml"], read.Tools.Select(file => file.Id.ToString()));
        Assert.Empty(read.Others);
    }

    [Fact]
    public void A_workflow_that_cannot_be_read_is_told()
    {
        using var tree = new MemoryTree().With(".github/workflows/ci.yml", "jobs: {}\njobs: {}\n");

        var read = new ManifestInput(tree).Read(["."]);

        Assert.Equal(".github/workflows/ci.yml:2:1", Assert.Single(read.Problems).Location.ToString());
    }

    [Theory]
    [InlineData("mkdocs.yml", "markdown_extensions:\n  - emoji: !ENV [A, B]\n")]
    [InlineData("template.yaml", "Resources:\n  Bucket: { Name: !Sub \"${A}-b\" }\n")]
    public void A_file_of_another_tool_with_tags_of_its_own_is_passed_over(string path, string text)
    {
        using var tree = new MemoryTree().With(path, text);

        var read = new ManifestInput(tree).Read(["."]);

        Assert.Empty(read.Problems);
        Assert.Single(read.Others);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: !x b }\n")]
    [InlineData("kind: ConfigMap\nmetadata: { name: a }\ndata: { a: !x b }\n")]
    [InlineData("a: !x b\n---\napiVersion: v1\nkind: List\nitems: []\n")]
    [InlineData("a: 1\na: 2\n")]
    public void An_object_with_a_tag_is_not_passed_over(string text)
    {
        using var tree = new MemoryTree().With("a.yaml", text);

        Assert.Single(new ManifestInput(tree).Read(["."]).Problems);
    }

    [Fact]
    public void A_secret_in_a_workflow_is_hidden()
    {
        const string Key = "AKIA" + "QYLPMN5HHHFPZAM2";
        using var tree = new MemoryTree().With(".github/workflows/ci.yml", $"env: {{ KEY: {Key} }}\njobs: {{}}\n");

        Assert.Contains(Key, new ManifestInput(tree).Read(["."]).SensitiveTexts);
    }

    [Theory]
    [InlineData(Workflow, Workflow, Operation.None)]
    [InlineData(Workflow, "on: [push]\njobs: {}\n", Operation.Update)]
    [InlineData(null, Workflow, Operation.Create)]
    [InlineData(Workflow, null, Operation.Delete)]
    public void Files_of_tools_are_compared_by_their_paths(string? before, string? after, Operation expected)
    {
        const string Path = ".github/workflows/ci.yml";
        using var head = With(after, Path);
        using var old = With(before, Path);

        var set = new DiffInput(head, old).ReadChanges(["."]);

        var change = Assert.Single(set.Changes, change => change.Resource is FileId);
        Assert.Equal((expected, "file:" + Path), (change.Operation, change.Resource.Canonical));
        Assert.Equal(1, set.CountBefore);
    }

    [Fact]
    public void Folders_are_compared_below_themselves()
    {
        using var tree = new MemoryTree().With("old/atlantis.yaml", "version: 2\n").With("new/atlantis.yaml", "version: 3\n");

        var set = new DiffInput(tree, tree) { BaseFolder = "old" }.ReadChanges(["new"]);

        Assert.Equal(Operation.Update, Assert.Single(set.Changes).Operation);
    }

    [Fact]
    public void A_workflow_that_cannot_be_read_any_more_is_not_taken_for_deleted()
    {
        using var head = With("jobs: {", ".github/workflows/ci.yml");
        using var old = With(Workflow, ".github/workflows/ci.yml");

        var set = new DiffInput(head, old).ReadChanges(["."]);

        Assert.DoesNotContain(set.Changes, change => change.Resource is FileId);
        Assert.Single(set.Problems);
    }

    private static MemoryTree With(string? text, string path)
    {
        var tree = new MemoryTree().With("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n");
        return text is null ? tree : tree.With(path, text);
    }
}
