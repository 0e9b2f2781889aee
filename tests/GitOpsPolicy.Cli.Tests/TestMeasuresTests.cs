using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary>What <c>test</c> says about the tests themselves: what they come to, and what they notice.</summary>
public sealed class TestMeasuresTests : IDisposable
{
    private const string Rule = """
        export default {
          name: "limit", title: "t",
          check(change, { report }) {
            if (change.after.spec.replicas > 10) report.deny("too many");
          },
        };
        """;

    private const string Test = """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: RuleTest
        metadata: { name: limit }
        spec:
          rule: limit
          cases:
            - name: many
              change: { after: { apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicas: 20 } } }
              expect: [{ action: deny }]
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-");

    public TestMeasuresTests()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "policies"));
        File.WriteAllText(Path.Combine(folder.FullName, "policies/limit.rule.js"), Rule);
        File.WriteAllText(Path.Combine(folder.FullName, "policies/limit.test.yaml"), Test);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("--coverage")]
    [InlineData("--coverage", "policies")]
    [InlineData("--coverage=text")]
    [InlineData("policies", "--coverage", "text", "--coverage", "lcov=cov.info")]
    public async Task Coverage_follows_the_results(params string[] args)
    {
        var (exit, text, errors) = await Run(["test", .. args]);
        Assert.Equal("", errors);
        Assert.Equal(0, exit);
        Assert.StartsWith("1 passed, 0 failed\nrule   lines      branches", text, StringComparison.Ordinal);
        Assert.Contains("policies/limit.rule.js:4:9  `if` never false\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_in_the_binary_do_not_count()
    {
        File.WriteAllText(
            Path.Combine(folder.FullName, "gitops-policy.yaml"),
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin, policies]\n");
        var (exit, text, errors) = await Run("test", "--coverage", "--threshold", "line=100", "--mutate");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Equal(
            ["limit", "total"],
            text.Split('\n').Where(line => line.Contains(" %", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("json", "{\n")]
    [InlineData("lcov", "TN:\n")]
    public async Task A_report_for_programs_has_standard_output_to_itself(string format, string start)
    {
        var (exit, text, errors) = await Run("test", $"--coverage={format}");
        Assert.Equal(0, exit);
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.Equal("1 passed, 0 failed\n", errors);
    }

    [Fact]
    public async Task Files_and_pages_are_written_where_asked()
    {
        Assert.Equal(0, (await Run("test", "--coverage=json=c.json", "--coverage=html=pages")).Exit);
        Assert.True(File.Exists(Path.Combine(folder.FullName, "c.json")));
        Assert.True(File.Exists(Path.Combine(folder.FullName, "pages", "index.html")));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder.FullName, "pages")).Length);
    }

    [Theory]
    [InlineData(1, "the tests come to less than asked for: branch 50 % of 51 %\n", "--threshold=branch=51")]
    [InlineData(1, "the tests come to less than asked for: branch 50 % of 80 %, message 0 % of 80 %\n", "--threshold=80")]
    [InlineData(0, "", "--threshold=branch=50", "--threshold=line=100")]
    [InlineData(
        2, "`--threshold lines=1`: there is no `lines`; there are line, branch, message, mutation\n", "--threshold=lines=1")]
    [InlineData(2, "`--threshold 101`: `101` is no number from 0 to 100\n", "--threshold=101")]
    [InlineData(2, "unknown coverage report `jsno`; there are text, json, lcov, html\n", "--coverage=jsno=x")]
    [InlineData(2, "`--coverage html` needs a folder: `--coverage html=coverage`\n", "--coverage=html")]
    [InlineData(2, "`--coverage lcov=` names no file after the `=`\n", "--coverage=lcov=")]
    [InlineData(
        2,
        "`--coverage xml`: there is neither a report nor a file or folder of that name; the reports are text, json, lcov and html=DIR\n", "--coverage", "xml")]
    [InlineData(
        2, "only one `--coverage` can go to standard output; give the others a file: `--coverage lcov=coverage.info`\n",
        "--coverage=lcov", "--coverage=json")]
    [InlineData(2, "two reports would be written to `x`; give each its own file\n", "--coverage=lcov=x", "--coverage=json=x")]
    public async Task A_threshold_not_met_and_a_wrong_option_are_one_line(int exit, string message, params string[] args)
    {
        var ran = await Run(["test", .. args]);
        Assert.Equal(message.Length == 0 ? "" : $"gitops-policy: {message}", ran.Error);
        Assert.Equal(exit, ran.Exit);
    }

    [Fact]
    public async Task Changes_that_no_test_notices_are_listed_and_fail_only_below_a_threshold()
    {
        var (exit, text, _) = await Run("test", "--mutate");
        Assert.Equal(0, exit);
        Assert.Equal(
            "1 passed, 0 failed\npolicies/limit.rule.js:4:36  `>` to `>=`  no test noticed\n3 changes tried, 2 noticed, 1 survived\n", text);

        var held = await Run("test", "--threshold", "mutation=90");
        Assert.Equal(1, held.Exit);
        Assert.Equal("gitops-policy: the tests come to less than asked for: mutation 66.6 % of 90 %\n", held.Error);
    }

    [Fact]
    public async Task Rules_whose_tests_fail_are_not_changed()
    {
        File.WriteAllText(
            Path.Combine(folder.FullName, "policies/limit.test.yaml"),
            Test.Replace("replicas: 20", "replicas: 1", StringComparison.Ordinal));
        var (exit, _, errors) = await Run("test", "--mutate");
        Assert.Equal(1, exit);
        Assert.Equal("gitops-policy: rules are changed only once their tests pass as they are\n", errors);
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
}
