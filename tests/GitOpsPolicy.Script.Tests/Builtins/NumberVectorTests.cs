using System.Globalization;
using System.Text.Json;
using GitOpsPolicy.Script.Builtins;
using GitOpsPolicy.Script.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Builtins;

public sealed class NumberVectorTests
{
    [Fact]
    public void Numbers_are_written_and_read_as_node_does()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Builtins", "numbers.cases.jsonl"));
        var wrong = lines.Select(Judge).OfType<string>().ToList();
        Assert.True(lines.Length >= 5_500, $"only {lines.Length} cases");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {lines.Length}:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static string? Judge(string line)
    {
        var fields = JsonSerializer.Deserialize<JsonElement[]>(line)!;
        Assert.True(fields.Length == 4, $"not a case: {line}");
        var (bits, method, expected) = (fields[0].GetString()!, fields[1].GetString()!, fields[3].GetString()!);
        var actual = bits.Length == 0
            ? BitConverter.DoubleToUInt64Bits(Read(method, fields[2].GetString()!)).ToString("x16")
            : Write(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber)), method, fields[2]);
        // Not every NaN has the same bits.
        var bothNaN = bits.Length == 0 && actual[1..4] == "ff8" && expected[1..4] == "ff8";
        return actual == expected || bothNaN ? null : $"{line} but got {actual}";
    }

    private static double Read(string function, string text) => function switch
    {
        "Number" => NumberText.Parse(text),
        "parseFloat" => NumberParsing.Decimal(text),
        "parseInt" => NumberParsing.Integer(text, 0),
        _ => throw new InvalidDataException($"no function {function}"),
    };

    private static string Write(double number, string method, JsonElement argument) => (method, argument.ValueKind) switch
    {
        ("toString", JsonValueKind.Null) => NumberText.Format(number),
        ("toString", _) when argument.GetInt32() == 10 => NumberText.Format(number),
        ("toString", _) => NumberFormatting.Radix(number, argument.GetInt32()),
        ("toFixed", _) =>
            Math.Abs(number) < 1e21 ? NumberFormatting.Fixed(number, argument.GetInt32()) : NumberText.Format(number),
        ("toExponential", JsonValueKind.Null) => NumberFormatting.Exponential(number, -1),
        ("toExponential", _) => NumberFormatting.Exponential(number, argument.GetInt32()),
        ("toPrecision", _) => NumberFormatting.Precision(number, argument.GetInt32()),
        _ => throw new InvalidDataException($"no method {method}"),
    };
}
