using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary>
/// Findings recorded beside their test: written on purpose only, never in CI, and told when they are missing, other or obsolete.
/// </summary>
public sealed class SnapshotTests : IDisposable
{
    private const string Rule = "export default { name: 'few', title: 'Few replicas', check(change, { report }) {\n"
        + "  if (change.after.spec.replicas > 3) report.deny(`${change.resource} wants ${change.after.spec.replicas}`, change.after.spec.replicas);\n"
        + "  if (change.after.data) report.warn(`holds \"${change.after.data.password}\"`, change.after.data.password);\n} };\n";

    private const string Recorded = """
        # Written by `gitops-policy test --update-snapshots`: read the difference before it is committed.
        ---
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: RuleTestSnapshot
        metadata:
          name: few
        spec:
          cases:
            five:
              - action: deny
                resource: Deployment web
                message: Deployment web wants 5
                pointer: /spec/replicas
            two: []

        """;

    private readonly CommandFolder folder = new CommandFolder().Write("policies/few.rule.js", Rule)
        .Write("policies/few.test.yaml", Tests(("five", 5), ("two", 2)));

    public void Dispose() => folder.Dispose();

    private static string Tests(params (string Name, int Replicas)[] cases) =>
        "apiVersion: gitopspolicy.dev/v1alpha1\nkind: RuleTest\nmetadata: { name: few }\nspec:\n  rule: few\n  cases:\n"
        + string.Concat(cases.Select(
            static one =>
                $"    - name: {one.Name}\n      change: {{ after: {{ apiVersion: apps/v1, kind: Deployment, metadata: {{ name: web }}, spec: {{ replicas: {one.Replicas} }} }} }}\n      expect: snapshot\n"));

    [Fact]
    public async Task What_is_found_is_written_once_and_then_expected()
    {
        Assert.Equal(
            (0, "2 passed, 0 failed\n", "wrote policies/few.snapshot.yaml\n"),
            await folder.RunAsync("test", "--update-snapshots"));
        Assert.Equal(Recorded, folder.Read("policies/few.snapshot.yaml"));
        Assert.Equal((0, "2 passed, 0 failed\n", ""), await folder.RunAsync("test"));
        Assert.Equal((0, "2 passed, 0 failed\n", ""), await folder.RunAsync("test", "--update-snapshots"));
    }

    [Fact]
    public async Task A_difference_is_shown_as_one_and_fails()
    {
        await folder.RunAsync("test", "--update-snapshots");
        folder.Write(
            "policies/few.rule.js",
            Rule.Replace(
                "report.deny(`${change.resource} wants", "report.warn(`${change.resource} asks for", StringComparison.Ordinal));
        Assert.Equal(
            (1, "FAIL  few: five\n"
                + "      policies/few.test.yaml:7:7: the findings differ from the snapshot (- recorded, + found)\n"
                + "      policies/few.snapshot.yaml:10:9: - deny: Deployment web wants 5 (Deployment web, /spec/replicas)\n"
                + "      policies/few.test.yaml:7:7: + warn: Deployment web asks for 5 (Deployment web, /spec/replicas)\n"
                + "1 passed, 1 failed\n", ""),
            await folder.RunAsync("test"));
        Assert.Equal(
            (0, "2 passed, 0 failed\n", "wrote policies/few.snapshot.yaml\n"),
            await folder.RunAsync("test", "--update-snapshots"));
    }

    [Fact]
    public async Task A_missing_snapshot_fails_and_is_not_written_by_itself()
    {
        var (exit, page, _) = await folder.RunAsync("test");
        Assert.Equal(1, exit);
        Assert.Contains(
            "policies/few.test.yaml:10:7: there is no snapshot of this case in policies/few.snapshot.yaml; `--update-snapshots` writes it\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "policies/few.test.yaml:7:7: + deny: Deployment web wants 5 (Deployment web, /spec/replicas)\n", page,
            StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("policies/few.snapshot.yaml")));
    }

    [Fact]
    public async Task A_snapshot_that_no_case_expects_is_told_and_taken_out()
    {
        await folder.RunAsync("test", "--update-snapshots");
        folder.Write("policies/few.test.yaml", Tests(("five", 5)));
        Assert.Equal(
            (1,
                "FAIL  few: two\n      policies/few.snapshot.yaml:14:5: no case expects this snapshot; `--update-snapshots` takes it out\n1 passed, 1 failed\n", ""),
            await folder.RunAsync("test"));
        Assert.Equal(0, (await folder.RunAsync("test", "--update-snapshots")).Exit);
        Assert.DoesNotContain("two", folder.Read("policies/few.snapshot.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_no_case_needs_goes()
    {
        await folder.RunAsync("test", "--update-snapshots");
        folder.Write(
            "policies/few.test.yaml", Tests(("two", 2)).Replace("expect: snapshot", "expect: []", StringComparison.Ordinal));
        Assert.Equal(
            (0, "1 passed, 0 failed\n", "took away policies/few.snapshot.yaml\n"),
            await folder.RunAsync("test", "--update-snapshots"));
        Assert.False(File.Exists(folder.PathOf("policies/few.snapshot.yaml")));
    }

    [Fact]
    public async Task In_CI_nothing_is_written()
    {
        folder.Variables["CI"] = "true";
        Assert.Equal(
            (2, "",
                "gitops-policy: snapshots are not written in CI (CI=true), where nobody reads the difference; write them where you work, and commit them\n"),
            await folder.RunAsync("test", "--update-snapshots"));
        Assert.False(File.Exists(folder.PathOf("policies/few.snapshot.yaml")));
        Assert.Equal(1, (await folder.RunAsync("test")).Exit);
    }

    [Fact]
    public async Task Secrets_are_recorded_masked_and_alike_in_every_run()
    {
        folder.Write(
            "policies/few.test.yaml",
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: RuleTest\nmetadata: { name: few }\nspec:\n  rule: few\n  cases:\n"
                + "    - name: a secret\n      change: { after: { apiVersion: v1, kind: Secret, metadata: { name: s }, spec: {}, data: { password: aHVudGVyMg== } } }\n      expect: snapshot\n");
        await folder.RunAsync("test", "--update-snapshots");
        var recorded = folder.Read("policies/few.snapshot.yaml");
        Assert.Matches(@"message: ""holds \\""\(sensitive #[0-9a-f]{4}\)\\""""", recorded);
        Assert.DoesNotContain("aHVudGVyMg", recorded, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", recorded, StringComparison.Ordinal);
        Assert.Equal((0, "1 passed, 0 failed\n", ""), await folder.RunAsync("test"));
    }

    [Theory]
    [InlineData(
        "policies/few.snapshot.yaml:9:9: `action` is missing",
        "apiVersion: gitopspolicy.dev/v1alpha1\nkind: RuleTestSnapshot\nmetadata:\n  name: few\nspec:\n  cases:\n    five:\n      -\n        message: x\n")]
    [InlineData(
        "policies/few.snapshot.yaml:7:11: the findings of a case are a list",
        "apiVersion: gitopspolicy.dev/v1alpha1\nkind: RuleTestSnapshot\nmetadata:\n  name: few\nspec:\n  cases:\n    five: x\n")]
    [InlineData("policies/few.snapshot.yaml", "apiVersion: [\n")]
    public async Task A_broken_snapshot_is_told_with_its_place(string message, string snapshot)
    {
        folder.Write("policies/few.snapshot.yaml", snapshot);
        var (exit, _, errors) = await folder.RunAsync("test");
        Assert.Equal(2, exit);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }
}
