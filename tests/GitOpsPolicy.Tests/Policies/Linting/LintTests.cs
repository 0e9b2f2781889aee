using GitOpsPolicy.Policies.Linting;
using Xunit;

namespace GitOpsPolicy.Tests.Policies.Linting;

/// <summary>What lint finds and what it leaves alone: the cases are in lint.cases.</summary>
public sealed class LintTests
{
    private static readonly DateOnly Today = new(2026, 1, 15);
    private static readonly Dictionary<string, LintCase> ByName = LintCase.ReadAll(Path.Combine(
        AppContext.BaseDirectory, "Policies", "Linting", "lint.cases")).ToDictionary(
        static one => one.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names { get; } = [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_gives_what_it_expects(string name)
    {
        var one = ByName[name];
        var found = Lint(one.Repository).Findings.Select(static finding => $"{finding.Lint.Id} {finding.Message}");
        if (!one.Expected.Exists(static line => IsAboutTests(line))) found = found.Where(static line => !IsAboutTests(line));
        Assert.Equal(one.Expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_lint_has_a_case_that_finds_it()
    {
        var found = ByName.Values.SelectMany(static one => one.Expected).Select(static line => line.Split(' ')[0])
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], LintRule.All.Select(static lint => lint.Id).Where(id => !found.Contains(id)));
    }

    [Fact]
    public void Findings_stand_where_the_mistake_does()
    {
        var report = Lint(new Repository().WithRule(
            "it",
            "severity: low\nremediation: r\nparameters:\n  limit: { type: integer, default: 1 }\ndeny:\n  - when: |-\n      change.after.b == 3 &&\n      change.after.a\n    message: x\n    where: change.after"));
        Assert.Equal(
            ["untested-rule 1:1", "unused-parameter 10:5", "loose-equality 13:24"],
            report.Findings.Select(static finding => $"{finding.Lint.Id} {finding.Location.Line}:{finding.Location.Column}"));
    }

    [Fact]
    public void What_is_silenced_is_told_with_who_answers_for_it()
    {
        var silenced = Lint(ByName["comments that silence one lint in one place"].Repository).Silenced;
        Assert.Equal(
            [
                "unused-parameter team-platform set by the installer, read by the next version",
                "loose-equality team-platform ports are text or number"
            ],
            silenced.OrderBy(static one => one.Finding.Location.Line)
                .Select(static one => $"{one.Finding.Lint.Id} {one.Owner} {one.Reason}"));
    }

    [Fact]
    public void Rules_that_do_not_load_are_told_as_ever()
    {
        var loaded = Linter.Lint(
            new()
            {
                Tree = new Repository().WithRule("it", "deny: { when: a, message: b }").WithConfig(
                    "parameters: { other: { x: 1 } }").Tree,
            }, Today);
        Assert.Contains(
            "policies/it.rule.yaml:7:17: unknown name `a`", loaded.Problems.Select(static problem => problem.ToString()));
    }

    [Fact]
    public void Rules_that_ship_are_not_linted_for_those_who_use_them() =>
        Assert.Equal(0, Lint(new Repository().WithConfig("rules: [builtin]")).RuleCount);

    private static bool IsAboutTests(string line) =>
        line.Split(' ')[0] is "untested-rule" or "no-passing-case" or "no-failing-case";

    private static LintReport Lint(Repository repository) =>
        Repository.Value(Linter.Lint(new() { Tree = repository.Tree }, Today));
}
