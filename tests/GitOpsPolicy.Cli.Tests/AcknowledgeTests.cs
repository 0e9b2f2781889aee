using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary>
/// A deletion that is meant: denied, acknowledged by one command, allowed, and denied again once more is deleted.
/// </summary>
public sealed class AcknowledgeTests : IDisposable
{
    private const string Claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: NAME, namespace: prod }\nspec: { accessModes: [ReadWriteOnce] }\n";
    private static readonly string[] Signed = ["--owner", "team-a", "--approver", "team-b", "--reason", "moved: \"elsewhere\""];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-");

    public AcknowledgeTests()
    {
        Write("base/data.yaml", Claim.Replace("NAME", "data", StringComparison.Ordinal));
        Write("base/logs.yaml", Claim.Replace("NAME", "logs", StringComparison.Ordinal));
        Write("head/logs.yaml", Claim.Replace("NAME", "logs", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(folder.FullName, "acknowledgements"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_the_command_writes_lets_exactly_these_deletions_pass()
    {
        Assert.Equal(1, (await Run("check", "head", "--base", "base/")).Exit);

        var written = await Run(["acknowledge", "head", "--base", "base/", .. Signed, "--output", "acknowledgements/data.yaml"]);
        Assert.Equal((0, "", ""), written);
        Assert.Equal(0, (await Run("check", "head", "--base", "base/")).Exit);

        File.Delete(Path.Combine(folder.FullName, "head/logs.yaml"));
        Write("head/kept.yaml", "apiVersion: v1\nkind: Service\nmetadata: { name: kept, namespace: prod }\n");
        var (exit, report, _) = await Run("check", "head", "--base", "base/");
        Assert.Equal(1, exit);
        Assert.Contains("PersistentVolumeClaim prod/logs holds state", report, StringComparison.Ordinal);
        Assert.DoesNotContain("PersistentVolumeClaim prod/data holds state", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_output_the_text_goes_to_standard_output()
    {
        var (exit, text, _) = await Run(["acknowledge", "head", "--base", "base/", .. Signed]);
        Assert.Equal(0, exit);
        Assert.Contains("kind: Acknowledgement", text, StringComparison.Ordinal);
        Assert.Contains("\"k8s:/PersistentVolumeClaim/prod/data\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        2, "is not deleted here; what is: `PersistentVolumeClaim prod/data`", "head", "--base", "base/", "--only",
        "PersistentVolumeClaim prod/logs", "--approver", "b")]
    [InlineData(2, "there is nothing to acknowledge", "head", "--base", "head/", "--approver", "b")]
    [InlineData(2, "nothing is deleted by manifests as they stand", "head", "--approver", "b")]
    [InlineData(2, "has to be someone other than", "head", "--base", "base/", "--approver", "A ")]
    [InlineData(2, "option `--approver` is required", "head", "--base", "base/")]
    [InlineData(3, "there is no such file", "--plan", "missing.json", "--approver", "b")]
    public async Task What_cannot_be_acknowledged_is_refused(int expected, string message, params string[] args)
    {
        var (exit, text, errors) = await Run(["acknowledge", .. args, "--owner", "a", "--reason", "r"]);
        Assert.Equal(expected, exit);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Equal("", text);
    }

    private async Task<(int Exit, string Out, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = errors,
            In = static () => Stream.Null,
            Variable = static _ => null,
            WorkingDirectory = folder.FullName,
        };
        var exit = await Application.RunAsync(args, terminal, CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
