using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Webhook.Audit.Reports;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Audit;

/// <summary>What does not fit into a report, and what a cluster lacks for reports.</summary>
public sealed class ReportBodyTests
{
    private static readonly ReportBody Body = new(AuditedCluster.OpenReports, "sha256:0", DateTimeOffset.UnixEpoch.AddDays(1));

    [Fact]
    public void More_results_than_a_report_holds_are_counted_and_the_mildest_are_left_off()
    {
        var results = Enumerable.Range(0, 5_000)
            .Select(static i => ReportResult.Of(Finding($"r{i % 10}", i, i % 10 == 0 ? FindingAction.Deny : FindingAction.Warn)))
            .ToList();
        var report = Body.Make("shop", new(), results, null);
        var told = report.Mappings("results");
        Assert.InRange(
            Encoding.UTF8.GetByteCount(NodeWriter.ToJson(report)), ReportBody.MaxBytes / 2, ReportBody.MaxBytes + 1_000);
        Assert.InRange(told.Length, 1_000, 4_000);
        Assert.Equal(500, told.Count(static one => one.Text("result") == "fail"));

        var leftOff = 5_000 - (told.Length - 1);
        Assert.Equal(
            $"{leftOff} more results are counted in the summary and left off: a report has at most 1048576 bytes",
            told[^1].Text("message"));
        Assert.Equal(leftOff.ToString(), new ObjectMetadata(report).Annotation("gitopspolicy.dev/results-left-off"));
    }

    [Fact]
    public void The_same_results_in_any_order_make_the_same_report()
    {
        var results = Enumerable.Range(0, 200).Select(static i => ReportResult.Of(Finding("r", i, (FindingAction)(i % 3))))
            .ToList();
        var one = NodeWriter.ToJson(Body.Make("shop", new(), results, null));
        results.Reverse();
        Assert.Equal(one, NodeWriter.ToJson(Body.Make("shop", new(), results, null)));
    }

    [Fact]
    public void A_message_says_that_a_value_is_sensitive_and_not_by_what_this_process_knows_it()
    {
        var finding = Finding("r", 1, FindingAction.Deny) with { Message = "`password` is (sensitive #1f3a)" };
        Assert.Equal(
            "`password` is (sensitive)",
            Body.Make("shop", new(), [ReportResult.Of(finding)], null).Mappings("results")[0].Text("message"));
    }

    [Fact]
    public void A_cluster_without_the_definitions_is_told_what_to_install()
    {
        Assert.Equal(
            "the cluster has no `reports.openreports.io` of openreports.io/v1alpha1 and no `clusterreports.openreports.io` of openreports.io/v1alpha1: install the definitions, or write no reports with `none`",
            AuditedCluster.OpenReports.MissingFrom(new ResourceCatalog([], [])));
        Assert.Null(AuditedCluster.OpenReports.MissingFrom(new ResourceCatalog(
            [AuditedCluster.OpenReports.Namespaced, AuditedCluster.OpenReports.ClusterWide], [])));
    }

    private static Finding Finding(string rule, int number, FindingAction action) => new()
    {
        Rule = rule,
        Title = rule,
        Severity = Severity.Medium,
        Action = action,
        Message = $"finding {number} {new string('x', 100)}",
        Resource = new KubernetesId("", "v1", "ConfigMap", "shop", $"c{number}"),
        Location = new("", 0, 0),
        Fingerprint = $"a{number:x15}",
    };
}
