using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Syntax;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Syntax;

public sealed class ParserTests
{
    private static readonly HashSet<string> Names = new(["images"], StringComparer.Ordinal);

    [Fact]
    public void Every_statement_with_a_mistake_is_reported_in_the_order_of_the_file()
    {
        const string Source = """
            const a = ;
            const b = 1
            if (b { c(); }
            const d = { e: 1, check() { let f = (; return g } }
            var h = 2;
            let i = "abc
            export const j = b + ;
            """;
        Assert.Equal(
            [
                "m.js:1:11: expected an expression but found `;`",
                "m.js:3:7: expected `)` but found `{`",
                "m.js:4:38: expected an expression but found `;`",
                "m.js:5:1: `var` is not supported (write `let` or `const`)",
                "m.js:6:9: this string has no end (close it with `\"`)",
                "m.js:7:22: expected an expression but found `;`",
            ],
            SyntaxCase.Load(Source).Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Names_are_looked_up_once_the_text_as_a_whole_has_parsed() =>
        Assert.Equal(
            ["m.js:1:1: unknown name `isUnknwon` (did you mean `isUnknown`?)", "m.js:2:1: unknown name `zebra`"],
            SyntaxCase.Load("isUnknwon(a);\nzebra;").Problems.Select(problem => problem.ToString()));

    [Fact]
    public void No_more_than_the_first_twenty_problems_are_reported() =>
        Assert.Equal(
            SyntaxLimits.MaxProblems,
            SyntaxCase.Load(string.Concat(Enumerable.Range(0, 50).Select(i => $"var x{i} = 1;\n"))).Problems.Length);

    [Theory]
    [InlineData("a b", 14, 23, "r.yaml:14:25: expected the end of the expression but found `b`")]
    [InlineData("item.x ||\n  nothing", 14, 23, "r.yaml:15:3: unknown name `nothing`")]
    [InlineData("", 3, 5, "r.yaml:3:5: expected an expression but found the end")]
    [InlineData("imagse(item)", 3, 5, "r.yaml:3:5: unknown name `imagse` (did you mean `images`?)")]
    [InlineData("item = 1; item", 3, 5, "r.yaml:3:13: expected the end of the expression but found `;`")]
    [InlineData("return 1", 3, 5, "r.yaml:3:5: `return` is a reserved word and cannot be a name")]
    [InlineData("this.x, new.target", 3, 5, "r.yaml:3:13: `new.target` stands only in a function")]
    public void Problems_of_an_expression_are_placed_in_the_file_around_it(string text, int line, int column, string expected)
    {
        var loaded = Parser.ParseExpression(
            new NamedFile("r.yaml"), text, new SourcePosition(line, column), ["change", "item"], Names);
        Assert.Equal(expected, Assert.Single(loaded.Problems).ToString());
    }

    [Fact]
    public void An_expression_becomes_a_function_of_its_parameters()
    {
        Assert.True(
            Parser.ParseExpression(
                new NamedFile("r.yaml"), "images(item).some(x => x + item)", new SourcePosition(2, 9), ["change", "item"],
                Names).TryGet(
                out var function));
        Assert.True(function.HasPlainParameters);
        Assert.Equal(2, function.Parameters.Length);
        Assert.Equal(new SourcePosition(2, 9), function.Start);
        Assert.IsType<Call>(Assert.IsType<Return>(Assert.Single(function.Body)).Value);
    }

    [Fact]
    public void A_template_ends_with_its_text_and_may_hold_backticks()
    {
        Assert.True(
            Parser.ParseTemplate(
                new NamedFile("r.yaml"), "`${item}` is \\u0041 ${`x${change}`}", new SourcePosition(2, 9), ["change", "item"],
                Names).TryGet(
                out var function));
        var template = Assert.IsType<TemplateLiteral>(Assert.IsType<Return>(Assert.Single(function.Body)).Value);
        Assert.Equal(["`", "` is A ", ""], template.Cooked.AsEnumerable());
        Assert.Equal(["`", "` is \\u0041 ", ""], template.Raw.AsEnumerable());
        Assert.Equal(2, template.Expressions.Length);
    }

    [Theory]
    [InlineData("${itm}", "r.yaml:2:11: unknown name `itm` (did you mean `item`?)")]
    [InlineData("a ${item", "r.yaml:2:17: expected `}` but found the end")]
    [InlineData("a\n${}", "r.yaml:3:3: expected an expression but found `}`")]
    public void Problems_of_a_template_are_placed_in_the_file_around_it(string text, string expected)
    {
        var loaded = Parser.ParseTemplate(new NamedFile("r.yaml"), text, new SourcePosition(2, 9), ["change", "item"], Names);
        Assert.Equal(expected, Assert.Single(loaded.Problems).ToString());
    }

    [Theory]
    [InlineData("`a\\n${b}\\u{41}\r\nc`", "a\n", "A\nc", "a\\n", "\\u{41}\nc")]
    [InlineData("`$${b}$`", "$", "$", "$", "$")]
    [InlineData("`\\\r\n${b}\\`\\$`", "", "`$", "\\\n", "\\`\\$")]
    public void Templates_keep_their_texts_cooked_and_raw(string source, string cooked0, string cooked1, string raw0, string raw1)
    {
        Assert.True(SyntaxCase.Load(source).TryGet(out var module));
        var template = Assert.IsType<TemplateLiteral>(Assert.IsType<ExpressionStatement>(module.Body[0]).Expression);
        Assert.Equal([cooked0, cooked1], template.Cooked.AsEnumerable());
        Assert.Equal([raw0, raw1], template.Raw.AsEnumerable());
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData("1e21", "1e+21")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1.5e-10", "1.5e-10")]
    [InlineData("1.25e300", "1.25e+300")]
    [InlineData("0x10", "16")]
    [InlineData("1e400", "Infinity")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("100", "100")]
    [InlineData("0.1", "0.1")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("0x20000000000003", "9007199254740996")]
    [InlineData("0x100000000000008001", "295147905179352900000")]
    public void A_number_as_a_key_is_named_as_the_language_spells_it(string number, string name)
    {
        Assert.True(SyntaxCase.Load($"({{ {number}: 1 }})").TryGet(out var module));
        var literal = Assert.IsType<ObjectLiteral>(Assert.IsType<ExpressionStatement>(module.Body[0]).Expression);
        Assert.Equal(name, literal.Properties[0].Key!.Name);
    }

    [Theory]
    [InlineData("const f = () => 1;", "f")]
    [InlineData("const f = (function () { });", "f")]
    [InlineData("const f = function g() { };", "g")]
    [InlineData("const { f = () => 1 } = a;", "f")]
    [InlineData("a = { f: () => 1 };", "f")]
    [InlineData("a = { get f() { return 1 } };", "get f")]
    [InlineData("a = { 1e3() { } };", "1000")]
    [InlineData("(a) = () => 1;", "")]
    [InlineData("a ||= () => 1;", "a")]
    [InlineData("a.b = () => 1;", "")]
    [InlineData("a = { __proto__: () => 1 };", "")]
    [InlineData("export default () => 1;", "default")]
    public void A_function_takes_its_name_from_its_place(string source, string name)
    {
        var names = new HashSet<string>(SyntaxCase.Globals, StringComparer.Ordinal);
        names.Remove("a");
        Assert.True(Parser.ParseModule(new NamedFile("m.js"), $"let a;\n{source}", names).TryGet(out var module));
        Assert.Equal(name, Found(module.Body[1]).Name);
    }

    private static Function Found(object? at) => at switch
    {
        VariableDeclaration variables => variables.Declarators[0].Target is ObjectPattern pattern
            ? Found(pattern.Properties[0].Element.Default) : Found(variables.Declarators[0].Initializer),
        ExpressionStatement statement => Found(statement.Expression),
        ExportDefault value => Found(value.Value),
        Assignment assignment => Found(assignment.Value),
        LogicalAssignment assignment => Found(assignment.Value),
        ObjectLiteral literal => Found(literal.Properties[0].Value),
        FunctionExpression function => function.Function,
        _ => throw new InvalidOperationException($"no function in {at}"),
    };
}
