using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Terraform;
using Xunit;
using static GitOpsPolicy.Tests.Inputs.Terraform.PlanFixtures;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

public sealed class HostilePlansTests
{
    public static TheoryData<string> Plans => [.. Names];

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_plan_cut_off_anywhere_is_a_problem_and_no_change(string name)
    {
        var whole = File.ReadAllBytes(PlanOf(name));
        var end = whole.AsSpan().TrimEnd((byte)'\n').Length;
        for (var cut = 0; cut < 50; cut++)
        {
            var set = TerraformPlanInput.Read("plan.json", new MemoryStream(whole, 0, end * cut / 50));
            Assert.Single(set.Problems);
            Assert.Empty(set.Changes);
        }
    }

    [Fact]
    public void A_byte_changed_anywhere_never_throws()
    {
        var whole = File.ReadAllBytes(PlanOf("secret-copies"));
        for (var at = 0; at < whole.Length; at += 13)
        {
            foreach (var other in new byte[] { 0, (byte)'"', (byte)'{', (byte)']', (byte)'9', 0xFF })
            {
                var kept = whole[at];
                whole[at] = other;
                var set = TerraformPlanInput.Read("plan.json", new MemoryStream(whole));
                Assert.True(set.Problems.IsEmpty || set.Changes.IsEmpty);
                whole[at] = kept;
            }
        }
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"k\":", "}")]
    public void A_value_nested_deeper_than_any_real_one_is_refused(string open, string close)
    {
        var deep = new StringBuilder().Insert(0, open, 5_000).Append('1');
        for (var i = 0; i < 5_000; i++) deep.Append(close);
        var set = ReadEntries(Entry("a.b", $$"""{"actions":["create"],"before":null,"after":{{deep}}}"""));
        Assert.Contains("nest too deeply", Assert.Single(set.Problems).Message);
    }

    [Theory]
    [InlineData("""{"actions":["create"],"actions":["no-op"],"after":{}}""")]
    [InlineData("""{"actions":["create"],"after":{"deletion_protection":true,"deletion_protection":false}}""")]
    public void A_key_written_twice_is_refused_for_readers_differ_on_which_one_counts(string change) =>
        Assert.Contains("already", Assert.Single(ReadEntries(Entry("a.b", change)).Problems).Message);

    [Fact]
    public void Two_lists_of_changes_are_refused() =>
        Assert.Single(ReadText("""{"format_version":"1.2","resource_changes":[],"resource_changes":[]}""").Problems);

    [Fact]
    public void A_text_longer_than_the_buffer_is_read_whole()
    {
        var text = new string('x', 3_000_000);
        var set = ReadEntries(Entry(
            "a.b", $$$"""{"actions":["create"],"before":null,"after":{"s":"{{{text}}}"},"after_sensitive":{"s":true}}"""));
        Assert.Equal(Operation.Create, Assert.Single(set.Changes).Operation);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("[[[]]]")]
    [InlineData("{}")]
    [InlineData("[null,7,\"x\",{},[]]")]
    public void A_section_of_an_unexpected_kind_never_throws(string value)
    {
        foreach (var section in new[] { "resource_changes", "resource_drift", "deferred_changes", "output_changes", "variables",
            "configuration", "relevant_attributes", "checks", "errored", "complete", "planned_values" })
            Assert.NotNull(ReadText($$"""{"format_version":"1.2","planned_values":{},"{{(section == "planned_values" ? "x" : section)}}":{{value}}}"""));
        foreach (var part in new[] { "after", "before", "after_unknown", "before_sensitive", "after_sensitive", "replace_paths",
            "importing" })
            Assert.NotNull(ReadEntries(Entry("a.b", $$"""{"actions":["update"],"{{part}}":{{value}}}""")));
        Assert.NotNull(ReadEntries(Entry("a.b", $$"""{"actions":{{value}}}""")));
        Assert.NotNull(ReadEntries($$"""{"address":"a.b","change":{{value}}}"""));
    }

    [Fact]
    public void Anything_behind_the_plan_is_refused() =>
        Assert.Single(ReadText("""{"format_version":"1.2","planned_values":{}} {"format_version":"1.2"}""").Problems);
}
