using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests;

/// <summary>
/// One evaluator on every road: what <c>check</c> says of a manifest, <c>serve</c> says of the request that creates it.
/// </summary>
public sealed partial class ParityTests
{
    /// <summary>
    /// Rules that say in their <c>match</c> that they are for one road only, and the reason that a difference is right.
    /// </summary>
    private static readonly HashSet<string> OneRoadOnly = new(StringComparer.Ordinal)
    {
        "plaintext-secret", // origins manifest and diff: in a cluster every Secret is in clear
        "half-encrypted", // origins manifest and diff: what is encrypted in Git is decrypted before it is applied
        "at-the-door", // surfaces admission, see below
    };

    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["gitops-policy.yaml"] = """
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: PolicyConfig
            rules: [builtin, policies]
            enforcement: { audit: deny }
            parameters: { approved-images: { registries: [registry.example.com] } }
            """,
        ["policies/at-the-door.rule.js"] = """
            export default {
              name: "at-the-door", title: "Only requests", severity: "low", match: { operations: ["create"], surfaces: ["admission"] },
              check(change, { report }) { report.audit(`${change.resource} asks`); },
            };
            """,
        ["policies/every-value.rule.js"] = """
            export default {
              name: "every-value", title: "Every name, number and flag as it was read", severity: "low", match: { operations: ["create"] },
              check(change, { report }) {
                const visit = (value) => {
                  if (Array.isArray(value)) value.slice(0, 3).forEach(visit);
                  else if (value && typeof value === "object") Object.keys(value).slice(0, 12).forEach((key) => visit(value[key]));
                  else if (typeof value !== "string") report.warn(`${typeof value} ${value}`, value);
                };
                visit(change.after);
                report.audit(`${change.operation} ${change.resource} ${change.resource.apiVersion}`, change.after.metadata?.name);
              },
            };
            """,
    };

    private static string Fixtures([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "Fixtures", "manifests");

    [Fact]
    public async Task Check_and_serve_find_the_same_in_the_same_object()
    {
        await using var server = await TestServer.StartAsync(Rules);
        Assert.True(server.Rules.TryGet(out var active));
        using var client = server.Client();
        var (objects, findings, oneRoad) = (0, 0, new HashSet<string>(StringComparer.Ordinal));
        using var tree = new WorkTree(Fixtures());
        foreach (var file in tree.Enumerate("").Where(static file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            var set = new ManifestInput(tree, null).ReadChanges([file.Path]);
            var check = active.Evaluator.Evaluate(set, new());
            Assert.Equal(active.Rules.Digest, check.RuleSetDigest);
            // no server is asked about a tool's file
            foreach (var change in set.Changes.Where(static change => change.Resource is KubernetesId))
            {
                var review = ReviewOf(change);
                var serve = active.Evaluator.Evaluate(Read(review).ToChanges(), new() { Workers = 1 });
                oneRoad.UnionWith(OnOneRoad(check, change, serve));
                var expected = Told(check.Findings.Where(finding => ReferenceEquals(finding.Change, change)));
                Assert.Equal(expected, Told(serve.Findings));
                await AnswersAsAsync(client, review, serve);
                objects++;
                findings += serve.Findings.Length;
            }
        }

        Assert.True(objects >= 200 && findings >= 1_000, $"only {objects} objects with {findings} findings");
        Assert.Subset(OneRoadOnly, oneRoad);
        Assert.Contains("at-the-door", oneRoad);
    }

    // Over TLS: the same digest, the same rules, and every denial word by word.
    private static async Task AnswersAsAsync(HttpClient client, string review, Decision decision)
    {
        var answer = await client.PostAsync(new Uri("/validate?timeout=30s", UriKind.Relative), Reviews.Json(review));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var response = json.RootElement.GetProperty("response");
        var annotations = response.GetProperty("auditAnnotations");
        Assert.Equal(decision.RuleSetDigest, annotations.GetProperty("ruleset").GetString());
        Assert.Equal(decision.Outcome != Outcome.Deny, response.GetProperty("allowed").GetBoolean());
        if (decision.Outcome != Outcome.Deny) return;
        var message = WithoutDigits(response.GetProperty("status").GetProperty("message").GetString()!);
        foreach (var denial in decision.Findings.Where(static finding => finding.Action == FindingAction.Deny).Take(5))
            Assert.Contains(
                WithoutDigits($"[{denial.Rule}] {denial.Message} ({denial.Pointer}). "), message, StringComparison.Ordinal);
    }

    private static HashSet<string> OnOneRoad(Decision check, Change change, Decision serve)
    {
        var here = check.Findings.Where(finding => ReferenceEquals(finding.Change, change))
            .Select(static finding => finding.Rule)
            .ToHashSet(StringComparer.Ordinal);
        here.SymmetricExceptWith(serve.Findings.Select(static finding => finding.Rule));
        return here;
    }

    // In a file the object may stand in a list of objects, which a request never has.
    private static string PlaceInObject(Finding finding) => finding.Pointer[(finding.Change?.After?.Pointer.Length ?? 0)..];

    private static string Told(IEnumerable<Finding> findings) => string.Join('\n', findings
        .Where(static finding => !OneRoadOnly.Contains(finding.Rule))
        .Select(static finding => WithoutDigits(
            $"{finding.Action} {finding.Rule} {PlaceInObject(finding)} {finding.Message} {finding.Fingerprint}"))
        .Order(StringComparer.Ordinal));

    // What a secret is recognised by in one decision is made with a key of that process.
    private static string WithoutDigits(string text) => SecretDigits().Replace(text, "(sensitive)");

    private static AdmissionReview Read(string review) =>
        AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(review)).TryGet(out var read)
            ? read
            : throw new InvalidOperationException(review);

    private static string ReviewOf(Change change)
    {
        var id = (KubernetesId)change.Resource;
        var quoted = (string text) => JsonSerializer.Serialize(text);
        return $$$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE","userInfo":{"username":"alice"},
            "kind":{"group":{{{quoted(id.Group)}}},"version":{{{quoted(id.Version)}}},"kind":{{{quoted(id.Kind)}}}},
            "name":{{{quoted(id.Name)}}},"namespace":{{{quoted(id.Namespace)}}},"object":{{{NodeWriter.ToJson(change.After!)}}},"oldObject":null,"dryRun":false}}
            """;
    }

    [GeneratedRegex("\\(sensitive #[0-9a-f]{4}\\)")]
    private static partial Regex SecretDigits();
}
