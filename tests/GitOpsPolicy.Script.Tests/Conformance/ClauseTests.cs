using GitOpsPolicy.Script.Tests.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Conformance;

/// <summary>The suite per clause of ECMAScript 2023: a file a clause, with what node prints for each case.</summary>
public sealed class ClauseTests
{
    private static readonly Dictionary<string, ProgramCase> Cases = ProgramCase.ReadAll("Conformance").ToDictionary(
        c => c.Name, StringComparer.Ordinal);

    /// <summary>Clause, then case: <c>13.2-primary-expressions: object/accessors</c>.</summary>
    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_clause_means_what_node_takes_it_to_mean(string name)
    {
        var program = Cases[name];
        Assert.Equal(program.Expected, Programs.Print(program.Body));
    }
}
