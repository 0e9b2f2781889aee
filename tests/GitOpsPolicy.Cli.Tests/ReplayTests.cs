using System.Text;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Replaying;
using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary>What <c>gitops-policy replay</c> takes, and which exit codes it has.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Rule = """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: { name: no-debug }
        spec:
          title: Debugging is off
          severity: low
          remediation: Take it out.
          match: { operations: [create], kubernetes: { kinds: [ConfigMap] } }
          deny: [{ when: 'change.after.data.debug === "yes"', message: "debugging is on" }]
        """;

    private readonly CommandLine line = new();

    public ReplayTests() => line.Write("policies/no-debug.rule.yaml", Rule);

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("there is no folder `nowhere`; `gitops-policy serve --record DIR` makes one", "nowhere")]
    [InlineData("'--fail-on' takes", "policies", "--fail-on", "newly")]
    [InlineData("'--format' takes", "policies", "--format", "xml")]
    public async Task What_cannot_be_meant_is_one_clear_line(string message, params string[] args)
    {
        var (exit, written, error) = await line.Run(["replay", .. args, "--policies", "policies"]);
        Assert.Equal((2, ""), (exit, written));
        Assert.Contains(message.Replace('\'', '`'), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_reviews_answers_nothing()
    {
        var (exit, written, error) = await line.Run("replay", "policies", "--policies", "policies");
        Assert.Equal((3, "", "gitops-policy: there are no reviews in `policies`\n"), (exit, written, error));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false, "--fail-on", "newly-denied")]
    [InlineData(1, false, "--fail-on", "changed")]
    [InlineData(0, true)]
    [InlineData(0, true, "--fail-on", "newly-denied")]
    [InlineData(1, true, "--fail-on", "changed")]
    public async Task The_exit_code_says_what_was_asked_for(int expected, bool wasDenied, params string[] args)
    {
        Write(Record(wasDenied, debug: wasDenied ? "no" : "yes", digest: "sha256:00"));
        var (exit, _, error) = await line.Run(["replay", "ring", "--policies", "policies", .. args]);
        Assert.Equal((expected, ""), (exit, error));
    }

    [Fact]
    public async Task The_same_rules_that_say_something_else_are_not_to_be_trusted()
    {
        Write(Record(isDenied: false, debug: "yes", digest: await DigestAsync()));
        var (exit, written, _) = await line.Run("replay", "ring", "--policies", "policies", "--fail-on", "newly-denied");
        Assert.Equal(3, exit);
        Assert.Contains("Other decisions by the same rules:", written, StringComparison.Ordinal);
        Assert.Contains("same digest: 0 of 1 decisions equal", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_can_be_taken_elsewhere_without_what_is_damaged()
    {
        var record = Record(isDenied: true, debug: "yes", digest: "sha256:00");
        Write(record);
        var whole = line.Read("ring/reviews-000000000001.log");
        line.Write("ring/reviews-000000000002.log", whole[..^5]);
        var (exit, written, error) = await line.Run("replay", "ring", "--format", "records");
        Assert.Equal((0, whole), (exit, written));
        Assert.Equal("ring/reviews-000000000002.log:1: this line is no whole record and was skipped\n", error);
    }

    private async Task<string> DigestAsync()
    {
        Write(Record(isDenied: true, debug: "yes", digest: "sha256:00"));
        var (_, written, _) = await line.Run("replay", "ring", "--policies", "policies", "--format", "json");
        using var json = System.Text.Json.JsonDocument.Parse(written);
        return json.RootElement.GetProperty("ruleset").GetString()!;
    }

    private void Write(RecordedReview record) =>
        line.Write("ring/reviews-000000000001.log", Encoding.UTF8.GetString(RecordText.Write(record)));

    private static RecordedReview Record(bool isDenied, string debug, string digest) => new()
    {
        Time = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero),
        RuleSetDigest = digest,
        Enforcement = "deny",
        IsAllowed = !isDenied,
        Decision = new()
        {
            Outcome = isDenied ? Outcome.Deny : Outcome.Allow,
            IsDenied = isDenied,
            Findings = isDenied ? [new("no-debug", FindingAction.Deny, "f000000000000000")] : [],
        },
        Review = Encoding.UTF8.GetBytes(
            """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","kind":{"group":"","version":"v1","kind":"ConfigMap"},"name":"a","namespace":"shop","operation":"CREATE","object":{"data":{"debug":"DEBUG"}}}}"""
                .Replace("DEBUG", debug, StringComparison.Ordinal)),
    };
}
