using Xunit;

namespace GitOpsPolicy.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("unrecognized command or argument `chek`", "gitops-policy", "chek")]
    [InlineData("required command was not provided", "gitops-policy")]
    [InlineData(
        "unknown option `--bogus`; a file of that name is written `./--bogus`", "gitops-policy check", "check", "--bogus")]
    public async Task A_wrong_command_line_is_told_in_one_line_and_where_to_read_more(
        string message, string command, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = errors,
            In = static () => Stream.Null,
            Variable = static _ => null,
            WorkingDirectory = Path.GetTempPath(),
        };

        Assert.Equal(2, await Application.RunAsync(args, terminal, CancellationToken.None));
        Assert.Equal("", output.ToString());
        Assert.Equal(
            $"gitops-policy: {message}\nrun `{command} --help` for what it takes\n", errors.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_full_disk_under_standard_output_is_one_message_and_no_answer()
    {
        using var output = new FullDisk();
        using var errors = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = errors,
            In = static () => Stream.Null,
            Variable = static _ => null,
            WorkingDirectory = Path.GetTempPath(),
        };

        Assert.Equal(3, await Application.RunAsync(["--version"], terminal, CancellationToken.None));
        Assert.Equal("gitops-policy: No space left on device\n", errors.ToString().ReplaceLineEndings("\n"));
    }

    private sealed class FullDisk : StringWriter
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => throw new IOException("No space left on device");
    }
}
