using System.Text;
using GitOpsPolicy.Script.Tests.Runtime;

namespace GitOpsPolicy.Script.Tests.Hostile;

/// <summary>
/// Sources and modules that try to exhaust whoever loads them. Each is made when it is asked for: some are large.
/// </summary>
internal static class HostileSource
{
    private const int Longest = Script.Syntax.SyntaxLimits.MaxSourceLength;

    /// <summary>What is repeated as often as a source may be long, with what stands inside and what closes it.</summary>
    private static readonly (string Open, string Inside, string Close)[] Nested =
    [
        ("class A{static b=", "1", "}"), ("(class{[", "a", "](){}})"), ("class A{static{", "", "}}"),
        ("class A{#b=class{", "", "}}"), ("class A{get b(){return ", "1", "}}"),
        ("a=>b=>", "c", ""), ("async a=>", "b", ""), ("(a=", "1", ")=>{}"), ("({a=", "1", "})=>a"), ("([a=", "1", "])=>a"),
        ("(...[", "a", "])=>a"), ("a=>({b:", "c", "})"),
        ("`a${`", "", "`}`"), ("a`${", "b", "}`"), ("`${{a:", "b", "}}`"), ("`${()=>", "a", "}`"), ("`${a?", "b", ":c}`"),
        ("const [", "a", "]=b;"), ("const {...", "a", "}=b;"), ("const {[", "a", "]:b}=c;"), ("const {a=", "1", "}=b;"),
        ("for(const [", "a", "] of b);"), ("let [a,", "b", "]=c;"), ("function f([", "a", "]){}"), ("catch({", "a", "}){}"),
        ("function*a(){yield ", "1", "}"), ("{a:", "", "}"), ("a:", "", ""), ("x=>{if(a)", "", "}"), ("while(a)", "", ""),
        ("a??", "b", ""), ("a||(", "b", ")"), ("a&&", "b", ""), ("a in ", "b", ""), ("-(", "a", ")"),
        ("delete ", "a.b", ""), ("void ", "0", ""), ("+ +", "1", ""), ("new (", "A", ")"), ("super(", "", ")"),
        ("a?.[", "b", "]"), ("a?.(", "b", ")"), ("[...", "a", "]"), ("({...", "a", "})"), ("f(...", "a", ")"),
    ];

    /// <summary>By name: a source, and what finds the modules that it imports.</summary>
    public static IReadOnlyDictionary<string, (Func<string> Text, ModuleResolver Modules)> All { get; } = Sources().ToDictionary(
        s => s.Name, s => (s.Text, s.Modules), StringComparer.Ordinal);

    /// <summary>Loads a source as a rule's module is loaded.</summary>
    /// <returns>How it ended, as <see cref="HostileScript"/> tells it.</returns>
    public static string Load(string text, ModuleResolver modules) =>
        ScriptLoader.LoadModule(new TestFile("/hostile.js"), text, modules).TryGet(out _) ? "none" : "load";

    private static IEnumerable<(string Name, Func<string> Text, ModuleResolver Modules)> Sources()
    {
        foreach (var (open, inside, close) in Nested)
        {
            var count = (Longest / (open.Length + close.Length)) - 1;
            yield return ($"{open}…", () => Repeat(open, count) + inside + Repeat(close, count), Programs.NoModules);
        }

        foreach (var (name, text) in Large()) yield return (name, text, Programs.NoModules);
        foreach (var (name, modules) in Graphs())
            yield return (name, () => "import { a } from \"/0.js\"; export default a;", modules);
    }

    private static IEnumerable<(string Name, Func<string> Text)> Large() =>
    [
        ("10 MB of spaces", () => new string(' ', 10_000_000)),
        ("10 MB of one name", () => new string('a', 10_000_000)),
        ("10 MB of text", () => $"\"{new string('a', 10_000_000)}\""),
        ("a million tokens", () => Repeat("a;", 500_000)),
        ("a million braces", () => new string('{', 1_000_000)),
        ("as many tokens as fit", () => Repeat(";", Longest)),
        ("as many names as fit", () => "let " + string.Join(",", Enumerable.Range(0, 9_000).Select(i => $"a{i}")) + ";let a0;"),
        ("one name declared again and again", () => Repeat("let a;", Longest / 6)),
        ("as many mistakes as fit", () => Repeat("@ ", Longest / 2)),
        ("as many labels as fit", () => string.Concat(Enumerable.Range(0, 8_000).Select(i => $"a{i}:")) + ";"),
        ("as many functions as fit", () => Repeat("()=>{};", 9_000) + "@"),
        ("as many private names as fit",
            () => "class A{" + string.Concat(Enumerable.Range(0, 9_000).Select(i => $"#a{i};")) + "#a0}"),
        ("as many imports as fit", () => string.Concat(Enumerable.Range(0, 2_000).Select(i => $"import \"./{i}.js\";"))),
        ("as many regular expressions as fit", () => Repeat("/(a/;", Longest / 5)),
        ("a regular expression as long as fits", () => $"/{Repeat("(a|b)", 13_000)}/"),
        ("a regular expression that repeats what repeats", () => "/((((a{1000}){1000}){1000}){1000})/"),
        ("an escape as long as fits", () => $"\"\\u{{{new string('0', 60_000)}g}}\""),
        ("a comment without an end", () => "/*" + Repeat("* ", 30_000)),
    ];

    private static IEnumerable<(string Name, ModuleResolver Modules)> Graphs() =>
    [
        ("a chain of 500 modules", Graph(n => [n + 1], 500)),
        ("a module that imports itself", Graph(_ => [0], 1)),
        ("a circle of 20 modules", Graph(n => [(n + 1) % 20], 20)),
        ("a module that imports 500 others", Graph(n => n == 0 ? [.. Enumerable.Range(1, 500)] : [], 501)),
        ("a chain without an end", Graph(n => [n + 1], int.MaxValue)),
        ("modules of 60 KB, each of which imports the next", Graph(n => [n + 1], int.MaxValue, new string(' ', 60_000))),
        ("a diamond of 2 ** 40 paths that ends in a circle", Graph(n => n < 80 ? [(n | 1) + 1, (n | 1) + 2] : [0], 83)),
        ("a top level without an end behind a diamond", Graph(n => n < 20 ? [(n | 1) + 1, (n | 1) + 2] : [], 23, "for (;;);")),
    ];

    // Module N imports the modules given; the last of them exports a number.
    private static ModuleResolver Graph(Func<int, int[]> imports, int count, string body = "") => (specifier, _) =>
    {
        var number = int.Parse(specifier.AsSpan(1, specifier.Length - 4), System.Globalization.CultureInfo.InvariantCulture);
        var wanted = number < count ? imports(number).Where(n => n < count).ToArray() : [];
        var text = string.Concat(wanted.Select(n => $"import {{ a as b{n} }} from \"/{n}.js\";\n"))
            + $"{body}\nexport const a = 1;";
        return new ModuleResolution.Script(new TestFile(specifier), text);
    };

    private static string Repeat(string text, int count) =>
        new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
