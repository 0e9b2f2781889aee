using System.Text.Json;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation.Tracing;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reports.Tracing;
using GitOpsPolicy.Tests.Policies;
using GitOpsPolicy.Tests.Reports;
using Xunit;

namespace GitOpsPolicy.Tests.Evaluation;

public sealed class TraceTests
{
    private const string Secret = "apiVersion: v1\nkind: Secret\nmetadata: { name: s, labels: { team: a } }\nstringData: { password: hunter2hunter2, token: \"abc\" }\n";

    private const string Reader = """
        export default {
          name: "reader", title: "t",
          match: { operations: ["create"], kubernetes: { kinds: ["Secret"], labels: { team: "a" } } },
          check(change, { report }) {
            const { password, other } = change.after.stringData;
            if (password === "hunter2hunter2") report.deny(`it is ${password}`, password);
            if (change.after.stringData.token.length > 5) report.warn(`long ${change.after.stringData.token.toUpperCase()}`);
          },
        };
        """;

    [Fact]
    public void An_account_says_what_matched_what_was_read_which_way_it_went_and_what_came_of_it()
    {
        Assert.Equal(
            """
            reader on Secret s  create  app.yaml:1:1
              match     fits   operations create: is create  [policies/reader.rule.js:3:12]
              match     fits   kubernetes.kinds Secret: is Secret  [policies/reader.rule.js:3:50]
              match     fits   kubernetes.labels team: a: is a  [policies/reader.rule.js:3:69]
              read      change.after = {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","labels":{"team":"a"}},"stringData":{"password":"(sensitive #… at app.yaml:1:1  [policies/reader.rule.js:5:40]
              read      change.after.stringData = {"password":"(sensitive)","token":"(sensitive)"} at app.yaml:4:13  [policies/reader.rule.js:5:46]
              read      password = (sensitive) at app.yaml:4:25  [policies/reader.rule.js:5:13]
              read      other = nothing there  [policies/reader.rule.js:5:23]
              branch    `if` true  [policies/reader.rule.js:6:9]
              read      change.after = {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","labels":{"team":"a"}},"stringData":{"password":"(sensitive #… at app.yaml:1:1  [policies/reader.rule.js:7:16]
              read      change.after.stringData = {"password":"(sensitive)","token":"(sensitive)"} at app.yaml:4:13  [policies/reader.rule.js:7:22]
              read      change.after.stringData.token = (sensitive) at app.yaml:4:48  [policies/reader.rule.js:7:33]
              read      change.after.stringData.token.length = 3 at app.yaml:4:48  [policies/reader.rule.js:7:39]
              branch    `if` false  [policies/reader.rule.js:7:9]
              reported  deny it is (sensitive) at app.yaml:4:25  [policies/reader.rule.js:6:47]
              withheld  warn  [policies/reader.rule.js:7:58]
              answer    deny


            """.ReplaceLineEndings("\n"),
            Covered(Text(Trace("reader", Repository.Manifests(Secret)))));
    }

    /// <summary>A manifest, and why the rule has nothing to say about it.</summary>
    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: s }", "`kubernetes.kinds`, `kubernetes.labels` does not fit")]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: { name: s }", "`kubernetes.labels` does not fit")]
    public void A_rule_that_was_not_run_says_which_constraint_failed(string manifest, string why)
    {
        var judgement = Assert.Single(Trace("reader", Repository.Manifests(manifest)).Judgements);
        Assert.Equal("not run", judgement.Answer);
        Assert.Equal(why, judgement.NotRun);
        Assert.Contains(judgement.Match, m => m is { Holds: false });
    }

    [Fact]
    public void A_value_that_is_not_known_yet_is_marked_and_ends_the_account()
    {
        var judgement = Assert.Single(Trace("unknown", Plan()).Judgements);
        Assert.Equal("undetermined", judgement.Answer);
        Assert.Contains("not known yet: /", judgement.Ending, StringComparison.Ordinal);
        Assert.Contains(judgement.Steps, s => s is { What: "change.after.x", Result: "(known after apply)" });
    }

    [Fact]
    public void No_form_of_the_account_shows_a_secret()
    {
        var trace = Trace("reader", Repository.Manifests(Secret));
        Assert.DoesNotContain("hunter2", Text(trace), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Json(trace), StringComparison.Ordinal);
        Assert.DoesNotContain("abc", Text(trace), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_JSON_is_what_its_schema_says()
    {
        var schema = JsonSchema.Parse(File.ReadAllText(Path.Combine(
            Knowledge.CaseFile.Fixtures, "..", "..", "docs", "reference", "trace.schema.json")));
        foreach (var trace in (RuleTrace[])[
            Trace("reader", Repository.Manifests(Secret)),
            Trace("set", Repository.Manifests(Secret)),
            Trace("unknown", Plan())
        ])
        {
            using var json = JsonDocument.Parse(Json(trace));
            Assert.Empty(schema.Check(json.RootElement));
        }
    }

    [Fact]
    public void An_account_is_bounded_however_much_there_is_to_tell()
    {
        var many = Repository.Manifests(string.Join(
            "---\n", Enumerable.Range(0, 50).Select(i => $"apiVersion: v1\nkind: Pod\nmetadata: {{ name: p{i} }}\n")));
        var trace = Trace("busy", many);
        Assert.Equal((20, 30, 0), (trace.Judgements.Length, trace.LeftOut, trace.NotMatched));
        Assert.All(trace.Judgements, j => Assert.True(j.Steps.Length <= 200 && j.StepsLeftOut > 0));
        Assert.Equal(["Pod p7"], Trace("busy", many, "pod p7").Judgements.Select(j => j.Change!.Resource.ToString()));
        Assert.Equal(50, Trace("reader", many).NotMatched);
    }

    [Fact]
    public void A_rule_for_sets_and_a_pattern_have_accounts_too()
    {
        Assert.Equal("nothing found", Assert.Single(Trace("set", Repository.Manifests(Secret)).Judgements).Answer);
        var pattern = Assert.Single(
            Trace(
                "pattern",
                Repository.Manifests(
                    "apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { hostNetwork: true }")).Judgements);
        Assert.Contains(pattern.Steps, s => s is { What: "spec.hostNetwork", Result: "true", IsRead: true });
        Assert.Contains(pattern.Steps, s => s is { What: "`equals`", Result: "matched", IsRead: false });
        Assert.Equal("deny", pattern.Answer);
    }

    private static ChangeSet Plan()
    {
        const string plan = """
            {"format_version":"1.2","terraform_version":"1.9.0","planned_values":{},"resource_changes":[{"address":"a.b","mode":"managed","type":"a","name":"b","provider_name":"registry.terraform.io/x/y",
            "change":{"actions":["create"],"before":null,"after":{},"after_unknown":{"x":true},"before_sensitive":false,"after_sensitive":{}}}],"configuration":{}}
            """;
        return TerraformPlanInput.Read("plan.json", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(plan)));
    }

    private static RuleTrace Trace(string rule, ChangeSet changes, string? resource = null)
    {
        var repository = new Repository()
            .With("policies/reader.rule.js", Reader)
            .With(
                "policies/busy.rule.js",
                "export default { name: \"busy\", title: \"t\", check(c) { const o = {}; for (let i = 0; i < 300; i++) o[i]; for (const k of Object.keys(c.after)) { c.after[k]; } "
                    + string.Concat(Enumerable.Range(0, 250).Select(i => $"c.after.x{i}; "))
                    + "} };")
            .WithRule("unknown", "match: { operations: [create] }\nwhen: change.after.x === 1\ndeny: [{ message: m }]")
            .WithRule("set", "scope: set\nwhen: set.changes.length > 5\nwarn: [{ message: m }]")
            .WithRule(
                "pattern",
                "match: { operations: [create], kubernetes: { kinds: [Pod] } }\nforbid: { spec: { hostNetwork: true } }");
        var tracer = new RuleTracer(rule);
        var rules = Repository.Value(RuleSetLoader.Load(new() { Tree = repository.Tree, Tracer = tracer }));
        return tracer.Trace(rules, changes, Repository.Options, resource);
    }

    private static string Text(RuleTrace trace)
    {
        using var page = new StringWriter { NewLine = "\n" };
        TraceText.Write(trace, page);
        return page.ToString();
    }

    private static string Json(RuleTrace trace)
    {
        using var page = new StringWriter();
        TraceJson.Write(trace, page);
        return page.ToString();
    }

    // The four digits hang on the key, which is tested elsewhere.
    private static string Covered(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, @"\(sensitive #[0-9a-f]{4}\)", "(sensitive)", System.Text.RegularExpressions.RegexOptions.None,
        TimeSpan.FromSeconds(1));
}
