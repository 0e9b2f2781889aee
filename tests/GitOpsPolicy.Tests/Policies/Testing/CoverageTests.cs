using System.Text.Json;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Policies.Testing.Coverage;
using GitOpsPolicy.Reports.Coverage;
using GitOpsPolicy.Tests.Reports;
using Xunit;

namespace GitOpsPolicy.Tests.Policies.Testing;

public sealed class CoverageTests
{
    private const string Script = """
        import { isBig } from "./lib/size.js";
        export default {
          name: "size",
          title: "Not too big",
          match: { operations: ["create"] },
          check(change, { report }) {
            if (isBig(change.after)) {
              report.deny("too big", change.after);
            } else if (change.after.spec?.odd) {
              report.warn("odd");
            }
          },
        };
        """;

    private const string Library = """
        export function isBig(object) {
          return object.spec?.replicas > 10;
        }
        export function isSmall(object) {
          return !isBig(object);
        }
        """;

    private const string Yaml = """
        match: { operations: [create] }
        when: change.after.kind === 'Deployment'
        deny:
          - when: params.strict
            message: never
          - message: "is ${change.after.spec.replicas > 5 ? 'large' : 'small'}"
        parameters: { strict: { type: boolean, default: false, description: d } }
        """;

    /// <summary>A rule, the replicas that its cases try, and what is missed.</summary>
    public static TheoryData<string, string, string> Missed { get; } = new()
    {
        {
            "size", "20",
            """
            policies/size.rule.js:7:9  `if` never false
            policies/size.rule.js:8:14  `deny` never withheld
            policies/size.rule.js:9-10  never reached
            policies/size.rule.js:10:14  `warn` never produced
            """
        },
        {
            "size", "20, 1",
            """
            policies/size.rule.js:9:16  `if` never true
            policies/size.rule.js:9:35  `?.` never nothing there
            policies/size.rule.js:10  never reached
            policies/size.rule.js:10:14  `warn` never produced
            """
        },
        {
            "pattern", "1",
            """
            policies/pattern.rule.yaml:8:12  `require` never produced
            policies/pattern.rule.yaml:8:42  `atMost` never not matched
            """
        },
        { "pattern", "1, 20", "" },
        {
            "words", "1",
            """
            policies/words.rule.yaml:8:9  `when` never false
            policies/words.rule.yaml:10:13  `when` never true
            policies/words.rule.yaml:11  never reached
            policies/words.rule.yaml:11:16  `deny` never produced
            policies/words.rule.yaml:12:16  `deny` never withheld
            policies/words.rule.yaml:12:22  `? :` never true
            """
        },
    };

    [Theory]
    [MemberData(nameof(Missed))]
    public void What_no_case_comes_to_is_told_by_place(string rule, string replicas, string missed)
    {
        var coverage = Cover(rule, replicas);
        Assert.Equal(
            missed.ReplaceLineEndings("\n"), string.Join('\n', CoverageText.Missed(coverage.Units.Single(u => u.Name == rule))));
    }

    [Fact]
    public void A_module_counts_by_itself_whichever_rule_imports_it()
    {
        var module = Cover("size", "20, 1").Units.Single(u => u.Rule is null);
        Assert.Equal("policies/lib/size.js", module.Name);
        Assert.Equal(
            ["policies/lib/size.js:2:23  `?.` never nothing there", "policies/lib/size.js:5  never reached"],
            CoverageText.Missed(module));
        Assert.Equal([("isBig", 2L), ("isSmall", 0L)], module.Functions.Select(f => (f.Name, f.Hits)));
    }

    [Fact]
    public void Rules_that_ship_do_not_count()
    {
        var repository = new Repository()
            .WithConfig("rules: [builtin, policies]")
            .WithRule("mine", "require: { kind: { exists: true } }")
            .WithDocument(
                "policies/it.test.yaml", "RuleTest", "it",
                "rule: mine\ncases:\n  - name: one\n    change: { after: { apiVersion: v1, kind: Pod, metadata: { name: a } } }\n    expect: []");
        Assert.Equal("mine", Assert.Single(Run(repository).Units).Name);
    }

    [Fact]
    public void The_text_shows_a_line_for_each_rule_and_one_for_all()
    {
        using var page = new StringWriter();
        CoverageText.Write(Cover("pattern", "1, 20"), page);
        Assert.StartsWith("rule                  lines", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("pattern               1/1 100 %", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("total ", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_is_what_its_schema_says()
    {
        using var page = new StringWriter();
        CoverageJson.Write(Cover("size", "20"), page);
        using var json = JsonDocument.Parse(page.ToString());
        Assert.Empty(JsonSchema.Parse(File.ReadAllText(Path.Combine(Root, "docs", "reference", "coverage.schema.json"))).Check(
            json.RootElement));
        var size = json.RootElement.GetProperty("rules")
            .EnumerateArray()
            .Single(r => r.TryGetProperty("rule", out var name) && name.GetString() == "size");
        Assert.Equal(1, size.GetProperty("messageHits")[0].GetProperty("produced").GetInt32());
        Assert.Equal(0, size.GetProperty("messageHits")[0].GetProperty("withheld").GetInt32());
    }

    [Fact]
    public void The_LCOV_tracefile_is_one_by_the_letter_of_the_format()
    {
        using var page = new StringWriter { NewLine = "\r\n" };
        CoverageLcov.Write(Cover("size", "20, 1"), page);
        var lcov = Lcov.Parse(page.ToString());
        Assert.Equal(2, lcov.Lines["policies/size.rule.js:7"]);
        Assert.Equal(0, lcov.Lines["policies/size.rule.js:10"]);
        Assert.Equal(0, lcov.Lines["policies/lib/size.js:5"]);
        Assert.Equal(1, lcov.Branches["policies/size.rule.js:7,0,0"]);
        Assert.Equal(-1, lcov.Branches["policies/pattern.rule.yaml:8,0,0"]);
    }

    [Fact]
    public void The_pages_stand_by_themselves_and_hold_nothing_of_a_rule_unescaped()
    {
        var repository = new Repository()
            .With(
                "policies/<script>x.rule.js",
                "export default { name: \"x\", title: \"</pre><script>alert(1)</script>\", check(c) { if (!c) return; } };")
            .WithDocument(
                "policies/it.test.yaml", "RuleTest", "it",
                "rule: x\ncases:\n  - name: one\n    change: { after: { apiVersion: v1, kind: Pod } }\n    expect: []");
        var pages = CoverageHtml.Pages(Run(repository)).ToList();
        Assert.Equal("index.html", pages[0].Name);
        Assert.All(pages, page =>
        {
            Assert.Matches("^[A-Za-z0-9_-]+\\.html$", page.Name);
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("http://", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("https://", page.Html, StringComparison.Ordinal);
        });
        Assert.Contains("&lt;/pre&gt;&lt;script&gt;alert(1)", pages[1].Html, StringComparison.Ordinal);
        Assert.Contains("<em>`if` never true</em>", pages[1].Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{pages[1].Name}\"", pages[0].Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 100, "-")]
    [InlineData(2, 3, 66.6, "2/3 66.6 %")]
    [InlineData(1999, 2000, 99.9, "1999/2000 99.9 %")]
    [InlineData(3, 3, 100, "3/3 100 %")]
    public void A_share_is_100_percent_only_when_it_is_all(int covered, int total, double percent, string shown)
    {
        Assert.Equal(percent, new Share(covered, total).Percent);
        Assert.Equal(shown, new Share(covered, total).ToString());
    }

    private static string Root { get; } = Path.GetFullPath(Path.Combine(Knowledge.CaseFile.Fixtures, "..", ".."));

    private static CoverageReport Cover(string rule, string replicas)
    {
        var cases = string.Concat(replicas.Split(", ").Select(r =>
            $"  - name: n{r}\n    change:\n      after: {{ apiVersion: apps/v1, kind: Deployment, metadata: {{ name: web }}, spec: {{ replicas: {r} }} }}\n    expect: []\n"));
        var repository = new Repository()
            .With("policies/size.rule.js", Script)
            .With("policies/lib/size.js", Library)
            .WithRule("words", Yaml)
            .WithRule("pattern", "match: { operations: [create] }\nrequire: { spec: { replicas: { atMost: 10 } } }")
            .WithDocument("policies/it.test.yaml", "RuleTest", "it", $"rule: {rule}\ncases:\n{cases}");
        return Run(repository);
    }

    private static CoverageReport Run(Repository repository) =>
        Repository.Value(RuleTests.Load(new() { Tree = repository.Tree }, countsCoverage: true)).Run(null, default).Coverage!;
}
