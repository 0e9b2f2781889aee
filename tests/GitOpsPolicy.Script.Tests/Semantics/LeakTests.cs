using System.Text.RegularExpressions;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Semantics;

/// <summary>
/// A rule that is run with one secret and with another of the same length shows the same, but for what it may know: answers to
/// comparisons. That holds for every example, and for every function of the language with secrets in every place.
/// </summary>
public sealed partial class LeakTests
{
    private static readonly string[] Receivers =
    [
        "doc.password", "doc.pin", "doc.open", "'aeq-4z2'", "5", "({ k: 'one', w: 'other' })", "[doc.password, 'b', doc.pin]",
        "doc.phrases", "({ a: doc.password, [doc.password]: 2 })",
        "new Map([[doc.password, doc.pin]])", "new Set([doc.password, doc.pin])", "/[a-z]+(?<d>.)/dg", "doc.login",
        "new Error(doc.password)",
    ];

    private static readonly string[] ArgumentLists =
    [
        "[]", "[doc.password]", "[doc.pin]", "[doc.open]", "['e']", "[2]", "[0, doc.password]", "[doc.password, 'x']",
        "['e', doc.password]", "[/[a-z](?<d>.)/g, '<$&>']", "[doc.password[0]]", "[{ k: 'one', w: 'other' }, doc.password[0]]",
        "[(...all) => all]", "[(...all) => all[0]]", "[[doc.password, doc.pin]]", "[{ [doc.password]: doc.pin }]",
        "[doc.phrases, doc.password]",
        "[[[doc.password, doc.pin]]]", "['%' + doc.password]", "[{ raw: ['a', 'b'] }, doc.password]",
        "[JSON.stringify({ a: doc.password })]", "[1, 1, doc.password]",
    ];

    /// <summary>
    /// What is replaced by which two secrets. They are of one length, with letters and digits in the same places, and have
    /// nothing else in common, with each other or with what they are asked about below.
    /// </summary>
    private static readonly (string Name, string One, string Other)[] Secrets = [
        ("hunter2-Zq", "kunsor7-Zq", "wymtvi9-Yx"),
        ("4711", "4767", "6899"),
        ("open: true ", "open: true ", "open: false")
    ];

    public static TheoryData<Example> Examples =>
        [.. Example.All().Where(example => !AsksForClearText(example) && !IsAnswer(example.Expected))];

    public static TheoryData<string> Functions => [.. Reachable().Keys];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_shows_the_same_whatever_the_secret(Example example)
    {
        foreach (var (name, _, other) in Secrets)
        {
            var shown = example.Outcome(ExampleDocument.Read(name, other));
            Assert.True(shown == example.Expected || IsAnswer(shown), $"{example}: {shown}");
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_of_the_language_tells_no_secret(string name)
    {
        var function = Reachable()[name];
        var (one, other) = (ExampleDocument.Read(Secrets[0].Name, Secrets[0].One),
            ExampleDocument.Read(Secrets[0].Name, Secrets[0].Other));
        var (low, high) = (ExampleDocument.Read(Secrets[1].Name, Secrets[1].One),
            ExampleDocument.Read(Secrets[1].Name, Secrets[1].Other));
        foreach (var ((self, list), call) in Calls.Value)
        {
            Compare($"{name} on {self} with {list}", Shown(call, function, one), Shown(call, function, other));
            Compare($"{name} on {self} with {list}", Shown(call, function, low), Shown(call, function, high));
        }
    }

    private static readonly Lazy<Dictionary<(string, string), Value>> Calls = new(static () =>
        (from self in Receivers from list in ArgumentLists select (self, list)).ToDictionary(
            pair => pair, pair => Compiled(pair.self, pair.list)));

    private static void Compare(string what, string one, string other) =>
        Assert.True(one == other || (IsAnswer(one) && IsAnswer(other)), $"{what}: {one} with one secret, {other} with the other");

    // What comes of the call, iterators and objects laid out; and what is left in the receiver.
    private static Value Compiled(string self, string list)
    {
        Programs.Load(
            $$"""
            const show = (x) => typeof x === "function" ? x.name : x === null || typeof x !== "object" ? x
              : x instanceof Error ? `${x}` : typeof x.next === "function" || x instanceof Map || x instanceof Set ? [...x] : x;
            export default function (f, doc) {
              const self = {{self}};
              const result = f.apply(self, {{list}});
              return [show(result), Array.isArray(result) ? [result.index, result.indices] : 0, typeof self === "object" && self !== result ? show(self) : 0];
            }
            """).TryGetExport("default", out var main);
        return main;
    }

    private static string Shown(Value call, Value function, Documents.MappingNode document)
    {
        var run = new ScriptRun(new ScriptBudget());
        try
        {
            var value = run.Call(call, Value.Undefined, function, Value.Of((Documents.Node)document));
            return Fingerprint().Replace(ValueReader.ToDisplayText(run, value, new SensitiveKey(new byte[16])), "");
        }
        catch (UndeterminedException)
        {
            return "undetermined";
        }
        catch (ScriptException e)
        {
            return e.Message;
        }
    }

    // An answer to a question about a secret, which a rule may have: yes, no, before or behind, and that something is not there.
    private static bool IsAnswer(string shown) => Answer().IsMatch(shown);

    // What is found out by asking, and what is asked of a secret that stands in the rule already.
    private static bool AsksForClearText(Example example) =>
        example.Place.StartsWith("oracles", StringComparison.Ordinal)
            || example.Code.Contains("told", StringComparison.Ordinal)
            || example.Code.Contains("hunter", StringComparison.Ordinal)
        || example.Code.Contains("\"open\"", StringComparison.Ordinal)
        || example.Code.Contains("letter h", StringComparison.Ordinal);

    private static Dictionary<string, Value> Reachable()
    {
        var found = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, value) in Intrinsics.Globals) Collect(name, value, found, depth: 0);
        return found;
    }

    private static void Collect(string name, Value value, Dictionary<string, Value> found, int depth)
    {
        if (value.IsFunction) found.TryAdd(name, value);
        if (value.Reference is not ScriptObject target || depth == 3 || name.EndsWith(".constructor", StringComparison.Ordinal))
            return;
        var keys = new List<PropertyKey>();
        target.CollectKeys(keys);
        foreach (var key in keys)
        {
            if (!target.TryGetOwn(key, out var property)) continue;
            if (!property.IsAccessor) Collect($"{name}.{key}", property.Value, found, depth + 1);
            else if (property.Accessor.Get is { } getter) found.TryAdd($"get {name}.{key}", Value.Of(getter));
        }
    }

    [GeneratedRegex(" #[0-9a-f]{0,4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"^(true|false|undefined|null|NaN)( @ .*)?$|^\[(true|false|-1|0|1),", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Answer();
}
