using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>gitops-policy init</c> and <c>gitops-policy new</c>.</summary>
public sealed class NewTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("--yaml")]
    [InlineData("--javascript")]
    public async Task The_tests_that_are_written_notice_every_small_change_to_their_rule(string language)
    {
        await line.Run("init", "--rules-only");
        await line.Run("new", "rule", "own-team", language);
        var (exit, text, errors) = await line.Run("test", "--threshold", "mutation=100");
        Assert.True(exit == 0, text + errors);
        Assert.Contains(" 0 survived", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_begins_with_rules_that_load_and_tests_that_pass()
    {
        var (exit, written, errors) = await line.Run("init");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("written  gitops-policy.yaml", written, StringComparison.Ordinal);
        Assert.Contains("gitops-policy new rule NAME", written, StringComparison.Ordinal);
        Assert.Equal("5 passed, 0 failed\n", (await line.Run("test")).Out);
        Assert.Contains("public-load-balancer", (await line.Run("rules")).Out, StringComparison.Ordinal);
        Assert.Equal((0, "", ""), await line.Run("fmt", "--check"));
    }

    [Fact]
    public async Task Nothing_that_is_there_is_changed()
    {
        line.Write("gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\n");
        var (exit, written, _) = await line.Run("init", ".");
        Assert.Equal(0, exit);
        Assert.Contains("kept     gitops-policy.yaml, as it is there", written, StringComparison.Ordinal);
        Assert.Equal("apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\n", line.Read("gitops-policy.yaml"));

        var again = await line.Run("init");
        Assert.DoesNotContain("written", again.Out.Split("Next:")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_named_is_made()
    {
        var (exit, written, _) = await line.Run("init", "platform/policy");
        Assert.Equal(0, exit);
        Assert.Contains("written  platform/policy/.gitops-policy/modules.d.ts", written, StringComparison.Ordinal);
        Assert.StartsWith(
            "# yaml-language-server: $schema=../../.gitops-policy/gitops-policy.schema.json\n",
            line.Read("platform/policy/policies/network/public-load-balancer.rule.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policies/no-root.rule.yaml", "new", "rule", "no-root")]
    [InlineData("policies/pods/no-root.rule.yaml", "new", "rule", "no-root", "--yaml", "--family", "pods")]
    [InlineData("policies/pods/no-root.rule.js", "new", "rule", "no-root", "--javascript", "--family", "pods")]
    public async Task A_new_rule_passes_its_tests_at_once(string path, params string[] args)
    {
        await line.Run("init");
        var (exit, written, errors) = await line.Run(args);
        Assert.Equal((0, ""), (exit, errors));
        Assert.StartsWith($"written  {path}\n", written, StringComparison.Ordinal);
        Assert.Equal("7 passed, 0 failed\n", (await line.Run("test")).Out);
        Assert.Equal((0, "", ""), await line.Run("fmt", "--check"));
        Assert.Contains("no-root: No root", (await line.Run("explain", "no-root")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_rule_goes_where_the_configuration_looks_for_rules()
    {
        line.Write(
            "gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin, rules/ours]\n");
        line.Write("rules/ours/readme.yaml", "a: b\n");
        Assert.StartsWith(
            "written  rules/ours/a.rule.yaml\n", (await line.Run("new", "rule", "a")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("yaml-language-server", line.Read("rules/ours/a.rule.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`No Root` is no name", "new", "rule", "No Root")]
    [InlineData("`../x` is no name", "new", "rule", "a", "--family", "../x")]
    [InlineData("not both", "new", "rule", "a", "--yaml", "--javascript")]
    [InlineData("there is a rule `moving-tag` already", "new", "rule", "moving-tag")]
    [InlineData(
        "there is a rule `public-load-balancer` already, at policies/network/public-load-balancer.rule.yaml:2:1", "new", "rule",
        "public-load-balancer")]
    public async Task What_cannot_be_written_is_refused_and_nothing_is_written(string message, params string[] args)
    {
        await line.Run("init");
        var before = line.Files();
        var (exit, written, errors) = await line.Run(args);
        Assert.Equal((2, ""), (exit, written));
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Equal(before, line.Files());
    }

    [Fact]
    public async Task Without_a_configuration_it_is_told_what_a_folder_of_rules_means()
    {
        var (exit, _, errors) = await line.Run("new", "rule", "a");
        Assert.Equal(0, exit);
        Assert.Contains("without a configuration the rules in `policies` now stand alone", errors, StringComparison.Ordinal);
        Assert.Equal("2 passed, 0 failed\n", (await line.Run("test")).Out);
        var (again, _, refusal) = await line.Run("new", "rule", "a");
        Assert.Equal(2, again);
        Assert.Contains("there is a rule `a` already", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_where_a_folder_is_needed_is_told_and_left_as_it_is()
    {
        line.Write("there", "mine");
        Assert.Equal(
            (2, "", "gitops-policy: `there` is a file, and a folder is needed there\n"), await line.Run("init", "there"));
        Assert.Equal("mine", line.Read("there"));
    }

    [Fact]
    public async Task Names_from_elsewhere_cannot_begin_a_line_of_their_own()
    {
        var (_, _, named) = await line.Run("new", "rule", "a\n::error::b");
        line.Write("policies/a\n::error::b.rule.yaml", "a: [");
        var (_, _, read) = await line.Run("rules");
        Assert.All(
            (named + read).Split('\n'), static told => Assert.False(told.StartsWith("::", StringComparison.Ordinal), told));
        Assert.Contains("policies/a\\u{a}", read, StringComparison.Ordinal);
    }
}
