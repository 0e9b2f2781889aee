using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Webhook.Tests.Certificates.InCluster;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Audit;

/// <summary>Reports in a real cluster, seen with kubectl.</summary>
[Collection(WebhookClusterTests.Name)]
public sealed class ReportStoreTests(ClusterFixture cluster)
{
    private readonly AuditedCluster audited = new(cluster);

    [ClusterFact]
    public async Task A_namespace_has_a_report_of_what_was_found_in_it_by_which_rules()
    {
        await audited.DefineAsync(AuditedCluster.OpenReports);
        var ns = await cluster.NewNamespaceAsync();
        await audited.PutAsync(ns, "loose", "pinned=no");
        await audited.PutAsync(ns, "noted", "note=hello");
        await cluster.KubectlAsync("create", "secret", "generic", "db", "--from-literal=password=hunter2hunter2", "-n", ns);
        var (decision, written) = await audited.AuditAsync([ns], AuditedCluster.OpenReports);
        Assert.Equal("1 written, 0 as they were, 0 removed", written.ToString());

        Task<string> Report(string path) => audited.ReportAsync(AuditedCluster.OpenReports, ns, path);
        Assert.Equal("gitops-policy", await Report("{.source}"));
        Assert.Equal($"Namespace {ns}", await Report("{.scope.kind} {.scope.name}"));
        Assert.Equal(
            "2 2 1 0 0", await Report("{.summary.pass} {.summary.fail} {.summary.warn} {.summary.error} {.summary.skip}"));
        Assert.Equal(
            $"""
            told fail critical true Secret {ns}/db: password is (sensitive)
            pinned fail high true ConfigMap {ns}/loose: ConfigMap {ns}/loose is not pinned
            no-notes warn low false ConfigMap {ns}/noted: a note

            """,
            await Report("""{range .results[*]}{.policy} {.result} {.severity} {.scored} {.resources[0].kind} {.resources[0].namespace}/{.resources[0].name}: {.message}{"\n"}{end}"""));
        Assert.Equal(
            $"/data/pinned {decision.RuleSetDigest} order",
            await Report("{.results[1].properties.pointer} {.results[1].properties.ruleset} {.results[1].category}"));
        Assert.Equal(
            decision.Findings.Single(static finding => finding.Rule == "pinned").Fingerprint,
            await Report("{.results[1].properties.fingerprint}"));
        Assert.DoesNotContain("hunter2", await Report("{}"), StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVy", await Report("{}"), StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task An_audit_that_finds_the_same_writes_nothing_and_one_that_finds_more_keeps_the_dates()
    {
        await audited.DefineAsync(AuditedCluster.OpenReports);
        var ns = await cluster.NewNamespaceAsync();
        var clock = new MovableTime();
        await audited.PutAsync(ns, "old", "pinned=no");
        await audited.AuditAsync([ns], AuditedCluster.OpenReports, clock: clock);
        var first = await audited.ReportAsync(AuditedCluster.OpenReports, ns, "{.metadata.resourceVersion}");

        clock.Now += TimeSpan.FromDays(1);
        var (_, again) = await audited.AuditAsync([ns], AuditedCluster.OpenReports, clock: clock);
        Assert.Equal("0 written, 1 as they were, 0 removed", again.ToString());
        Assert.Equal(first, await audited.ReportAsync(AuditedCluster.OpenReports, ns, "{.metadata.resourceVersion}"));

        await audited.PutAsync(ns, "young", "pinned=no");
        var (_, more) = await audited.AuditAsync([ns], AuditedCluster.OpenReports, clock: clock);
        Assert.Equal("1 written, 0 as they were, 0 removed", more.ToString());
        var (old, young) = (clock.Now.AddDays(-1).ToUnixTimeSeconds(), clock.Now.ToUnixTimeSeconds());
        Assert.Equal(
            $"old {old} young {young} ",
            await audited.ReportAsync(
                AuditedCluster.OpenReports, ns, "{range .results[*]}{.resources[0].name} {.timestamp.seconds} {end}"));
    }

    [ClusterFact]
    public async Task A_report_of_ours_goes_with_what_it_was_about_and_one_of_others_stays()
    {
        await audited.DefineAsync(AuditedCluster.OpenReports);
        var (ours, theirs) = (await cluster.NewNamespaceAsync(), await cluster.NewNamespaceAsync());
        foreach (var ns in (string[])[ours, theirs]) await audited.PutAsync(ns, "loose", "pinned=no");
        await audited.PutReportAsync(AuditedCluster.OpenReports, theirs, "somebody");
        var (_, written) = await audited.AuditAsync([ours, theirs], AuditedCluster.OpenReports);
        Assert.Equal(1, written.Written);
        Assert.Equal(
            $"Report {theirs}/gitops-policy is not ours: it has no label `app.kubernetes.io/managed-by: gitops-policy-audit`; delete it, or give it that label", Assert.Single(
                written.Failures));
        Assert.Equal("somebody", await audited.ReportAsync(AuditedCluster.OpenReports, theirs, "{.source}"));

        await audited.TakeAsync(ours, "loose");
        await audited.TakeAsync(theirs, "loose");
        var (_, after) = await audited.AuditAsync([ours, theirs], AuditedCluster.OpenReports);
        Assert.Equal("0 written, 0 as they were, 1 removed", after.ToString());
        Assert.Equal("somebody", await audited.ReportAsync(AuditedCluster.OpenReports, theirs, "{.source}"));
    }

    [ClusterFact]
    public async Task What_somebody_writes_into_a_report_of_ours_is_put_right()
    {
        await audited.DefineAsync(AuditedCluster.OpenReports);
        var ns = await cluster.NewNamespaceAsync();
        await audited.PutAsync(ns, "loose", "pinned=no");
        await audited.AuditAsync([ns], AuditedCluster.OpenReports);
        await cluster.KubectlAsync(
            "patch", "reports.openreports.io", "gitops-policy", "-n", ns, "--type=merge", "-p",
            """{"results":[],"summary":{"fail":0}}""");
        var (_, written) = await audited.AuditAsync([ns], AuditedCluster.OpenReports);
        Assert.Equal("1 written, 0 as they were, 0 removed", written.ToString());
        Assert.Equal(
            "1 pinned", await audited.ReportAsync(AuditedCluster.OpenReports, ns, "{.summary.fail} {.results[0].policy}"));
    }

    [ClusterFact]
    public async Task The_older_form_of_reports_tells_the_same()
    {
        await audited.DefineAsync(AuditedCluster.PolicyReports);
        var ns = await cluster.NewNamespaceAsync();
        await audited.PutAsync(ns, "loose", "pinned=no");
        await audited.AuditAsync([ns], AuditedCluster.PolicyReports);
        Assert.Equal(
            "1 pinned fail gitops-policy",
            await audited.ReportAsync(
                AuditedCluster.PolicyReports, ns,
                "{.summary.fail} {.results[0].policy} {.results[0].result} {.results[0].source}"));
        var (_, again) = await audited.AuditAsync([ns], AuditedCluster.PolicyReports);
        Assert.Equal("0 written, 1 as they were, 0 removed", again.ToString());
    }

    [ClusterFact]
    public async Task Waived_findings_are_skipped_and_a_rule_that_fails_is_an_error()
    {
        await audited.DefineAsync(AuditedCluster.OpenReports);
        var ns = await cluster.NewNamespaceAsync();
        await audited.PutAsync(ns, "loose", "pinned=no");
        var rules = AuditRules.Load("""
            export default {
              name: "pinned", title: "Data is pinned", severity: "high", match: { operations: ["create"], kubernetes: { kinds: ["ConfigMap"] } },
              check(change, { report }) { report.deny("not pinned", change.after.data); },
            };
            """, """
            export default {
              name: "breaks", title: "Breaks", severity: "high", match: { operations: ["create"], kubernetes: { kinds: ["ConfigMap"] } },
              check(change) { change.after.nothing.there; },
            };
            """, $$"""
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: Waiver
            metadata: { name: for-now }
            spec: { rule: pinned, resource: ConfigMap {{ns}}/loose, owner: a, approver: b, ticket: T-1, reason: soon, expires: "2030-01-20" }
            """);
        await audited.AuditAsync([ns], AuditedCluster.OpenReports, rules, new MovableTime());
        Assert.Equal(
            "0 1 1",
            await audited.ReportAsync(AuditedCluster.OpenReports, ns, "{.summary.fail} {.summary.error} {.summary.skip}"));
        Assert.Equal(
            "breaks error pinned skip for-now",
            await audited.ReportAsync(
                AuditedCluster.OpenReports, ns,
                "{.results[0].policy} {.results[0].result} {.results[1].policy} {.results[1].result} {.results[1].properties.waiver}"));
    }
}
