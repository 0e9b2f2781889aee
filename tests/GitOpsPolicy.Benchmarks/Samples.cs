using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Benchmarks;

/// <summary>The document and the rules that the evaluation benchmarks share.</summary>
internal static class Samples
{
    /// <summary>How many different rules there are; more are copies of them under other names.</summary>
    public const int DifferentRules = 10;

    private static string Folder { get; } = AppContext.BaseDirectory;

    /// <summary>The text of a Deployment of some 4.5 KB with three containers.</summary>
    public static byte[] DeploymentText { get; } = File.ReadAllBytes(Path.Combine(Folder, "Data", "deployment.yaml"));

    /// <summary>The Deployment as a change.</summary>
    public static ChangeSet Deployment()
    {
        using var tree = new WorkTree(Path.Combine(Folder, "Data"));
        return new ManifestInput(tree).ReadChanges(["deployment.yaml"]);
    }

    /// <summary>The rule files in order of their names: their texts.</summary>
    public static string[] RuleTexts() =>
        [.. Directory.GetFiles(Path.Combine(Folder, "Rules"), "*.rule.js").Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)];

    /// <summary>Loads rules.</summary>
    /// <param name="count">How many.</param>
    /// <param name="matching">How many of them match the Deployment; the rest is for kinds that it is not of.</param>
    public static RuleSet Rules(int count, int matching = DifferentRules)
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-bench-");
        try
        {
            var texts = RuleTexts();
            for (var i = 0; i < count; i++)
            {
                var text = texts[i % texts.Length];
                if (i >= DifferentRules) text = Renamed(text, i);
                if (i >= matching) text = text.Replace("apps/Deployment", KindOf(i), StringComparison.Ordinal);
                File.WriteAllText(Path.Combine(folder.FullName, $"rule-{i:d3}.rule.js"), text, Encoding.UTF8);
            }

            using var tree = new WorkTree(folder.FullName);
            var loaded = RuleSetLoader.Load(new() { Tree = tree, Policies = ["."] });
            return loaded.TryGet(out var set)
                ? set
                : throw new InvalidOperationException(string.Join(Environment.NewLine, loaded.Problems));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The kind that a rule is for which does not match the Deployment, with its group.</summary>
    public static string KindOf(int rule) => $"example.com/Kind{rule.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The name of the rule that a rule is a copy of; its own when it is none.</summary>
    public static string OriginalName(string rule) =>
        rule.StartsWith("other-", StringComparison.Ordinal) ? rule[(rule.IndexOf('-', "other-".Length) + 1)..] : rule;

    private static string Renamed(string rule, int number) =>
        rule.Replace("  name: \"", $"  name: \"other-{number.ToString(CultureInfo.InvariantCulture)}-", StringComparison.Ordinal);

    /// <summary>Reads the text of the Deployment afresh.</summary>
    public static MappingNode Parse()
    {
        var loaded = YamlReader.Read(new TextFile("deployment.yaml", DeploymentText), DeploymentText, ReaderLimits.Default);
        return loaded.TryGet(out var stream)
            ? (MappingNode)stream.Documents[0].Root
            : throw new InvalidOperationException("The sample does not parse.");
    }

    /// <summary>An AdmissionReview of the Deployment, as an API server sends it: compact JSON.</summary>
    public static byte[] Review()
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("kind", "AdmissionReview");
            json.WriteString("apiVersion", "admission.k8s.io/v1");
            json.WriteStartObject("request");
            json.WriteString("uid", "705ab4f5-6393-11e8-b7cc-42010a800002");
            WriteKind(json, "kind", "kind", "Deployment");
            WriteKind(json, "resource", "resource", "deployments");
            json.WriteString("name", "web");
            json.WriteString("namespace", "shop");
            json.WriteString("operation", "CREATE");
            json.WriteStartObject("userInfo");
            json.WriteString("username", "system:serviceaccount:flux-system:kustomize-controller");
            json.WriteEndObject();
            json.WritePropertyName("object");
            json.WriteRawValue(NodeWriter.ToJson(Parse()));
            json.WriteNull("oldObject");
            json.WriteBoolean("dryRun", false);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a review as the engine does: parsed with marks, secrets in it marked, one change.</summary>
    public static ChangeSet ReadReview(byte[] review)
    {
        var file = new TextFile("review.json", review);
        if (!JsonReader.Read(file, review, ReaderLimits.Default).TryGet(out var document))
            throw new InvalidOperationException("The review does not parse.");
        var judged = (MappingNode)((MappingNode)((MappingNode)document.Root)["request"]!)["object"]!;
        var marks = new SecretMarks();
        marks.Mark(new RawObject(judged, "apps/v1", "Deployment", file.Path));
        var metadata = (MappingNode)judged["metadata"]!;
        var id = new KubernetesId(
            "apps", "v1", "Deployment", ((ScalarNode)metadata["namespace"]!).Text, ((ScalarNode)metadata["name"]!).Text);
        var change = new Change
        {
            Resource = id,
            Operation = Operation.Create,
            Origin = ChangeOrigin.Review,
            Surface = Surface.Admission,
            After = judged,
            Location = judged.Location,
        };
        return new() { Changes = [change], SensitiveTexts = marks.Texts };
    }

    private static void WriteKind(Utf8JsonWriter json, string property, string named, string value)
    {
        json.WriteStartObject(property);
        json.WriteString("group", "apps");
        json.WriteString("version", "v1");
        json.WriteString(named, value);
        json.WriteEndObject();
    }
}
