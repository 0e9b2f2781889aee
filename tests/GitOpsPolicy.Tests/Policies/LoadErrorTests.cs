using Xunit;

namespace GitOpsPolicy.Tests.Policies;

public sealed class LoadErrorTests
{
    private const string Ok = "require: { kind: { exists: true } }";

    // spec of the rule `r`, below which line 6 begins => the problems
    public static TheoryData<string, string> RuleCases { get; } = new()
    {
        { "severty: high\n" + Ok, "policies/r.rule.yaml:7:3: unknown field `severty`, did you mean `severity`?" },
        { "severity: hgih\n"
            + Ok,
            "policies/r.rule.yaml:7:13: unknown `severity` value `hgih`, did you mean `high`? (one of info, low, medium, high, critical)" },
        { "severity: 3\n" + Ok, "policies/r.rule.yaml:7:13: `severity` must be text, not the number `3` (write it in quotes)" },
        { "enforcement: on\n"
            + Ok,
            "policies/r.rule.yaml:7:16: `enforcement` must be text, not `true` (YAML takes words such as `y` and `on` for true or false; write it in quotes)" },
        { "description: x",
            "policies/r.rule.yaml:6:3: the rule has no checks (add at least one of deny, warn, audit, require, forbid)" },
        { "deny: { message: '' }", "policies/r.rule.yaml:7:20: `message` is empty" },
        { "deny: []", "policies/r.rule.yaml:7:9: the list is empty, so it checks nothing (leave the field out, or add a check)" },
        { "variables: { a: b, b: '1' }\n" + Ok, "policies/r.rule.yaml:7:19: unknown name `b`" },
        { "variables: { a: a + 1 }\n" + Ok, "policies/r.rule.yaml:7:19: unknown name `a`" },
        {
            "match: { operations: [create, updat], kuberntes: {} }\n" + Ok,
            "policies/r.rule.yaml:7:33: unknown `operations` value `updat`, did you mean `update`? (one of none, create, update, delete, replace, forget, import, read, connect)\n"
            + "policies/r.rule.yaml:7:41: unknown field `kuberntes`, did you mean `kubernetes`?"
        },
        { "match: { kubernetes: { kinds: [] } }\n"
            + Ok, "policies/r.rule.yaml:7:33: `kinds` is empty, so the rule would match nothing (leave it out to match all)" },
        {
            "parameters: { limit: { type: integer, default: many } }\n" + Ok,
            "policies/r.rule.yaml:7:50: `limit` must be a whole number, not text"
        },
        {
            "parameters: { limit: { type: integer, default: 1, ask: how many? } }\n" + Ok,
            "policies/r.rule.yaml:7:53: `limit` has both `ask` and `default` (a parameter with a default asks nothing)"
        },
        { "parameters: { limit: { default: 1 } }\n"
            + Ok,
            "policies/r.rule.yaml:7:24: `type` is missing\npolicies/r.rule.yaml:7:35: `limit` must be text, not the number `1`" },
        { "parameters: { limit: int }\n"
            + Ok,
            "policies/r.rule.yaml:7:24: unknown `limit` value `int` (one of string, integer, number, boolean, array, object)" },
        {
            "parameters: { tags: { type: string, pattern: '(' } }\n" + Ok,
            "policies/r.rule.yaml:7:48: `pattern` is no regular expression, see character 1 of `(`: unterminated group in regular expression"
        },
        {
            "parameters: { tags: { type: string, pattern: '(a)\\1' } }\n" + Ok,
            "policies/r.rule.yaml:7:48: `pattern` cannot be used, see character 3 of `(a)\\1`: backreference `\\1` is not supported, compare the captured texts in JavaScript"
        },
        {
            "parameters: { tags: { type: string, pattern: '(?i)a' } }\n" + Ok,
            "policies/r.rule.yaml:7:48: `pattern` is no regular expression, see character 1 of `(?i)a`: invalid group in regular expression "
            + "(there are no flags inside a pattern, write `[Aa]` or an expression with `/…/i`)"
        },
        {
            "deny:\n  - when: |\n\n      change.after.kind ===\n        nosuch(1)\n    message: |\n      first\n      ${second}\n",
            "policies/r.rule.yaml:11:11: unknown name `nosuch`\npolicies/r.rule.yaml:14:11: unknown name `second`"
        },
        { "require: { kind: { exists: maybe } }", "policies/r.rule.yaml:7:30: `exists` takes true or false, not text" },
        { "require: { kind: { in: Pod } }", "policies/r.rule.yaml:7:26: `in` takes a list, not text" },
        { "require: { kind: { atLeast: lots } }", "policies/r.rule.yaml:7:31: `atLeast` takes a number or quantity, not text" },
        {
            "require: { kind: { atLast: 1, atMost: 2 } }",
            "policies/r.rule.yaml:7:20: the pattern mixes the field `atLast` with operators, did you mean `atLeast`? (put fields under `fields`, and both under `allOf`)"
        },
        { "require: [{ kind: Pod }]",
            "policies/r.rule.yaml:7:13: `pattern` is missing (each entry of `require` is { pattern, message, action, remediation, fix })\npolicies/r.rule.yaml:7:15: unknown field `kind` (known here: action, fix, message, pattern, remediation)" },
        { "scope: set\n"
            + Ok,
            "policies/r.rule.yaml:6:3: a pattern has nothing to look at in a rule of scope `set` (add `forEach`, or leave out `scope`)" },
    };

    [Theory]
    [MemberData(nameof(RuleCases))]
    public void A_mistake_in_a_rule_is_told_with_its_place_and_remedy(string spec, string expected) =>
        Assert.Equal(expected, string.Join('\n', new Repository().WithRule("r", spec).Problems()));

    // fields of the configuration, from line 3 on => the problems
    public static TheoryData<string, string> ConfigCases { get; } = new()
    {
        { "rules: [policies]\nwaiver: [x]", "gitops-policy.yaml:4:1: unknown field `waiver`, did you mean `waivers`?" },
        { "rules: [nowhere]", "nowhere: there is no such file or folder" },
        { "rules: []",
            "gitops-policy.yaml:3:8: `rules` is empty, so nothing would be judged (leave it out for the default, or name `builtin`)" },
        { "rules: [../other]",
            "../other: there is no such file or folder\ngitops-policy.yaml:3:9: `../other` leads out of the repository (paths start at the folder of this file and hold no `..`)" },
        { "waiverDays: 0", "gitops-policy.yaml:3:13: `waiverDays` must be 1 to 366, not 0" },
        { "waiverDays: long", "gitops-policy.yaml:3:13: `waiverDays` must be a whole number, not text" },
        { "enforcement: { ci: strict }", "gitops-policy.yaml:3:20: unknown `ci` value `strict` (one of off, audit, warn, deny)" },
        { "enforcement: { rules: { rr: warn } }", "gitops-policy.yaml:3:25: there is no rule `rr`, did you mean `r`?" },
        { "enforcement: { rules: { r: { admision: warn } } }",
            "gitops-policy.yaml:3:30: unknown field `admision`, did you mean `admission`?" },
        { "parameters: { r: { limit: 1, limt: 2 } }",
            "gitops-policy.yaml:3:30: `r` has no parameter `limt`, did you mean `limit`? (it has limit, names)" },
        { "parameters: { r: { limit: 11 } }", "gitops-policy.yaml:3:27: `limit` must be at most 10, not 11" },
        { "parameters: { r: { names: [a, 1] } }", "gitops-policy.yaml:3:31: `names[1]` must be text, not the number `1`" },
        { "parameters: { other: {} }", "gitops-policy.yaml:3:15: there is no rule `other`" },
        { "environments: { a: { after: b } }",
            "gitops-policy.yaml:3:29: `a` comes after `b`, and there is no such environment (name another of `environments`)" },
        { "environments: { a: { after: a } }",
            "gitops-policy.yaml:3:29: `a` comes after itself (one environment starts the line and has no `after`)" },
        { "environments: { a: { words: [a-b] } }",
            "gitops-policy.yaml:3:30: `a-b` is no word (letters and digits, such as `prod` in `shop-prod`)" },
        { "environments: { Prod: { paths: ['prod/**'] } }",
            "gitops-policy.yaml:3:23: `Prod` is no name for an environment (lower-case letters, digits and dashes)" },
        {
            "environments: { prod: { paths: ['/prod/**'], parameters: { r: { limit: x } } } }",
            "gitops-policy.yaml:3:33: `/prod/**` leads out of the repository (paths start at the folder of this file and hold no `..`)"
        },
        { "environments: { prod: { parameters: { r: { limit: x } } } }",
            "gitops-policy.yaml:3:51: `limit` must be a whole number, not text" },
        { "drift: { ignore: [{ kinds: [apps/v1/Deployment], paths: [/a], reason: x }] }",
            "gitops-policy.yaml:3:29: `apps/v1/Deployment` has a version in it (write `apps/Deployment`: entries hold for every version)" },
        { "drift: { ignore: [{ kinds: [v1/ConfigMap], paths: [/a], reason: x }] }",
            "gitops-policy.yaml:3:29: `v1` is a version, no group (write `core/ConfigMap`: entries hold for every version)" },
        { "drift: { ignore: [{ kinds: [ConfigMap], paths: [/a], reason: x }] }",
            "gitops-policy.yaml:3:29: `ConfigMap` has no group (write `apps/ConfigMap`, or `core/ConfigMap` for the core group)" },
        { "drift: { ignore: [{ kinds: [core/ConfigMap], paths: [data.a], reason: x }] }",
            "gitops-policy.yaml:3:54: `data.a` is no path (a path is a JSON pointer such as `/spec/replicas`, with `*` for any one step and `**` for any number; empty for the whole object)" },
        { "drift: { table: ../table.yaml }",
            "../table.yaml: there is no such file or folder\ngitops-policy.yaml:3:17: `../table.yaml` leads out of the repository (paths start at the folder of this file and hold no `..`)" },
        { "drift: [table.yaml]", "gitops-policy.yaml:3:8: `drift` must be text, not a list" },
    };

    [Theory]
    [MemberData(nameof(ConfigCases))]
    public void A_mistake_in_the_configuration_is_told_with_its_place_and_remedy(string fields, string expected)
    {
        var repository = new Repository()
            .WithRule("r", "parameters: { limit: { type: integer, maximum: 10 }, names: { type: array, items: string } }\n" + Ok)
            .WithConfig(fields);
        Assert.Equal(expected, string.Join('\n', repository.Problems()));
    }

    [Fact]
    public void An_environment_may_have_a_name_of_several_words() =>
        Assert.Equal(
            "prod-eu",
            new Repository().WithRule("r", Ok)
                .WithConfig("environments: { prod-eu: { paths: ['eu/**'] } }")
                .Load().Config
                .EnvironmentOf("eu/a.yaml"));

    [Fact]
    public void Every_mistake_of_every_file_is_told_at_once()
    {
        var problems = new Repository()
            .WithRule("a", "severty: high\n" + Ok)
            .WithRule("b", "require: { kind: { exists: 1 } }")
            .With("policies/c.yaml", "a: [")
            .WithConfig("rule: x")
            .Problems();
        Assert.Equal(
            ["gitops-policy.yaml", "policies/a.rule.yaml", "policies/b.rule.yaml", "policies/c.yaml"],
            problems.Select(p => p.Split(':')[0]).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_rules_of_one_name_are_a_mistake() => Assert.Equal(
        ["policies/z.yaml:1:1: there is another rule `a` at policies/a.rule.yaml:1:1"],
        new Repository().WithRule("a", Ok).With("policies/z.yaml", Repository.RuleText("a", Ok)).Problems());

    [Theory]
    [InlineData(
        "apiVersion: gitopspolicy.dev/v1\nkind: Rule",
        "policies/x.yaml:1:13: unknown version `gitopspolicy.dev/v1` (this program knows gitopspolicy.dev/v1alpha1)")]
    [InlineData(
        "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Rules",
        "policies/x.yaml:2:7: unknown kind `Rules`, did you mean `Rule`? (one of Rule, Waiver, Acknowledgement, DriftTable, RuleTest, RuleTestSnapshot, PolicyConfig)")]
    [InlineData(
        "apiVersion: gitopspolicy.dev/v1alpha1",
        "policies/x.yaml:1:1: `kind` is missing (one of Rule, Waiver, Acknowledgement, DriftTable, RuleTest, RuleTestSnapshot, PolicyConfig)")]
    [InlineData("kind: Rule", "policies/x.yaml:1:1: a `Rule` needs `apiVersion: gitopspolicy.dev/v1alpha1`")]
    [InlineData(
        "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Rule\nmetadata: { name: Nice Name }",
        "policies/x.yaml:1:1: `spec` is missing\npolicies/x.yaml:3:19: `Nice Name` is no name (lower-case letters, digits and dashes, at most 63, such as `approved-images`)")]
    [InlineData(
        "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Waiver\nmetadata: { name: w }\nspec: { rule: a, resource: '*', expires: tomorrow }", "policies/x.yaml:4:28: `*` would excuse every resource (a waiver names its resources)\npolicies/x.yaml:4:42: `expires` must be a day such as 2026-03-31, not `tomorrow`")]
    public void A_document_of_ours_has_to_be_right(string text, string expected) =>
        Assert.Equal(expected, string.Join('\n', new Repository().With("policies/x.yaml", text).Problems()));

    private const string NoFunction = "the file is named as a rule, and its default export has no function `check`";
    private const string Remedy =
        " (write `export default { name, title, check(change, { report }) { … } }`, or rename a module for others to import)";

    [Theory]
    [InlineData(
        "x.rule.js", "export default { name: 'x', title: 'x', chekc() {} };", "x.rule.js:1:41: "
            + NoFunction
            + " but `chekc`, did you mean `check`?"
            + Remedy)]
    [InlineData(
        "x.rule.js", "export default { name: 'x', title: 'x', check: 1 };", "x.rule.js:1:41: "
            + NoFunction
            + " or `checkSet`"
            + Remedy)]
    [InlineData(
        "x.rule.mjs", "export default [{ name: 'x', title: 'x', check() {} }];", "x.rule.mjs: "
            + NoFunction
            + " or `checkSet`"
            + Remedy)]
    [InlineData(
        "x.rule.js", "export const rule = { name: 'x', title: 'x', check() {} };", "x.rule.js: "
            + NoFunction
            + " or `checkSet`"
            + Remedy)]
    [InlineData(
        "x.rule.js", "export default { name: 'x', title: 'x', *check() {} };",
        "x.rule.js:1:16: the function of the rule is a generator, whose body nothing would run (leave out the `*`)")]
    [InlineData(
        "x.rule.yaml", "apiVersion: gitops.dev/v1alpha1\nkind: Rule\n",
        "x.rule.yaml: the file is named as a rule, and there is none in it (a rule starts with `apiVersion: gitopspolicy.dev/v1alpha1` and `kind: Rule`)")]
    [InlineData(
        "x.rule.yml", "# later\n",
        "x.rule.yml: the file is named as a rule, and there is none in it (a rule starts with `apiVersion: gitopspolicy.dev/v1alpha1` and `kind: Rule`)")]
    [InlineData(
        "x.rule.ts", "export default {};",
        "x.rule.ts: the file is named as a rule, but no rule is read from `.ts` (rules end in `.rule.yaml` or `.rule.js`)")]
    [InlineData(
        "x.rule.YAML", "",
        "x.rule.YAML: the file is named as a rule, but no rule is read from `.YAML` (rules end in `.rule.yaml` or `.rule.js`)")]
    public void A_file_that_is_named_as_a_rule_and_gives_none_is_not_passed_over(string name, string text, string expected) =>
        Assert.Equal(["policies/" + expected], new Repository().WithRule("a", Ok).With($"policies/{name}", text).Problems());

    [Fact]
    public void Modules_and_what_other_tools_leave_are_no_rules() => Assert.Single(new Repository().WithRule("a", Ok)
        .With("policies/lib.js", "export default { checks: [] };")
        .With("policies/a.rule.yaml.orig", "")
        .With("policies/a.rule.js.map", "{}")
        .Load().Rules);

    [Fact]
    public void Documents_of_others_are_left_alone()
    {
        var rules = new Repository().WithRule("a", Ok)
            .With(
                "policies/fixture.yaml",
                "apiVersion: monitoring.coreos.com/v1\nkind: Rule\nmetadata: { name: X }\n---\n- 1\n---\na: b\n")
            .Load();
        Assert.Equal("a", Assert.Single(rules.Rules).Name);
    }
}
