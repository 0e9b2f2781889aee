using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>What the README says of guarding a cluster, typed as it stands there but for the ports, which may be taken.</summary>
public sealed partial class ReadmeServeTests
{
    [Fact]
    public async Task One_command_starts_a_webhook_and_a_review_sent_by_hand_is_denied_as_shown()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        Assert.Contains("dotnet run --project src/GitOpsPolicy.Cli -- serve\n", page, StringComparison.Ordinal);
        using var folder = await TemporaryRepository.CreateAsync();
        using var server = RunningBinary.Start(
            folder.Folder, [], "serve", "--port", "0", "--operations-port", "0", "--drain", "0");
        var address = Address().Match(await server.SaysAsync("readyz")).Value;

        var typed = Curl().Match(page).Value.Replace("https://localhost:8443/validate", address, StringComparison.Ordinal)
            .Replace("@docs", "@" + Repository.PathOf("docs"), StringComparison.Ordinal);
        var ran = await Binary.StartAsync("sh", folder.Folder, "", "-c", typed + " --silent --show-error");
        Assert.Matches(Shown(Answer().Match(page).Groups["answer"].Value), ran.Out);
        Assert.Equal(0, await server.InterruptAsync());
    }

    // The page breaks the one line of the answer, and leaves out what differs or is long.
    private static string Shown(string answer) =>
        "^" + Regex.Escape(answer.Replace("\n", "", StringComparison.Ordinal)).Replace("…", ".*", StringComparison.Ordinal) + "$";

    [GeneratedRegex(@"^curl .*$", RegexOptions.Multiline, 1_000)]
    private static partial Regex Curl();

    [GeneratedRegex(@"https://\S+/validate", RegexOptions.None, 1_000)]
    private static partial Regex Address();

    [GeneratedRegex("(?s)```json\n(?<answer>.*?)\n```", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Answer();
}
