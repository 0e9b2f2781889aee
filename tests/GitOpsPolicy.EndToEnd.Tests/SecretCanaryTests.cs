using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>
/// <c>Canaries/</c> holds secrets in every place and spelling that the shipped rules look at, each with a text of its own that is
/// nowhere else. Whatever the binary is asked to write about them, it writes none.
/// </summary>
public sealed partial class SecretCanaryTests
{
    private const string Trace = "Kan4rie";

    private static readonly string[] Formats = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"];
    private static readonly string[] Rules = [
        "plaintext-secret", "half-encrypted", "sealed-secret", "external-secret", "secret-in-clear", "secret-in-plan"
    ];
    private static readonly string Folder = Repository.PathOf("tests", "GitOpsPolicy.EndToEnd.Tests", "Canaries");
    private static readonly string Policies = Repository.PathOf("policies", "secrets");

    public static TheoryData<string[]> Commands =>
    [
        .. Formats.Select(
            format => (string[])["check", "repository", "--plan", "plan.json", "--policies", Policies, "--format", format]),
        .. Formats.Select(
            format => (string[])["check", "repository", "--base", "failing", "--policies", Policies, "--format", format]),
        .. Rules.SelectMany(rule => ((string[])["text", "json"]).Select(
            format =>
                (string[])["explain", rule, "repository", "--plan", "plan.json", "--policies", Policies, "--format", format])),
        ["bench", "repository", "--plan", "plan.json", "--policies", Policies, "--rounds", "1"],
        ["test", "failing", "--verbose"], ["test", "failing", "--coverage", "json"], ["test", "failing", "--mutate"],
        ["lint", "failing"],
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Nothing_that_is_written_holds_one(string[] command)
    {
        var ran = await Binary.RunAsync(Folder, command);

        Assert.NotEqual(2, ran.ExitCode);
        Assert.NotEmpty(ran.Out + ran.Error);
        foreach (var text in (string[])[ran.Out, ran.Error])
        {
            Assert.DoesNotContain(Trace, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Spellings.Value, spelling => text.Contains(spelling, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void There_are_more_than_fifty() => Assert.True(Canaries.Value.Count > 50, $"only {Canaries.Value.Count}");

    [Fact]
    public async Task They_are_found()
    {
        var ran = await Binary.RunAsync(
            Folder, "check", "repository", "--plan", "plan.json", "--policies", Policies, "--format", "json");

        Assert.Equal(1, ran.ExitCode);
        foreach (var rule in Rules) Assert.Contains($"\"{rule}\"", ran.Out, StringComparison.Ordinal);
    }

    private static readonly Lazy<HashSet<string>> Canaries = new(() =>
    {
        var texts = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var inClear = texts.SelectMany(text => Canary().Matches(text).Select(match => match.Value));
        return [
            .. inClear,
            .. texts.SelectMany(text => Base64().Matches(text))
                .SelectMany(match => Decoded(match.Value))
                .SelectMany(text => Canary().Matches(text).Select(match => match.Value))
        ];
    });

    /// <summary>Each of them as it is, and as base64 writes it where it stands by itself or behind <c>app:</c>.</summary>
    private static readonly Lazy<string[]> Spellings = new(() => [.. Canaries.Value.SelectMany(
        text => (string[])[text, Encode(text), Encode($"app:{text}"), Encode(Encode(text))]).Select(
        text => text.TrimEnd('='))]);

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Decoded(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) yield break;
        var decoded = Encoding.UTF8.GetString(bytes, 0, length);
        yield return decoded;
        foreach (var inner in Decoded(decoded)) yield return inner;
    }

    [GeneratedRegex("Kan4rie[0-9]{2}Zq", RegexOptions.CultureInvariant)]
    private static partial Regex Canary();

    [GeneratedRegex("[A-Za-z0-9+/]{12,}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Base64();
}
