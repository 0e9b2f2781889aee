using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Terraform;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

public sealed class PlanTablesTests
{
    public static TheoryData<string, string> Actions => Cases.Read("actions.cases", columns: 4);

    public static TheoryData<string, string> Addresses => Cases.Read("addresses.cases", columns: 1);

    public static TheoryData<string, string> Secrets => Cases.Read("secrets.cases", columns: 2);

    public static TheoryData<string, string> NoPlans => Cases.Read("not-a-plan.cases", columns: 1);

    public static TheoryData<string, string> Differences => Cases.Read("drift.cases", columns: 2);

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_list_of_actions_comes_to_an_operation_and_a_cause(string inputs, string expected)
    {
        var columns = Cases.Columns(inputs);
        ImmutableArray<string> actions = [.. columns[0].Split(',')];
        var operation = PlanActions.Operation(
            actions, columns[1].Contains("before"), columns[1].Contains("after"), columns[2] == "importing", out var known);
        var cause = PlanActions.Cause(operation, columns[3] == "-" ? null : columns[3], deposed: false);
        Assert.Equal(expected, $"{operation}, {cause}, {(known ? "known" : "unknown")}".ToLowerInvariant());
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_comes_apart_into_module_type_name_and_index(string address, string expected)
    {
        var id = PlanAddress.Parse(address, "p");
        Assert.Equal(
            expected, $"{Or(id.Module)}, {Or(id.Type)}, {id.Name}, {id.Index ?? "-"}, {(id.IsData ? "data" : "managed")}");
        Assert.Equal(address, id.Address);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_secret_is_masked_where_its_text_turns_up_and_ordinary_words_are_not(string inputs, string expected)
    {
        var columns = Cases.Columns(inputs);
        var secrets = new SecretTexts();
        secrets.AllowWordsOf("module.carrier.aws_db_instance.main");
        secrets.Collect(ScalarNode.String(columns[0].Replace("\\n", "\n"), flags: NodeFlags.Sensitive));
        secrets.Seal();
        var copy = ScalarNode.String(columns[1]);
        secrets.MarkCopies(copy);
        Assert.Equal(expected, copy.IsSensitive ? "masked" : "shown");
        // a copy is not meant to be secret: rules still judge it
        Assert.Equal(copy.IsSensitive, (copy.Flags & NodeFlags.Detected) != 0);
    }

    [Theory]
    [MemberData(nameof(NoPlans))]
    public void A_text_that_is_no_plan_is_named_with_a_remedy(string text, string expected)
    {
        var set = PlanFixtures.ReadText(text == "(empty)" ? "" : text[0] is '{' ? text : Regex.Unescape(text));
        var problem = Assert.Single(set.Problems);
        Assert.Equal(expected, problem.Message);
        Assert.NotNull(problem.Hint);
        Assert.Empty(set.Changes);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void Another_spelling_of_nothing_is_no_drift(string inputs, string expected)
    {
        var columns = Cases.Columns(inputs);
        var change = $$"""{"actions":["update"],"before":{{columns[0]}},"after":{{columns[1]}}}""";
        var set = PlanFixtures.ReadEntries("", $",\"resource_drift\":[{PlanFixtures.Entry("a.b", change)}]");
        Assert.Empty(set.Problems);
        Assert.Equal(expected, set.Changes.IsEmpty ? "noise" : "drift");
    }

    [Fact]
    public void A_malformed_case_line_fails_instead_of_disappearing() =>
        Assert.Throws<FormatException>(() => Cases.Read("secrets.cases", columns: 3));

    private static string Or(string text) => text.Length == 0 ? "-" : text;
}
