using Xunit;

namespace GitOpsPolicy.Script.Tests.Syntax;

public sealed class SyntaxCaseTests
{
    [Theory]
    [InlineData("lexical.cases")]
    [InlineData("statements.cases")]
    [InlineData("expressions.cases")]
    [InlineData("patterns.cases")]
    [InlineData("functions.cases")]
    [InlineData("modules.cases")]
    [InlineData("names.cases")]
    [InlineData("unsupported.cases")]
    public void Every_case_has_its_verdict_at_its_place(string file)
    {
        var wrong = SyntaxCase.Read(file).Select(Check).OfType<string>().ToList();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData("=== acept\na")]
    [InlineData("=== accept now\na")]
    [InlineData("=== reject\na")]
    [InlineData("=== accept")]
    [InlineData("a\n=== accept\na")]
    public void A_malformed_case_is_not_passed_over(string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        Assert.Throws<InvalidDataException>(() => SyntaxCase.Read(file).ToList());
        File.Delete(file);
    }

    private static string? Check(SyntaxCase one)
    {
        var loaded = SyntaxCase.Load(one.Source);
        var first = loaded.Problems.FirstOrDefault(problem => !SyntaxCase.IsAboutOurGlobals(problem));
        var found = first is null ? "" : $"{first.Location.Line}:{first.Location.Column} {first.Message}";
        return found == one.Expected
            ? null
            : $"{one.File}:{one.Line}: expected `{one.Expected}` but found `{found}` for\n    {one.Source.Replace("\n", "\n    ")}";
    }
}
