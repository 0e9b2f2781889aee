using System.Text.Json;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Tests.Metrics;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Admission;

/// <summary>A delete that a pull request has acknowledged: who is told of it, and how.</summary>
public sealed class AcknowledgedAnswerTests
{
    private const string Rule =
        """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: { name: no-deletes }
        spec: { title: Nothing is deleted, severity: low, match: { operations: [delete] }, deny: [{ when: "!change.acknowledged", message: it would be deleted }] }
        """;

    [Fact]
    public async Task The_audit_log_the_caller_and_the_metrics_know_which_acknowledgement_it_was()
    {
        await using var server = await TestServer.StartAsync(new(StringComparer.Ordinal)
        {
            ["policies/no-deletes.rule.yaml"] = Rule,
            ["acknowledgements/moved.yaml"] = Acknowledgement(),
        });
        using var client = server.Client();

        var covered = await DeleteAsync(client, "data");
        Assert.True(covered.GetProperty("allowed").GetBoolean());
        Assert.Equal("moved", covered.GetProperty("auditAnnotations").GetProperty("acknowledged-by").GetString());
        Assert.Equal(
            "gitops-policy: this delete is acknowledged by moved",
            Assert.Single(covered.GetProperty("warnings").EnumerateArray()).GetString());

        var other = await DeleteAsync(client, "logs");
        Assert.False(other.GetProperty("allowed").GetBoolean());
        Assert.False(other.GetProperty("auditAnnotations").TryGetProperty("acknowledged-by", out _));
        Assert.Equal(1, Scrape.Of(server.Metrics.WriteTo)["gitops_policy_acknowledged_deletes_total"]);
    }

    private static string Acknowledgement()
    {
        var planned = new[] { "data", "reports" }.Select(static name => new Change
        {
            Resource = new KubernetesId("", "v1", "PersistentVolumeClaim", "prod", name),
            Operation = Operation.Delete,
            Origin = ChangeOrigin.Diff,
        });
        return DeletionSet.WriteAcknowledgement(
            "moved", planned, new("team-a", "team-b", "moved") { CreatedBefore = TimeProvider.System.GetUtcNow() });
    }

    private static async Task<JsonElement> DeleteAsync(HttpClient client, string name)
    {
        using var body = Reviews.Json(
            $$$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","kind":{"group":"","version":"v1","kind":"PersistentVolumeClaim"},"name":"{{{name}}}","namespace":"prod","operation":"DELETE",
            "userInfo":{"username":"system:serviceaccount:argocd:argocd-application-controller"},"object":null,
            "oldObject":{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"{{{name}}}","namespace":"prod","creationTimestamp":"2025-06-01T00:00:00Z"} } } }
            """);
        using var answer = await client.PostAsync(new Uri("/validate", UriKind.Relative), body);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("response").Clone();
    }
}
