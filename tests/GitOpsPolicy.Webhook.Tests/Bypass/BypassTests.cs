using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Bypass;

/// <summary>
/// Ways past the rules, as a table: bypass.cases says for each what is wrong, how it is dressed up, and which rule has to deny
/// it. Every line goes over TLS to a server with the families that ship and a few rules about parts of Pods.
/// </summary>
public sealed class BypassTests
{
    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;

    [Fact]
    public async Task Nothing_gets_past_the_rules_but_what_a_line_allows_and_says_why()
    {
        var cases = (await File.ReadAllLinesAsync(Path.Combine(Folder(), "bypass.cases")))
            .Where(static line => !line.StartsWith('#'))
            .ToList();
        await using var server = await TestServer.StartAsync(Rules());
        using var client = server.Client();
        var wrong = new List<string>();
        foreach (var line in cases)
        {
            var seen = await OutcomeAsync(client, line.Split('|', StringSplitOptions.TrimEntries));
            if (seen is not null) wrong.Add($"{line}\n    {seen}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(cases.Count(static line => !line.Contains("| allowed", StringComparison.Ordinal)) >= 150);
        Assert.Equal(cases.Count, cases.Distinct(StringComparer.Ordinal).Count());
    }

    // What is otherwise than the line says; null when nothing is.
    private static async Task<string?> OutcomeAsync(HttpClient client, string[] of)
    {
        Assert.True(of.Length == 6, string.Join('|', of));
        var review = BypassRequest.Of(of[1], of[2], of[3], of[4]);
        using var body = Reviews.Json(review);
        using var answer = await client.PostAsync(new Uri("/validate?timeout=30s", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) return $"HTTP {(int)answer.StatusCode}: {text}";
        if (text.Contains(BypassRequest.Password, StringComparison.Ordinal)) return $"the answer shows the secret: {text}";
        using var json = JsonDocument.Parse(text);
        var response = json.RootElement.GetProperty("response");
        var isAllowed = response.GetProperty("allowed").GetBoolean();
        if (of[5].StartsWith("allowed", StringComparison.Ordinal)) return isAllowed ? null : text;
        if (isAllowed) return $"it got through: {review}\n    {text}";
        var message = response.GetProperty("status").GetProperty("message").GetString()!;
        return of[5] == "denied" || message.Contains(of[5], StringComparison.Ordinal) ? null : text;
    }

    private static Dictionary<string, string> Rules()
    {
        var folder = Path.Combine(Folder(), "rules");
        var expires = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd");
        return Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(
                file => Path.GetRelativePath(folder, file),
                file => File.ReadAllText(file).Replace("EXPIRES", expires, StringComparison.Ordinal), StringComparer.Ordinal);
    }
}
