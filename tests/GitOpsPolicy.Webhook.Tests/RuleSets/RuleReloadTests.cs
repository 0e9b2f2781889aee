using Xunit;

namespace GitOpsPolicy.Webhook.Tests.RuleSets;

/// <summary>Rule files that change while the server runs.</summary>
public sealed class RuleReloadTests
{
    private const string FailingTest =
        """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: RuleTest
        metadata: { name: a }
        spec:
          rule: a
          cases:
            - name: is denied
              change: { after: { apiVersion: v1, kind: ConfigMap, metadata: { name: x } } }
              expect: [{ message: "no" }]

        """;

    [Fact]
    public void Rules_come_into_force_at_the_first_look()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("a"));
        folder.Look(1);
        Assert.Equal(["a"], folder.Names);
        Assert.Equal($"judging by 1 rule, {folder.Digest}\n", folder.Told());
    }

    [Fact]
    public void A_changed_set_comes_into_force_once_it_looks_the_same_twice()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("a")).Look(1);
        folder.Write("policies/b.rule.yaml", RuleFolder.Rule("b"));
        folder.Look(1);
        Assert.Equal(["a"], folder.Names);
        folder.Write("policies/c.rule.yaml", RuleFolder.Rule("c"));
        folder.Look(1);
        Assert.Equal(["a"], folder.Names);
        folder.Look(1);
        Assert.Equal(["a", "b", "c"], folder.Names);

        folder.Delete("policies/b.rule.yaml");
        Assert.Equal(["a", "c"], folder.Look().Names);
    }

    [Fact]
    public void Files_that_have_not_changed_are_not_loaded_again()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("a")).Look(1);
        folder.InForce.TryGet(out var before);
        folder.Look(3);
        folder.InForce.TryGet(out var after);
        Assert.Same(before, after);
    }

    [Fact]
    public void A_configuration_that_appears_is_noticed()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("a"))
            .Write("more/b.rule.yaml", RuleFolder.Rule("b"))
            .Look(1);
        folder.Write(
            "gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [policies, more]\n");
        Assert.Equal(["a", "b"], folder.Look().Names);
    }

    [Theory]
    [InlineData("kind: Rule\n", "do not load: policies/b.test.yaml:1:1: a `Rule` needs `apiVersion: gitopspolicy.dev/v1alpha1`")]
    [InlineData("a: [", "do not load: policies/b.test.yaml:")]
    [InlineData(FailingTest, "fail their own tests: policies/b.test.yaml:")]
    public void What_does_not_load_or_fails_its_tests_leaves_the_last_good_set_in_force(string file, string why)
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("a")).Look(1);
        var (digest, _) = (folder.Digest, folder.Told());
        folder.Write("policies/b.test.yaml", file).Look(5);

        Assert.Equal(digest, folder.Digest);
        Assert.StartsWith(why, folder.InForce.Trouble, StringComparison.Ordinal);
        Assert.StartsWith($"kept {digest}; new rules {why}", folder.Told(), StringComparison.Ordinal);
        Assert.StartsWith($"kept {digest}; new rules {why}", Assert.Single(folder.Refused), StringComparison.Ordinal);

        folder.Delete("policies/b.test.yaml");
        Assert.Null(folder.Look().InForce.Trouble);
    }

    [Fact]
    public void Rules_that_are_gone_altogether_leave_the_last_good_set_in_force()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("a")).Look(1);
        folder.Delete("policies/a.rule.yaml");
        Assert.Equal(["a"], folder.Look().Names);
        Assert.StartsWith("do not load: there are no rules", folder.InForce.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_is_broken_from_the_start_is_tried_again_when_it_is_mended()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", "kind: Rule\n").Look(3);
        Assert.Null(folder.Digest);
        Assert.StartsWith(
            "no rules are in force; do not load: policies/a.rule.yaml:1:1", folder.Told(), StringComparison.Ordinal);
        folder.Write("policies/a.rule.yaml", RuleFolder.Rule("a"));
        Assert.Equal(["a"], folder.Look().Names);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("rules")]
    public void A_mounted_ConfigMap_is_read_through_its_links_and_changes_at_once(string place)
    {
        // What the kubelet makes of the keys `config` and `a.rule.yaml` and `rules/b.rule.yaml`: the names are links through
        // `..data`.
        var at = place == "." ? "" : place + "/";
        using var folder = new RuleFolder(config: "gitops-policy.yaml");
        foreach (var (time, name) in (ReadOnlySpan<(string, string)>)[("..2026_01", "a"), ("..2026_02", "b")])
        {
            folder.Write(
                $"{time}/gitops-policy.yaml", $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [{place}]\n");
            folder.Write($"{time}/{at}x.rule.yaml", RuleFolder.Rule(name));
        }

        folder.Link("..data", "..2026_01").Link("gitops-policy.yaml", "..data/gitops-policy.yaml");
        folder.Link(place == "." ? "x.rule.yaml" : place, "..data/" + (place == "." ? "x.rule.yaml" : place));
        folder.Look(1);
        Assert.Null(folder.InForce.Trouble);
        Assert.Equal(["a"], folder.Names);

        folder.Relink("..data", "..2026_02");
        Assert.Equal(["b"], folder.Look().Names);
    }

    [Fact]
    public void Folders_of_a_mounted_ConfigMap_are_part_of_its_listing()
    {
        using var folder = new RuleFolder(null, ".").Write("..2026_01/rules/a.rule.yaml", RuleFolder.Rule("a"));
        folder.Link("..data", "..2026_01").Link("rules", "..data/rules");
        Assert.Equal(["a"], folder.Look(1).Names);
    }

    [Fact]
    public void A_link_out_of_the_mounted_folder_is_refused()
    {
        using var folder = new RuleFolder(null, "policies").Write("policies/a.rule.yaml", RuleFolder.Rule("a"));
        folder.Link("policies/b.rule.yaml", "/etc/passwd").Look(1);
        Assert.Null(folder.Digest);
        Assert.Contains("the link leads out of the tree", folder.InForce.Trouble, StringComparison.Ordinal);
    }
}
