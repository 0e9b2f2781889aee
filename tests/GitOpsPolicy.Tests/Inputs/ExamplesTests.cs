using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Tests.Inputs.Terraform;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs;

/// <summary>The examples in docs read as their pages say.</summary>
public sealed class ExamplesTests
{
    private static readonly string Examples = Path.GetFullPath(Path.Combine(PlanFixtures.Folder, "../../../docs/examples"));

    [Fact]
    public void The_repository_reads_without_problems()
    {
        using var files = new WorkTree(Path.Combine(Examples, "gitops-repository"));
        var set = new ManifestInput(files).ReadChanges(["."]);
        Assert.Empty(set.Problems);
        Assert.Equal(
            3, set.Changes.Count(change => change.Resource is KubernetesId { Kind: "Cluster", Group: "postgresql.cnpg.io" }));
    }

    [Fact]
    public void The_pull_request_deletes_the_database_and_changes_the_deployment_the_kustomization_and_nothing_else()
    {
        using var files = new WorkTree(Path.Combine(Examples, "pull-request"));
        var set = new DiffInput(files, files) { BaseFolder = "base" }.ReadChanges(["head"]);
        Assert.Empty(set.Problems);
        Assert.Equal(
            [
                "Delete Cluster shop-production/orders",
                "Update Deployment shop-production/web",
                "Update Kustomization head/environments/production/kustomization.yaml"
            ],
            set.Changes.Where(change => change.Operation != Operation.None)
                .Select(change => $"{change.Operation} {change.Resource}")
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(
        "destructive", "Create aws_dynamodb_table.user_sessions", "Create output.orders_url",
        "Delete aws_dynamodb_table.sessions", "Delete aws_s3_bucket.invoices", "Replace aws_db_instance.orders",
        "Replace aws_ecs_task_definition.web")]
    [InlineData(
        "clean", "Create aws_s3_bucket.receipts", "Replace aws_ecs_task_definition.web", "Update aws_db_instance.orders",
        "Update aws_s3_bucket.invoices", "Update aws_security_group.web")]
    public void A_plan_does_what_its_page_says(string plan, params string[] expected)
    {
        var set = PlanFixtures.ReadFile(Path.Combine(Examples, "terraform", plan, "plan.json"));
        Assert.Empty(set.Problems);
        Assert.Equal(
            expected,
            set.Changes.Where(change => change.Operation != Operation.None)
                .Select(change => $"{change.Operation} {change.Resource}")
                .Order(StringComparer.Ordinal));
    }
}
