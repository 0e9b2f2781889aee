using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>gitops-policy rules</c>.</summary>
public sealed class RulesTests : IDisposable
{
    private readonly CommandFolder folder = new CommandFolder().Write(
        "rules/net/a.rule.js", """export default { name: "a", title: "Nothing is called a", check() {} };""");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rules_of_a_folder_are_listed()
    {
        var (exit, written, _) = await folder.RunAsync("rules", "rules");
        Assert.Equal(0, exit);
        Assert.StartsWith("a  medium    deny   Nothing is called a\n1 rule, sha256:", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_written_and_left_alone_while_they_say_the_same()
    {
        Assert.Equal(
            (0, "written  docs/rules/README.md\nwritten  docs/rules/net.md\n", ""),
            await folder.RunAsync("rules", "rules", "--format", "markdown", "--output", "docs/rules"));
        Assert.Contains("[`a.rule.js`](../../rules/net/a.rule.js)", folder.Read("docs/rules/net.md"), StringComparison.Ordinal);
        Assert.Equal(
            (0, "same     docs/rules/README.md\nsame     docs/rules/net.md\n", ""),
            await folder.RunAsync("rules", "rules", "--format", "markdown", "--output", "docs/rules"));
    }

    [Fact]
    public async Task Without_a_folder_pages_go_to_standard_output()
    {
        var (exit, written, errors) = await folder.RunAsync("rules", "rules", "--format", "markdown");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("## a\n\n**Nothing is called a.**\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`--output` is for the pages of `--format markdown`", "rules", "--output", "docs")]
    [InlineData("there is no such file or folder", "nowhere", "--format", "markdown")]
    [InlineData(
        "`rules/net/a.rule.js` is a file, and a folder is needed there", "rules", "--format", "markdown", "--output",
        "rules/net/a.rule.js")]
    public async Task What_cannot_be_done_is_told(string message, params string[] args)
    {
        var (exit, written, errors) = await folder.RunAsync(["rules", .. args]);
        Assert.Equal((2, ""), (exit, written));
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }
}
