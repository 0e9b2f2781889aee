using GitOpsPolicy.Policies.Testing;
using Xunit;

namespace GitOpsPolicy.Tests.Policies;

public sealed class RuleTestsTests
{
    private const string Forbid =
        "match: { operations: [create, update, delete] }\nforbid: { spec: { replicas: { atMost: 1 } } }";

    private static Repository With(string cases) =>
        new Repository().WithRule("alone", Forbid)
            .WithDocument("policies/alone.test.yaml", "RuleTest", "alone-test", "rule: alone\ncases:\n" + cases);

    private static string Case(
        string expect,
        string change = "after: { apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicas: 1 } }") =>
        $"  - name: it\n    change:\n      {change}\n    expect: {expect}\n";

    private static string Failures(Repository repository) =>
        string.Join('\n', repository.Test().Results.SelectMany(r => r.Failures).Select(f => $"{f.Location}: {f.Message}"));

    private const string Found = "deny `\u0060spec.replicas\u0060 must not be at most \u0060"
        + "1\u0060` at policies/alone.test.yaml:10:100 (/spec/replicas)";

    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "[{ action: deny }]", "" },
        { "[{ action: deny, rule: alone, message: '`spec.replicas` must not be at most `1`', resource: Deployment web }]", "" },
        { "[{ action: deny, message: '/must not be .* `1`$/', pointer: /spec/replicas, line: 10, column: 100, file: alone.test.yaml }]", "" },
        { "[]", $"policies/alone.test.yaml:8:7: not expected: {Found}" },
        { "[{ action: warn }]",
            $"policies/alone.test.yaml:11:16: expected warn, but found {Found}\npolicies/alone.test.yaml:8:7: not expected: {Found}" },
        { "[{ action: deny, count: 2 }]", $"policies/alone.test.yaml:11:16: expected deny 2 times, found 1" },
        { "[{ action: deny, line: 12 }]",
            $"policies/alone.test.yaml:11:16: expected deny on line 12, but found {Found}\npolicies/alone.test.yaml:8:7: not expected: {Found}" },
        { "[{ action: allow }]", $"policies/alone.test.yaml:11:16: expected nothing, but found {Found}" },
        { "[{ action: deny }, { action: deny, line: 10 }]",
            "policies/alone.test.yaml:11:16: expected deny, but nothing was found" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_passes_when_what_is_found_is_what_is_expected(string expect, string failures) =>
        Assert.Equal(failures, Failures(With(Case(expect))));

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { Case(
            "[{ acton: deny }]"),
            "policies/alone.test.yaml:11:16: `action` is missing\npolicies/alone.test.yaml:11:18: unknown field `acton`, did you mean `action`?" },
        { Case(
            "[{ action: dney }]"),
            "policies/alone.test.yaml:11:26: unknown `action` value `dney`, did you mean `deny`? (one of deny, warn, audit, allow, undetermined, failure)" },
        { Case("[{ action: deny, rule: other }]"), "policies/alone.test.yaml:11:16: the rule `other` is not run here" },
        { "  - name: it\n    expect: []\n",
            "policies/alone.test.yaml:8:7: the case says nothing that could be judged (exactly one of change, changes, manifests, base with head, plan)" },
        { Case("").Replace(
            "    expect: \n",
            ""), "policies/alone.test.yaml:8:7: `expect` is missing (`expect: []` says that nothing is found)" },
        { Case(
            "[]",
            "operation: creat\n      after: { apiVersion: v1, kind: Pod }"),
            "policies/alone.test.yaml:10:20: unknown `operation` value `creat`, did you mean `create`? (one of none, create, update, delete, replace, forget, import, read, connect)" },
        { Case(
            "[]",
            "after: { a: 1 }"),
            "policies/alone.test.yaml:10:9: the change does not say what it changes (give an object with `apiVersion` and `kind`, or `resource`)" },
        { Case(
            "[]",
            "after: { apiVersion: v1, kind: Pod }\n      unknown: [/spec]"),
            "policies/alone.test.yaml:11:19: `unknown` names `/spec`, which is not there (write the value out; any will do)" },
        { Case("[]") + "    parameters: { alone: { x: 1 } }\n", "policies/alone.test.yaml:12:30: `alone` has no parameter `x`" },
        { Case("[]") + Case("[]"), "policies/alone.test.yaml:12:7: there is another case `it` in this test" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_a_test_is_told_not_passed_over(string cases, string expected)
    {
        var loaded = RuleTests.Load(new() { Tree = With(cases).Tree });
        Assert.Equal(expected, string.Join('\n', loaded.Problems));
    }

    [Fact]
    public void No_tests_is_a_mistake() => Assert.Equal(
        "policies: there are no rule tests (a test is a YAML document with `kind: RuleTest`)",
        Assert.Single(RuleTests.Load(new() { Tree = new Repository().WithRule("alone", Forbid).Tree }).Problems).ToString());

    [Fact]
    public void An_unknown_value_makes_the_answer_undetermined() => Assert.Equal("", Failures(With(Case(
        "[{ action: undetermined, message: Deployment web /spec/replicas, line: 10 }]",
        "after: { apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicas: 1 } }\n      unknown: [/spec/replicas]"))));

    [Fact]
    public void Deletes_are_judged_by_what_was_there() => Assert.Equal("", Failures(With(Case(
        "[{ action: deny, line: 10 }]",
        "before: { apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicas: 1 } }"))));

    [Fact]
    public void Files_beside_the_test_are_judged_as_they_stand()
    {
        const string Manifest =
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: prod }\nspec: { replicas: 1 }\n";
        var repository = With(
            "  - name: manifests\n    manifests: fixtures/web.yaml\n    expect: [{ action: deny, file: fixtures/web.yaml, line: 4 }]\n"
                + "  - name: prune\n    base: fixtures\n    head: empty\n    expect: [{ action: deny, resource: Deployment prod/web }]\n")
            .With("policies/fixtures/web.yaml", Manifest).With("policies/empty/none.yaml", "a: b");
        Assert.Equal("", Failures(repository));
        Assert.Equal(2, repository.Test().PassedCount);
    }

    [Fact]
    public void A_filter_chooses_cases_by_test_and_name()
    {
        var tests = Repository.Value(RuleTests.Load(new()
        {
            Tree = With(Case("[{ action: deny }]") + Case("[]").Replace("name: it", "name: other")).Tree,
        }));
        Assert.Equal(2, tests.Count);
        Assert.Equal(
            "other",
            Assert.Single(
                tests.Run(
                    new("^alone-test: oth", System.Text.RegularExpressions.RegexOptions.NonBacktracking), default).Results).Case);
        Assert.False(tests.Run(new("nothing", System.Text.RegularExpressions.RegexOptions.NonBacktracking), default).Passed);
    }
}
