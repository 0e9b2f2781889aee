using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.BreakGlass;
using GitOpsPolicy.Webhook.Metrics;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.BreakGlass;

/// <summary>
/// What excuses a denial, as a table: exceptions.cases says which waivers and which leave there are, and what becomes of a
/// request. None covers more than it says, two never add up, and each use is on record.
/// </summary>
public sealed partial class ExceptionTests
{
    private static readonly Dictionary<string, string> Waiver = new(StringComparer.Ordinal)
    {
        ["name"] = "w",
        ["rule"] = "images",
        ["resource"] = "Pod_shop/web",
        ["owner"] = "team",
        ["approver"] = "security",
        ["ticket"] = "OPS-1",
        ["reason"] = "old",
        ["expires"] = "2026-03-31",
    };

    private static readonly Dictionary<string, string> Leave = new(StringComparer.Ordinal)
    {
        ["name"] = "l", ["who"] = "alice", ["approver"] = "bob", ["reason"] = "down", ["incident"] = "INC-7",
        ["notBefore"] = "2026-03-01T12:00:00Z",
        ["notAfter"] = "2026-03-01T14:00:00Z",
        ["namespaces"] = "[shop]",
        ["operations"] = "[create]",
    };

    private static string CaseFile([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "exceptions.cases");

    [Fact]
    public async Task Nothing_excuses_more_than_it_says_and_each_use_is_on_record()
    {
        var cases = (await File.ReadAllLinesAsync(CaseFile())).Where(static line => !line.StartsWith('#')).ToList();
        Assert.True(cases.Count >= 40);
        var wrong = new List<string>();
        await using var server = await TestServer.StartAsync(null);
        foreach (var line in cases)
        {
            var of = line.Split('|', StringSplitOptions.TrimEntries);
            var seen = Outcome(server, of[1], of[2], int.Parse(of[3]));
            if (seen != of[4]) wrong.Add($"{line}\n    {seen}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Nobody_hears_of_waivers_and_acknowledgements_that_have_nothing_to_do_with_their_request()
    {
        var files = Rules(["waiver(expires=2026-02-28)", "waiver(name=unused resource=Pod_shop/gone)"]);
        files["acknowledgements/a.yaml"] = $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Acknowledgement\nmetadata: {{ name: a }}\nspec: {{ deletions: [k8s:/Pod/shop/old], digest: 'sha256:{new string('0', 64)}', owner: a, approver: b, reason: c }}\n";
        await using var server = await TestServer.StartAsync(files);
        Assert.True(server.Rules.TryGet(out var active));
        var reviewer = new Reviewer(new At(Grants.Begin), null);

        Assert.Empty(Ask("UPDATE /Service shop/web by alice").Warnings);
        Assert.Empty(Ask("DELETE /ConfigMap shop/web by alice").Warnings);
        Assert.Equal(
            "[waiver] the waiver `w` does not hold: it expired on 2026-02-28",
            Assert.Single(Ask("CREATE /Pod shop/web by alice").Warnings));
        Assert.StartsWith(
            "[acknowledgement] the acknowledgement `a` does not hold",
            Assert.Single(Ask("DELETE /Pod shop/old by alice").Warnings), StringComparison.Ordinal);

        Answer Ask(string request) => reviewer.Consider(Grants.Request(request), active, CancellationToken.None).Answer;
    }

    private static string Outcome(TestServer server, string exceptions, string request, int minutes)
    {
        var all = exceptions.Split(" + ", StringSplitOptions.RemoveEmptyEntries);
        server.Rules.Put(new(
            server.Load(Rules(all.Where(static one => one.StartsWith("waiver", StringComparison.Ordinal)))), default));
        var (log, clock, register) = (new StringWriter(), new At(Grants.Begin.AddMinutes(minutes)), new BreakGlassRegister());
        register.Put(
            "test",
            new(
                [
                    .. Grants.Read(string.Concat(all.Where(static one => one.StartsWith("leave", StringComparison.Ordinal))
                        .Select(LeaveDocument))).Read
                ], []));
        using var metrics = new WebhookMetrics();
        var judge = new RuleJudge(
            server.Rules, null, new(clock, null), metrics, new BreakGlassUse(register, metrics, clock, log));
        var answer = judge.Judge(Review(request), CancellationToken.None);
        if (!answer.IsAllowed) return log.ToString().Length == 0 ? "denied" : $"denied, and yet on record: {log}";
        var kept = answer.Annotations.ToDictionary(static one => one.Key, static one => one.Value, StringComparer.Ordinal);
        if (kept.TryGetValue("break-glass", out var leave))
            return log.ToString().StartsWith($"break-glass {leave}: let ", StringComparison.Ordinal)
                ? $"let through by {leave}"
                : "let through without a line in the log";
        return kept.TryGetValue("waived-by", out var waivers) ? $"waived by {waivers}" : "allowed";
    }

    private static Dictionary<string, string> Rules(IEnumerable<string> waivers)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in (string[])["images", "names"])
            files[$"policies/{rule}.rule.yaml"] = $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Rule\nmetadata: {{ name: {rule} }}\nspec: {{ title: A, severity: low, match: {{ operations: [create, update], kubernetes: {{ kinds: [Pod, ConfigMap, BreakGlass] }} }}, deny: [{{ when: 'true', message: denied }}] }}\n";
        foreach (var waiver in waivers.Select(static one => Document(one, Waiver)))
            files[$"waivers/{waiver["name"]}.yaml"] = $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Waiver\nmetadata: {{ name: {waiver["name"]} }}\nspec:\n{Lines(waiver, "name")}";
        return files;
    }

    private static string LeaveDocument(string words)
    {
        var leave = Document(words, Leave);
        string[] scope = ["namespaces", "kinds", "operations", "rules"];
        var inScope = string.Join(", ", scope.Where(leave.ContainsKey).Select(key => $"{key}: {leave[key]}"));
        return $"---\napiVersion: gitopspolicy.dev/v1alpha1\nkind: BreakGlass\nmetadata: {{ name: {leave["name"]} }}\nspec:\n{Lines(leave, ["name", .. scope])}  scope: {{ {inScope} }}\n";
    }

    private static string Lines(Dictionary<string, string> fields, params IEnumerable<string> without) => string.Concat(
        fields.Where(field => !without.Contains(field.Key)).Select(static field => $"  {field.Key}: {field.Value}\n"));

    // waiver(name=w2 rule=names): the fields of one that is in order, but for these. A space in a value is written _.
    private static Dictionary<string, string> Document(string words, Dictionary<string, string> usual)
    {
        var fields = new Dictionary<string, string>(usual, StringComparer.Ordinal);
        foreach (Match field in Field().Matches(words[(words.IndexOf('(') + 1)..^1]))
        {
            if (field.Groups["value"].Value == "-") fields.Remove(field.Groups["key"].Value);
            else fields[field.Groups["key"].Value] = field.Groups["value"].Value;
        }

        foreach (var key in fields.Keys.ToList()) fields[key] = fields[key].Replace('_', ' ');
        return fields;
    }

    private static AdmissionReview Review(string request)
    {
        var claims = request.EndsWith(" claiming", StringComparison.Ordinal);
        var review = Grants.Request(request.Replace(" claiming", "", StringComparison.Ordinal));
        if (!claims) return review;
        const string Object = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","annotations":{"gitopspolicy.dev/waiver":"images","gitopspolicy.dev/break-glass":"l","break-glass":"l"}}}""";
        Assert.True(
            YamlReader.Read(
                new TextFile("x", System.Text.Encoding.UTF8.GetBytes(Object)), System.Text.Encoding.UTF8.GetBytes(Object),
                ReaderLimits.Default).TryGet(
                out var stream));
        return review with { Object = stream.Documents[0].Root };
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [GeneratedRegex(@"(?<key>\w+)=(?<value>\S+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Field();
}
