using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary><c>test --watch</c> as an author has it open beside the editor.</summary>
public sealed class TestWatchTests : IDisposable
{
    private const string Library = "export const most = 3;\n";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-watch-");

    public TestWatchTests()
    {
        Write("policies/lib.js", Library);
        Write("policies/few.rule.js", Rule("few", "import { most } from './lib.js';\n", "most"));
        Write("policies/few.test.yaml", Tests("few", "[]"));
        Write("policies/own.rule.js", Rule("own", "", "3"));
        Write("policies/own.test.yaml", Tests("own", "[]"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Rule(string name, string import, string most) =>
        $"{import}export default {{ name: '{name}', title: 'Few replicas', check(change, {{ report }}) {{ if (change.after.spec.replicas > {most}) report.deny('too many', change.after); }} }};\n";

    private static string Tests(string rule, string expect) =>
        $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: RuleTest\nmetadata: {{ name: {rule} }}\nspec:\n  rule: {rule}\n  cases:\n    - {{ name: two, change: {{ after: {{ apiVersion: v1, kind: Pod, spec: {{ replicas: 2 }} }} }}, expect: {expect} }}\n";

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task What_a_change_concerns_is_run_again_until_Ctrl_C(string poll)
    {
        using var watch = RunningBinary.Start(folder.FullName, [("DOTNET_USE_POLLING_FILE_WATCHER", poll)], "test", "--watch");
        Assert.Contains(
            "2 passed, 0 failed", await watch.SaysAsync("watching 5 files; Ctrl-C ends it"), StringComparison.Ordinal);

        Write("policies/own.test.yaml", Tests("own", "[{ action: deny }]"));
        var failed = await watch.SaysAsync("0 passed, 1 failed");
        Assert.Contains("changed: policies/own.test.yaml\nFAIL  own: two", failed, StringComparison.Ordinal);

        // An editor that writes beside the file and renames; only what imports the module is run.
        Write("policies/lib.js.tmp", Library.Replace("3", "1", StringComparison.Ordinal));
        File.Move(PathOf("policies/lib.js.tmp"), PathOf("policies/lib.js"), overwrite: true);
        Assert.Contains(
            "changed: policies/lib.js\nFAIL  few: two", await watch.SaysAsync("0 passed, 1 failed"), StringComparison.Ordinal);

        Write("policies/own.rule.js", "export default {");
        await watch.SaysAsync("policies/own.rule.js:1:");
        await watch.SaysAsync("the tests do not load; waiting for a change");
        Write("policies/own.rule.js", Rule("own", "", "1"));
        await watch.SaysAsync("changed: policies/own.rule.js");
        await watch.SaysAsync("1 passed, 0 failed");

        // The configuration may concern every case.
        Write("gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [policies]\n");
        Assert.Contains("changed: gitops-policy.yaml", await watch.SaysAsync("1 passed, 1 failed"), StringComparison.Ordinal);

        Assert.Equal(130, await watch.InterruptAsync());
        await watch.SaysAsync("gitops-policy: interrupted");
    }

    [Fact]
    public async Task Into_a_pipe_go_lines_and_nothing_else()
    {
        using var watch = RunningBinary.Start(folder.FullName, [("DOTNET_USE_POLLING_FILE_WATCHER", "0")], "test", "--watch");
        var said = await watch.SaysAsync("Ctrl-C ends it");
        Assert.DoesNotContain('\u001b', said);
        Assert.DoesNotContain('\r', said);
        Assert.Equal(130, await watch.InterruptAsync());
    }

    [Fact]
    public async Task What_is_written_once_does_not_go_with_watching()
    {
        var ran = await Binary.RunAsync(folder.FullName, "test", "--watch", "--junit", "out.xml");
        Assert.Equal(
            (2, "gitops-policy: `--watch` does not go with `--junit`; run that by itself\n"),
            (ran.ExitCode, ran.Error.ReplaceLineEndings("\n")));
    }

    private string PathOf(string path) => Path.Combine(folder.FullName, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }
}
