using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Manifests;

public sealed class ManifestInputTests
{
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";

    [Fact]
    public void All_public_manifests_are_read_but_the_one_that_kubectl_refuses_too()
    {
        using var tree = new WorkTree(Fixtures.Folder);

        var read = new ManifestInput(tree).Read(["manifests"]);

        Assert.Equal(
            ["manifests/kube-prometheus/examples/alertmanager-config-with-template.yaml:21:9"],
            read.Problems.Select(p => p.Location.ToString()));
        Assert.Equal(237, read.Objects.Length);
        Assert.All(read.Objects, manifest => Assert.StartsWith("manifests/", manifest.File, StringComparison.Ordinal));
        Assert.All(read.Objects, manifest => Assert.True(manifest.Location.Line > 0));
    }

    [Theory]
    [InlineData("a.yaml", "a.yaml:1:1")]
    [InlineData(".", "a.yaml:1:1", "e/b.yml:1:1", "e/f/c.json:1:1")]
    [InlineData("e", "e/b.yml:1:1", "e/f/c.json:1:1")]
    [InlineData("e/*.yml", "e/b.yml:1:1")]
    [InlineData("**/*.{json,yml}", "e/b.yml:1:1", "e/f/c.json:1:1")]
    [InlineData("e/**/?.*", "e/b.yml:1:1", "e/f/c.json:1:1", "e/f/d.txt:1:1")]
    [InlineData("e/f/d.txt", "e/f/d.txt:1:1")]
    public void A_path_is_a_file_a_folder_or_a_pattern(string path, params string[] locations)
    {
        using var tree = new MemoryTree().With("a.yaml", ConfigMap).With("e/b.yml", ConfigMap).With("e/f/d.txt", ConfigMap)
            .With("e/f/c.json", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"c"}}""");

        var read = new ManifestInput(tree).Read([path]);

        Assert.Empty(read.Problems);
        Assert.Equal(locations, read.Objects.Select(manifest => manifest.Location.ToString()));
    }

    [Fact]
    public void A_file_given_twice_is_read_once()
    {
        using var tree = new MemoryTree().With("e/a.yaml", ConfigMap);

        var read = new ManifestInput(tree).Read(["e", "e/a.yaml", "e/*.yaml"]);

        Assert.Single(read.Objects);
        Assert.Empty(read.Notes);
    }

    [Theory]
    [InlineData("missing.yaml", "missing.yaml: there is no such file or folder")]
    [InlineData("e/*.json", "e/*.json: no file fits this pattern")]
    public void A_path_that_leads_nowhere_is_a_problem(string path, string problem)
    {
        using var tree = new MemoryTree().With("e/a.yaml", ConfigMap);

        var read = new ManifestInput(tree).Read([path]);

        Assert.StartsWith(problem, Assert.Single(read.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_is_told_and_the_others_are_read()
    {
        using var tree = new MemoryTree().With("a.yaml", ConfigMap)
            .With("b.yaml", "kind: [")
            .With("c.yaml", "kind: {{ .Values.kind }}\na: b: c");

        var read = new ManifestInput(tree).Read(["."]);

        Assert.Single(read.Objects);
        Assert.Equal(["b.yaml", "c.yaml"], read.Problems.Select(p => p.Location.File));
        Assert.All(read.Problems, problem => Assert.True(problem.Location.Line > 0));
        Assert.Contains("template", read.Problems[1].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_are_taken_apart_and_each_item_keeps_its_own_place()
    {
        const string Text = """
            apiVersion: v1
            kind: List
            metadata: { namespace: not-inherited }
            items:
              - apiVersion: v1
                kind: ConfigMap
                metadata: { name: a, namespace: x }
              - apiVersion: v1
                kind: List
                items:
                  - { apiVersion: apps/v1, kind: Deployment, metadata: { name: b } }
              - just text
            """;
        using var tree = new MemoryTree().With("a.yaml", Text);

        var read = new ManifestInput(tree).Read(["a.yaml"]);

        Assert.Equal(["ConfigMap x/a a.yaml:5:5", "Deployment b a.yaml:11:9"], read.Objects.Select(m => $"{m.Id} {m.Location}"));
        Assert.Equal("/items/1/items/0", read.Objects[1].Object.Pointer);
        Assert.Contains("a.yaml:12:5: passed over an item of `List` that is no object", read.Notes);
    }

    [Fact]
    public void Items_of_a_typed_list_need_not_name_their_kind()
    {
        using var tree = new MemoryTree().With("a.yaml", """
            apiVersion: v1
            kind: SecretList
            items:
              - metadata: { name: a }
                stringData: { password: correct-horse }
            """);

        var read = new ManifestInput(tree).Read(["a.yaml"]);

        Assert.Equal("Secret a", Assert.Single(read.Objects).Id.ToString());
        Assert.Contains("correct-horse", read.SensitiveTexts);
    }

    [Fact]
    public void A_custom_object_whose_kind_ends_in_List_is_an_object()
    {
        using var tree = new MemoryTree().With(
            "a.yaml", "apiVersion: x.io/v1\nkind: AllowList\nmetadata: { name: a }\nitems: [b]\n");

        Assert.Equal("AllowList a", Assert.Single(new ManifestInput(tree).Read(["."]).Objects).Id.ToString());
    }

    [Fact]
    public void Lists_nested_without_end_are_refused()
    {
        var text = string.Concat(Enumerable.Repeat(
            "{apiVersion: v1, kind: List, items: [", 20)) + string.Concat(Enumerable.Repeat("]}", 20));
        using var tree = new MemoryTree().With("a.yaml", text);

        Assert.Contains(
            "nested more than", Assert.Single(new ManifestInput(tree).Read(["."]).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replicaCount: 1")]
    [InlineData("- a\n- b")]
    [InlineData("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []")]
    [InlineData("apiVersion: gitopspolicy.dev/v1alpha1\nkind: Rule\nmetadata: { name: a }")]
    [InlineData("apiVersion: v1\nkind: Config\nusers: []")]
    [InlineData("apiVersion: v2\nname: chart\nversion: 1.0.0")]
    public void A_document_that_is_no_object_is_passed_over_and_counted(string text)
    {
        using var tree = new MemoryTree().With("a.yaml", text + "\n---\n# nothing\n---\n" + ConfigMap);

        var read = new ManifestInput(tree).Read(["."]);

        Assert.Empty(read.Problems);
        Assert.Single(read.Objects);
        Assert.Single(read.Others);
        Assert.Equal("passed over 1 document that is no Kubernetes object", Assert.Single(read.Notes));
    }

    [Fact]
    public void Kustomizations_that_are_not_built_are_told_and_components_are_none()
    {
        using var tree = new MemoryTree()
            .With("base/a.yaml", ConfigMap)
            .With("base/kustomization.yaml", "resources: [a.yaml]")
            .With(
                "prod/kustomization.yml",
                "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]")
            .With("part/kustomization.yaml", "kind: Component\npatches: []")
            .With("values.yaml", "resources: []");

        Assert.Contains(
            "2 kustomizations are not built here, so what only the build shows is not judged: give each folder that is deployed as a path",
            new ManifestInput(tree).Read(["."]).Notes);
    }

    [Theory]
    [InlineData("kind: Deployment\nmetadata: { name: a }", "a.yaml:1:1: passed over `Deployment`, which has no `apiVersion`")]
    [InlineData(
        "apiVersion: apps/v1\nknd: Deployment\nmetadata: { name: a }",
        "a.yaml:1:1: passed over an object of `apps/v1`, which has no `kind`")]
    [InlineData(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {}",
        "a.yaml:1:1: passed over `Deployment`, which has no `metadata.name`")]
    public void What_looks_like_an_object_and_is_none_is_told_by_its_place(string text, string note)
    {
        using var tree = new MemoryTree().With("a.yaml", text);

        Assert.Contains(note, new ManifestInput(tree).Read(["."]).Notes);
    }

    [Theory]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }", "k8s:apps/Deployment//a")]
    [InlineData("apiVersion: v1\nkind: Namespace\nmetadata: { name: a, namespace: b }", "k8s:/Namespace//a")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: { generateName: run-, namespace: b }", "k8s:/Pod/b/run-*")]
    [InlineData("apiVersion: unknown.io/v1\nkind: Thing\nmetadata: { name: a, namespace: b }", "k8s:unknown.io/Thing/b/a")]
    public void An_object_is_identified_by_group_kind_namespace_and_name(string text, string id)
    {
        using var tree = new MemoryTree().With("a.yaml", text);

        Assert.Equal(id, Assert.Single(new ManifestInput(tree).Read(["."]).Objects).Id.Canonical);
    }

    [Fact]
    public void Secrets_are_marked_and_their_texts_collected_also_in_clear()
    {
        using var tree = new MemoryTree().With("a.yaml", """
            apiVersion: v1
            kind: Secret
            metadata:
              name: a
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: '{"data":{}}'
            data: { password: Y29ycmVjdC1ob3JzZQ==, short: YQ== }
            stringData:
              pem: |
                -----BEGIN SOMETHING-----
                MIIEvQIBADANBgkqhkiG9w0
            """);

        var read = new ManifestInput(tree).Read(["."]);
        var secret = Assert.Single(read.Objects).Object;

        Assert.True(JsonPointer.Find(secret, "/data/password")!.IsSensitive);
        Assert.True(JsonPointer.Find(secret, "/stringData/pem")!.IsSensitive);
        Assert.True(
            JsonPointer.Find(secret, "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration")!.IsSensitive);
        Assert.False(JsonPointer.Find(secret, "/metadata/name")!.IsSensitive);
        Assert.False(JsonPointer.Find(secret, "/data")!.IsSensitive);
        Assert.Superset(
            new HashSet<string> { "Y29ycmVjdC1ob3JzZQ==", "correct-horse", "MIIEvQIBADANBgkqhkiG9w0" },
            read.SensitiveTexts.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain("a", read.SensitiveTexts);
    }

    [Fact]
    public void An_object_declared_twice_is_worth_a_note()
    {
        using var tree = new MemoryTree().With("a.yaml", ConfigMap).With("b.yaml", ConfigMap);

        Assert.Equal(
            "b.yaml:1:1: ConfigMap a is declared in a.yaml:1:1 already",
            Assert.Single(new ManifestInput(tree).Read(["."]).Notes));
    }

    [Fact]
    public void A_minus_stands_for_standard_input()
    {
        using var tree = new MemoryTree();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("---\n" + ConfigMap));

        var change = Assert.Single(new ManifestInput(tree, input).ReadChanges(["-"]).Changes);

        Assert.Equal("-:2:1", change.Location.ToString());
        Assert.Equal("-", change.File);
        Assert.Equal((Operation.Create, ChangeOrigin.Manifest), (change.Operation, change.Origin));
        Assert.Null(change.Before);
    }

    [Fact]
    public void Templates_of_a_chart_are_passed_over_but_plain_files_among_them_are_read()
    {
        using var tree = new MemoryTree().With("c/Chart.yaml", "apiVersion: v2\nname: c\n")
            .With("c/templates/a.yaml", "name: {{ .x }}\n{{- if }}")
            .With("c/templates/b.yaml", ConfigMap)
                .With("d/templates/e.yaml", ConfigMap.Replace("name: a", "name: e", StringComparison.Ordinal));

        var read = new ManifestInput(tree).Read(["."]);

        Assert.Empty(read.Problems);
        Assert.Equal(["ConfigMap a", "ConfigMap e"], read.Objects.Select(m => m.Id.ToString()));
        Assert.Contains(read.Notes, note => note.Contains("1 Helm template", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pointer_to_a_large_file_says_how_to_get_the_file()
    {
        using var tree = new MemoryTree().With("a.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n");

        Assert.Contains(
            "git lfs pull", Assert.Single(new ManifestInput(tree).Read(["."]).Problems).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void More_files_than_anyone_means_are_one_problem()
    {
        using var tree = new MemoryTree();
        for (var i = 0; i <= ManifestPaths.MaxFiles; i++) tree.With($"e/{i}.yaml", "");

        Assert.Contains(
            "more than 20000 files", Assert.Single(new ManifestInput(tree).Read(["."]).Problems).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("no")]
    [InlineData("[a]")]
    public void A_name_that_is_no_text_is_told_as_such(string name)
    {
        using var tree = new MemoryTree().With("a.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: {name} }}\n");

        Assert.Contains(
            "a.yaml:1:1: passed over `ConfigMap`, whose `metadata.name` is no text (quote it)",
            new ManifestInput(tree).Read(["."]).Notes);
    }

    [Fact]
    public void Many_files_give_the_same_order_every_time()
    {
        using var tree = new MemoryTree();
        for (var i = 0; i < 500; i++)
            tree.With($"e/{i:000}.yaml", ConfigMap.Replace("name: a", $"name: a{i:000}", StringComparison.Ordinal));

        var read = new ManifestInput(tree).Read(["."]);

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"a{i:000}"), read.Objects.Select(m => m.Id.Name));
    }
}
