using GitOpsPolicy.Script.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Runtime;

public sealed class UnknownTests
{
    [Theory]
    [InlineData("doc.id", "/id")]
    [InlineData("doc.id + '-x'", "/id")]
    [InlineData("'x-' + doc.id + doc.arn", "/id /arn")]
    [InlineData("`${doc.name}/${doc.id}`", "/id")]
    [InlineData("doc.id + 1", "/id")]
    [InlineData("doc.id * doc.arn", "/id /arn")]
    [InlineData("doc.id === 'x'", "/id")]
    [InlineData("doc.id == doc.arn", "/id /arn")]
    [InlineData("doc.id > 3", "/id")]
    [InlineData("!doc.id", "/id")]
    [InlineData("typeof doc.id", "/id")]
    [InlineData("true && doc.id", "/id")]
    [InlineData("doc.id && doc.arn", "/id /arn")]
    [InlineData("false || doc.id === 'x'", "/id")]
    [InlineData("doc.id ?? 'x'", "/id")]
    [InlineData("(x => x)(doc.id)", "/id")]
    [InlineData("parseInt(doc.id)", "/id")]
    [InlineData("[doc.id][0]", "/id")]
    [InlineData("({ a: doc.id }).a", "/id")]
    public void An_operation_on_an_unknown_is_unknown(string expression, string pointers)
    {
        var value = Documents.Evaluate(expression);
        Assert.True(value.IsUnknown);
        var nodes = new List<GitOpsPolicy.Documents.Node>();
        GuardedText.CollectUnknowns(value, nodes);
        Assert.Equal(pointers, string.Join(' ', nodes.Select(node => node.Pointer)));
    }

    [Theory]
    [InlineData("doc.id.length", "/id")]
    [InlineData("doc.id?.length", "/id")]
    [InlineData("doc.id[0]", "/id")]
    [InlineData("doc[doc.id]", "/id")]
    [InlineData("doc.id ? 1 : 2", "/id")]
    [InlineData("[...doc.id]", "/id")]
    [InlineData("doc.id()", "/id")]
    [InlineData("doc.id.startsWith('x')", "/id")]
    [InlineData("(() => { if (doc.id === doc.arn) return 1; })()", "/id /arn")]
    [InlineData("(() => { while (doc.id) return 1; })()", "/id")]
    [InlineData("(() => { switch (doc.id) { case 1: return 1; } })()", "/id")]
    [InlineData("(() => { for (const x of doc.id) return 1; })()", "/id")]
    [InlineData("(() => { for (const x in doc.id) return 1; })()", "/id")]
    [InlineData("(() => { const { a } = doc.id; })()", "/id")]
    [InlineData("(() => { const [a] = doc.id; })()", "/id")]
    [InlineData("(() => { try { return doc.id.x; } catch { return 'caught'; } finally { return 'too'; } })()", "/id")]
    [InlineData("doc.id && doc.name.startsWith('w')", "/id")]
    [InlineData("doc.tags.filter(t => t === doc.id)", "/id")]
    [InlineData("({}) instanceof doc.id", "/id")]
    public void A_rule_that_has_to_know_ends_undetermined_and_says_what(string expression, string pointers)
    {
        var end = Assert.Throws<UndeterminedException>(() => Documents.Evaluate(expression));
        Assert.Equal(pointers, string.Join(' ', end.Unknowns.Select(node => node.Pointer)));
    }

    [Theory]
    [InlineData("false && doc.id", "false")]
    [InlineData("doc.id && false", "false")]
    [InlineData("doc.id === 'x' && doc.name === 'other'", "false")]
    [InlineData("true || doc.id", "true")]
    [InlineData("doc.id || true", "true")]
    [InlineData("doc.id === 'x' || doc.name === 'web'", "true")]
    [InlineData("isUnknown(doc.id)", "true")]
    [InlineData("isUnknown(doc.name)", "false")]
    [InlineData("isUnknown(doc.id + 'x')", "true")]
    [InlineData("isUnknown(doc.id) ? 'later' : doc.id.length", "later")]
    [InlineData("doc.id === undefined", "false")]
    [InlineData("[doc.id].length", "1")]
    [InlineData("doc.id === 'x' && doc.missing.name === 'y'", null)]
    public void What_does_not_depend_on_the_unknown_is_known(string expression, string? expected)
    {
        var value = Documents.Evaluate(expression);
        Assert.Equal(expected is null, value.IsUnknown);
        if (expected is not null)
            Assert.Equal(
                expected, ValueReader.ToDisplayText(new ScriptRun(new ScriptBudget()), value, new SensitiveKey(new byte[16])));
    }

    [Fact]
    public void A_message_shows_what_is_known_of_it()
    {
        var text = ValueReader.ToDisplayText(
            new ScriptRun(new ScriptBudget()), Documents.Evaluate("`bucket ${doc.id} of ${doc.name}`"),
            new SensitiveKey(new byte[16]));
        Assert.Equal("bucket (known after apply) of web", text);
    }
}
