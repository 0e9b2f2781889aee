using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Builtins;

/// <summary>What the standard objects do with provenance, with sensitive values and with unknown ones.</summary>
public sealed class GuardedValueTests
{
    private const string Separator = " ==> ";

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(
        AppContext.BaseDirectory, "Builtins", "guarded.cases"));

    public static TheoryData<string> Cases => [.. Lines.Where(line => line.Length > 0 && line[0] != '#')];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_keeps_its_place_and_its_guard(string line)
    {
        var at = line.LastIndexOf(Separator, StringComparison.Ordinal);
        Assert.True(at > 0, $"not a case: {line}");
        Assert.Equal(line[(at + Separator.Length)..], Outcome(line[..at]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_text_of_a_secret_is_ever_shown(string line)
    {
        var outcome = Outcome(line[..line.LastIndexOf(Separator, StringComparison.Ordinal)]);
        Assert.DoesNotContain(
            "cret", outcome.Replace("(sensitive)", "", StringComparison.Ordinal).Split(" @ ")[0], StringComparison.Ordinal);
    }

    private static string Outcome(string expression)
    {
        var run = new ScriptRun(new ScriptBudget());
        try
        {
            var value = Programs.Evaluate(run, expression, ("doc", Value.Of((Node)Document())));
            var shown = ValueReader.ToDisplayText(run, value, new SensitiveKey(new byte[16]));
            shown = System.Text.RegularExpressions.Regex.Replace(shown, @"\(sensitive #[0-9a-f]{4}\)", "(sensitive)");
            shown = shown.Replace("\n", "\\n", StringComparison.Ordinal);
            return value.Origin is { } origin ? $"{shown} @ {origin.Pointer}" : shown;
        }
        catch (UndeterminedException e)
        {
            return $"undetermined {string.Join(' ', e.Unknowns.Select(node => node.Pointer))}".TrimEnd();
        }
        catch (ScriptException e)
        {
            return $"throws {e.Message}";
        }
    }

    private static MappingNode Document()
    {
        return Map(
            ("text", Text("hello")), ("json", Text("{\"a\":\"b\"}")), ("number", Number("5")), ("numeral", Text("42")),
            ("secret", Text("s3cret-value", NodeFlags.Sensitive)), ("secretNumber", Number("7", NodeFlags.Sensitive)),
            ("secretNumeral", Text("12", NodeFlags.Sensitive)), ("unknown", Text("", NodeFlags.Unknown)),
            ("list", List(Text("a"), Text("b"), Text("c"))),
            ("list2", List(Text("a"), Text("b", NodeFlags.Sensitive), Text("c"))),
            ("list3", List(Text("a"), Text("", NodeFlags.Unknown), Text("c"))),
            ("map", Map(("k", Text("v")), ("n", Number("1")))),
            ("secretMap", new MappingNode([Entry("k", Text("cretin", NodeFlags.Sensitive))], default, NodeFlags.Sensitive)),
            ("unknownMap", new MappingNode([], default, NodeFlags.Unknown)));

        static ScalarNode Text(string text, NodeFlags flags = NodeFlags.None) => ScalarNode.String(text, default, flags);
        static ScalarNode Number(string text, NodeFlags flags = NodeFlags.None) => ScalarNode.Numeric(text, default, flags);
        static SequenceNode List(params Node[] items) => new(items);
        static MappingEntry Entry(string key, Node value) => new(key, default, value);
        static MappingNode Map(params (string Key, Node Value)[] entries) => new([.. entries.Select(e => Entry(e.Key, e.Value))]);
    }
}
