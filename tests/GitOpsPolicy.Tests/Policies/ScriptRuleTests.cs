using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using Xunit;

namespace GitOpsPolicy.Tests.Policies;

/// <summary>Rules with JavaScript in them: expressions in YAML, and whole modules.</summary>
public sealed class ScriptRuleTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web, namespace: prod, labels: { team: core } }
        spec:
          replicas: 1
          template:
            spec:
              containers:
                - name: web
                  image: web:1
                - name: side
                  image: side:1
        """;

    private static string Told(Decision decision) => string.Join('\n',
    [
        .. decision.Findings.Select(f => $"{f.Location.Line}:{f.Location.Column} {f.Action} {f.Message}"),
        .. decision.Undetermined.Select(
            u => $"undetermined {u.Rule} {u.Resource}: {string.Join(", ", u.Unknowns)} at {u.Location}"),
        .. decision.Failures.Select(f => $"failure {f.Rule} {f.Resource}: {f.Message} at {f.Location}"),
    ]);

    // spec => what is found
    public static TheoryData<string, string> YamlCases { get; } = new()
    {
        { "deny: [{ when: change.after.spec.replicas < 2, message: 'only ${change.after.spec.replicas} of ${change.resource}' }]",
            "1:1 Deny only 1 of Deployment prod/web" },
        { "deny: [{ when: change.after.spec.replicas < 2, message: few, where: change.after.spec.replicas }]", "5:13 Deny few" },
        { "warn: [{ message: 'always' }]", "1:1 Warn always" },
        {
            "forEach: change.after.spec.template.spec.containers\ndeny: [{ when: \"item.name !== 'web'\", message: \"${item.name} runs ${item.image}\" }]",
            "11:11 Deny side runs side:1"
        },
        {
            "variables: { pod: change.after.spec.template.spec, names: 'pod.containers.map(c => c.name)' }\naudit: [{ message: \"${names.join(' and ')}\", where: pod.containers }]",
            "9:9 Audit web and side"
        },
        { "when: change.operation === 'delete'\ndeny: [{ message: never }]", "" },
        { "parameters: { least: { type: integer, default: 3 } }\nrequire: { spec: { replicas: { atLeast: '${params.least}' } } }",
            "5:13 Deny `spec.replicas` must be at least `3`, not `1`" },
        {
            "parameters: { teams: { type: array, items: string, default: [a, b] } }\nrequire: { metadata: { labels: { team: { in: '${params.teams}' } } } }\nmessage: \"${path} is ${value}, not ${params.teams.join(' or ')}\"",
            "3:57 Deny metadata.labels.team is core, not a or b"
        },
        { "deny: [{ when: set.changes.length === 1 && set.count('create') === 1 && set.countBefore === null, message: one }]",
            "1:1 Deny one" },
        { "scope: set\ndeny: [{ when: set.count() > 0, message: \"${set.changes[0]}\", where: 'set.changes[0].after.metadata' }]",
            "3:11 Deny create Deployment prod/web" },
        { "deny: [{ when: params.x === undefined, message: 'from the rule', where: \"'made here'\" }]",
            "1:1 Deny from the rule" },
        { "deny: [{ when: change.after.spec.nothing.more, message: x }]", "failure" },
        { "forEach: change.after.spec.replicas\ndeny: [{ message: x }]",
            "failure r Deployment prod/web: `forEach` must give a list at policies/r.rule.yaml:7:12" },
        { "forEach: '[1, 2]'\nrequire: { a: b }",
            "failure r Deployment prod/web: a pattern needs an element that came from the input, and this one was made by `forEach` at policies/r.rule.yaml:8:12" },
    };

    [Theory]
    [MemberData(nameof(YamlCases))]
    public void An_expression_judges_the_change_and_places_its_finding(string spec, string expected)
    {
        var told = Told(new Repository().WithRule("r", spec).Judge(Deployment));
        if (expected == "failure") Assert.StartsWith("failure r Deployment prod/web: ", told, StringComparison.Ordinal);
        else Assert.Equal(expected, told);
    }

    // body of check(change, { params, report, set }) => what is found
    public static TheoryData<string, string> ScriptCases { get; } = new()
    {
        { "report.deny(`${change.resource} is small`, change.after.spec.replicas)", "5:13 Deny Deployment prod/web is small" },
        { "report.warn('first'); report.audit('second', change)", "1:1 Warn first\n1:1 Audit second" },
        { "for (const c of change.object.spec.template.spec.containers) report.deny(c.image, c.image, { remediation: 'pin it' })",
            "10:18 Deny web:1\n12:18 Deny side:1" },
        { "report.deny('line one\\nline \\u001b[31mtwo\\u202e')", "1:1 Deny line one line \\u{1b}[31mtwo\\u{202e}" },
        { "if (change.resource.namespace !== 'prod' || change.resource.apiVersion !== 'apps/v1' || change.before !== null) throw 1; report.deny(`${Object.keys(change).length}`)", "1:1 Deny 17" },
        { "throw new TypeError('it broke')", "failure r Deployment prod/web: TypeError: it broke at policies/r.rule.js:6:11" },
        { "while (true) {}",
            "failure r Deployment prod/web: the rule used up its fuel of 1000000 steps at policies/r.rule.js:6:18" },
        { "const a = []; for (;;) a.push('x'.repeat(100000))", "failure" },
        { "(function f() { f() })()", "failure" },
        { "report.deny('found before it broke'); null.x", "1:1 Deny found before it broke\nfailure" },
    };

    [Theory]
    [MemberData(nameof(ScriptCases))]
    public void A_module_judges_the_change_and_its_failure_is_an_outcome(string body, string expected)
    {
        var rule = $"export default {{\n  name: \"r\",\n  title: \"r\",\n\n  check(change, {{ params, report, set }}) {{\n    {body}\n  }},\n}};\n";
        var told = Told(new Repository().With("policies/r.rule.js", rule).Judge(Deployment));
        if (expected.EndsWith("failure", StringComparison.Ordinal))
            Assert.StartsWith(expected + " r Deployment prod/web: ", told, StringComparison.Ordinal);
        else Assert.Equal(expected, told);
    }

    [Fact]
    public void A_rule_that_reports_without_end_is_counted_not_told()
    {
        var decision = new Repository()
            .WithRule("r", "forEach: 'Array.from({ length: 100 }, (_, i) => i)'\ndeny: [{ message: \"number ${item}\" }]")
            .Judge(Deployment);
        Assert.Equal(65, decision.Findings.Length);
        Assert.Single(decision.Findings, f => f.Message == "36 more like these");
    }

    [Fact]
    public void A_message_is_cut_at_one_kilobyte()
    {
        var decision = new Repository().WithRule("r", "deny: [{ message: \"${'é'.repeat(5000)}\" }]").Judge(Deployment);
        var message = Assert.Single(decision.Findings).Message;
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(message) <= 1024);
        Assert.EndsWith("é…", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_never_shows_in_a_message()
    {
        const string Secret = "apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: prod }\nstringData: { password: correct-horse-battery }\n";
        var set = Repository.Manifests(
            Secret + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { copy: correct-horse-battery }\n");
        var decision = new Repository()
            .WithRule(
                "r",
                "forEach: Object.values(change.after.data ?? change.after.stringData)\ndeny: [{ message: \"it is ${item}, reversed ${[...item].reverse().join('')}\" }]")
            .Judge(set);
        Assert.Equal(2, decision.Findings.Length);
        Assert.All(decision.Findings, f => Assert.DoesNotContain("horse", f.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(
            "esroh", decision.Findings.Single(f => f.Resource!.ToString() == "Secret prod/s").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_needs_an_unknown_leaves_the_decision_undetermined()
    {
        var root = Repository.Read("spec: { size: 3, name: x }");
        Documents.JsonPointer.Find(root, "/spec/size")!.Mark(Documents.NodeFlags.Unknown);
        var change = new Change
        {
            Resource = new TerraformId("aws_instance.web", "aws_instance", "web", "aws"),
            Operation = Operation.Create,
            Origin = ChangeOrigin.Plan,
            After = root,
        };
        var set = new ChangeSet { Changes = [change] };
        string Judge(string spec) => Told(new Repository().WithRule("r", spec).Judge(set));
        Assert.Equal(
            "undetermined r aws_instance.web: aws_instance.web /spec/size at app.yaml:1:15",
            Judge("deny: [{ when: change.after.spec.size > 2, message: big }]"));
        Assert.Equal(
            "undetermined r aws_instance.web: aws_instance.web /spec/size at app.yaml:1:15",
            Judge("require: { spec: { size: { atMost: 2 } } }"));
        Assert.Equal(
            ":0:0 Deny (known after apply) is not known".Replace(":0:0", "0:0"),
            Judge("deny: [{ when: isUnknown(change.after.spec.size), message: \"${change.after.spec.size} is not known\" }]"));
        Assert.Equal(Outcome.Undetermined, new Repository().WithRule("r", "require: { spec: { size: 1 } }").Judge(set).Outcome);
        var warned = new Repository().WithRule("r", "enforcement: warn\nrequire: { spec: { size: 1 } }").Judge(set);
        Assert.Equal(
            (Outcome.Allow, "r has no answer about aws_instance.web: aws_instance.web /spec/size is not known yet"),
            (warned.Outcome, Assert.Single(warned.Notes)));
    }

    [Fact]
    public void A_parameter_that_only_the_user_knows_is_asked_for_once()
    {
        var repository = new Repository().WithRule(
            "r",
            "parameters: { registries: { type: array, items: string, ask: which registries? } }\ndeny: [{ message: never }]");
        var decision = repository.Judge(Deployment);
        Assert.Empty(decision.Findings);
        Assert.Equal("r is not applied: set `parameters.r.registries` (which registries?)", Assert.Single(decision.Notes));
        Assert.Single(repository.WithConfig("parameters: { r: { registries: [x] } }").Judge(Deployment).Findings);
    }

    [Fact]
    public void Parameters_of_an_environment_hold_for_its_files()
    {
        var repository = new Repository()
            .WithRule(
                "r",
                "parameters: { limit: { type: integer, default: 1 } }\ndeny: [{ message: \"${change.environment} ${params.limit}\" }]")
            .WithConfig("parameters: { r: { limit: 2 } }\nenvironments: { prod: { paths: ['env/prod/**'], parameters: { r: { limit: 3 } } }, dev: { paths: ['env/*/dev.yaml'] } }");
        string Judge(string file) => Told(repository.Judge(
            Repository.Manifests(Deployment) is var set ? set with { Changes = [set.Changes[0] with { File = file }] } : set));
        Assert.Equal("1:1 Deny prod 3", Judge("env/prod/web/app.yaml"));
        Assert.Equal("1:1 Deny dev 2", Judge("./env/x/dev.yaml"));
        Assert.Equal("1:1 Deny null 2", Judge("other.yaml"));
    }

    [Fact]
    public void A_rule_imports_modules_beside_it_and_built_in_ones()
    {
        var repository = new Repository()
            .With(
                "policies/a/r.rule.js",
                "import { small } from \"../lib/size.js\";\nimport { images } from \"gitops-policy/images\";\nexport default { name: \"r\", title: \"r\", check(change, { report }) { if (small(change.after)) report.deny(`${images(change.after).length} images`); } };\n")
            .With("policies/lib/size.js", "export const small = o => o.spec.replicas < 2;\n");
        Assert.Equal("1:1 Deny 2 images", Told(repository.Judge(Deployment)));
    }

    // file and text => problems
    [Theory]
    [InlineData("export default { name: \"r\", check() {} };", "policies/r.rule.js:1:16: `title` is missing")]
    [InlineData(
        "export default { name: \"r\", title: \"r\", severty: \"low\", check() {} };",
        "policies/r.rule.js:1:41: unknown field `severty`, did you mean `severity`?")]
    [InlineData(
        "import { x } from \"./nowhere.js\";\nexport default { name: \"r\", title: \"r\", check() {} };",
        "policies/r.rule.js:1:")]
    [InlineData(
        "export default { name: \"r\", title: \"r\", match: { operations: [\"creat\"] }, check() {} };",
        "policies/r.rule.js:1:63: unknown `operations` value `creat`, did you mean `create`?")]
    [InlineData("export default { name: \"r\" check() {} };", "policies/r.rule.js:1:28: ")]
    public void A_mistake_in_a_module_is_told_with_its_place(string text, string expected) =>
        Assert.StartsWith(
            expected, string.Join('\n', new Repository().With("policies/r.rule.js", text).Problems()), StringComparison.Ordinal);

    [Theory]
    [InlineData("deny: [{ when: 'change.after.', message: x }]", "policies/r.rule.yaml:7:")]
    [InlineData("deny: [{ when: a b, message: x }]", "policies/r.rule.yaml:7:20: ")]
    [InlineData("deny: [{ message: 'x ${', when: 'true' }]", "policies/r.rule.yaml:7:")]
    [InlineData(
        "deny:\n  - message: x\n    when: |\n      change.operation ===\n        nothingOfTheKind\n", "policies/r.rule.yaml:11:")]
    [InlineData(
        "variables: { item: '1' }\ndeny: [{ message: x }]",
        "policies/r.rule.yaml:7:22: a variable cannot be called `item` (the word has a meaning of its own in expressions)")]
    public void A_mistake_in_an_expression_is_told_where_it_stands(string spec, string expected) =>
        Assert.StartsWith(expected, string.Join('\n', new Repository().WithRule("r", spec).Problems()), StringComparison.Ordinal);
}
