using System.Text.Json;
using System.Xml.Linq;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Reports;
using Xunit;

namespace GitOpsPolicy.Tests.Reports;

public sealed class ReportTests
{
    public static TheoryData<string> Formats => [.. Sample.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_same_decision_gives_the_same_bytes(string format) =>
        Assert.Equal(Sample.Written(format, Sample.Rich()), Sample.Written(format, Sample.Rich()));

    [Theory]
    [InlineData("json", "report.schema.json")]
    [InlineData("sarif", "sarif-essentials.schema.json")]
    [InlineData("gitlab", "gitlab-code-quality.schema.json")]
    public void What_programs_read_is_as_its_schema_says(string format, string schema)
    {
        foreach (var decision in (Decision[])[Sample.Rich(), Sample.Clean()])
        {
            using var json = JsonDocument.Parse(Sample.Written(format, decision));
            Assert.Empty(Schema(schema).Check(json.RootElement));
        }
    }

    [Fact]
    public void The_schema_checker_finds_what_is_wrong()
    {
        var text = Sample.Written("json", Sample.Rich()).Replace("\"schemaVersion\": \"1.0\"", "\"schemaVersion\": \"2.0\"")
            .Replace("\"line\": 4", "\"line\": -4")
            .Replace("\"notes\"", "\"remarks\"");
        using var json = JsonDocument.Parse(text);
        var wrong = Schema("report.schema.json").Check(json.RootElement);
        Assert.Contains(wrong, problem => problem.StartsWith("/schemaVersion:", StringComparison.Ordinal));
        Assert.Contains(wrong, problem => problem.Contains("/location/line", StringComparison.Ordinal));
        Assert.Contains(wrong, problem => problem.Contains("remarks", StringComparison.Ordinal));
        Assert.Throws<NotSupportedException>(() => JsonSchema.Parse("""{ "minimums": 1 }""").Check(json.RootElement));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("github")]
    [InlineData("markdown")]
    [InlineData("junit")]
    [InlineData("sarif")]
    [InlineData("json")]
    public void A_report_says_what_would_be_destroyed_before_it_lists_findings(string format)
    {
        var text = Sample.Written(format, Sample.Rich());
        var findings = text.IndexOf("not from an approved registry", StringComparison.Ordinal);
        foreach (var word in (string[])["pruned", "replaced", "drifted", "updated"])
            Assert.InRange(text.IndexOf(word, StringComparison.Ordinal), 0, findings);
        foreach (var name in (string[])["old", "aws_db_instance.main"])
            Assert.InRange(text.IndexOf(name, StringComparison.Ordinal), 0, findings);
    }

    [Fact]
    public void The_text_shows_the_line_and_points_at_the_value()
    {
        var text = Sample.Written("text", Sample.Rich());
        Assert.Contains("""
            apps/web.yaml
              4:10  deny  evil.example.com/web:latest is not from an approved registry  approved-images, high
                  4 |   image: evil.example.com/web:latest
                    |          ^
                  fix: do it otherwise

            """, text, StringComparison.Ordinal);
        Assert.Contains("waived by w-1: agreed", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains(
            "\u001b[31m", Sample.Written("text", Sample.Rich(), Sample.Context with { Color = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Junit_has_a_suite_per_rule_and_a_case_with_one_failure_per_resource()
    {
        var root = XDocument.Parse(Sample.Written("junit", Sample.Rich())).Root!;
        Assert.Equal(
            ["summary", "approved-images", "broken", "drifted", "input", "no-unprotected-prune", "replicas", "user-data"],
            root.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value));
        foreach (var counted in root.Elements("testsuite").Append(root))
        {
            Assert.Equal(counted.Descendants("testcase").Count(), (int)counted.Attribute("tests")!);
            Assert.Equal(counted.Descendants("failure").Count(), (int)counted.Attribute("failures")!);
            Assert.Equal(counted.Descendants("error").Count(), (int)counted.Attribute("errors")!);
            Assert.Equal(counted.Descendants("skipped").Count(), (int)counted.Attribute("skipped")!);
        }

        var images = root.Elements("testsuite").Single(suite => suite.Attribute("name")!.Value == "approved-images");
        var failure = Assert.Single(images.Descendants("failure"));
        Assert.Equal(2, failure.Value.Split('\n').Length);
        Assert.Equal("apps/web.yaml", failure.Parent!.Attribute("file")!.Value);
    }

    [Fact]
    public void Sarif_puts_a_deletion_where_the_review_can_show_it()
    {
        using var json = JsonDocument.Parse(Sample.Written("sarif", Sample.Rich()));
        var run = json.RootElement.GetProperty("runs")[0];
        var prune = run.GetProperty("results")
            .EnumerateArray()
            .Single(result => result.GetProperty("message")
                .GetProperty("text")
                .GetString()!
                .Contains("pruned", StringComparison.Ordinal));
        Assert.Equal("apps/kustomization.yaml", Uri(prune.GetProperty("locations")[0]));
        Assert.Equal("apps/web.yaml", Uri(prune.GetProperty("relatedLocations")[0]));
        var waived = run.GetProperty("results").EnumerateArray().Single(result => result.TryGetProperty("suppressions", out _));
        Assert.Equal("w-1: agreed", waived.GetProperty("suppressions")[0].GetProperty("justification").GetString());
        var hashes = run.GetProperty("results")
            .EnumerateArray()
            .Select(result => result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString())
            .ToList();
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("a b/c#d?e%f:g.yaml", "a%20b/c%23d%3Fe%25f%3Ag.yaml")]
    [InlineData("./a/b.yaml", "a/b.yaml")]
    [InlineData("/tmp/a b.yaml", "file:///tmp/a%20b.yaml")]
    [InlineData("ä/x.yaml", "%C3%A4/x.yaml")]
    public void A_path_becomes_a_uri_reference(string path, string uri) => Assert.Equal(uri, ReviewPlace.Uri(path));

    [Fact]
    public void Gitlab_issues_have_fingerprints_of_their_own()
    {
        using var json = JsonDocument.Parse(Sample.Written("gitlab", Sample.Rich()));
        var prints = json.RootElement.EnumerateArray().Select(issue => issue.GetProperty("fingerprint").GetString()).ToList();
        Assert.Equal(8, prints.Count);
        Assert.Equal(prints.Count, prints.Distinct().Count());
    }

    [Fact]
    public void Github_shows_ten_annotations_of_a_kind_worst_first_and_counts_the_rest()
    {
        var findings = Enumerable.Range(
            0,
            25).Select(i => Sample.Finding(
                "r", Sample.Deployment($"d{i}"), null, $"message {i}",
                file: "a.yaml") with { Severity = i == 24 ? Severity.Critical : Severity.Low });
        var lines = Sample.Written("github", Sample.Of(findings)).Split('\n');
        Assert.Equal(10, lines.Count(line => line.StartsWith("::error ", StringComparison.Ordinal)));
        Assert.Contains(
            "message 24", lines.First(line => line.StartsWith("::error ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("15 more findings", StringComparison.Ordinal));
    }

    [Fact]
    public void A_comment_that_is_too_long_is_cut_and_says_so()
    {
        var findings = Enumerable.Range(
            0, 5000).Select(i => Sample.Finding("r", Sample.Deployment($"d{i}"), null, $"message {i}", file: "a.yaml"));
        var deletes = Enumerable.Range(
            0,
            100).Select(i => new Change
            {
                Resource = Sample.Deployment(new string('n', 5000)),
                Operation = Operation.Delete,
                Origin = ChangeOrigin.Diff,
            });
        var text = Sample.Written("markdown", Sample.Of(findings, deletes));
        Assert.InRange(text.Length, 60_000, 65_536);
        Assert.Contains("more, which do not fit", text, StringComparison.Ordinal);
    }

    private static string? Uri(JsonElement location) =>
        location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString();

    internal static JsonSchema Schema(string name) => JsonSchema.Parse(name == "report.schema.json"
        ? JsonReport.ReadSchema()
        : File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reports", "Schemas", name)));
}
