using System.Text;
using GitOpsPolicy.Script.Syntax;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Syntax;

/// <summary>
/// Sources made to exhaust a parser. Each must end as a load error, on a stack of the size that worker threads get.
/// </summary>
public sealed class ParserBombTests
{
    private const int StackBytes = 1024 * 1024;

    public static TheoryData<string, string, string> Bombs => new()
    {
        { "(", "a", ")" }, { "[", "", "]" }, { "!", "a", "" }, { "- ", "a", "" }, { "a=>", "a", "" }, { "`${", "a", "}`" },
        { "{", "", "}" },
        { "a+", "a", "" }, { "a**", "a", "" }, { "a,", "a", "" }, { "a.", "a", "" }, { "a?.b(", "", ")" }, { "new ", "a", "" },
        { "({a:", "a", "})" },
        { "if(a)", "", "" }, { "if(a);else ", "", "" }, { "for(;;)", "", "" }, { "a?", "b", ":c" }, { "a?b:", "c", "" },
        { "a=", "a", "" },
        { "()=>{", "", "}" }, { "function f(){", "", "}" }, { "class A extends ", "a", "{}" }, { "class A{b(){", "", "}}" },
        { "[a=", "b", "]" },
        { "const {a:", "b", "}=c;" }, { "(a=", "b", ")=>c" }, { "typeof ", "a", "" }, { "a[", "b", "]" }, { "f(", "a", ")" },
        { "a`", "", "`" }, { "do ", "a", " while(b)" },
        { "switch(a){default:", "", "}" }, { "try{", "", "}catch{}" }, { "...", "", "" }, { "(function(){", "", "})()" },
        { "x?.", "y", "" }, { "/*", "", "" }, { "\"", "", "" },
        { "await ", "a", "" }, { "\\u{61}", "", "" }, { "@", "", "" }, { "}", "", "" }, { ")", "", "" }, { "let ", "", "" },
        { "export ", "", "" }, { "import ", "", "" }, { "#", "", "" },
    };

    /// <summary>As much of it as a source may be long.</summary>
    public static string Source(string open, string inside, string close)
    {
        var count = SyntaxLimits.MaxSourceLength / (open.Length + close.Length) - 1;
        return Repeat(open, count) + inside + Repeat(close, count);
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_source_nested_as_deep_as_it_is_long_is_a_load_error(string open, string inside, string close)
    {
        var source = Source(open, inside, close);
        var problems = OnSmallStack(() => SyntaxCase.Load(source).Problems.Length);
        Assert.InRange(problems, open is "a," ? 0 : 1, SyntaxLimits.MaxProblems);
    }

    [Theory]
    [InlineData("(((", "+a)")]
    [InlineData("((", ".a)")]
    [InlineData("((", "())")]
    [InlineData("((", "`a`)")]
    public void Chains_inside_parentheses_count_together(string open, string link)
    {
        // 150 levels of 150 links each are 22,500 levels of tree.
        var source = Repeat(open[..1], 150) + "a" + Repeat(Repeat(link.TrimEnd(')'), 150) + ")", 150);
        Assert.NotEqual(0, OnSmallStack(() => SyntaxCase.Load(source).Problems.Length));
    }

    [Fact]
    public void A_source_of_more_than_64_KB_is_a_load_error()
    {
        var problem = Assert.Single(SyntaxCase.Load(new string(' ', SyntaxLimits.MaxSourceLength + 1)).Problems);
        Assert.Equal("m.js:1:1: the source is longer than 65536 characters (split it into modules)", problem.ToString());
        Assert.Empty(SyntaxCase.Load(new string(' ', SyntaxLimits.MaxSourceLength)).Problems);
    }

    [Fact]
    public void A_source_of_too_many_nodes_is_a_load_error() =>
        Assert.Contains(
            "the source is too big", Assert.Single(SyntaxCase.Load($"[{Repeat("a,", 30_000)}]").Problems).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Depth_that_people_write_is_fine()
    {
        Assert.Empty(SyntaxCase.Load(string.Join(" + ", Enumerable.Repeat("a", 150)) + ";").Problems);
        Assert.Empty(SyntaxCase.Load(Repeat("[", 60) + Repeat("]", 60)).Problems);
        Assert.Empty(SyntaxCase.Load(Repeat("if (a) { ", 30) + Repeat("}", 30)).Problems);
        Assert.Empty(SyntaxCase.Load("if (a) ;" + Repeat(" else if (b) ;", 90)).Problems);
    }

    [Fact]
    public void A_huge_number_is_infinity_and_quick()
    {
        Assert.True(SyntaxCase.Load($"0x{new string('F', 65_000)}").TryGet(out var module));
        var statement = Assert.IsType<ExpressionStatement>(Assert.Single(module.Body));
        Assert.Equal(double.PositiveInfinity, Assert.IsType<NumberLiteral>(statement.Expression).Value);
    }

    private static string Repeat(string text, int count) =>
        new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static T OnSmallStack<T>(Func<T> run)
    {
        var result = default(T);
        var thread = new Thread(() => result = run(), StackBytes);
        thread.Start();
        thread.Join();
        return result!;
    }
}
