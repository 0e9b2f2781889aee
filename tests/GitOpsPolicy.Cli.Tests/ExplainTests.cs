using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>explain</c> with changes: why a rule says what it says about them.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-");

    public ExplainTests()
    {
        Write(
            "policies/limit.rule.js",
            "export default {\n  name: \"limit\", title: \"t\",\n  match: { kubernetes: { kinds: [\"Pod\"] } },\n  check(change, { report }) {\n    if (change.after.spec.count > 1) report.deny(\"many\");\n  },\n};\n");
        Write("head/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { count: 2 }\n");
        Write("head/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("limit on Pod web  create  head/pod.yaml:1:1", "explain", "limit", "head")]
    [InlineData(
        "  read      change.after.spec.count = 2 at head/pod.yaml:4:16  [policies/limit.rule.js:5:27]", "explain", "limit",
        "head")]
    [InlineData("  branch    `if` true  [policies/limit.rule.js:5:9]", "explain", "limit", "head")]
    [InlineData("  reported  deny many at head/pod.yaml:1:1  [policies/limit.rule.js:5:45]", "explain", "limit", "head/pod.yaml")]
    [InlineData("  answer    not run: `kubernetes.kinds` does not fit", "explain", "limit", "head", "--resource", "ConfigMap")]
    [InlineData(
        "  match     FAILS  kubernetes.kinds Pod: is ConfigMap  [policies/limit.rule.js:3:26]", "explain", "limit",
        "head/map.yaml")]
    [InlineData("1 change is not judged by this rule; ask why with `--resource NAME`", "explain", "limit", "head")]
    [InlineData("  \"rule\": \"limit\",", "explain", "limit", "head", "--format", "json")]
    [InlineData("limit: t", "explain", "limit")]
    public async Task An_account_answers_why(string line, params string[] args)
    {
        var (exit, text, errors) = await Run(args);
        Assert.Equal("", errors);
        Assert.Equal(0, exit);
        Assert.Contains(line, text.Split('\n'));
    }

    [Fact]
    public async Task Of_what_cannot_be_read_nothing_fits_and_nothing_does_not()
    {
        var (exit, text, errors) = await Run("explain", "limit", "nope");
        Assert.Equal((3, ""), (exit, text));
        Assert.StartsWith("nope: there is no such file or folder", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no rule `limits`; `gitops-policy rules` lists them", "explain", "limits", "head")]
    [InlineData(
        "`--format` is how to tell what the rule did with changes: name a PATH, `--plan` or `--base`", "explain", "limit",
        "--format", "json")]
    [InlineData("no change is of a resource whose name contains `nobody`", "explain", "limit", "head", "--resource", "nobody")]
    public async Task What_cannot_be_explained_is_one_line(string message, params string[] args)
    {
        var (exit, text, errors) = await Run(args);
        Assert.Equal((2, "", $"gitops-policy: {message}\n"), (exit, text, errors));
    }

    private async Task<(int Exit, string Out, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
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
