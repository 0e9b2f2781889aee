using GitOpsPolicy.Script.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Runtime;

public sealed class SensitiveTests
{
    private static readonly SensitiveKey Key = new(new byte[32]);

    [Theory]
    [InlineData("doc.password", "<>")]
    [InlineData("'p=' + doc.password + ';'", "p=<>;")]
    [InlineData("`${doc.name}: ${doc.password}`", "web: <>")]
    [InlineData("('p=' + doc.password).slice(0, 2)", "p=")]
    [InlineData("('p=' + doc.password).slice(0, 4)", "p=<>")]
    [InlineData("[doc.name, doc.password].join('/')", "web/<>")]
    [InlineData("doc.password.toUpperCase()", "<>")]
    [InlineData("doc.password.split('')[0]", "<>")]
    [InlineData("doc.password[2]", "<>")]
    [InlineData("[...doc.password][1]", "<>")]
    [InlineData("doc.pin + 1", "<>")]
    [InlineData("'' + doc.pin", "<>")]
    [InlineData("doc.pin.toString()", "<>")]
    [InlineData("-doc.pin", "<>")]
    [InlineData("Math.max(doc.pin, 1)", "<>")]
    [InlineData("doc.password.charCodeAt(0)", "<>")]
    [InlineData("String(doc.password)", "<>")]
    [InlineData("({ key: doc.password })", "{\"key\":\"<>\"}")]
    [InlineData("[doc.pin]", "[<>]")]
    [InlineData("({ [doc.password]: 1 })", "{\"<>\":1}")]
    [InlineData("Object.keys({ [doc.password]: 1 })[0]", "<>")]
    [InlineData("Object.entries({ [doc.password]: 1 })[0][0]", "<>")]
    [InlineData("/h(.*)2/.exec(doc.password)[1]", "<>")]
    [InlineData("doc.password.replace(/h/, 'x')", "x<>")]
    [InlineData("parseInt('' + doc.pin)", "<>")]
    [InlineData("Number(doc.pin + '')", "<>")]
    public void A_secret_is_masked_wherever_it_went(string expression, string shown)
    {
        var run = new ScriptRun(new ScriptBudget());
        var text = ValueReader.ToDisplayText(run, Documents.Evaluate(expression), Key);
        Assert.Equal(shown, Masks().Replace(text, "<>"));
    }

    [Theory]
    [InlineData("doc.password === 'hunter2'", true)]
    [InlineData("doc.password == 'hunter2'", true)]
    [InlineData("doc.password === 'Hunter2'", false)]
    [InlineData("doc.password.length === 7", true)]
    [InlineData("doc.password.startsWith('hunter')", true)]
    [InlineData("doc.pin > 1000", true)]
    [InlineData("doc.pin === 1234", true)]
    [InlineData("typeof doc.password === 'string' && typeof doc.pin === 'number'", true)]
    [InlineData("/^hunter/.test(doc.password)", true)]
    [InlineData("['hunter2'].includes(doc.password)", true)]
    [InlineData("!doc.password", false)]
    public void A_secret_may_be_compared_and_measured(string expression, bool expected)
    {
        Assert.Equal(expected, Documents.Evaluate(expression).IsTrue);
    }

    [Theory]
    [InlineData("(() => { throw new Error('bad ' + doc.password); })()")]
    [InlineData("(() => { throw doc.password; })()")]
    [InlineData("null[doc.password]")]
    [InlineData("({})[doc.password]()")]
    [InlineData("Object.freeze({})[doc.password] = 1")]
    [InlineData("new RegExp(doc.password + '(')")]
    [InlineData("JSON.parse('{' + doc.password)")]
    [InlineData("doc.password()")]
    [InlineData("doc.password in 5")]
    [InlineData("'x'.repeat(-doc.pin)")]
    public void No_error_tells_a_secret(string expression)
    {
        var error = Assert.Throws<ScriptException>(() => Documents.Evaluate(expression));
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_secrets_show_the_same_fingerprint_and_others_another()
    {
        var run = new ScriptRun(new ScriptBudget());
        var first = ValueReader.ToDisplayText(run, Documents.Evaluate("doc.password"), Key);
        Assert.Matches(@"^\(sensitive #[0-9a-f]{4}\)$", first);
        Assert.Equal(first, ValueReader.ToDisplayText(run, Documents.Evaluate("('x' + doc.password).slice(1)"), Key));
        Assert.NotEqual(first, ValueReader.ToDisplayText(run, Documents.Evaluate("doc.password + doc.password"), Key));
    }

    [Theory]
    [InlineData("doc.pin")]
    [InlineData("doc.password[0]")]
    [InlineData("[...doc.password].join('')[3]")]
    [InlineData("doc.password.slice(2)")]
    public void A_short_secret_has_no_fingerprint_to_be_recognised_by(string expression) =>
        Assert.Equal(
            "(sensitive)", ValueReader.ToDisplayText(new ScriptRun(new ScriptBudget()), Documents.Evaluate(expression), Key));

    private static System.Text.RegularExpressions.Regex Masks() => new(@"(\(sensitive( #[0-9a-f]{4})?\))+");
}
