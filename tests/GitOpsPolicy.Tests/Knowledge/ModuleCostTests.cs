using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Inputs.Terraform.Configuration;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Knowledge.Modules;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Hostile;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Tests.Knowledge;

/// <summary>
/// What functions of the built-in modules do in native code, they charge for: a million steps, which is what a rule has, never
/// buy more processor time than a hostile script may take. The objects are as large, or as odd, as somebody would make them on
/// purpose.
/// </summary>
public sealed class ModuleCostTests(ITestOutputHelper output)
{
    /// <summary>300 ms a million steps of the program that ships; code that is not optimized takes about twice as long.</summary>
#if DEBUG
    private const double MostNanosecondsAStep = 600;
#else
    private const double MostNanosecondsAStep = 300;
#endif

    /// <summary>Less than this cannot be told from the noise of the clock.</summary>
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(3);

    private static readonly Dictionary<string, Value> Functions =
        KnowledgeModules.All(null, new ProblemList()).SelectMany(module => module.Exports)
            .ToDictionary(export => export.Key, export => export.Value, StringComparer.Ordinal);

    private static readonly Dictionary<string, Func<MappingNode>> Objects = new(StringComparer.Ordinal)
    {
        ["words"] = () => ConfigMap(20_000, i => $"the setting number {i}"),
        ["names"] = () => ConfigMap(20_000, i => $"hunter{i}Xq", key: "password"),
        ["tokens"] = () => ConfigMap(5_000, i => $"ghp_{i:D36}"),
        ["nearly tokens"] = () => ConfigMap(2, _ => Repeat("ghp_ AKIA xoxb- eyJ :// ", 20_000)),
        ["beginnings of keys"] = () => ConfigMap(
            2, _ => Repeat("PRIVATE KEY -----BEGIN PRIVATE KEY-----LS0tLS1CRUdJTi ", 10_000)),
        ["beginnings of JSON keys"] = () => ConfigMap(2, _ => Repeat("{'kty' ", 50_000), quote: "'", swap: true),
        ["one beginning after the other"] = () => ConfigMap(2, _ => Repeat("glpat-", 80_000)),
        ["connection strings"] = () => ConfigMap(2, _ => Repeat("password=a;pwd=;", 30_000)),
        ["assignments"] = () => ConfigMap(1, _ => Repeat(Repeat("a=b --token x=y: ", 300) + "\\n", 100)),
        ["bombs"] = () => ConfigMap(4, _ => Packed(new string('a', 50_000_000))),
        ["one long text"] = () => ConfigMap(1, _ => Repeat("the quick brown fox ", 50_000)),
        ["lines"] = () => ConfigMap(1, _ => Repeat("password=hunter2Xq\\n", 10_000)),
        ["JSON"] = () => ConfigMap(4, _ => "{" + Repeat("'password':'hunter2Xq',", 10_000) + "'a':1}", quote: "'", swap: true),
        ["base64"] = () => ConfigMap(4, _ => Encode(Encode(Repeat("the quick brown fox ", 10_000)))),
        ["base64 of a Secret"] = () => Secret(5_000, i => Encode($"password: hunter{i}\nuser: {i}\n")),
        ["sealed"] = () => Sealed(5_000, _ => Encode(Repeat("x", 300))),
        ["half encrypted"] = () => Sops(20_000, "^(data|stringData)$"),
        ["a pattern that is made each time"] = () => Sops(10, $"^(data|x{Interlocked.Increment(ref patterns)})$"),
        ["a hostile pattern"] = () => Sops(2_000, "(a?){60}(a|aa)+(.*a){30}$"),
        ["a pod of images"] = () => Pod(5_000),
        ["a custom resource of images"] = () => Pod(5_000, "apiVersion: argoproj.io/v1alpha1\nkind: Rollout"),
        ["values of a chart"] = () => Made.Object($"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {{ name: a }}\nspec:\n  values:\n{string.Concat(Enumerable.Range(0, 5_000).Select(i => $"    x{i}: {{ image: {{ repository: r/{i}, tag: v1 }} }}\n"))}"),
        ["a text of values"] = () => Made.Object($"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{ name: a }}\nspec: {{ source: {{ helm: {{ values: \"{string.Concat(Enumerable.Range(0, 5_000).Select(i => $"x{i}: {{ image: r/{i} }}\\n"))}\" }} }} }}"),
        ["a text of brackets"] = () => Made.Object($"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{ name: a }}\nspec: {{ source: {{ helm: {{ values: \"[{Repeat("[],", 50_000)}]\" }} }} }}"),
        ["containers by name"] = () => Made.Object($"apiVersion: v1\nkind: Pod\nmetadata: {{ name: a }}\nspec:\n  containers:\n{string.Concat(Enumerable.Range(0, 3_000).Select(i => $"  - {{ name: c{i}, image: r/{i}, env: [{{ name: a, value: b }}] }}\n"))}"),
        ["a set"] = () => Made.Object($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: a, finalizers: [{string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"f{i}"))}] }}"),
        ["a set of mappings"] = () => Made.Object($"apiVersion: v1\nkind: Pod\nmetadata: {{ name: a }}\nspec:\n  tolerations: [{string.Join(", ", Enumerable.Range(0, 8).Select(i => $"{{ key: k{i}, operator: Exists, effect: NoSchedule }}"))}]\n  x: {{ tolerations: [{string.Join(", ", Enumerable.Range(0, 3_000).Select(i => $"{{ key: k{i}, operator: Exists }}"))}] }}"),
        ["policies"] = () => Made.Object($"name: a\ninline_policy:\n{string.Concat(Enumerable.Range(0, 1_000).Select(_ => $"  - {{ policy: '{{\"Statement\":[{Repeat("{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"},", 10)}{{}}]}}' }}\n"))}"),
        ["modules"] = () => Made.Object($"modules:\n{string.Concat(Enumerable.Range(0, 3_000).Select(i => $"  - {{ name: acme/m{i}, version: 1.0.{i} }}\n"))}"),
        ["a deep list"] = () => Made.Object(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: "
                + Repeat("[", 60)
                + Repeat("a,", 20_000)
                + Repeat("]", 60)),
    };

    private static int patterns;

    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "findSecrets", "words" }, { "findSecrets", "names" }, { "findSecrets", "tokens" }, { "findSecrets", "nearly tokens" },
        { "findSecrets", "beginnings of keys" },
        { "findSecrets", "beginnings of JSON keys" }, { "findSecrets", "one beginning after the other" },
        { "findSecrets", "connection strings" }, { "findSecrets", "assignments" },
        { "findSecrets", "bombs" }, { "findSecrets", "one long text" },
        { "findSecrets", "lines" }, { "findSecrets", "JSON" }, { "findSecrets", "base64" },
        { "findSecrets", "base64 of a Secret" },
        { "secretValues", "base64 of a Secret" }, { "secretValues", "half encrypted" }, { "isStateful", "base64 of a Secret" },
        { "sealedProblems", "sealed" },
        { "sopsState", "half encrypted" }, { "sopsState", "a pattern that is made each time" },
        { "sopsState", "a hostile pattern" },
        { "images", "a pod of images" }, { "images", "a custom resource of images" }, { "images", "values of a chart" },
        { "images", "a text of values" }, { "images", "a text of brackets" }, { "containers", "a pod of images" },
        { "podSpec", "a pod of images" },
        { "changedPaths", "words" }, { "changedPaths", "a pod of images" }, { "changedPaths", "a deep list" },
        { "driftClass", "names" }, { "pruneProtection", "words" },
        { "driftDecision", "words" }, { "driftDecision", "names" }, { "driftDecision", "base64 of a Secret" },
        { "driftDecision", "containers by name" }, { "driftDecision", "a custom resource of images" },
        { "driftDecision", "a deep list" }, { "driftDecision", "a set" }, { "driftDecision", "a set of mappings" },
        { "driftDecision", "policies" }, { "changedPaths", "a set" }, { "changedPaths", "containers by name" },
        { "resourceClass", "policies" },
        { "versions", "words" }, { "versions", "a pod of images" }, { "versions", "a custom resource of images" },
        { "versions", "values of a chart" }, { "versions", "a text of values" }, { "versions", "modules" },
        { "environmentDifferences", "words" }, { "environmentDifferences", "containers by name" },
        { "environmentDifferences", "a set" }, { "environmentDifferences", "a deep list" }, { "counterpart", "words" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_never_pays_for_more_than_its_share_of_processor_time(string function, string name) =>
        AssertPaid(function, () => Argument(function, Objects[name]()));

    [Theory]
    [InlineData("quantity", "1")]
    [InlineData("quantity", "123456789")]
    [InlineData("isPlaceholder", "<")]
    [InlineData("isPlaceholder", "${")]
    [InlineData("isPlaceholder", "a ")]
    [InlineData("isSecretName", "password_")]
    [InlineData("parseImage", "a/")]
    [InlineData("parseImage", "a.b:")]
    public void A_step_never_pays_for_more_text_than_its_share(string function, string part) =>
        AssertPaid(function, () => Value.Of(Repeat(part, 1_000_000 / part.Length)));

    private void AssertPaid(string function, Func<Value> argument)
    {
        if (!ThreadTime.IsKnown) return;
        Measure(function, argument());   // compiles it
        var (steps, time) = Measure(function, argument());

        // The time of a thread is no less noisy than the caches it shares: more chances, never a larger limit.
        for (var chances = 3; chances > 0 && time.TotalNanoseconds > steps * MostNanosecondsAStep; chances--)
            (steps, time) = Measure(function, argument());
        output.WriteLine($"{steps} steps, {time.TotalMilliseconds:F2} ms, {time.TotalNanoseconds / steps:F0} ns a step");
        Assert.True(
            time < Noise || time.TotalNanoseconds <= steps * MostNanosecondsAStep,
            $"{time.TotalMilliseconds:F1} ms for {steps} steps");
    }

    private static (long Steps, TimeSpan Time) Measure(string function, Value argument)
    {
        var run = new ScriptRun(new ScriptBudget(Fuel: 1_000_000_000, MemoryBytes: 1L << 40));
        var start = ThreadTime.Now;
        run.Call(Functions[function], Value.Undefined, argument);
        return (run.FuelUsed, ThreadTime.Now - start);
    }

    // Functions that take a change get one whose object differs in its last value only, which is the longest way.
    private static Value Argument(string function, MappingNode node)
    {
        if (function is "findSecrets" or "secretValues" or "sopsState" or "sealedProblems" or "images" or "containers"
            or "podSpec")
            return Value.Of(node);
        Node before = Made.Object(NodeWriter.ToJson(node));
        if (before.At("metadata", "finalizers") is SequenceNode set)
            before = Made.Object($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: a, finalizers: [{string.Join(", ", set.Items.ToArray().Reverse().Select(static item => item.AsText()))}] }}");
        ResourceId id = node["inline_policy"] is not null ? PlanAddress.Parse("aws_iam_role.a", "")
            : node["modules"] is not null ? new FileId(TerraformVersions.Kind, "main.tf")
            : Made.IdOf(node);
        var origin = function == "driftDecision" ? ChangeOrigin.Drift : ChangeOrigin.Live;
        var change = new Change { Resource = id, Operation = Operation.Update, Origin = origin, Before = before, After = node };
        var judged = new ChangeSet { Changes = [change] };
        if (function is "environmentDifferences" or "counterpart")
            judged = new()
            {
                Changes = [
                    change with { Environment = "production" },
                    change with { Environment = "staging", After = before, Before = null }
                ],
                Environments = [new("staging", null, ["staging"]), new("production", "staging", ["production"])],
            };
        return new ChangeSetView(judged, _ => false).ViewOf(0);
    }

    private static MappingNode ConfigMap(
        int count, Func<int, string> text, string key = "k", string quote = "\"", bool swap = false) =>
        Made.Object($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: a }}\ndata:\n{Entries(count, i => swap ? text(i).Replace('\'', '"') : text(i), key, quote)}");

    private static MappingNode Secret(int count, Func<int, string> text) =>
        Made.Object($"apiVersion: v1\nkind: Secret\nmetadata: {{ name: a }}\ndata:\n{Entries(count, text)}");

    private static MappingNode Sealed(int count, Func<int, string> text) =>
        Made.Object($"apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {{ name: a }}\nspec:\n  encryptedData:\n{Entries(count, text, indent: 4)}");

    private static MappingNode Sops(int count, string pattern) =>
        Made.Object($"apiVersion: v1\nkind: Secret\nmetadata: {{ name: a }}\ndata:\n{Entries(count, i => $"value {i}")}sops: {{ encrypted_regex: '{pattern}', mac: x }}\nstringData:\n  {Repeat("a", 200)}: b\n");

    private static MappingNode Pod(int count, string head = "apiVersion: v1\nkind: Pod") =>
        Made.Object($"{head}\nmetadata: {{ name: a }}\nspec:\n  template: {{}}\n  containers:\n{string.Concat(Enumerable.Range(0, count).Select(i => $"  - {{ image: r/{i} }}\n"))}");

    private static string Entries(int count, Func<int, string> text, string key = "k", string quote = "\"", int indent = 2) =>
        string.Concat(Enumerable.Range(0, count).Select(
            i =>
                $"{new string(' ', indent)}x{i}_{key}: {quote}{(quote == "'" ? text(i) : text(i).Replace("\n", "\\n", StringComparison.Ordinal))}{quote}\n"));

    private static string Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var stream = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            stream.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(packed.ToArray());
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Repeat(string text, int count) =>
        new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
