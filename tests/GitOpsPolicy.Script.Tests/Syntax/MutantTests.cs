using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Syntax;

/// <summary>
/// Some thousand programs a few tokens away from right ones, with node's verdict (tools/generate-syntax-mutants.mjs). What node
/// rejects the parser must reject. What node accepts it may refuse only with a message that says it does so on purpose.
/// </summary>
public sealed class MutantTests
{
    // Mistakes that node finds only when the code runs: they are no answer to a program that it does not even load.
    private static readonly string[] OfRunTime =
    [
        "unknown name `", "is a `const` and cannot be assigned", "is imported and cannot be assigned",
        "is built in and cannot be assigned",
        "cannot be assigned inside what it names", "is used before the loop gives it a value", "belongs to the module",
    ];

    // Constructs that rules do without. (A call as a target is a mistake of run time in node, for the web's sake.)
    private static readonly string[] OfOurs = ["is not supported", "are not supported", "this cannot be assigned"];

    [Fact]
    public void The_parser_rejects_what_node_rejects_and_says_why_it_refuses_more()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(SyntaxCase.Path("mutants.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var (accepted, source) = (json.RootElement[0].GetInt32() == 1, json.RootElement[1].GetString()!);
            var problems = SyntaxCase.Load(source).Problems;
            var isRight = accepted
                ? problems.All(problem => OfRunTime.Concat(OfOurs).Any(problem.Message.Contains))
                : problems.Any(problem => !OfRunTime.Any(problem.Message.Contains));
            count++;
            if (!isRight)
                wrong.Add($"node {(accepted ? "accepts" : "rejects")}: {source}\n      {string.Join("\n      ", problems)}");
        }

        Assert.True(count > 5000, $"only {count} programs");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n{string.Join("\n", wrong.Take(60))}");
    }
}
