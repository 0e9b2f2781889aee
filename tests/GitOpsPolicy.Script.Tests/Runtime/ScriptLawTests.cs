using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Differential;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Runtime;

/// <summary>Laws of the language that hold for all values, tried on random ones.</summary>
public sealed class ScriptLawTests
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Gen<string> Words = from letters in Gen.Elements(
        "a", "b", "ab", ",", ".", "$&", "\u00e9", "\ud83d\ude00", " ", "1").ListOf() select string.Concat(
        letters);

    // The same ones in each run; `GITOPS_POLICY_LONG` has many more, and others each time.
    private static readonly Config Cases = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 }
        ? Config.QuickThrowOnFailure.WithMaxTest(30_000)
        : Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260101UL, 43UL);

    private static readonly Gen<double> Doubles = Gen.OneOf(
        from high in Gen.Choose(
            int.MinValue,
            int.MaxValue) from low in Gen.Choose(
                int.MinValue, int.MaxValue) select BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low),
        from mantissa in Gen.Choose(-1000, 1000) from scale in Gen.Choose(-30, 30) select mantissa * Math.Pow(10, scale),
        Gen.Elements(0, 1.0 / 3, 5e-324, double.MaxValue, 1e21, 1e-7, 123456789012345680000.0));

    [Fact]
    public void A_number_made_text_and_back_is_the_same_number() => Holds(
        Doubles, "Object.is(x, Number(String(x))) || x === 0", x => Value.Of(x));

    [Fact]
    public void Every_way_to_write_a_number_reads_back_near_it() => Holds(
        from x in Doubles where double.IsFinite(x) select x,
        "Object.is(Number(x.toExponential()), x) || x === 0 || Math.abs(Number(x.toPrecision(17)) - x) <= Math.abs(x) * 1e-15",
        x => Value.Of(x));

    [Fact]
    public void Sorting_keeps_every_element_and_the_order_of_equals() => Holds(
        from numbers in Gen.Choose(0, 9).ListOf() select numbers,
        "(a => { const s = a.map((k, i) => ({ k, i })).sort((p, q) => p.k - q.k); "
        + "return s.every((p, n) => n === 0 || s[n - 1].k < p.k || (s[n - 1].k === p.k && s[n - 1].i < p.i)) "
        + "&& s.map(p => p.i).toSorted((i, j) => i - j).every((i, n) => i === n); })(x)",
        numbers => Value.Of(new ScriptArray([.. numbers.Select(n => Value.Of(n))])));

    [Fact]
    public void Replacing_all_is_splitting_and_joining() => Holds(
        from text in Words from sought in Gen.Elements(
            "a", "ab", ",", ".", "$&", "\u00e9", "\ud83d\ude00") from other in Words select (text, sought, other),
        "x[0].replaceAll(x[1], () => x[2]) === x[0].split(x[1]).join(x[2])",
        x => Texts(x.text, x.sought, x.other));

    [Fact]
    public void A_text_is_its_parts_and_its_letters() => Holds(
        from text in Words from at in Gen.Choose(-3, 9) select (text, at),
        "x[0].slice(0, +x[1]) + x[0].slice(+x[1]) === x[0] && [...x[0]].join('') === x[0] && decodeURIComponent(encodeURIComponent(x[0])) === x[0]",
        x => Texts(x.text, x.at.ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void Json_read_and_written_is_the_same_text() => Holds(
        from json in Json(3) select json,
        "JSON.stringify(JSON.parse(x)) === x && JSON.stringify(JSON.parse(JSON.stringify(JSON.parse(x), null, 2))) === x",
        json => Value.Of(json));

    [Fact]
    public void More_work_never_costs_less() => Prop.ForAll(
        Gen.Choose(0, 300).ToArbitrary(),
        n =>
            Cost(
                $"for (let i = 0; i < {n}; i++) [i].map(x => x + 1).join();") < Cost(
                    $"for (let i = 0; i < {n + 1}; i++) [i].map(x => x + 1).join();")).Check(
            Cases);

    [Fact]
    public void The_text_of_a_function_is_a_program_that_does_the_same()
    {
        var (prelude, programs) = GeneratedProgram.ReadCommitted();
        var different = programs.Where((program, i) =>
            i % 20 == 0 && Programs.Print(Reprinted(prelude + program.Text)) != program.Expected);
        Assert.Empty(different.Select(program => program.Text));
    }

    // The program as the body of a function, whose own text is loaded in turn.
    private static string Reprinted(string program)
    {
        var text = Value.Undefined;
        Programs.Load($"const body = function (print) {{\n{program}\n}};\nexport default String(body);").TryGetExport(
            "default", out text);
        return $"({text.Reference})(print);";
    }

    private static void Holds<T>(Gen<T> values, string law, Func<T, Value> value) => Prop.ForAll(
        values.ToArbitrary(),
        made => Conversion.IsTruthy(Programs.Evaluate(new ScriptRun(new ScriptBudget()), law, ("x", value(made))))).Check(
            Cases);

    private static Value Texts(params string[] texts) => Value.Of(new ScriptArray([.. texts.Select(text => Value.Of(text))]));

    private static Gen<string> Json(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Elements("null", "true", "false", "0", "-1.5", "1e+21", "\"\""),
            from word in Gen.Elements("a", "b c", "\u00e9", "x\"y") select JsonSerializer.Serialize(word, Plain));
        if (depth == 0) return leaf;
        return Gen.OneOf(
            leaf,
            from items in Json(depth - 1).ListOf(3) select $"[{string.Join(',', items)}]",
            from items in Json(depth - 1).ListOf(
                3) select $"{{{string.Join(',', items.Select((item, i) => $"\"k{i}\":{item}"))}}}");
    }

    private static long Cost(string body)
    {
        Programs.Load($"export default function () {{ {body} }}").TryGetExport("default", out var main);
        var run = new ScriptRun(new ScriptBudget());
        run.Call(main, Value.Undefined);
        return run.FuelUsed;
    }
}
