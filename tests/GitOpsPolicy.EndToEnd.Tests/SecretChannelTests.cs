using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>
/// Rules in <c>Channels/</c> try to get the secrets of a plan out, by everything a rule can say: messages, remedies, places,
/// errors, objects, patterns. Nothing that the binary writes holds one.
/// </summary>
public sealed class SecretChannelTests
{
    private static readonly string[] Formats = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"];

    /// <summary>Texts that only the secrets hold, some of them in other spellings.</summary>
    private static readonly string[] Traces = ["canary", "CANARY", "7Hk", "7HK", "48151623", "yranac", "Zq9"];

    private static readonly string Channels = Repository.PathOf("tests", "GitOpsPolicy.EndToEnd.Tests", "Channels");

    public static TheoryData<string[]> Commands => [
        .. Formats.Select(format => Check("--format", format)), ["rules", "--policies", "."],
        ["explain", "told", "--policies", "."], ["explain", "shaped", "--policies", "."],
        ["bench", "--plan", "plan.json", "--policies", "."], ["lint", "."]
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Nothing_that_is_written_holds_a_secret(string[] command)
    {
        var ran = await Binary.RunAsync(Channels, command);
        foreach (var trace in Traces)
        {
            // The rules' own file holds the letters it spells with, and the plan is where the secret is.
            Assert.DoesNotContain(trace, ran.Out, StringComparison.Ordinal);
            Assert.DoesNotContain(trace, ran.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task All_of_the_rules_had_their_say()
    {
        var ran = await Binary.RunAsync(Channels, Check("--format", "json"));
        Assert.Equal(3, ran.ExitCode);
        foreach (var rule in (string[])["told", "thrown", "spelled", "shaped"])
            Assert.Contains($"\"{rule}\"", ran.Out, StringComparison.Ordinal);
        Assert.Contains("(sensitive #", ran.Out, StringComparison.Ordinal);
    }

    private static string[] Check(params string[] more) => ["check", "--plan", "plan.json", "--policies", ".", .. more];
}
