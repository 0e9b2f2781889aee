using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>gitops-policy types</c>.</summary>
public sealed class TypesTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task What_editors_need_is_written_and_written_again_after_an_upgrade()
    {
        var (exit, written, errors) = await line.Run("types");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Equal(
            [
                ".gitops-policy/gitops-policy.d.ts", ".gitops-policy/gitops-policy.schema.json", ".gitops-policy/modules.d.ts",
                "jsconfig.json"
            ], line.Files());
        Assert.Equal(4, written.Split("written  ").Length - 1);

        var declarations = line.Read(".gitops-policy/modules.d.ts");
        line.Write(".gitops-policy/modules.d.ts", "of an older version");
        var (_, again, _) = await line.Run("types");
        Assert.Contains("written  .gitops-policy/modules.d.ts", again, StringComparison.Ordinal);
        Assert.Contains("same     jsconfig.json", again, StringComparison.Ordinal);
        Assert.Equal(declarations, line.Read(".gitops-policy/modules.d.ts"));
    }

    [Fact]
    public async Task The_project_covers_the_rules_that_the_configuration_names()
    {
        line.Write(
            "gitops-policy.yaml",
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin, rules/ours, more.js]\n");
        Assert.Equal(0, (await line.Run("types", ".")).Exit);
        Assert.Contains(
            """["rules/ours/**/*.js", "more.js", ".gitops-policy/*.d.ts"]""", line.Read("jsconfig.json"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_of_the_users_own_is_left_alone()
    {
        line.Write("site/jsconfig.json", "{}");
        var (exit, written, errors) = await line.Run("types", "site");
        Assert.Equal(0, exit);
        Assert.Equal("{}", line.Read("site/jsconfig.json"));
        Assert.Contains("kept     site/jsconfig.json", written, StringComparison.Ordinal);
        Assert.Contains("includes `.gitops-policy/*.d.ts`", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no folder `nowhere`", "nowhere")]
    [InlineData("gitops-policy.yaml:3:1: unknown field `rule`", "broken")]
    public async Task What_cannot_be_done_is_told_and_nothing_is_written(string message, string folder)
    {
        line.Write("broken/gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrule: [builtin]\n");
        var (exit, written, errors) = await line.Run("types", folder);
        Assert.Equal((2, ""), (exit, written));
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Single(line.Files());
    }
}
