using GitOpsPolicy.Script.Tests.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Builtins;

/// <summary>What node prints for programs over the standard objects; see <c>tools/expectations.mjs</c>.</summary>
public sealed class StandardObjectTests
{
    private static readonly Dictionary<string, ProgramCase> Cases = ProgramCase.ReadAll("Builtins").ToDictionary(
        c => c.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_standard_object_does_what_node_prints(string name)
    {
        var program = Cases[name];
        var (expected, actual) = (program.Expected.Split('\n'), Programs.Print(program.Body).Split('\n'));
        var wrong = Enumerable.Range(0, Math.Max(expected.Length, actual.Length))
            .Where(i => expected.ElementAtOrDefault(i) != actual.ElementAtOrDefault(i))
            .Select(i => $"result {i + 1}: {expected.ElementAtOrDefault(i)} but got {actual.ElementAtOrDefault(i)}").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(12)));
    }

    [Fact]
    public void There_are_well_over_a_thousand_results_to_compare() =>
        Assert.InRange(Cases.Values.Sum(c => c.Expected.Count(ch => ch == '\n') + 1), 1_400, int.MaxValue);
}
