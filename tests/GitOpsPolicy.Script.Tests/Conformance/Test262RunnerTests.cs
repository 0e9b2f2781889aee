using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Conformance;

/// <summary>
/// The runner for test262 on a small folder of our own. It is a program of its own because it thaws built-in objects.
/// </summary>
public sealed class Test262RunnerTests : IDisposable
{
    private readonly string answers = Path.Combine(Path.GetTempPath(), $"test262-{Guid.NewGuid():N}.json");

    [Fact]
    public void Outcomes_are_counted_by_clause_and_a_failure_makes_the_exit_code_1()
    {
        var (code, output) = Run(Folder);
        Assert.Equal(1, code);
        Assert.Contains("language/statements: 5 passed, 3 failed, 0 refused", output, StringComparison.Ordinal);
        Assert.Contains("language/modules: 2 passed, 0 failed, 0 refused", output, StringComparison.Ordinal);
        Assert.Contains("built-ins/Array: 2 passed, 0 failed, 0 refused", output, StringComparison.Ordinal);
        Assert.Contains("total: 9 passed, 3 failed, 4 refused (16 tests)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_refusal_says_who_asked_for_what()
    {
        Run(Folder, "--filter", "language/refused", "--json", answers);
        using var json = JsonDocument.Parse(File.ReadAllText(answers));
        var reasons = json.RootElement.GetProperty("tests").EnumerateArray()
            .ToDictionary(test => test.GetProperty("path").GetString()!, test => test.GetProperty("reason").GetString()!);
        Assert.StartsWith("mode: sloppy", reasons["language/refused/sloppy.js"], StringComparison.Ordinal);
        Assert.Equal("feature: Proxy", reasons["language/refused/feature.js"]);
        Assert.StartsWith("`eval` is not supported", reasons["language/refused/construct.js"], StringComparison.Ordinal);
        Assert.StartsWith(
            "run time: functions cannot be made from text", reasons["language/refused/at-run-time.js"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong-answer.js", "2 is not 3")]
    [InlineData("endless.js", "fuel")]
    [InlineData("missed-error.js", "no error instead of SyntaxError at parse")]
    public void A_failure_is_listed_with_what_went_wrong(string test, string reason)
    {
        var (code, output) = Run(Folder, "--filter", test, "--list", "failed");
        Assert.Equal(1, code);
        Assert.Contains($"language/statements/{test}: ", output, StringComparison.Ordinal);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_failure_the_exit_code_is_0() => Assert.Equal(0, Run(Folder, "--filter", "language/modules").Code);

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("--filter")]
    public void Wrong_usage_is_exit_code_2(string argument) => Assert.Equal(2, Run(argument).Code);

    public void Dispose() => File.Delete(answers);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Conformance", "Test262");

    private static (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "GitOpsPolicy.Test262.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
