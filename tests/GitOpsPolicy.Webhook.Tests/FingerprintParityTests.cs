using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests;

/// <summary>
/// A waiver names findings by their fingerprints: what excuses one in a pull request excuses it at the API server, and the other
/// way round.
/// </summary>
public sealed class FingerprintParityTests
{
    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["gitops-policy.yaml"] = "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin, policies]\nparameters: { approved-images: { registries: [registry.example.com] } }\n",
        ["policies/every-change.rule.js"] = """
            export default {
              name: "every-change", title: "Everything that changes", severity: "low", match: { operations: ["create", "update", "delete"], kubernetes: { kinds: ["*"] } },
              check({ before, after }, { report }) {
                for (const object of [before, after])
                  for (const key of Object.keys(object?.spec ?? {})) report.audit(key, object.spec[key]);
              },
            };
            """,
    };

    private static string Example([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "examples", "pull-request");

    [Fact]
    public async Task A_finding_of_a_pull_request_has_the_fingerprint_and_the_pointer_that_it_has_as_a_request()
    {
        await using var server = await TestServer.StartAsync(Rules);
        Assert.True(server.Rules.TryGet(out var active));
        using var tree = new WorkTree(Example());
        var set = new DiffInput(tree, tree) { BaseFolder = "base" }.ReadChanges(["head"]);
        var check = active.Evaluator.Evaluate(set, new());
        var operations = new HashSet<Operation>();
        foreach (var change in set.Changes.Where(
            static change => change is { Resource: KubernetesId, Operation: Operation.Update or Operation.Delete }))
        {
            var serve = active.Evaluator.Evaluate(ReviewOf(change).ToChanges(), new());
            var expected = Prints(check.Findings.Where(finding => ReferenceEquals(finding.Change, change)));
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Prints(serve.Findings));
            operations.Add(change.Operation);
        }

        Assert.Equal([Operation.Update, Operation.Delete], operations.Order());
    }

    private static List<string> Prints(IEnumerable<Finding> findings) =>
        [.. findings.Select(static finding => $"{finding.Rule} {finding.Pointer} {finding.Fingerprint}")
            .Order(StringComparer.Ordinal)];

    private static AdmissionReview ReviewOf(Change change)
    {
        var id = (KubernetesId)change.Resource;
        static string Json(Node? node) => node is null ? "null" : NodeWriter.ToJson(node);
        var quoted = (string text) => JsonSerializer.Serialize(text);
        var text = $$$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"{{{change.Operation.ToString().ToUpperInvariant()}}}","userInfo":{"username":"alice"},
            "kind":{"group":{{{quoted(id.Group)}}},"version":{{{quoted(id.Version)}}},"kind":{{{quoted(id.Kind)}}}},
            "name":{{{quoted(id.Name)}}},"namespace":{{{quoted(id.Namespace)}}},"object":{{{Json(change.After)}}},"oldObject":{{{Json(change.Before)}}}}}
            """;
        var loaded = AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(text));
        return loaded.TryGet(out var review) ? review : throw new InvalidOperationException($"{loaded.Problems[0]}");
    }
}
