using System.Text;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Replaying;
using GitOpsPolicy.Tests.Inputs;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Replaying;

/// <summary>What rules make of recorded reviews, and what nobody can say from a record.</summary>
public sealed class ReviewReplayTests
{
    private const string Password = "VHIwdWI0ZG9yJjMtY2FuYXJ5";
    private const string Secret = $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db","namespace":"shop","labels":{"team":"a"}},"data":{"password":"{{{Password}}}"}}""";
    private const string Settings =
        """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"},"data":{"debug":"yes"}}""";

    private static readonly DateTimeOffset Then = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly Repository NoDebug = Rule("no-debug", """change.after.data?.debug === "yes" """);

    public static TheoryData<string> Fixture => [.. Directory.GetFiles(
        Path.Combine(Fixtures.Folder, "reviews"), "*.json", SearchOption.AllDirectories)
        .Select(static file => Path.GetRelativePath(Fixtures.Folder, file))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Fixture))]
    public void The_rules_that_ship_say_the_same_of_a_record_as_of_the_review(string file) =>
        AssertRepeatable(new Repository().WithConfig("rules: [builtin]"), File.ReadAllText(Path.Combine(Fixtures.Folder, file)));

    [Theory]
    [InlineData(
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"a:v1","env":[{"name":"DB_PASSWORD","value":"Tr0ub4dor&3-x9"}]}]}}""", "secret-in-clear")]
    [InlineData(
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"a:v1","args":["--password=Tr0ub4dor&3-x9"]}]}}""", "secret-in-clear")]
    [InlineData(
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"a:v1","args":["--password","Tr0ub4dor&3-x9"]}]}}""", "secret-in-clear")]
    [InlineData(
        """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","annotations":{"u":"postgres://app:Tr0ub4dor&3@db/app"}},"data":{"app.properties":"user=app\ndb.password=Tr0ub4dor3x9\n"}}""", "secret-in-clear")]
    [InlineData(
        """{"apiVersion":"bitnami.com/v1alpha1","kind":"SealedSecret","metadata":{"name":"a"},"spec":{"encryptedData":{"a":"Tr0ub4dor&3-x9"},"template":{"data":{"password":"Tr0ub4dor&3-x9"}}}}""", "sealed-secret")]
    public void The_rules_that_ship_find_in_a_record_the_secrets_that_it_does_not_hold(string given, string rule)
    {
        var record = AssertRepeatable(new Repository().WithConfig("rules: [builtin]"), Review(given));
        Assert.Contains(rule, record.Decision!.Against);
        Assert.DoesNotContain("Tr0ub4dor", Encoding.UTF8.GetString(RecordText.Write(record)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_other_rules_would_deny_is_newly_denied()
    {
        var replayed = Replay(Record(NoDebug, Settings), Rule("no-settings", """change.resource.name === "settings" """));
        Assert.Equal(ReplayResult.NewlyDenied, Replay(Record(Rule("none", "false"), Settings), NoDebug).Result);
        Assert.Equal((ReplayResult.Same, "no-settings"), (replayed.Result, replayed.Now!.Against.Single()));
    }

    [Fact]
    public void What_they_would_no_longer_deny_is_newly_allowed() =>
        Assert.Equal(ReplayResult.NewlyAllowed, Replay(Record(NoDebug, Settings), Rule("none", "false")).Result);

    [Fact]
    public void A_record_says_itself_which_answers_rest_on_what_it_does_not_hold()
    {
        var rules = Rule("starts", """change.after.data.password.startsWith("VHI")""");
        var record = Record(rules, Secret);
        Assert.Equal(["starts"], record.RestsOnRedacted.AsEnumerable());
        var replayed = Replay(record, rules);
        Assert.Equal((ReplayResult.NotReplayable, true), (replayed.Result, replayed.IsEqual));
    }

    [Theory]
    [InlineData("""change.after.data.password.startsWith("VHI")""")]
    [InlineData("""change.after.data.password.length < 30""")]
    [InlineData("""change.after.data.password.startsWith("none")""")]
    [InlineData("""Object.values(change.after.data).includes("x")""")]
    public void Nobody_guesses_what_a_new_rule_would_say_of_a_value_that_is_not_there(string when)
    {
        var replayed = Replay(Record(NoDebug, Secret), Rule("curious", when));
        Assert.Equal(ReplayResult.NotReplayable, replayed.Result);
        Assert.Equal(["curious"], replayed.Unsure);
    }

    [Theory]
    [InlineData("""change.after.metadata.labels.team === "a" """)]
    [InlineData("""Object.keys(change.after.data).includes("password")""")]
    public void A_new_rule_about_the_rest_of_a_Secret_is_replayed(string when) =>
        Assert.Equal(ReplayResult.NewlyDenied, Replay(Record(NoDebug, Secret), Rule("team", when)).Result);

    [Fact]
    public void A_sure_denial_stands_beside_an_unsure_one()
    {
        var rules = Rule("curious", "change.after.data.password.length < 30").WithRule(
            "team", Spec("""change.after.metadata.labels.team === "a" """));
        Assert.Equal(ReplayResult.NewlyDenied, Replay(Record(NoDebug, Secret), rules).Result);
    }

    [Theory]
    [InlineData("2026-01-14", true)]
    [InlineData("2026-01-15", false)]
    public void Waivers_hold_as_they_did_then(string expires, bool isDenied)
    {
        const string waiver = "rule: no-debug\nresource: ConfigMap shop/settings\nowner: team\napprover: security\nticket: OPS-1\nreason: it is old\nexpires: ";
        var rules = Rule("no-debug", """change.after.data?.debug === "yes" """).WithDocument(
            "waivers/w.yaml", "Waiver", "w", waiver + expires);
        var record = Record(rules, Settings);
        Assert.Equal(isDenied, record.Decision!.IsDenied);
        Assert.True(Replay(record, rules).IsEqual);
    }

    [Fact]
    public void What_was_not_judged_to_the_end_is_compared_with_nothing() =>
        Assert.Equal(ReplayResult.NotJudged, Replay(Record(NoDebug, Settings) with { Decision = null }, NoDebug).Result);

    [Fact]
    public void A_record_that_says_otherwise_than_its_rules_is_found_out()
    {
        var record = Record(NoDebug, Settings);
        Assert.False(Replay(record with { Decision = record.Decision! with { Findings = [] } }, NoDebug).IsEqual);
        Assert.False(
            Replay(
                record with { Decision = record.Decision! with { Findings = [.. record.Decision.Findings.Select(static finding =>
                    finding with { Action = FindingAction.Warn })] } }, NoDebug).IsEqual);
    }

    private static RecordedReview AssertRepeatable(Repository rules, string review)
    {
        var record = RecordReview(rules, review);
        Assert.Empty(record.RestsOnRedacted);
        var replayed = Replay(record, rules);
        Assert.Equal((ReplayResult.Same, true), (replayed.Result, replayed.IsEqual));
        return record;
    }

    private static RecordedReview Record(Repository rules, string given) => RecordReview(rules, Review(given));

    private static RecordedReview RecordReview(Repository rules, string json)
    {
        var (set, review) = (rules.Load(), Repository.Value(AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(json))));
        var evaluator = new Evaluator(set);
        var decision = AdmissionEvaluation.Judge(evaluator, review, Then, null);
        var line = RecordText.Write(new ReviewRecording().Of(new()
        {
            Review = review,
            Decision = decision,
            Rules = set,
            Evaluator = evaluator,
            At = Then,
        }));
        Assert.True(RecordText.TryRead(line.AsMemory(0, line.Length - 1), out var record));
        return record;
    }

    private static ReplayedReview Replay(RecordedReview record, Repository rules) =>
        new ReviewReplay(rules.Load(), environment: null).Judge(record);

    private static Repository Rule(string name, string when) => new Repository().WithRule(name, Spec(when));

    private static string Spec(string when) =>
        $"severity: low\nremediation: Do not.\nmatch: {{ operations: [create], kubernetes: {{ kinds: [\"*\"] }} }}\ndeny: [{{ when: '{when}', message: it is so }}]";

    private static string Review(string given)
    {
        using var json = System.Text.Json.JsonDocument.Parse(given);
        var (api, kind) = (json.RootElement.GetProperty("apiVersion").GetString()!.Split('/'),
            json.RootElement.GetProperty("kind").GetString());
        return $$$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","kind":{"group":"{{{(api.Length == 1 ? "" : api[0])}}}","version":"{{{api[^1]}}}","kind":"{{{kind}}}"},
            "name":"{{{json.RootElement.GetProperty("metadata").GetProperty("name").GetString()}}}","namespace":"shop","operation":"CREATE","userInfo":{"username":"alice","groups":["system:authenticated"]},"object":{{{given}}}}}
            """;
    }
}
