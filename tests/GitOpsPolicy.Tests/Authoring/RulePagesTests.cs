using GitOpsPolicy.Authoring.Pages;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Tests.Inputs;
using GitOpsPolicy.Tests.Knowledge;
using Xunit;

namespace GitOpsPolicy.Tests.Authoring;

/// <summary>Pages about rules.</summary>
public sealed class RulePagesTests
{
    private const string Rule = """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: { name: few-replicas }
        spec:
          title: Not more than `limit` <b>replicas</b>
          description: |
            # Why
            *Costs* [here](javascript:alert) & |there|, `a | b`.

            1. second_paragraph _of_ it
          severity: low
          match: { operations: [create], kubernetes: { kinds: [apps/Deployment], labels: { tier: "*" } }, environments: [prod] }
          parameters:
            limit: { type: integer, minimum: 1, default: 3, description: how many }
            teams: { type: array, items: string, ask: whose are they? }
          warn:
            - when: change.after.spec.replicas > params.limit
              message: "`${change.after.spec.replicas}` are *too* many"
        """;

    private const string Test = """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: RuleTest
        metadata: { name: few-replicas }
        spec:
          rule: few-replicas
          parameters: { few-replicas: { teams: [a] } }
          cases:
            - name: few
              environment: prod
              change: { after: { apiVersion: apps/v1, kind: Deployment, metadata: { name: d, labels: { tier: web } }, spec: { replicas: 2 } } }
              expect: []
            - name: many
              environment: prod
              change:
                after:
                  apiVersion: apps/v1
                  kind: Deployment
                  metadata: { name: d, labels: { tier: web, version: "1.0" } }
                  spec:
                    replicas: 5  # {"$imagepolicy": "a:b"}
              expect: [{ action: warn }]
        """;

    [Fact]
    public void The_committed_pages_are_what_the_rules_and_their_tests_say()
    {
        using var tree = new WorkTree(Path.GetFullPath(Path.Combine(CaseFile.Fixtures, "..", "..")));
        var pages = Write(tree, "docs/rules");
        Assert.Equal(
            pages.Keys.Order(StringComparer.Ordinal),
            tree.Enumerate("docs/rules").Select(static file => file.Path["docs/rules/".Length..]));
        foreach (var (name, text) in pages)
            Assert.True(
                text == Text(tree, $"docs/rules/{name}"),
                $"docs/rules/{name} is not what its rules and tests say; write it again with\n  gitops-policy rules policies --format markdown --output docs/rules");
    }

    [Fact]
    public void A_page_says_what_a_rule_judges_what_may_be_set_and_what_it_finds()
    {
        var page = Write(
            new MemoryTree().With("policies/size/few.rule.yaml", Rule).With("policies/size/few.test.yaml", Test),
            "docs")["size.md"];
        foreach (var line in (string[])
        [
            "# size", "| [`few-replicas`](#few-replicas) | low | Not more than `limit` \\<b\\>replicas\\</b\\> |",
            "| severity | low |", "| judges | each create |", "| Kubernetes | `apps/Deployment`; with labels `tier: *` |",
            "| environments | `prod` |",
            "| findings may | deny in ci, admission, reconcile; audit in audit |",
            "| file | [`few.rule.yaml`](../policies/size/few.rule.yaml), [`few.test.yaml`](../policies/size/few.test.yaml) |",
            "| `limit` | integer, at least 1 | `3` | how many |",
            "| `teams` | list of string | asked for; until it is set the rule is not applied | whose are they? |",
            "**Warned of:** many, in the environment `prod`, with `{\"teams\":[\"a\"]}`.", "- `5` are \\*too\\* many",
            "    version: \"1.0\"", "  replicas: 5 # {\"$imagepolicy\": \"a:b\"}",
            "**Passes:** few, in the environment `prod`, with `{\"teams\":[\"a\"]}`.", "  replicas: 2",
        ])
            Assert.Contains(line, page.Split('\n'));
    }

    [Fact]
    public void Nothing_in_a_rule_is_markup()
    {
        var page = Write(new MemoryTree().With("policies/size/few.rule.yaml", Rule), "docs")["size.md"];
        Assert.Contains(
            "\n\\# Why \\*Costs\\* \\[here\\](javascript:alert) \\& \\|there\\|, `a \\| b`.\n\n1\\. second_paragraph \\_of\\_ it\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_README_is_the_introduction_its_links_moved_and_its_list_of_rules_left_out()
    {
        const string Readme = "# Sizes\r\n\r\nSee [x](../x.md#y), [z](<https://z>) and [here](#few).\r\n\r\n| rule | action |\n| --- | --- |\n| `few` | warns |\n\n| other | table |\n| --- | --- |\n";
        var pages = Write(
            new MemoryTree().With("policies/size/few.rule.yaml", Rule).With("policies/size/README.md", Readme), "docs/rules");
        Assert.Contains(
            "\n# Sizes\n\nSee [x](../../policies/x.md#y), [z](<https://z>) and [here](#few).\n\n| other | table |\n| --- | --- |\n\n## Rules\n", pages["size.md"], StringComparison.Ordinal);
        Assert.Contains("- [Sizes](size.md)\n", pages["README.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_of_one_name_and_of_any_name_have_pages_of_their_own()
    {
        var tree = new MemoryTree();
        foreach (var (number, folder) in new[] { "policies/a", "policies/team/a", "policies/<img src=x>",
            "policies/README" }.Index())
            tree.With($"{folder}/r.rule.yaml", Rule.Replace("few-replicas", $"few-{number}", StringComparison.Ordinal));
        var pages = Write(tree, "docs");
        Assert.Equal(
            ["README.md", "a.md", "img-src-x.md", "policies-README.md", "team-a.md"], pages.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("(../policies/%3Cimg%20src%3Dx%3E/r.rule.yaml)", pages["img-src-x.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_ship_have_pages_without_files()
    {
        var page = Write(
            new MemoryTree().With(
                "gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\n"), "docs",
                "builtin")["images.md"];
        Assert.Contains("| file | `approved-images.rule.yaml` |", page, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Write(FileTree tree, string folder, string rules = "policies")
    {
        var source = new RuleSetSource { Tree = tree, Policies = rules == "builtin" ? [] : [rules] };
        Assert.True(RuleSetLoader.Load(source).TryGet(out var set));
        Assert.True(RuleTests.Load(source, mayBeMissing: true).TryGet(out var tests));
        return RulePages.Write(set, tests, tree, folder, CancellationToken.None).ToDictionary(
            static page => page.Path, static page => page.Text, StringComparer.Ordinal);
    }

    private static string Text(FileTree tree, string path) =>
        tree.TryRead(path, out var bytes, out _) ? System.Text.Encoding.UTF8.GetString(bytes.Span) : "";
}
