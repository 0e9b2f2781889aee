using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Reconciler.Rendering;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs;
using GitOpsPolicy.Tests.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Rendering;

public sealed class UnitRendererTests : IDisposable
{
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n";

    private readonly TemporaryFolder repository = new();
    private readonly Unit unit = new()
    {
        Key = new("team", "app"),
        Source = new() { Url = "/r", Path = "app" },
        Target = new() { Namespace = "prod" },
    };

    public void Dispose() => repository.Dispose();

    [Fact]
    public void Objects_without_a_namespace_go_where_the_unit_says_and_keep_their_lines()
    {
        repository.Write("app/a.yaml", "# a\n" + ConfigMap);
        var rendered = Render(unit);

        var one = Assert.Single(rendered.Set.Objects);
        Assert.True(rendered.IsWhole);
        Assert.Equal(("ConfigMap prod/settings", "app/a.yaml:2:1"), (one.Id.ToString(), one.Location.ToString()));
        Assert.Equal("prod", one.Object.Text("metadata", "namespace"));
        Assert.Equal("app/a.yaml:5:9", ((MappingNode)one.Object)["metadata"]!.At("name")!.Location.ToString());
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: prod\n", "Namespace prod")]
    [InlineData("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: prod\n  namespace: odd\n", "Namespace prod")]
    [InlineData(
        "apiVersion: example.com/v1\nkind: Fleet\nmetadata:\n  name: all\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: fleets.example.com\nspec:\n  group: example.com\n  names: {kind: Fleet}\n  scope: Cluster\n", "Fleet all")]
    [InlineData("apiVersion: example.com/v1\nkind: Unknown\nmetadata:\n  name: x\n", "Unknown prod/x")]
    public void What_lies_outside_of_namespaces_is_given_none(string text, string expected)
    {
        repository.Write("app/a.yaml", text);
        var one = Render(unit).Set.Objects[0];

        Assert.Equal(expected, one.Id.ToString());
        Assert.Equal(one.Id.Namespace, one.Object.Text("metadata", "namespace") ?? "");
    }

    [Fact]
    public void What_the_cluster_says_of_a_kind_holds()
    {
        repository.Write("app/a.yaml", "apiVersion: example.com/v1\nkind: Fleet\nmetadata:\n  name: all\n");

        Assert.Equal("Fleet all", Assert.Single(Render(unit, isNamespaced: static _ => false).Set.Objects).Id.ToString());
    }

    [Theory]
    [InlineData(
        "an empty folder", "note: none\n", "guard",
        "app: it holds no object at all, which would take away everything that is there (correct the path; an object that is left in Git has the others asked about)")]
    [InlineData("no YAML", "a: [", "render", "app/a.yaml:")]
    [InlineData(
        "a name that is misspelt", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  nmae: x\n", "guard",
        "app/a.yaml:1:1: this is `ConfigMap`, which has no `metadata.name` (correct it, or move it out of the folder)")]
    [InlineData(
        "a kind that is misspelt", "apiVersion: v1\nknd: ConfigMap\nmetadata:\n  name: x\n", "guard",
        "app/a.yaml:1:1: this is an object of `v1`, which has no `kind` (correct it, or move it out of the folder)")]
    [InlineData(
        "a version that is missing", "kind: ConfigMap\nmetadata:\n  name: x\n", "guard",
        "app/a.yaml:1:1: this is `ConfigMap`, which has no `apiVersion` (correct it, or move it out of the folder)")]
    [InlineData(
        "an object twice", ConfigMap
            + "---\n"
            + ConfigMap
            + "  namespace: prod\n", "guard",
            "app/a.yaml:6:1: `ConfigMap prod/settings` is declared in app/a.yaml:1:1 already (take one of them out)")]
    [InlineData(
        "an object without end", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: x-\n", "guard",
        "app/a.yaml:1:1: `ConfigMap x-*` has only a `generateName`, so that every pass would make one more (give it a `metadata.name`)")]
    [InlineData(
        "a large file's pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "render",
        "app/a.yaml: this is a Git LFS pointer, not the file itself (run `git lfs pull` first)")]
    public void What_is_wrong_stops_the_whole_revision(string what, string text, string stage, string message)
    {
        repository.Write("app/a.yaml", text).Write("app/b.txt", "not read");
        var rendered = Render(unit);

        Assert.False(rendered.IsWhole, what);
        Assert.Equal(stage, rendered.Stage);
        Assert.StartsWith(message, rendered.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_gone_is_not_an_empty_one()
    {
        repository.Write("other/a.yaml", ConfigMap);

        Assert.Equal("app: there is no such path in the repository (correct `spec.source.path`)", Render(unit).Message);
    }

    [Fact]
    public void An_object_that_names_no_namespace_is_refused_where_the_unit_has_none()
    {
        repository.Write("app/a.yaml", ConfigMap);

        Assert.Equal(
            "app/a.yaml:1:1: `ConfigMap settings` names no namespace, and the unit has none for such objects (write `metadata.namespace`, or set `spec.target.namespace`)",
            Render(unit with { Target = new() }).Message);
    }

    [Theory]
    [InlineData("prod", true)]
    [InlineData("prod-*", false)]
    [InlineData("*", true)]
    public void A_unit_writes_to_no_other_namespaces_than_its_own(string pattern, bool isWhole)
    {
        repository.Write("app/a.yaml", ConfigMap);

        Assert.Equal(isWhole, Render(unit with { Target = unit.Target with { Namespaces = [pattern] } }).IsWhole);
    }

    [Fact]
    public void A_unit_that_may_not_write_outside_of_namespaces_does_not()
    {
        repository.Write("app/a.yaml", "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: root\n");

        Assert.StartsWith(
            "app/a.yaml:1:1: `ClusterRole root` lies outside of namespaces",
            Render(unit with { Target = unit.Target with { AllowsClusterScoped = false } }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Workflows_settings_and_rules_beside_the_objects_are_passed_over()
    {
        repository.Write("app/a.yaml", ConfigMap)
            .Write("app/.github/workflows/ci.yaml", "on: push\njobs: {}\n")
            .Write("app/values.yaml", "replicas: 3\n")
            .Write("app/ack.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Acknowledgement\nmetadata:\n  name: x\n");

        Assert.Equal(["ConfigMap prod/settings"], Render(unit).Set.Objects.Select(static one => one.Id.ToString()));
    }

    [NeedsTool("helm")]
    public void A_chart_is_rendered_as_the_release_that_the_unit_names_with_values_of_the_repository()
    {
        WriteChart();
        var rendered = Render(unit with { Render = new()
        {
            ReleaseName = "web",
            ValuesFiles = ["values/prod.yaml", "values/more.yaml"],
        } });

        Assert.True(rendered.IsWhole, rendered.Message);
        Assert.Equal(["ConfigMap prod/web-prod"], rendered.Set.Objects.Select(static one => one.Id.ToString()));
        Assert.Equal("blue", rendered.Set.Objects[0].Object.Text("data", "color"));
    }

    [NeedsTool("helm")]
    public void Values_files_come_from_the_repository_and_from_nowhere_else()
    {
        WriteChart();
        foreach (var file in (string[])[
            "../../etc/passwd", "/etc/passwd", "https://127.0.0.1/values.yaml", "values/prod.yaml,/etc/passwd", "values/none.yaml"
        ])
        {
            var rendered = Render(unit with { Render = new() { ValuesFiles = [file] } });
            Assert.Equal("render", rendered.Stage);
            Assert.Contains("there is no such values file in the repository", rendered.Message, StringComparison.Ordinal);
        }
    }

    [NeedsTool("kubectl")]
    public void A_kustomization_is_built()
    {
        repository.Write("base/a.yaml", ConfigMap)
            .Write("base/kustomization.yaml", "resources: [a.yaml]\n")
            .Write("app/kustomization.yaml", "resources: [../base]\nnamePrefix: x-\n");

        Assert.Equal(["ConfigMap prod/x-settings"], Render(unit).Set.Objects.Select(static one => one.Id.ToString()));
    }

    [Fact]
    public void A_folder_without_a_kustomization_is_not_read_as_one()
    {
        repository.Write("app/a.yaml", ConfigMap);

        Assert.Equal(
            "app: there is no kustomization in this folder",
            Render(unit with { Render = new() { Tool = RenderTool.Kustomize } }).Message);
    }

    [NeedsTool("python3")]
    public void An_encrypted_file_is_decrypted_and_what_was_encrypted_is_marked()
    {
        repository.Write("app/a.yaml", "# a\n" + SealedText.Secret("db", "hunter2hunter2")).Write("app/b.yaml", ConfigMap);
        var rendered = Render(unit, Keys());

        Assert.True(rendered.IsWhole, rendered.Message);
        var secret = rendered.Set.Objects[0];
        var value = secret.Object.At("stringData", "password");
        Assert.Equal(
            ("hunter2hunter2", true, "Secret prod/db"), (((ScalarNode)value!).Text, value.IsSensitive, secret.Id.ToString()));
        Assert.Null(secret.Object.At("sops"));
        Assert.Contains("hunter2hunter2", rendered.Set.SensitiveTexts);
        Assert.Equal(SealedText.Value("hunter2hunter2"), rendered.Stored[secret.Id].Text("stringData", "password"));
        Assert.Equal([secret.Id], rendered.Stored.Keys);
    }

    [NeedsTool("python3")]
    public void What_was_encrypted_is_marked_in_any_kind_of_object()
    {
        repository.Write(
            "app/a.yaml",
            SealedText.Secret("db", "hunter2hunter2").Replace("kind: Secret", "kind: Vessel", StringComparison.Ordinal)
                .Replace("v1\n", "example.com/v1\n", StringComparison.Ordinal));
        var rendered = Render(unit, Keys());

        Assert.True(rendered.IsWhole, rendered.Message);
        Assert.True(rendered.Set.Objects[0].Object.At("stringData", "password")!.IsSensitive);
        Assert.False(rendered.Set.Objects[0].Object.At("metadata", "name")!.IsSensitive);
    }

    [NeedsTool("python3")]
    public void What_a_tool_renders_is_decrypted_afterwards()
    {
        if (!Tool.TryFind("helm", out _)) return;
        WriteChart();
        repository.Write(
            "app/templates/secret.yaml",
            SealedText.Secret("{{ .Release.Name }}-db", "hunter2hunter2", sealedValue: "something else"));
        var rendered = Render(unit, Keys());

        Assert.True(rendered.IsWhole, rendered.Message);
        var secret = Assert.Single(rendered.Set.Objects, static one => one.Id.Kind == "Secret");
        Assert.Equal("hunter2hunter2", secret.Object.Text("stringData", "password"));
        Assert.True(secret.Object.At("stringData", "password")!.IsSensitive);
        Assert.Contains(secret.Id, rendered.Stored.Keys);
    }

    [NeedsTool("python3")]
    public void A_file_that_was_changed_after_it_was_encrypted_is_refused()
    {
        repository.Write("app/a.yaml", SealedText.Secret("db", "hunter2hunter2", sealedValue: "something else"));

        Assert.Equal("app/a.yaml: the file has been changed since it was encrypted", Render(unit, Keys()).Message);
    }

    [NeedsTool("python3")]
    public void A_file_for_other_keys_is_refused()
    {
        repository.Write("app/a.yaml", SealedText.Secret("db", "hunter2hunter2"));

        Assert.Equal(
            "app/a.yaml: the file is encrypted for other keys than the unit's",
            Render(unit, Keys("AGE-SECRET-KEY-1OTHER")).Message);
    }

    [Theory]
    [InlineData("age", "is encrypted, and the unit names no Secret with keys (`spec.render.decryption.secretRef`)", false)]
    [InlineData("hc_vault", "is encrypted by way of `hc_vault`; only age keys are used here", true)]
    [InlineData("kms", "is encrypted by way of `kms`; only age keys are used here", true)]
    public void Without_a_key_that_may_be_used_nothing_is_decrypted(string way, string message, bool hasKey)
    {
        repository.Write("app/a.yaml", SealedText.Secret("db", "hunter2hunter2", way));

        Assert.Equal("app/a.yaml: the file " + message, Render(unit, hasKey ? Keys() : null).Message);
    }

    [Fact]
    public void Where_sops_is_missing_it_is_said()
    {
        repository.Write("app/a.yaml", SealedText.Secret("db", "hunter2hunter2"));

        Assert.Equal(
            "app/a.yaml: the file is encrypted, and `sops` does not start",
            Render(unit, Keys(), sops: "/nonexistent/sops").Message);
    }

    [Theory]
    [InlineData("  password: {0}\n")]
    [InlineData("  password: {1}\n")]
    public void A_value_that_nobody_can_decrypt_is_not_applied_as_it_is(string line)
    {
        var value = SealedText.Value("hunter2hunter2");
        repository.Write(
            "app/a.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n"
                + string.Format(null, line, value, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value))));

        Assert.StartsWith(
            "app/a.yaml:6:13: `Secret db` holds a value that is encrypted and has nothing to decrypt it with",
            Render(unit).Message, StringComparison.Ordinal);
    }

    private void WriteChart() => repository
        .Write("app/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n").Write("app/values.yaml", "color: red\n")
        .Write(
            "app/templates/a.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-{{ .Release.Namespace }}\ndata:\n  color: {{ .Values.color }}\n")
        .Write(
            "app/templates/tests/t.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: t\n  annotations:\n    helm.sh/hook: test\n")
        .Write("values/prod.yaml", "color: green\n").Write("values/more.yaml", "color: blue\n");

    private static DecryptionKeys Keys(string key = SealedText.Key)
    {
        Assert.True(
            DecryptionKeys.Read("keys", new Dictionary<string, string> { ["team.agekey"] = $"# created: today\n{key}\n" }).TryGet(
                out var keys));
        return keys;
    }

    private Rendered Render(
        Unit what, DecryptionKeys? keys = null, string? sops = null, Func<KubernetesId, bool?>? isNamespaced = null)
    {
        repository.Commit();
        Assert.True(GitRevision.Open(repository.Path, "HEAD").TryGet(out var tree));
        using (tree)
            return new UnitRenderer(isNamespaced ?? (static _ => null))
            {
                SopsProgram = sops ?? Path.Combine(AppContext.BaseDirectory, "Rendering", "fake-sops"),
            }.Render(tree, what, keys);
    }
}
