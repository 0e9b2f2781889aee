using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Semantics;

/// <summary>
/// Where values come from, what is not known of them and what may not be shown, by example: those of docs/semantics and those of
/// the case files.
/// </summary>
public sealed class ExampleTests
{
    private static readonly Example[] Examples = [.. Example.All()];

    public static TheoryData<Example> Everything => [.. Examples];

    [Theory]
    [MemberData(nameof(Everything))]
    public void What_an_example_says_comes_of_it(Example example) =>
        Assert.Equal(example.Expected, example.Outcome(ExampleDocument.Read()));

    [Fact]
    public void Every_page_has_examples()
    {
        foreach (var page in Directory.GetFiles(
            ExampleDocument.Folder, "*.md").Where(page => Path.GetFileName(page) != "README.md"))
            Assert.Contains(Examples, example => example.Place.StartsWith(Path.GetFileName(page), StringComparison.Ordinal));
    }

    [Fact]
    public void Programs_in_any_order_and_number_come_to_the_same_with_the_same_fuel()
    {
        var random = new Random(20_261_121);
        var alone = Array.ConvertAll(Examples, example => Run(example.Module, new()));
        var modules = Array.ConvertAll(Examples, example => Programs.Load(example.Module));
        var document = ExampleDocument.Read();
        for (var round = 0; round < 3; round++)
        {
            foreach (var i in Enumerable.Range(0, Examples.Length).OrderBy(_ => random.Next()))
                Assert.Equal((Examples[i].Place, alone[i]), (Examples[i].Place, Run(modules[i], document)));
        }

        Parallel.For(0, Examples.Length * 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, n =>
        {
            var i = n * 7919 % Examples.Length;
            Assert.Equal((Examples[i].Place, alone[i]), (Examples[i].Place, Run(modules[i], document)));
        });
    }

    private static (string Outcome, long Fuel, long Memory) Run(string module, ScriptBudget budget)
    {
        Programs.Load(module).TryGetExport("default", out var main);
        var run = new ScriptRun(budget);
        return (Example.OutcomeOf(run, main, ExampleDocument.Read()), run.FuelUsed, run.MemoryUsed);
    }

    private static (string Outcome, long Fuel, long Memory) Run(ScriptModule module, MappingNode document)
    {
        module.TryGetExport("default", out var main);
        var run = new ScriptRun(new ScriptBudget());
        return (Example.OutcomeOf(run, main, document), run.FuelUsed, run.MemoryUsed);
    }
}
