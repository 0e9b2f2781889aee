using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Evaluation.Fixes;

/// <summary>What rules may say as a fix, and what becomes of it.</summary>
public sealed class FixRequestTests
{
    private const string Spec =
        "{ force: true, num: 3, list: [a, b=c, d], map: { x: 1 }, none: null, later: 1, hidden: secret-value }";

    // the fix of a YAML rule => what the test expects of it
    public static TheoryData<string, string> Fixes { get; } = new()
    {
        { "{ remove: [spec.force] }", "remove /spec/force" },
        { "{ remove: spec.force }", "remove /spec/force" },
        { "\"{ remove: [spec.force] }\"", "remove /spec/force" },
        { "\"undefined\"", "[]" },
        { "{ remove: [] }", "[]" },
        { "{ remove: [spec.none, spec.map, spec.list] }", "[remove /spec/none, remove /spec/map, remove /spec/list]" },
        { "{ remove: \"spec.list.filter(x => x !== 'a')\" }", "[remove /spec/list/1, remove /spec/list/2]" },
        { "{ set: [[spec.force, false], [spec.num, \"'four'\"], [spec.none, 1]] }",
            "['set /spec/force to false', 'set /spec/num to \"four\"', set /spec/none to 1]" },
        { "{ set: [[spec.num, spec.map.x]] }", "set /spec/num to 1" },
        { "{ replace: [[\"spec.list[1]\", \"'='\", \"'-'\"]] }", "'replace \"=\" in /spec/list/1 by \"-\"'" },
        { "{ add: [[spec.map, { w: { z: \"'1'\" } }], [spec.list, \"'e'\"]] }",
            "['add /spec/map/w {\"z\":\"1\"}', 'append \"e\" to /spec/list']" },
        { "{ add: [[change.after, { spec: { map: { x: 1, w: 2 } } }]] }", "add /spec/map/w 2" },
        { "{ add: [[spec.map, { x: 2 }]] }", "'refused: `x` has another value'" },
        { "{ add: [[spec.num, { x: 2 }]] }", "'refused: there is neither a mapping nor a list to add to'" },
        { "{ remove: [spec.nothing] }", "'refused: a value of the fix does not come from the input'" },
        { "{ remove: [\"spec.list[1].split('=')[0]\"] }",
            "'refused: a value of the fix is only a part of what stands in the input, or was made of it'" },
        { "{ remove: [spec.num + 1] }",
            "'refused: a value of the fix is only a part of what stands in the input, or was made of it'" },
        { "{ remove: [spec.force, spec.nothing] }", "'refused: a value of the fix does not come from the input'" },
        { "{ remove: [spec.later] }", "'refused: the value is not known yet'" },
        { "{ set: [[spec.num, spec.later]] }", "'refused: the value is not known yet'" },
        { "{ remove: [spec.hidden] }", "'refused: the value is sensitive'" },
        { "{ remove: [spec] }", "'refused: the value is sensitive'" },
        { "{ set: [[spec.num, spec.hidden]] }", "'refused: the value is sensitive'" },
        { "{ set: [[spec.map, 1]] }", "'refused: the value is no text, number or word'" },
        { "{ replace: [[spec.force, \"'t'\", \"'f'\"]] }", "'refused: `t` is not in the text'" },
    };

    [Theory]
    [MemberData(nameof(Fixes))]
    public void A_fix_says_what_is_done_to_which_values(string fix, string expected) =>
        Assert.Equal("", Failures(fix, $"[{{ action: warn, fix: {expected} }}]"));

    // the fix => how the rule fails
    public static TheoryData<string, string> Failing { get; } = new()
    {
        { "\"[spec.force]\"", "a fix is made of remove, set, replace, add" },
        { "\"{ delete: [spec.force] }\"", "a fix is made of remove, set, replace, add, not of `delete`" },
        { "{ set: [spec.force, false] }", "`set` is a list of [value, to]" },
        { "{ replace: [[spec.force, 1]] }", "`replace` is a list of [text, from, to]" },
        { "{ set: [[spec.force, { a: 1 }]] }", "`set` gives a value another text, number or word" },
        { "{ replace: [[\"spec.list[0]\", \"''\", \"'b'\"]] }", "`replace` puts one text for another, and the first is empty" },
        { "{ add: [[spec.map, 1]] }", "`add` gives a mapping more keys: `[change.after.metadata, { annotations: { … } }]`" },
    };

    [Theory]
    [MemberData(nameof(Failing))]
    public void A_fix_of_the_wrong_shape_is_the_failure_of_its_rule(string fix, string message) =>
        Assert.Equal("", Failures(fix, $"[{{ action: failure, message: '{message}' }}]"));

    [Fact]
    public void A_mistake_in_a_fix_is_told_when_the_rule_is_loaded()
    {
        Assert.Equal(
            [
                "policies/r.rule.yaml:9:14: unknown field `removes`, did you mean `remove`?",
                "policies/r.rule.yaml:9:24: unknown name `nothing`"
            ],
            new Repository().WithRule("r", "warn:\n  - message: m\n    fix: { removes: [nothing] }").Problems());
        Assert.Equal(
            [
                "policies/r.rule.yaml:9:12: `fix` must be a mapping or an expression, not a list (such as `fix: { remove: [item] }`)"
            ], new Repository().WithRule("r", "warn:\n  - message: m\n    fix: []").Problems());
    }

    [Fact]
    public void A_fix_of_a_pattern_sees_the_value_that_does_not_fit()
    {
        const string Rule = "require:\n  - pattern: { spec: { force: false, num: 3 } }\n    fix: { set: [[value, false]] }";
        Assert.Equal("", Failures(new Repository().WithRule("r", Rule), "[{ action: deny, fix: set /spec/force to false }]"));
    }

    [Fact]
    public void A_rule_in_JavaScript_says_it_in_the_same_words()
    {
        const string Rule = """
            export default {
              name: "r", title: "r", fixes: "Takes it out.",
              check({ after: { spec } }, { report }) {
                report.deny("one", spec.force, { fix: { remove: [spec.force] }, remediation: "so" });
                report.deny("two", spec.num, { fix: null });
              },
            };
            """;
        Assert.Equal(
            "",
            Failures(
                new Repository().With("policies/r.rule.js", Rule),
                "[{ action: deny, message: one, fix: remove /spec/force }, { action: deny, message: two, fix: [] }]"));
    }

    private static string Failures(string fix, string expected) => Failures(
        new Repository().WithRule("r", $"variables: {{ spec: change.after.spec }}\nwarn:\n  - message: m\n    fix: {fix}"),
        expected);

    private static string Failures(Repository repository, string expected)
    {
        var report = repository.WithDocument("policies/r.test.yaml", "RuleTest", "r", $$"""
            rule: r
            cases:
              - name: it
                change:
                  after: { apiVersion: example.com/v1, kind: Widget, metadata: { name: web }, spec: {{Spec}} }
                  unknown: [/spec/later]
                  sensitive: [/spec/hidden]
                expect: {{expected}}
            """).Test();
        return string.Join('\n', report.Results.SelectMany(result => result.Failures).Select(failure => failure.Message));
    }
}
