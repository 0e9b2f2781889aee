using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Admission;

/// <summary>
/// The contract with the API server, as a table: contract.cases says for each request and for what a rule says to it what the API
/// server makes of the answer. With <c>GITOPS_POLICY_WRITE_CASES</c> set the outcomes are written anew, to be read before they
/// are kept.
/// </summary>
public sealed class ContractTests
{
    private const char Separator = '|';

    /// <summary>A rule that does what the request tells it.</summary>
    private const string Rule = """
        const fills = { plain: "x", control: "\u0007", newline: "\n", escape: "\u001b[31m", wide: "\u6f22", pair: "\ud83d\ude00", lone: "\ud83d", bidi: "\u202e", nul: "\u0000", next: "\u0085" };
        export default {
          name: "told", title: "Does as told", severity: "low", remediation: "Do it otherwise.", match: { operations: ["create", "update", "delete", "connect"] },
          check(change, { report }) {
            const told = change.object.told;
            if (told.fail) throw new Error("boom");
            const text = (i) => `${i} ${fills[told.fill].repeat(told.length)}`;
            for (let i = 0; i < told.deny; i++) report.deny(text(i), told);
            for (let i = 0; i < told.warn; i++) report.warn(text(i), told);
          },
        };
        """;

    private static string CaseFile([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "contract.cases");

    [Fact]
    public async Task The_API_server_understands_every_answer_as_it_is_meant()
    {
        await using var deny = await StartAsync("deny");
        await using var allow = await StartAsync("allow");
        var lines = await File.ReadAllLinesAsync(CaseFile());
        var seen = new List<string>();
        foreach (var line in lines)
            seen.Add(line.StartsWith('#') ? line : await OutcomeAsync(line.Split(Separator), deny, allow));
        if (Environment.GetEnvironmentVariable("GITOPS_POLICY_WRITE_CASES") is { Length: > 0 })
            await File.WriteAllLinesAsync(CaseFile(), seen);
        Assert.True(lines.Count(static line => !line.StartsWith('#')) >= 120);
        Assert.Equal(lines, seen);
    }

    private static Task<TestServer> StartAsync(string onError) => TestServer.StartAsync(new(StringComparer.Ordinal)
    {
        ["policies/told.rule.js"] = Rule,
        ["gitops-policy.yaml"] = $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nonError: {onError}\n",
    });

    private static async Task<string> OutcomeAsync(string[] columns, TestServer deny, TestServer allow)
    {
        var asked = columns[..^1];
        var server = asked[^1].Trim() == "allow" ? allow : deny;
        using var client = server.Client();
        var (uid, review) = Review([.. asked.Select(static column => column.Trim())]);
        var answer = await client.PostAsync(new Uri("/validate?timeout=30s", UriKind.Relative), Reviews.Json(review));
        var body = await answer.Content.ReadAsStringAsync();
        var view = ApiServerView.Of((int)answer.StatusCode, body, uid);
        AssertNothingIsLost(view, body);
        return string.Join(Separator, [.. asked, " " + Tell(view)]);
    }

    // What is sent arrives: no warning is dropped or cut on the way, no message forges a line of its own.
    private static void AssertNothingIsLost(ApiServerView view, string body)
    {
        if (view.Failure is not null) return;
        var sent = JsonNode.Parse(body)!["response"]!["warnings"]?.AsArray().Select(static warning => (string)warning!).ToList()
            ?? [];
        Assert.Equal(sent, view.Warnings);
        Assert.True(view.Annotations.Count <= 10);
        Assert.DoesNotContain(view.Message, static c => char.IsControl(c) && c != '\n');
        Assert.True(view.Message.Length < 20_000, $"a message of {view.Message.Length} characters");
    }

    private static string Tell(ApiServerView view) => view switch
    {
        { Failure: { } why } => $"failed: {why}",
        { IsAllowed: true } => $"allowed{Warned(view)}",
        _ => $"{view.Code} {view.Message.Count(static c => c == '\n') + 1} lines{Warned(view)}",
    };

    private static string Warned(ApiServerView view) =>
        view.Warnings.Count == 0
            ? ""
            : $", {view.Warnings.Count} warnings of at most {view.Warnings.Max(static warning => warning.EnumerateRunes().Count())}";

    // uid | version | operation | kind | subresource | object | dry run | deny | warn | length | fill | fails | onError
    private static (string Uid, string Review) Review(string[] of)
    {
        var uid = JsonSerializer.Deserialize<string>($"\"{of[0]}\"")!;
        var told = new JsonObject
        {
            ["deny"] = int.Parse(of[7]),
            ["warn"] = int.Parse(of[8]),
            ["length"] = int.Parse(of[9]),
            ["fill"] = of[10],
            ["fail"] = of[11] == "fails",
        };
        var thing = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = of[3],
            ["metadata"] = new JsonObject { ["name"] = "n", ["namespace"] = "prod" },
            ["told"] = told,
        };
        var request = new JsonObject
        {
            ["uid"] = uid,
            ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = of[3] },
            ["resource"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["resource"] = of[3].ToLowerInvariant() + "s" },
            ["subResource"] = of[4],
            ["name"] = of[5] == "unnamed" ? "" : "n",
            ["namespace"] = "prod",
            ["operation"] = of[2],
            ["userInfo"] = new JsonObject { ["username"] = "alice" },
            ["object"] = of[2] == "DELETE" || of[5] == "none" ? null : thing.DeepClone(),
            ["oldObject"] = of[2] is "DELETE" or "UPDATE" && of[5] != "none" ? thing.DeepClone() : null,
            ["dryRun"] = of[6] == "dry",
        };
        return (uid,
            new JsonObject { ["apiVersion"] = of[1], ["kind"] = "AdmissionReview", ["request"] = request }.ToJsonString());
    }
}
