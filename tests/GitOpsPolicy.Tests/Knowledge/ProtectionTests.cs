using GitOpsPolicy.Changes;
using GitOpsPolicy.Knowledge.Prune;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

public sealed class ProtectionTests
{
    public static TheoryData<string, string> KubernetesCases => CaseFile.Read("kubernetes-guards.cases");

    public static TheoryData<string, string> TerraformCases => CaseFile.Read("terraform-guards.cases");

    [Theory]
    [MemberData(nameof(KubernetesCases))]
    public void Every_tool_that_prunes_has_its_way_to_say_no(string written, string expected)
    {
        var (head, body) = Split(written);
        var (apiVersion, kind) = (head.Split(' ')[0], head.Split(' ')[1]);
        var protection = Protection.Of(Made.Change(Operation.Delete, $"apiVersion: {apiVersion}\nkind: {kind}\n{body}\n"));

        var effects = protection.Guards.Select(guard => guard.Effect.ToString().ToLowerInvariant());
        Assert.Equal(expected, protection.IsProtected ? string.Join(", ", effects) : "none");
    }

    [Theory]
    [MemberData(nameof(TerraformCases))]
    public void Attributes_of_the_state_guard_a_resource_or_make_its_end_worse(string written, string expected)
    {
        var (type, body) = Split(written);
        var protection = Protection.Of(Made.Terraform(Operation.Delete, type, body));

        var guards = protection.IsProtected ? string.Join(' ', protection.Guards.Select(guard => guard.Name)) : "none";
        var dangers = protection.Dangers.Count == 0
            ? ""
            : " ! " + string.Join(' ', protection.Dangers.Select(danger => danger.Name));
        Assert.Equal(expected, guards + dangers);
    }

    [Fact]
    public void Protection_is_read_before_the_change_and_never_after_it()
    {
        var change = Made.Terraform(
            Operation.Replace, "aws_db_instance", "{ deletion_protection: false }", "{ deletion_protection: true }");

        Assert.False(Protection.Of(change).IsProtected);
    }

    [Fact]
    public void A_guard_that_the_change_takes_away_is_lost()
    {
        var change = Made.Terraform(
            Operation.Update, "aws_db_instance", "{ deletion_protection: true }", "{ deletion_protection: false }");

        Assert.Equal("deletion_protection", Assert.Single(Protection.Of(change).Lost).Name);
    }

    [Fact]
    public void A_guard_that_is_written_another_way_is_not_lost()
    {
        const string Claim = "{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: x, annotations: { argocd.argoproj.io/sync-options: ";
        var change = Made.Change(Operation.Update, Claim + "Prune=false } } }", Claim + "Prune=confirm } } }");

        Assert.Empty(Protection.Of(change).Lost);
    }

    [Fact]
    public void A_lock_destroyed_with_what_it_locks_guards_nothing()
    {
        var database = Made.Terraform(Operation.Delete, "azurerm_mssql_database", "{ id: /subscriptions/s/resourceGroups/g/db }");
        var kept = Made.Terraform(
            Operation.None, "azurerm_management_lock", "{ scope: /subscriptions/s/resourceGroups/g, lock_level: CanNotDelete }");
        var going = kept with { Operation = Operation.Delete };

        Assert.True(Protection.Of(database, new ChangeSet { Changes = [database, kept] }).IsProtected);
        var protection = Protection.Of(database, new ChangeSet { Changes = [database, going] });
        Assert.False(protection.IsProtected);
        Assert.Single(protection.Lost);
    }

    private static (string Head, string Body) Split(string written)
    {
        var at = written.IndexOf(" | ", StringComparison.Ordinal);
        return at < 0 ? throw new FormatException($"not a case: {written}") : (written[..at], written[(at + 3)..]);
    }
}
