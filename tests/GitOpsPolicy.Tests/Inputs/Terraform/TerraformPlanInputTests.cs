using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Terraform;
using Xunit;
using static GitOpsPolicy.Tests.Inputs.Terraform.PlanFixtures;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

public sealed class TerraformPlanInputTests
{
    [Fact]
    public void An_unknown_action_is_never_dropped_and_is_told()
    {
        var set = ReadEntries(Entry("aws_db_instance.main", """{"actions":["evict"],"before":{"id":"x"},"after":null}"""));
        Assert.Equal(Operation.Delete, Assert.Single(set.Changes).Operation);
        Assert.Equal(
            "plan.json: `aws_db_instance.main` has the actions `evict`, which are not known; judged as delete",
            Assert.Single(set.Notes));
    }

    [Fact]
    public void Absent_null_and_unknown_are_three_different_things()
    {
        var set = ReadEntries(Entry(
            "a.b", """{"actions":["create"],"before":null,"after":{"no":null},"after_unknown":{"later":true}}"""));
        var after = Assert.IsType<MappingNode>(set.Changes[0].After);
        Assert.False(after.TryGet("gone", out _));
        Assert.Equal((NodeKind.Null, false), (after["no"]!.Kind, after["no"]!.IsUnknown));
        Assert.True(after["later"]!.IsUnknown);
    }

    [Fact]
    public void A_placeholder_in_a_list_becomes_the_unknown_item_and_its_neighbours_stay()
    {
        var set = ReadEntries(Entry(
            "a.b",
            """{"actions":["create"],"before":null,"after":{"l":["x",null,"z"]},"after_unknown":{"l":[false,true,false]}}"""));
        var list = Assert.IsType<SequenceNode>(JsonPointer.Find(set.Changes[0].After!, "/l"));
        Assert.Equal([false, true, false], list.Items.ToArray().Select(item => item.IsUnknown));
        Assert.Equal("z", ((ScalarNode)list[2]).Text);
    }

    [Fact]
    public void An_unknown_value_can_be_sensitive_too()
    {
        var set = ReadEntries(Entry(
            "a.b",
            """{"actions":["create"],"before":null,"after":{},"after_unknown":{"p":true},"after_sensitive":{"p":true}}"""));
        Assert.Equal(NodeFlags.Unknown | NodeFlags.Sensitive, JsonPointer.Find(set.Changes[0].After!, "/p")!.Flags);
    }

    [Fact]
    public void A_mask_over_a_mapping_covers_everything_below_it()
    {
        var set = ReadEntries(Entry(
            "a.b",
            """{"actions":["update"],"before":{"m":{"k":["v"]}},"after":{"m":{"k":["w"]}},"before_sensitive":true,"after_sensitive":{"m":true}}"""));
        Assert.True(JsonPointer.Find(set.Changes[0].Before!, "/m/k/0")!.IsSensitive);
        Assert.True(JsonPointer.Find(set.Changes[0].After!, "/m/k/0")!.IsSensitive);
    }

    [Fact]
    public void A_value_knows_its_place_in_the_plan_and_its_pointer_below_the_resource()
    {
        const string text = """
            {
              "format_version": "1.2",
              "resource_changes": [
                {
                  "address": "a.b", "mode": "managed", "type": "a", "name": "b",
                  "change": {
                    "actions": ["create"],
                    "after": { "list": [ "é", { "key": "here" } ] }
                  }
                }
              ]
            }
            """;
        var change = Assert.Single(ReadText(text).Changes);
        Assert.Equal("plan.json:5:18", change.Location.ToString());
        var value = JsonPointer.Find(change.After!, "/list/1/key")!;
        Assert.Equal("plan.json:8:44", value.Location.ToString());
        Assert.Equal("/list/1/key", value.Pointer);
    }

    [Fact]
    public void Keys_may_stand_in_any_order()
    {
        var set = ReadText("""
            {"resource_changes":[{"change":{"after":{"id":"x"},"before":{"id":"x"},"actions":["no-op"]},"type":"a","name":"b","mode":"managed","address":"a.b"}],
             "format_version":"1.0"}
            """);
        var change = Assert.Single(set.Changes);
        Assert.Same(change.Before, change.After);
        Assert.Equal(1, set.CountBefore);
    }

    [Fact]
    public void Data_sources_and_leftovers_do_not_count_as_resources()
    {
        var set = ReadEntries(string.Join(
            ',',
            Entry("a.kept", """{"actions":["no-op"],"before":{"id":"1"},"after":{"id":"1"}}"""),
            Entry("a.kept", """{"actions":["delete"],"before":{"id":"0"},"after":null}""", ",\"deposed\":\"00000001\""),
            Entry("a.made", """{"actions":["create"],"before":null,"after":{"id":"2"}}"""),
            Entry("data.a.read", """{"actions":["read"],"before":{"id":"3"},"after":{"id":"3"}}""").Replace("managed", "data")));
        Assert.Equal(1, set.CountBefore);
        Assert.Equal(
            [Operation.None, Operation.Delete, Operation.Create, Operation.Read], set.Changes.Select(change => change.Operation));
        Assert.True(((TerraformId)set.Changes[3].Resource).IsData);
        Assert.Equal("tf:a.kept#deposed:00000001", set.Changes[1].Resource.Canonical);
    }

    [Fact]
    public void Drift_says_whether_the_configuration_reads_what_drifted_and_moves_alone_are_no_drift()
    {
        var drift = string.Join(
            ',',
            Entry("a.read", """{"actions":["update"],"before":{"x":"1","y":"1"},"after":{"x":"2","y":"1"}}"""),
            Entry("a.unread", """{"actions":["update"],"before":{"x":"1","y":"1"},"after":{"x":"1","y":"2"}}"""),
            Entry("a.gone", """{"actions":["delete"],"before":{"x":"1"},"after":null}"""),
            Entry("a.many[1]", """{"actions":["update"],"before":{"x":"1"},"after":{"x":"2"}}""", ",\"index\":1"),
            Entry("a.many[2]", """{"actions":["update"],"before":{"x":"1"},"after":{"x":"2"}}""", ",\"index\":2"),
            Entry(
                "a.moved", """{"actions":["no-op"],"before":{"x":"1"},"after":{"x":"1"}}""", ",\"previous_address\":\"a.was\""));
        var set = ReadEntries("", $$"""
            ,"resource_drift":[{{drift}}],"relevant_attributes":[{"resource":"a.read","attribute":["x"]},{"resource":"a.unread","attribute":["x"]},
             {"resource":"a.gone","attribute":["x"]},{"resource":"a.many","attribute":[1,"x"]}]
            """);
        Assert.Equal(
            [
                "a.read Update drift_in_relevant_attributes", "a.unread Update drift_elsewhere",
                "a.gone Delete drift_in_relevant_attributes",
                "a.many[1] Update drift_in_relevant_attributes", "a.many[2] Update drift_elsewhere",
            ],
            set.Changes.Select(change => $"{change.Resource} {change.Operation} {change.Reason}"));
        Assert.All(set.Changes, change => Assert.Equal(ChangeOrigin.Drift, change.Origin));
    }

    [Fact]
    public void A_plan_of_OpenTofu_which_knows_neither_applyable_nor_complete_is_whole()
    {
        var set = ReadText("""
            {"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{}},"errored":false}
            """);
        Assert.Empty(set.Incomplete);
        Assert.Empty(set.Problems);
        Assert.Empty(set.Changes);
    }

    [Theory]
    [InlineData(",\"errored\":true,\"complete\":false", "planning ended with an error")]
    [InlineData(",\"errored\":false,\"complete\":false", "not complete")]
    [InlineData(",\"complete\":false,\"deferred_action_invocations\":[{}]", "puts off 1 change")]
    public void A_plan_that_shows_only_a_part_says_so(string flags, string expected) =>
        Assert.Contains(expected, Assert.Single(ReadEntries("", flags).Incomplete));

    [Fact]
    public void A_deferred_change_is_judged_and_makes_the_plan_incomplete()
    {
        var entry = Entry("a.b[*]", """{"actions":["delete"],"before":{"id":"1"},"after":null}""", ",\"index_unknown\":true");
        var set = ReadEntries(
            "", ",\"deferred_changes\":[{\"reason\":\"instance_count_unknown\",\"resource_change\":" + entry + "}]");
        Assert.Equal(Operation.Delete, Assert.Single(set.Changes).Operation);
        Assert.Equal("*", ((TerraformId)set.Changes[0].Resource).Index);
        Assert.Contains("puts off 1 change", Assert.Single(set.Incomplete));
    }

    [Fact]
    public void A_check_that_fails_is_told() => Assert.Equal(
        "plan.json: `check.health` of the configuration does not hold (fail)",
        Assert.Single(
            ReadEntries(
                "",
                ""","checks":[{"address":{"to_display":"check.health"},"status":"fail"},{"address":{"to_display":"check.ok"},"status":"pass"}]""").Notes));

    [Theory]
    [InlineData("2.0")]
    [InlineData("three")]
    public void A_format_of_another_age_is_refused(string version)
    {
        var problem = Assert.Single(ReadText($$"""{"format_version":"{{version}}","resource_changes":[]}""").Problems);
        Assert.Equal(
            $"plan.json:1:19: plan format `{version}` is not known, only 0.x and 1.x are (update gitops-policy)",
            problem.ToString());
    }

    [Fact]
    public void Every_entry_that_lacks_something_is_named()
    {
        var set = ReadEntries("""{"address":"a.b","mode":"managed","type":"a","name":"b"},{"mode":"managed"},"text",{"address":"a.c","type":"a","change":{"actions":["create"]}}""");
        Assert.Equal(
            [
                "an entry of the plan lacks `change.actions`", "an entry of the plan lacks `address`",
                "an entry of the plan lacks `address`", "an entry of the plan lacks `mode`"
            ],
            set.Problems.Select(problem => problem.Message));
        Assert.Empty(set.Changes);
    }

    [Fact]
    public void The_same_resource_twice_is_refused_for_one_entry_would_hide_the_other()
    {
        var entry = Entry("a.b", """{"actions":["no-op"],"before":{},"after":{}}""");
        Assert.Equal("`a.b` is in `resource_changes` twice", Assert.Single(ReadEntries($"{entry},{entry}").Problems).Message);
    }

    [Fact]
    public void A_sensitive_variable_is_masked_wherever_it_was_copied_to()
    {
        var set = ReadEntries(
            Entry("a.b", """{"actions":["create"],"before":null,"after":{"copy":"pre-hunter2hunter2"},"after_sensitive":{}}"""),
            ""","variables":{"pw":{"value":{"inner":"hunter2hunter2"}},"open":{"value":"visible-to-all"}},"configuration":{"root_module":{"variables":{"pw":{"sensitive":true},"open":{}}}}""");
        Assert.True(JsonPointer.Find(set.Changes[0].After!, "/copy")!.IsSensitive);
        Assert.Contains("hunter2hunter2", set.SensitiveTexts);
        Assert.DoesNotContain("visible-to-all", set.SensitiveTexts);
    }

    [Fact]
    public void A_mapping_with_a_secret_in_a_key_is_masked_whole()
    {
        var set = ReadEntries(Entry(
            "a.b",
            """{"actions":["create"],"before":null,"after":{"p":"hunter2hunter2","m":{"hunter2hunter2":"x"},"n":{"k":"x"}},"after_sensitive":{"p":true}}"""));
        Assert.True(JsonPointer.Find(set.Changes[0].After!, "/m")!.IsSensitive);
        Assert.False(JsonPointer.Find(set.Changes[0].After!, "/n")!.IsSensitive);
    }

    [Fact]
    public void A_plan_gives_no_excerpt_of_its_text() =>
        Assert.False(
            ReadEntries(Entry(
                "a.b", """{"actions":["create"],"after":{"p":"x"}}""")).Changes[0].After!.Document!.Source.TryGetExcerpt(
                1, 1, out _));

    [Fact]
    public void A_plan_longer_than_any_buffer_reads_whole_with_its_copies_of_a_secret_masked()
    {
        using var plan = new MemoryStream();
        SyntheticPlan.Write(plan, 300);
        plan.Position = 0;
        var set = TerraformPlanInput.Read("plan.json", plan);
        Assert.True(plan.Length > 1_500_000);
        Assert.Equal((300, 300), (set.Changes.Length, set.CountBefore));
        Assert.Equal(15, set.Changes.Count(change => change.Operation == Operation.Delete));
        Assert.All(
            set.Changes,
            change => Assert.DoesNotContain(
                SyntheticPlan.Secret, NodeWriter.ToJson(change.Before!, indented: false, writeSensitive: false)));
        Assert.True(JsonPointer.Find(set.Changes[100].Before!, "/copy")!.IsSensitive);
    }

    [Fact]
    public void A_plan_with_a_byte_order_mark_is_a_plan() =>
        Assert.Empty(
            TerraformPlanInput.Read(
                "plan.json",
                new MemoryStream([
                    0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"format_version":"1.2","planned_values":{}}""")
                ])).Problems);

    [Fact]
    public void A_plan_in_UTF_16_is_told_apart_from_rubbish() =>
        Assert.Contains(
            "UTF-16",
            Assert.Single(
                TerraformPlanInput.Read(
                    "plan.json", new MemoryStream([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")])).Problems).Message);
}
