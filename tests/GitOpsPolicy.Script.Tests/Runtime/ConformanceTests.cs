using Xunit;

namespace GitOpsPolicy.Script.Tests.Runtime;

public sealed class ConformanceTests
{
    public static TheoryData<string> Names => [.. Cases.Keys];

    private static readonly Dictionary<string, ProgramCase> Cases = ProgramCase.ReadAll("Runtime").ToDictionary(
        c => c.Name, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_prints_what_node_prints(string name)
    {
        var program = Cases[name];
        Assert.Equal(program.Expected, Programs.Print(program.Body));
    }
}
