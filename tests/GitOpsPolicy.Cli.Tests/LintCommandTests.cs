using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>lint</c> as a CI job meets it: exit codes, formats, and what it says when there is nothing to lint.</summary>
public sealed class LintCommandTests : IDisposable
{
    private const string Warned = "export default { name: 'few', title: 'Few replicas', severity: 'low', remediation: 'Use fewer.', check(change, { report }) { if (change.after.spec.replicas == 3) report.deny('three', change.after); } };\n";
    private const string Tests = "apiVersion: gitopspolicy.dev/v1alpha1\nkind: RuleTest\nmetadata: { name: few }\nspec:\n  rule: few\n  cases:\n"
        + "    - { name: three, change: { after: { apiVersion: v1, kind: Pod, spec: { replicas: 3 } } }, expect: [{ action: deny }] }\n"
        + "    - { name: four, change: { after: { apiVersion: v1, kind: Pod, spec: { replicas: 4 } } }, expect: [] }\n";

    private readonly CommandFolder folder = new CommandFolder().Write("policies/few.rule.js", Warned)
        .Write("policies/few.test.yaml", Tests);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_warning_is_told_with_its_place_and_what_to_do() => Assert.Equal(
        (0,
            "policies/few.rule.js:1:157: warning: `==` takes different things for the same (loose-equality)\nfix   loose-equality: write `===` or `!==`; `== null` is fine\n0 errors, 1 warning, 0 notes, 0 silenced; 1 rule\n", ""),
        await folder.RunAsync("lint"));

    [Theory]
    [InlineData(0, "warning", "===")]
    [InlineData(1, "warning", "==")]
    [InlineData(0, "error", "==")]
    [InlineData(1, "error", "=== 3 && change.operation === 'destroy' &&")]
    public async Task The_exit_code_follows_the_worst_finding(int expected, string failOn, string comparison)
    {
        folder.Write(
            "policies/few.rule.js",
            Warned.Replace(
                "== 3", comparison.Contains("&&", StringComparison.Ordinal) ? comparison + " true" : comparison + " 3",
                StringComparison.Ordinal));
        Assert.Equal(expected, (await folder.RunAsync("lint", "--fail-on", failOn)).Exit);
    }

    [Fact]
    public async Task Programs_get_JSON_and_services_SARIF_or_annotations()
    {
        using var json = JsonDocument.Parse((await folder.RunAsync("lint", "--format", "json")).Out);
        Assert.Equal("loose-equality", json.RootElement.GetProperty("findings")[0].GetProperty("lint").GetString());
        Assert.Equal(157, json.RootElement.GetProperty("findings")[0].GetProperty("location").GetProperty("column").GetInt32());

        using var sarif = JsonDocument.Parse((await folder.RunAsync("lint", "--format", "sarif")).Out);
        var result = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal(
            ("loose-equality", "warning"), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));

        Assert.Contains(
            "::warning file=policies/few.rule.js,line=1,col=157,title=loose-equality::",
            (await folder.RunAsync("lint", "--format", "github")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_goes_to_a_file_whole()
    {
        Assert.Equal((0, "", ""), await folder.RunAsync("lint", "--output", "lint.txt"));
        Assert.EndsWith("1 rule\n", folder.Read("lint.txt").ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there are no rules to lint", "lint", "empty")]
    [InlineData("there is no such file or folder", "lint", "absent")]
    [InlineData("unknown name `a`", "lint", "broken.rule.yaml")]
    [InlineData("must be one of", "lint", "--fail-on", "info")]
    public async Task A_mistake_gets_one_clear_message(string message, params string[] args)
    {
        folder.Write("empty/notes.md", "")
            .Write(
                "broken.rule.yaml",
                "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Rule\nmetadata: { name: b }\nspec: { title: t, deny: { when: a, message: b } }\n");
        var (exit, text, errors) = await folder.RunAsync(args);
        Assert.Equal((2, ""), (exit, text));
        Assert.Contains(message, errors, StringComparison.OrdinalIgnoreCase);
    }
}
