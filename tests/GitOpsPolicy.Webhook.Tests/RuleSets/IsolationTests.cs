using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Webhook.Admission;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.RuleSets;

/// <summary>
/// What a rule may try in a server that judges for others too, as a table: isolation.cases. It is refused before it comes into
/// force, or fails, or it learns and changes nothing; the rules beside it judge as ever. With <c>GITOPS_POLICY_WRITE_CASES</c>
/// set the outcomes are written anew, to be read before they are kept.
/// </summary>
public sealed class IsolationTests
{
    private const char Separator = '¦';
    private const string Canary = "canary-4b1d";

    private static string CaseFile([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "isolation.cases");

    [Fact]
    public async Task A_rule_reaches_nothing_but_the_change_that_it_judges()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Environment.SetEnvironmentVariable("CANARY", Canary);
        var lines = await File.ReadAllLinesAsync(CaseFile());
        var seen = lines.Select(line => line.StartsWith('#') ? line : Tried(line, ((IPEndPoint)listener.LocalEndpoint).Port))
            .ToList();
        if (Environment.GetEnvironmentVariable("GITOPS_POLICY_WRITE_CASES") is { Length: > 0 })
            await File.WriteAllLinesAsync(CaseFile(), seen);

        Assert.Equal(lines, seen);
        Assert.True(lines.Count(static line => !line.StartsWith('#')) >= 30);
        Assert.False(listener.Pending(), "somebody called");
    }

    private static string Tried(string line, int port)
    {
        var of = line.Split(Separator, StringSplitOptions.TrimEntries);
        var code = of[2].Replace("PORT", port.ToString(), StringComparison.Ordinal);
        var outcome = Outcome(of[1] == "top" ? code : "", of[1] == "check" ? code : "").Replace(
            $"{port}", "PORT", StringComparison.Ordinal);
        return string.Join($" {Separator} ", of[0], of[1], of[2], outcome);
    }

    private static string Outcome(string top, string check)
    {
        var good = Reviews.NoDebug.Single();
        using var folder = new RuleFolder().Write(good.Key, good.Value).Look(1);
        var before = folder.Digest;
        if (top.Contains("link.js", StringComparison.Ordinal)) folder.Link("policies/link.js", "/etc/hostname");
        if (top.Contains("data.json", StringComparison.Ordinal)) folder.Write("policies/data.json", $"{{\"a\":\"{Canary}\"}}");
        folder.Write("policies/a-hostile.rule.js", $$"""
            {{top}}
            export default { name: "a-hostile", title: "H", severity: "low", match: { operations: ["create"], kubernetes: { kinds: ["ConfigMap"], namespaces: ["prod"] } }, check(change, { report, set, params }) { {{check}} } };
            """).Look();
        if (folder.Digest == before)
        {
            Assert.DoesNotContain(Canary, folder.InForce.Trouble!, StringComparison.Ordinal);
            return $"refused: {folder.InForce.Trouble}";
        }

        Assert.True(folder.InForce.TryGet(out var active));
        var reviewer = new Reviewer(TimeProvider.System, null);
        var decisions = new List<Decision>();
        foreach (var data in (string[])["yes", "no", "yes", "no"])
        {
            Assert.True(
                AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(Reviews.ConfigMap("u", $$"""{"debug":"{{data}}"}"""))).TryGet(
                    out var review));
            var considered = reviewer.Consider(review, active, CancellationToken.None);
            var (answer, decision) = (considered.Answer, considered.Decision);
            Assert.Equal(
                data == "yes",
                decision!.Findings.Any(static finding => finding is { Rule: "no-debug", Action: FindingAction.Deny }));
            Assert.DoesNotContain(Canary, answer.Message + string.Join(' ', answer.Warnings), StringComparison.Ordinal);
            decisions.Add(decision);
        }

        // The same question gets the same answer, however often it is asked.
        for (var i = 0; i < 2; i++) Assert.Equal(Told(decisions[i]), Told(decisions[i + 2]));
        return decisions[1].Failures is [var failure] ? $"fails: {failure.Message}" : "harmless";
    }

    private static string Told(Decision decision) =>
        string.Join(
            '\n',
            decision.Findings.Select(static finding => $"{finding.Rule} {finding.Action} {finding.Message}")
                .Concat(decision.Failures.Select(static failure => $"{failure.Rule} {failure.Message}")));
}
