using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>
/// Mistakes get one clear message, with what, where and what to do, and the exit code that is theirs. Nobody sees a stack trace.
/// </summary>
public sealed class BadInputTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-test-");

    [Theory]
    [InlineData(2, "unknown option `--frmat`", "check", "--frmat", "json")]
    [InlineData(2, "unknown format `xml`", "check", "good.yaml", "--format", "xml")]
    [InlineData(2, "`--fail-on`", "check", "good.yaml", "--fail-on", "never")]
    [InlineData(2, "nowhere.yaml", "check", "good.yaml", "--config", "nowhere.yaml")]
    [InlineData(2, "wrong-config.yaml:3:1", "check", "good.yaml", "--config", "wrong-config.yaml")]
    [InlineData(2, "broken-rule/broken.rule.js:1:", "check", "good.yaml", "--policies", "broken-rule")]
    [InlineData(2, "there is no rule `nope`", "explain", "nope")]
    [InlineData(2, "there are no rule tests", "test", "empty")]
    [InlineData(2, "is no regular expression", "test", "empty", "--run", "(")]
    [InlineData(2, "no folder", "check", "good.yaml", "--base", "v9.9.9")]
    [InlineData(2, "no folder `missing`", "check", "good.yaml", "--output", "missing/out.txt")]
    [InlineData(3, "broken.yaml:3:1", "check", "broken.yaml")]
    [InlineData(3, "latin1.yaml", "check", "latin1.yaml")]
    [InlineData(3, "there is no such file", "check", "absent.yaml")]
    [InlineData(3, "leads out of the tree", "check", "outside.yaml")]
    [InlineData(3, "twice.yaml:5:3", "check", "twice.yaml")]
    [InlineData(3, "plan format `9.0`", "check", "--plan", "future-plan.json")]
    [InlineData(3, "there is no such file", "check", "--plan", "absent.json")]
    [InlineData(3, "terraform show -json", "check", "--plan", "binary.tfplan")]
    [InlineData(3, "truncated.json", "check", "--plan", "truncated.json")]
    public async Task A_mistake_gets_one_clear_message_and_its_exit_code(int exitCode, string says, params string[] arguments)
    {
        WriteInputs();
        var ran = await Binary.RunAsync(folder.FullName, arguments);
        Assert.True(ran.ExitCode == exitCode, ran.ToString());
        Assert.Contains(says, ran.Out + ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Out + ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", ran.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void WriteInputs()
    {
        Write("good.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: good }\n");
        Write("broken.yaml", "apiVersion: v1\nkind: [\nmetadata: }\n");
        Write("twice.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\n");
        File.WriteAllBytes(
            Path.Combine(folder.FullName, "latin1.yaml"),
            [.. "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: caf"u8, 0xE9, (byte)'}', (byte)'\n']);
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "outside.yaml"), "/etc/hostname");
        Write("wrong-config.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrulez: [builtin]\n");
        Write("broken-rule/broken.rule.js", "export default { name: \"broken\", check(change) { var x = 1; } };\n");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "empty"));
        Write(
            "future-plan.json",
            """{"format_version":"9.0","terraform_version":"9.0.0","planned_values":{},"resource_changes":[]}""");
        Write("truncated.json", """{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"a.b""");
        File.WriteAllBytes(Path.Combine(folder.FullName, "binary.tfplan"), [0x50, 0x4B, 0x03, 0x04, 0, 0, 0, 0]);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
