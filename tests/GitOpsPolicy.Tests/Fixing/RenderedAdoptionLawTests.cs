using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Tests.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Tests.Fixing;

/// <summary>
/// However a folder is put together and whatever is done to what lives: rendered with the patch it says what lives at each place
/// that was taken over, and what it said before everywhere else.
/// </summary>
public sealed partial class RenderedAdoptionLawTests
{
    private static readonly string[] Places =
    [
        "/spec/replicas", "/spec/template/spec/containers/0/image", "/spec/template/spec/containers/1/image",
        "/spec/template/spec/containers/1/env/0/value", "/spec/template/spec/nodeSelector/disk",
        "/spec/template/spec/containers/1/resources/limits/memory", "/data/sky", "/data/sea",
    ];

    // The same ones in each run; `GITOPS_POLICY_LONG` has many more, and others each time.
    private static readonly (int Rounds, int Seed) Chosen =
        Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 } ? (300, Environment.TickCount) : (12, 20261122);

    [NeedsTool("kubectl")]
    public void A_kustomization_says_what_lives_where_it_is_taken_over_and_nothing_else() => Hold(KustomizationOf, []);

    [NeedsTool("helm")]
    public void A_chart_says_what_lives_where_it_is_taken_over_and_nothing_else() => Hold(ChartOf, ["prod.yaml"]);

    private static void Hold(Func<Random, Dictionary<string, string>> make, string[] values)
    {
        var random = new Random(Chosen.Seed);
        var (taken, left) = (0, 0);
        for (var round = 0; round < Chosen.Rounds; round++)
        {
            var files = make(random);
            var edits = Places.Where(_ => random.Next(3) == 0).ToDictionary(static place => place, place => ValueAt(place, random));
            var adopted = RenderedAdopting.Of(files, "prod", values, (id, live) => Change(id, live, edits));
            var (before, after) = (
                RenderedAdopting.Render(files, "prod", values), RenderedAdopting.Render(adopted.After, "prod", values));
            var refused = adopted.Found.Places.Where(static place => place.Refusal is not null)
                .Select(place => AsInPlaces(place.Path, before.Objects.Single(one => one.Id == place.Resource).Object))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var (one, made) in before.Objects.Zip(after.Objects))
            {
                var expected = JsonNode.Parse(NodeWriter.ToJson(one.Object))!.AsObject();
                Change(
                    $"{one.Id.Kind}/{one.Id.Name}", expected,
                    edits.Where(edit => !refused.Contains(edit.Key)).ToDictionary(static edit => edit.Key, static edit => edit.Value));
                Assert.True(
                    Sorted(expected) == Sorted(JsonNode.Parse(NodeWriter.ToJson(made.Object))!),
                    $"seed {Chosen.Seed}, round {round}: {one.Id}\n{string.Join('\n', edits)}\n{string.Join("\n---\n", adopted.After.Values)}\n{string.Join('\n', adopted.Found.Places)}");
            }

            Assert.Equal(before.Objects.Length, after.Objects.Length);
            foreach (var (file, text) in files)
                Assert.Equal(
                    Comment().Matches(text).Select(static match => match.Value),
                    Comment().Matches(adopted.After[file]).Select(static match => match.Value));
            (taken, left) = (taken + adopted.Found.Count, left + refused.Count);
        }

        Assert.True(taken > 2 * left, $"{taken} were taken over, and {left} were not");
    }

    private static JsonNode ValueAt(string place, Random random) => place switch
    {
        "/spec/replicas" => random.Next(10, 20),
        _ when place.EndsWith("/image", StringComparison.Ordinal) =>
            $"registry.example.com/{(place.Contains("/0/", StringComparison.Ordinal) ? "sidecar" : "web")}:{random.Next(2, 9)}.{random.Next(10)}",
        _ when place.EndsWith("/memory", StringComparison.Ordinal) => $"{random.Next(20, 99)}Mi",
        _ => ((string[])["green", "true", "1", "a: b", "it's", "grün 🦊"])[random.Next(6)],
    };

    private static void Change(string id, JsonObject live, IReadOnlyDictionary<string, JsonNode> edits)
    {
        foreach (var (place, value) in edits)
        {
            if (place.StartsWith("/data", StringComparison.Ordinal) != id.StartsWith("ConfigMap", StringComparison.Ordinal)) continue;
            var steps = JsonPointer.Parse(place);
            JsonNode? at = live;
            for (var i = 0; i < steps.Length - 1; i++)
                at = at is JsonArray list
                    ? list.FirstOrDefault(item => (string?)item!["name"] == NameOf(steps[..(i + 1)]))
                    : at?[steps[i]];
            if (at?[steps[^1]] is not null) at[steps[^1]] = value.DeepClone();
        }
    }

    private static string AsInPlaces(string path, Node rendered)
    {
        const string containers = "/spec/template/spec/containers/";
        if (!path.StartsWith(containers, StringComparison.Ordinal)) return path;
        var end = path.IndexOf('/', containers.Length);
        var name = (JsonPointer.Find(rendered, path[..end] + "/name") as ScalarNode)?.Text;
        return $"{containers}{(name == "sidecar" ? 0 : 1)}{path[end..]}";
    }

    // Lists stand in another order once a patch is about them: items are known by their names.
    private static string NameOf(string[] steps) => steps is [.., "env", _] ? "COLOUR" : steps[^1] == "0" ? "sidecar" : "web";

    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject mapping =>
            $"{{{string.Join(',', mapping.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => $"{entry.Key}:{Sorted(entry.Value)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(Sorted).Order(StringComparer.Ordinal))}]",
        null => "null",
        _ => node.ToJsonString(),
    };

    private const string Container =
        "        - name: sidecar\n          image: SIDECAR   #c1\n        - name: web\n          image: WEB\n          env: [{ name: COLOUR, value: ENV }]   #c2\n          resources: { limits: { memory: MEMORY } }\n";

    private static string Deployment(string sidecar, string web, string colour, string disk, string memory, string replicas) =>
        "#c0\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: " + replicas
            + "\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n    spec:\n      nodeSelector: { disk: "
            + disk + " }\n      containers:\n"
            + Container.Replace("SIDECAR", sidecar, StringComparison.Ordinal)
                .Replace("WEB", web, StringComparison.Ordinal)
                .Replace("ENV", colour, StringComparison.Ordinal)
                .Replace("MEMORY", memory, StringComparison.Ordinal);

    private static Dictionary<string, string> KustomizationOf(Random random)
    {
        var parts = Enumerable.Range(0, 6).Select(_ => random.Next(2) == 0).ToArray();
        var (isShared, image, replicas, patch, operations, inline) = (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
        var patches = string.Concat(
            patch ? "  - path: patch.yaml\n" : "",
            operations ? "  - path: operations.yaml   #c3\n    target: { kind: Deployment }\n" : "",
            inline
                ? "  - patch: |-\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: colours }\n      data:\n        sea: deep   #c4\n"
                : "");
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["base/kustomization.yaml"] = "resources: [web.yaml, colours.yaml]\n",
            ["base/web.yaml"] = Deployment("registry.example.com/sidecar:1.0", "registry.example.com/web:1.0", "blue", "ssd", "16Mi", "1"),
            ["base/colours.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: colours }\ndata:\n  sky: blue   #c5\n  sea: calm\n",
            ["prod/kustomization.yaml"] = "#c6\nresources: [../base]\n"
                + (image ? "images:\n  - name: registry.example.com/web\n    newTag: \"1.5\"   #c7\n" : "")
                + (replicas ? "replicas: [{ name: web, count: 2 }]\n" : "") + (patches.Length > 0 ? "patches:\n" + patches : ""),
        };
        if (isShared) files["other/kustomization.yaml"] = "resources: [../base]\n";
        if (patch)
            files["prod/patch.yaml"] =
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          resources:\n            limits: { memory: 17Mi }   #c8\n";
        if (operations)
            files["prod/operations.yaml"] =
                "- { op: replace, path: /spec/template/spec/nodeSelector/disk, value: hdd }\n- op: add   #c9\n  path: /spec/replicas\n  value: 3\n";
        return files;
    }

    private static Dictionary<string, string> ChartOf(Random random)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["replicas"] = "2", ["colour"] = "blue", ["disk"] = "ssd", ["memory"] = "16Mi", ["sky"] = "grey", ["sea"] = "calm",
            ["tag"] = "\"1.0\"", ["sidecar"] = "registry.example.com/sidecar:1.0",
        };
        var special = values.Keys.Where(_ => random.Next(2) == 0).ToList();
        return new(StringComparer.Ordinal)
        {
            ["prod/Chart.yaml"] = "apiVersion: v2\nname: web\nversion: 1.0.0\n",
            ["prod/values.yaml"] = string.Concat(values.Select(static value => $"{value.Key}: {value.Value}   #c\n")),
            ["prod/templates/web.yaml"] = Deployment(
                "{{ .Values.sidecar }}", "registry.example.com/web:{{ .Values.tag }}", "{{ .Values.colour | quote }}",
                "{{ .Values.disk | quote }}", "{{ .Values.memory }}", "{{ .Values.replicas }}"),
            ["prod/templates/colours.yaml"] =
                "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: colours }\ndata:\n  sky: {{ .Values.sky | quote }}\n  sea: {{ .Values.sea | quote }}\n",
            ["prod.yaml"] = "#c0\n" + string.Concat(special.Select(key => $"{key}: {values[key]}   #c{key}\n")) + "other: 1\n",
        };
    }

    [GeneratedRegex(@"#c\w*")]
    private static partial Regex Comment();
}
