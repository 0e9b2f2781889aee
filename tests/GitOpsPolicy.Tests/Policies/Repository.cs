using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Tests.Policies;

/// <summary>A repository in a few lines: rules, configuration and whatever else, in memory.</summary>
internal sealed class Repository
{
    private MemoryTree tree = new();

    public MemoryTree Tree => tree;

    public static EvaluationOptions Options { get; } = new()
    {
        SensitiveKey = new(Encoding.UTF8.GetBytes("the key of these tests, for ever")),
        Today = new DateOnly(2026, 1, 15),
    };

    public Repository With(string path, string text)
    {
        tree = tree.With(path, text);
        return this;
    }

    /// <summary>A YAML rule that is written from its <c>spec</c> on.</summary>
    public Repository WithRule(string name, string spec) => With($"policies/{name}.rule.yaml", RuleText(name, spec));

    public static string RuleText(string name, string spec) =>
        $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Rule\nmetadata:\n  name: {name}\nspec:\n  title: {name}\n{Indent(spec)}";

    /// <summary>A document of ours of another kind, from its <c>spec</c> on.</summary>
    public Repository WithDocument(string path, string kind, string name, string spec) =>
        With(path, $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n{Indent(spec)}");

    public Repository WithConfig(string fields) =>
        With("gitops-policy.yaml", $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\n{fields}\n");

    public Loaded<RuleSet> TryLoad() => RuleSetLoader.Load(new() { Tree = tree });

    public RuleSet Load() => Value(TryLoad());

    /// <summary>What is wrong, one line each.</summary>
    public string[] Problems()
    {
        var loaded = TryLoad();
        Assert.False(loaded.TryGet(out _), "it loads");
        return [.. loaded.Problems.Select(p => p.ToString())];
    }

    public Decision Judge(ChangeSet changes, EvaluationOptions? options = null) =>
        new Evaluator(Load()).Evaluate(changes, options ?? Options);

    /// <summary>Judges manifests as they stand.</summary>
    public Decision Judge(string manifests) => Judge(Manifests(manifests));

    public RuleTestReport Test() => Value(RuleTests.Load(new() { Tree = tree })).Run(null, default);

    public static ChangeSet Manifests(string text) =>
        new ManifestInput(new MemoryTree().With("app.yaml", text)).ReadChanges(["app.yaml"]);

    public static Change Deletion(string kind, string name, string text = "") => new()
    {
        Resource = new KubernetesId(kind == "Deployment" ? "apps" : "", "v1", kind, "prod", name),
        Operation = Operation.Delete,
        Origin = ChangeOrigin.Diff,
        Before = text.Length == 0 ? null : Read(text),
        Location = new("app.yaml", 1, 1),
        File = "app.yaml",
    };

    public static Node Read(string yaml, string path = "app.yaml")
    {
        var bytes = Encoding.UTF8.GetBytes(yaml);
        return Value(YamlReader.Read(new TextFile(path, bytes), bytes, ReaderLimits.Default)).Documents[0].Root;
    }

    public static T Value<T>(Loaded<T> loaded)
        where T : class
    {
        Assert.True(loaded.TryGet(out var value), string.Join('\n', loaded.Problems));
        return value;
    }

    private static string Indent(string text) =>
        string.Concat(text.Split('\n').Select(line => line.Length == 0 ? "\n" : $"  {line}\n"));
}
