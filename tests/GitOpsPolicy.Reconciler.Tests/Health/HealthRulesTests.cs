using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests;
using GitOpsPolicy.Reconciler.Health;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Health;

/// <summary>How objects are, case by case: health-cases.yaml.</summary>
public sealed class HealthRulesTests
{
    private static readonly Dictionary<string, MappingNode> Cases = Read();

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_object_is(string name)
    {
        var row = Cases[name];
        var health = HealthRules.Of(ObjectOf(row));
        Assert.Equal(row.Text("is"), health.State.ToString(), ignoreCase: true);
        Assert.Contains(row.Text("says"), health.Message, StringComparison.Ordinal);
    }

    [Fact]
    // a later row for the same kind would never be read
    public void Every_kind_with_a_row_is_found_by_the_row_that_names_it_first()
    {
        var literal = HealthTable.Shipped.Rows.SelectMany(static row => row.Kinds.Where(static kind => kind.IsLiteral)
            .Select(kind => (row, kind.Pattern)));
        Assert.All(literal, static one => Assert.Same(one.row, HealthTable.Shipped.Find(one.Pattern)));
    }

    [Fact]
    public void A_message_is_never_longer_than_a_few_lines() =>
        Assert.Equal(400, HealthRules.Of(Sample.Object(
            $$"""{apiVersion: a.example/v1, kind: A, status: {conditions: [{type: Ready, status: "False", message: "{{new string('x', 9000)}}" } ] } }""")).Message.Length);

    [Theory]
    [InlineData(HealthState.Current, 0, true)]
    [InlineData(HealthState.Suspended, 0, true)]
    [InlineData(HealthState.Unknown, 9, false)]
    [InlineData(HealthState.Unknown, 10, true)]
    [InlineData(HealthState.InProgress, 3600, false)]
    [InlineData(HealthState.Terminating, 3600, false)]
    [InlineData(HealthState.Failed, 3600, false)]
    internal void What_does_not_tell_is_waited_for_a_short_while(HealthState state, int seconds, bool isSettled) =>
        Assert.Equal(isSettled, new ObjectHealth(state, "").IsSettled(TimeSpan.FromSeconds(seconds)));

    private static MappingNode ObjectOf(MappingNode row)
    {
        var of = row.Text("of").Split(' ');
        var parts = from field in (string[])[
            "metadata",
            "spec",
            "status"
        ] where row[field] is not null select $", \"{field}\": {NodeWriter.ToJson(row[field]!)}";
        return Sample.Object($$"""{"apiVersion": "{{of[0]}}", "kind": "{{of[1]}}"{{string.Concat(parts)}}}""");
    }

    private static Dictionary<string, MappingNode> Read([CallerFilePath] string thisFile = "") =>
        Sample.Object(File.ReadAllText(Path.Join(Path.GetDirectoryName(thisFile), "health-cases.yaml"))).Mappings("cases")
            .ToDictionary(static row => row.Text("name"), StringComparer.Ordinal);
}
