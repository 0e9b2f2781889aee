using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>gitops-policy init</c>: the repository it writes.</summary>
public sealed class InitTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("both", "both")]
    [InlineData("argocd", "github")]
    [InlineData("flux", "gitlab")]
    public async Task What_is_written_passes_its_own_check(string controller, string ci)
    {
        Assert.Equal(0, (await line.Run("init", "--controller", controller, "--ci", ci)).Exit);
        var (exit, report, errors) = await line.Run("check", ".", "--no-render", "--fail-on", "warn");
        Assert.True(exit == 0, report + errors);
        Assert.Contains("allow  0 denied, 0 warned;", report, StringComparison.Ordinal);
        Assert.DoesNotContain("is not applied", report, StringComparison.Ordinal);
        Assert.Equal((0, "", ""), await line.Run("fmt", "--check"));
    }

    [Fact]
    public async Task It_passes_from_outside_of_the_folder_too()
    {
        await line.Run("init", "demo");
        var (exit, report, errors) = await line.Run("check", "demo", "--fail-on", "warn");
        Assert.True(exit == 0, report + errors);
    }

    [Fact]
    public async Task A_configuration_that_is_not_in_force_is_pointed_out()
    {
        await line.Run("init", "demo");
        var (_, report, _) = await line.Run("check", "demo");
        Assert.Contains(
            "note  `demo/gitops-policy.yaml` is not in force: give `--config demo/gitops-policy.yaml`, or run the check in that folder\n", report, StringComparison.Ordinal);
        var (exit, given, _) = await line.Run("check", "demo", "--config", "demo/gitops-policy.yaml");
        Assert.Equal(0, exit);
        Assert.DoesNotContain("is not in force", given, StringComparison.Ordinal);
        Assert.DoesNotContain("is not applied", given, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_that_is_written_down_is_one_that_there_is()
    {
        var (_, output, _) = await line.Run("init");
        var root = Application.CreateRoot(new()
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = static () => Stream.Null,
            Variable = static _ => null,
            WorkingDirectory = ".",
        });
        var commands = line.Files()
            .Where(static file => !file.StartsWith(".gitops-policy/", StringComparison.Ordinal))
            .SelectMany(file => Commands(line.Read(file)))
            .Concat(Commands(output))
            .ToArray();
        // What is only mentioned has no arguments; what is told in parts, an ellipsis.
        commands = [.. commands.Where(static command => command is ["test"] or [_, _, ..] && !command.Contains("…"))];
        Assert.True(commands.Length > 12, $"only {commands.Length} commands were found");
        foreach (var command in commands)
            Assert.True(
                root.Parse(command).Errors.Count == 0,
                $"{string.Join(' ', command)}: {string.Join("; ", root.Parse(command).Errors)}");
        Assert.Contains(commands, static command => command.Contains("--approvals"));
        Assert.Contains(commands, static command => command.Contains("--live"));
    }

    // Behind the name of the program come a command and its arguments, to the end of the line or of the code. What a shell or a
    // CI system puts in their place is some word.
    private static IEnumerable<string[]> Commands(string text) =>
        Regex.Matches(
            text,
            @"(?<![\w/.-])gitops-policy (?<args>(check|test|audit|acknowledge|explain|new|serve|replay|lint|fmt|rules|bench|types|init|certs)\b[^\n`]*)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(
                1))
            .Select(static match => Regex.Replace(
                match.Groups["args"].Value, @"\s{2,}\S.*$|\s+#.*$| [|>&].*$", "", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Select(
                static args => Regex.Matches(args, "\"[^\"]*\"|\\S+", RegexOptions.None, TimeSpan.FromSeconds(1))
                    .Select(static word => word.Value.Trim('"'))
                    .ToArray());

    [Theory]
    [InlineData("argocd", "github", "clusters/argocd/production.yaml", ".github/workflows/policy.yaml", "flux", "gitlab")]
    [InlineData("flux", "gitlab", "clusters/flux/production.yaml", ".gitlab-ci.yml", "argocd", "github")]
    public async Task Only_what_was_chosen_is_written(
        string controller, string ci, string cluster, string jobs, params string[] others)
    {
        await line.Run("init", "--controller", controller, "--ci", ci);
        var files = line.Files();
        Assert.Contains(cluster, files);
        Assert.Contains(jobs, files);
        Assert.Contains("CODEOWNERS", files);
        Assert.DoesNotContain(files, file => others.Any(other => file.Contains(other, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rules_alone_are_written_on_request()
    {
        await line.Run("init", "--rules-only");
        Assert.DoesNotContain(line.Files(), static file => file.StartsWith("environments", StringComparison.Ordinal));
        Assert.Equal("5 passed, 0 failed\n", (await line.Run("test")).Out);
        Assert.Equal(
            (2, "", "gitops-policy: `--rules-only` writes nothing for controllers or CI; leave out `--controller` and `--ci`\n"),
            await line.Run("init", "--rules-only", "--ci", "github"));
    }

    [Fact]
    public async Task Files_that_are_there_are_kept()
    {
        line.Write("README.md", "ours");
        line.Write("environments/production/shop/kustomization.yaml", "resources: []\n");
        var (_, written, _) = await line.Run("init");
        Assert.Contains("kept     README.md, as it is there", written, StringComparison.Ordinal);
        Assert.Equal("ours", line.Read("README.md"));
        Assert.Equal("resources: []\n", line.Read("environments/production/shop/kustomization.yaml"));
    }
}
