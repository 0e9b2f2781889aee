using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Rendering;

public sealed class RenderingTests
{
    private const string Base = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1
          template:
            spec:
              containers:
                - name: sidecar
                  image: registry.example.com/sidecar:v1
                - name: web
                  image: registry.example.com/web:v1
        """;

    private const string Rendered = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: prod
        spec:
          replicas: 5
          template:
            spec:
              containers:
              - image: registry.example.com/web:v2
                name: web
              - image: registry.example.com/sidecar:v1
                name: sidecar
        """;

    private const string Patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: 5\n";

    [Fact]
    public void Rendered_values_are_told_where_their_sources_have_them()
    {
        var deployment = Assert.Single(Read(Overlay(), "prod", Rendered).Objects);

        Assert.Equal("prod/kustomization.yaml", deployment.File);
        Assert.Equal("base/deploy.yaml:1:1", deployment.Location.ToString());
        Assert.Equal("prod/patch.yaml:5:13", Place(deployment, "/spec/replicas"));
        Assert.Equal("base/deploy.yaml:11:18", Place(deployment, "/spec/template/spec/containers/1/image"));
        Assert.Equal("base/deploy.yaml:12:11", Place(deployment, "/spec/template/spec/containers/0"));
    }

    [Fact]
    public void A_value_that_no_source_holds_is_told_in_the_rendered_text()
    {
        var deployment = Assert.Single(Read(Overlay(), "prod", Rendered).Objects);

        Assert.Equal("prod (rendered):11:16", Place(deployment, "/spec/template/spec/containers/0/image"));
        Assert.Equal("prod (rendered):5:14", Place(deployment, "/metadata/namespace"));
        Assert.True(deployment.Object.Document!.Source.TryGetExcerpt(11, 16, out var excerpt));
        Assert.Equal("      - image: registry.example.com/web:v2", excerpt.Text);
    }

    [Fact]
    public void A_name_that_got_a_prefix_is_recognised_when_only_one_source_can_be_meant()
    {
        using var tree = new MemoryTree().With("prod/kustomization.yaml", "namePrefix: prod-\nresources: [a.yaml]")
            .With("prod/a.yaml", ConfigMap("web") + "data: { x: '1' }\n");
        using var two = new MemoryTree().With("prod/kustomization.yaml", "namePrefix: prod-\nresources: [a.yaml, b.yaml]")
            .With("prod/a.yaml", ConfigMap("web"))
            .With("prod/b.yaml", ConfigMap("we"));

        Assert.Equal(
            "prod/a.yaml:4:12",
            Place(Assert.Single(Read(tree, "prod", ConfigMap("prod-web") + "data: { x: '1' }\n").Objects), "/data/x"));
        Assert.Equal("prod (rendered):1:1", Assert.Single(Read(two, "prod", ConfigMap("prod-web")).Objects).Location.ToString());
    }

    [Theory]
    [InlineData("prod", true)]
    [InlineData(".", false)]
    [InlineData("prod/kustomization.yaml", false)]
    [InlineData("component", false)]
    [InlineData("flux", false)]
    public void Only_a_folder_that_is_given_itself_is_rendered(string path, bool renders)
    {
        using var tree = Overlay().With(
            "component/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n")
            .With(
                "flux/kustomization.yaml",
                "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\n");
        var renderer = new FakeRenderer(Rendered);

        _ = new ManifestInput(tree) { Renderer = renderer }.Read([path]);

        Assert.Equal(renders ? 1 : 0, renderer.Calls);
    }

    [Fact]
    public void Without_a_renderer_the_files_are_read_as_they_are()
    {
        using var tree = Overlay();

        Assert.Equal("prod/patch.yaml:1:1", Assert.Single(new ManifestInput(tree).Read(["prod"]).Objects).Location.ToString());
    }

    [Fact]
    public void What_does_not_render_is_one_problem_and_no_delete()
    {
        using var before = Overlay();
        using var after = Overlay();
        var renderer = new FakeRenderer(Rendered) { FailsFor = after };

        var set = new DiffInput(after, before) { Renderer = renderer }.ReadChanges(["prod"]);

        Assert.Equal("prod: broken", Assert.Single(set.Problems.AsEnumerable()).ToString());
        Assert.Empty(set.Changes);
        Assert.Contains("cannot be read", Assert.Single(set.Incomplete.AsEnumerable()), StringComparison.Ordinal);
    }

    [NeedsTool("kubectl")]
    public void Kustomize_builds_both_sides_of_a_comparison()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/deploy.yaml", Base).Write("base/svc.yaml", "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n")
            .Write("base/kustomization.yaml", "resources: [deploy.yaml, svc.yaml]")
                .Write("prod/kustomization.yaml", "namespace: prod\nresources: [../base]\npatches: [{ path: patch.yaml }]")
            .Write("prod/patch.yaml", Patch).Commit();
        folder.Write("base/kustomization.yaml", "resources: [deploy.yaml]")
            .Write("prod/patch.yaml", Patch.Replace("5", "7", StringComparison.Ordinal));
        folder.Git("rm", "-q", "--cached", "base/svc.yaml");

        Assert.True(ComparisonBase.Open(folder.Path, "main").TryGet(out var comparisonBase));
        using var opened = comparisonBase;
        using var head = new WorkTree(folder.Path);
        var set = new DiffInput(head, comparisonBase) { Renderer = new ToolRenderer() }.ReadChanges(["prod"]);

        Assert.Empty(set.Problems);
        Assert.Equal(
            ["Update Deployment prod/web base/deploy.yaml:1:1", "Delete Service prod/web base/svc.yaml:1:1"],
            set.Changes.Select(c => $"{c.Operation} {c.Resource} {c.Location}"));
        Assert.All(set.Changes, change => Assert.Equal("prod/kustomization.yaml", change.File));
        Assert.Equal("prod/patch.yaml:5:13", JsonPointer.Find(set.Changes[0].After!, "/spec/replicas")!.Location.ToString());
    }

    [NeedsTool("kubectl")]
    public void Nothing_is_fetched_and_a_failure_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        folder.Write("prod/kustomization.yaml", "resources: ['https://example.com/x.yaml']")
            .Write("broken/kustomization.yaml", "resources: [missing.yaml]");
        using var tree = new WorkTree(folder.Path);
        var input = new ManifestInput(tree) { Renderer = new ToolRenderer() };

        var remote = Assert.Single(input.Read(["prod"]).Problems);
        var broken = Assert.Single(input.Read(["broken"]).Problems);

        Assert.Contains("nothing is fetched while rendering", remote.Hint, StringComparison.Ordinal);
        Assert.StartsWith("broken: `k", broken.ToString(), StringComparison.Ordinal);
        Assert.Contains("missing.yaml", broken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, broken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', broken.Message);
    }

    [NeedsTool("kubectl")]
    public void A_folder_with_a_link_out_of_the_tree_is_not_given_to_any_tool()
    {
        using var folder = new TemporaryFolder();
        folder.Write("prod/kustomization.yaml", "configMapGenerator: [{ name: a, files: [passwd] }]")
            .Link("prod/passwd", "/etc/passwd");
        using var tree = new WorkTree(folder.Path);

        var read = new ManifestInput(tree) { Renderer = new ToolRenderer() }.Read(["prod"]);

        Assert.Contains("out of the tree", Assert.Single(read.Problems).Message, StringComparison.Ordinal);
        Assert.Empty(read.Objects);
    }

    private static MemoryTree Overlay() =>
        new MemoryTree().With("base/kustomization.yaml", "resources: [deploy.yaml]").With("base/deploy.yaml", Base)
            .With("prod/kustomization.yaml", "resources: [../base]\npatches: [{ path: patch.yaml }]")
                .With("prod/patch.yaml", Patch);

    private static string ConfigMap(string name) => $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: {name} }}\n";

    private static ManifestSet Read(FileTree tree, string path, string rendered) =>
        new ManifestInput(tree) { Renderer = new FakeRenderer(rendered) }.Read([path]);

    private static string Place(Manifest manifest, string pointer) =>
        JsonPointer.Find(manifest.Object, pointer)!.Location.ToString();

    private sealed class FakeRenderer(string manifests) : IRenderer
    {
        public int Calls { get; private set; }

        public FileTree? FailsFor { get; init; }

        public RenderResult Render(FileTree tree, string folder, RenderKind kind)
        {
            Calls++;
            return tree == FailsFor ? new(default, new(new(folder, 0, 0), "broken")) : new(Encoding.UTF8.GetBytes(manifests));
        }
    }
}
