using GitOpsPolicy.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Rendering;

/// <summary>No proxy keeps a tool from what listens on the machine that it runs on.</summary>
public sealed class FetchedFilesTests
{
    private const string Own = "http://127.0.0.1:8090/api/units";

    [Theory]
    [InlineData("resources: ['https://example.com/x.yaml']", "prod/kustomization.yaml:1:13")]
    [InlineData("components: ['git::https://example.com/x.git//c?ref=v1']", "prod/kustomization.yaml:1:14")]
    [InlineData($"configMapGenerator: [{{ name: all, files: ['m={Own}'] }}]", "prod/kustomization.yaml:1:43")]
    [InlineData($"secretGenerator: [{{ name: all, envs: [{Own}] }}]", "prod/kustomization.yaml:1:39")]
    [InlineData($"patches: [{{ path: {Own} }}]", "prod/kustomization.yaml:1:19")]
    [InlineData($"openapi: {{ path: {Own} }}", "prod/kustomization.yaml:1:18")]
    [InlineData("resources: [../base]", "base/kustomization.yaml:1:32")]
    [InlineData("generators: [../plugin.yaml]", "plugin.yaml:2:11")]
    [InlineData("transformers: [../plugins]", "plugins/kustomization.yaml:2:20")]
    [InlineData($"generators: [\"kind: ConfigMapGenerator\\nfiles: ['{Own}']\"]", "prod/kustomization.yaml:1:14")]
    public void What_would_be_fetched_is_told_where_it_stands(string kustomization, string where)
    {
        var problem = FetchedFiles.FirstIn(Tree(kustomization), "prod");
        Assert.Equal(where, problem?.Location.ToString());
        Assert.DoesNotContain("://", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_searched_is_not_built() =>
        Assert.Equal("prod/kustomization.yaml", FetchedFiles.FirstIn(Tree("resources: ["), "prod")?.Location.File);

    [Theory]
    [InlineData("resources: [deploy.yaml, ../quiet]\nconfigMapGenerator: [{ name: web, literals: ['API=http://localhost:8080'] }]")]
    [InlineData("commonAnnotations: { docs: 'https://example.com/' }\nresources: [deploy.yaml]")]
    [InlineData("patches:\n  - patch: |\n      kind: Deployment\n      spec: { path: 'http://localhost/' }\n")]
    public void Addresses_that_nothing_is_read_from_may_stand_there(string kustomization) =>
        Assert.Null(FetchedFiles.FirstIn(Tree(kustomization), "prod"));

    private static MemoryTree Tree(string kustomization) => new MemoryTree()
        .With("prod/kustomization.yaml", kustomization)
        .With("prod/deploy.yaml", "kind: Deployment\npath: 'http://localhost/'\n")
        .With("base/kustomization.yaml", "patchesStrategicMerge: [a.yml, 'http://localhost/x.yaml']")
        .With("quiet/kustomization.yaml", "resources: [../prod]")
        .With("plugin.yaml", $"kind: ConfigMapGenerator\ndocument: {Own}\n")
        .With("plugins/kustomization.yaml", $"resources: [t.yaml]\npatches: [{{ patch: '[{{ op: add, path: /path, value: {Own} }}]' }}]")
        .With("plugins/t.yaml", "kind: PatchTransformer\npath: there\n");
}
