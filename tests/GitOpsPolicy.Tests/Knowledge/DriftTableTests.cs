using System.Text.RegularExpressions;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies.Reading;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

public sealed partial class DriftTableTests
{
    public static TheoryData<string, string> Classes => CaseFile.Read("resource-classes.cases");

    [Theory]
    [MemberData(nameof(Classes))]
    public void Each_resource_has_a_class(string resource, string expected)
    {
        var of = DriftTable.Shipped.ClassOf(IdOf(resource));

        var stateful = of.IsStateful ? " stateful" : "";
        Assert.Equal(expected, $"{of.Name} {of.Drift} {of.Prune}".ToLowerInvariant() + stateful);
    }

    [Fact]
    public void Rows_of_the_users_table_come_first()
    {
        var problems = new ProblemList();
        var table = DriftTable.Read(
            Made.Object("classes: [{ name: mine, drift: freeze, prune: never, kinds: [apps/Deployment] }]"), problems);

        Assert.Equal(0, problems.Count);
        Assert.Equal("mine", table.ClassOf(IdOf("apps/Deployment prod/web")).Name);
        Assert.Equal("stateful-sets", table.ClassOf(IdOf("apps/StatefulSet prod/web")).Name);
    }

    [Theory]
    [InlineData("drift: alert, paths: [spec]", "`spec` is no path")]
    [InlineData("paths: [/spec]", "`drift` is missing")]
    [InlineData("drift: mend, paths: [/spec]", "unknown `drift` value `mend`")]
    [InlineData("drift: alert, path: [/spec]", "`paths` is missing")]
    public void A_mistake_in_a_place_is_reported(string field, string message)
    {
        var problems = new ProblemList();
        DriftTable.Read(
            Made.Object($"classes: [{{ name: a, drift: alert, prune: allow, kinds: [x/Y], fields: [{{ {field} }}] }}]"),
            problems);

        Assert.Contains(problems.InFileOrder(), problem => problem.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cluster-admin", "administrators")]
    [InlineData("view", "access")]
    public void A_row_may_hang_on_what_the_object_holds(string role, string name)
    {
        var binding = Made.Object($"roleRef: {{ name: {role} }}");

        Assert.Equal(name, DriftTable.Shipped.ClassOf(IdOf("rbac.authorization.k8s.io/ClusterRoleBinding -/ops"), binding).Name);
        Assert.Equal("access", DriftTable.Shipped.ClassOf(IdOf("rbac.authorization.k8s.io/ClusterRoleBinding -/ops")).Name);
    }

    [Theory]
    [InlineData("metadata: { ownerReferences: [{ kind: SealedSecret, name: s }] }", "sourced-secrets")]
    [InlineData("metadata: { labels: { kustomize.toolkit.fluxcd.io/name: shop } }", "sourced-secrets")]
    [InlineData("metadata: { annotations: { cert-manager.io/certificate-name: web } }", "sourced-secrets")]
    [InlineData("sops: { version: 3.9.0 }", "sourced-secrets")]
    [InlineData("metadata: { annotations: { kubectl.kubernetes.io/last-applied-configuration: '{}' } }", "secrets")]
    [InlineData("metadata: { labels: { app.kubernetes.io/managed-by: Helm } }", "secrets")]
    [InlineData("data: { a: YQ== }", "secrets")]
    public void A_Secret_that_nothing_makes_again_is_never_pruned(string secret, string name)
    {
        var of = DriftTable.Shipped.ClassOf(IdOf("core/Secret prod/s"), Made.Object(secret));
        Assert.Equal((name, name == "secrets" ? PrunePolicy.Never : PrunePolicy.Confirm), (of.Name, of.Prune));
    }

    [Theory]
    [InlineData(
        "aws_iam_policy", "policy: '{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}'",
        "full-access-policies")]
    [InlineData(
        "aws_iam_role_policy",
        "policy: '{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\"s3:Get*\",\"*:*\"],\"Resource\":[\"*\"]}}'",
        "full-access-policies")]
    [InlineData(
        "aws_iam_role",
        "inline_policy: [{ policy: '{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}' }]",
        "full-access-policies")]
    [InlineData(
        "aws_iam_policy", "policy: '{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}'", "identity")]
    [InlineData(
        "aws_iam_policy", "policy: '{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}'",
        "identity")]
    [InlineData(
        "aws_iam_policy", "policy: '{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3:::b\"}]}'",
        "identity")]
    [InlineData("aws_iam_policy", "policy: not JSON", "identity")]
    [InlineData("aws_iam_role_policy_attachment", "policy_arn: arn:aws-cn:iam::aws:policy/AdministratorAccess", "full-access")]
    [InlineData("aws_iam_role_policy_attachment", "policy_arn: arn:aws:iam::123456789012:policy/AdministratorAccess", "identity")]
    [InlineData("google_project_iam_member", "role: roles/owner", "full-access")]
    [InlineData("azurerm_role_assignment", "role_definition_name: Owner", "full-access")]
    public void What_allows_everything_is_frozen_when_it_drifts(string type, string state, string name)
    {
        var of = DriftTable.Shipped.ClassOf(IdOf(type), Made.Object(state));
        Assert.Equal((name, name == "identity" ? DriftClass.Alert : DriftClass.Freeze), (of.Name, of.Drift));
    }

    [Fact]
    public void Every_mistake_in_a_table_is_reported_with_its_place()
    {
        var problems = new ProblemList();
        DriftTable.Read(
            Made.Object("classes:\n- { name: a, drift: repair, prune: allow, kinds: [x/Y] }\n- { name: b, drift: alert, prune: allow, kind: [x/Y] }\n"), problems);

        Assert.Equal([2, 3, 3], problems.InFileOrder().Select(problem => problem.Location.Line));
    }

    [Fact]
    public void Terraform_types_are_well_formed_and_none_is_listed_twice()
    {
        var types = List("types").ToArray();

        Assert.True(types.Length > 400, $"only {types.Length} types");
        Assert.DoesNotContain(types, type => !TypeName().IsMatch(type));
        Assert.Equal(types.Length, types.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Kinds_name_their_group()
    {
        var kinds = List("kinds").ToArray();

        Assert.True(kinds.Length > 150, $"only {kinds.Length} kinds");
        Assert.DoesNotContain(kinds, kind => kind.Count(c => c == '/') != 1);
    }

    private static List<string> List(string field)
    {
        var found = new List<string>();
        foreach (var row in KnowledgeData.Read("drift-table.yaml")["spec"].At("classes").ItemsOf())
        {
            // A row that hangs on what the object holds is about some of what another is about.
            if (row.At("where") is not null || row.At("whereAny") is not null || row.At("allowsAll") is not null) continue;
            foreach (var text in row.At(field).ItemsOf()) found.Add(text.AsText()!);
        }

        return found;
    }

    private static ResourceId IdOf(string resource)
    {
        if (resource.Split('/', ' ') is not [var group, var kind, var space, var name])
            return new TerraformId($"{resource}.main", resource, "main", "registry.terraform.io/hashicorp/x");
        return new KubernetesId(group == "core" ? "" : group, "v1", kind, space == "-" ? "" : space, name);
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\*?[a-z0-9_]*\*?$|^\*$", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();
}
