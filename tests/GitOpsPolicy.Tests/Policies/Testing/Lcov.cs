using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.Tests.Policies.Testing;

/// <summary>
/// Reads LCOV tracefiles as geninfo(1) describes them and takes nothing else: every line is one of the format's, in its order,
/// and every total is that of the lines above it.
/// </summary>
internal sealed partial class Lcov
{
    private readonly List<(string Name, long Hits)> functions = [];
    private readonly List<long> branches = [];
    private readonly List<long> lines = [];

    /// <summary>Hits of each line that has any to have, by <c>file:line</c>.</summary>
    public Dictionary<string, long> Lines { get; } = [];

    /// <summary>Hits of each branch, by <c>file:line,block,branch</c>; -1 for one whose block was never entered.</summary>
    public Dictionary<string, long> Branches { get; } = [];

    public static Lcov Parse(string text)
    {
        Assert.EndsWith("end_of_record\n", text, StringComparison.Ordinal);
        var lcov = new Lcov();
        foreach (var record in text.Split("end_of_record\n")[..^1]) lcov.Read(record);
        return lcov;
    }

    private void Read(string record)
    {
        var shape = Record().Match(record);
        Assert.True(shape.Success, $"not a record:\n{record}");
        var file = shape.Groups["file"].Value;
        functions.Clear();
        branches.Clear();
        lines.Clear();
        foreach (var line in record.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Take(file, line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Split(','));
        Assert.Equal(shape.Groups["fn"].Captures.Select(c => c.Value), functions.Select(f => f.Name));
    }

    private void Take(string file, string kind, string[] fields)
    {
        switch (kind)
        {
            case "FNDA":
                functions.Add((fields[1], Number(fields[0])));
                break;
            case "FNF":
                Assert.Equal(functions.Count, Number(fields[0]));
                break;
            case "FNH":
                Assert.Equal(functions.Count(f => f.Hits > 0), Number(fields[0]));
                break;
            case "BRDA":
                branches.Add(fields[3] == "-" ? -1 : Number(fields[3]));
                Branches.Add($"{file}:{string.Join(',', fields[..3])}", branches[^1]);
                break;
            case "BRF":
                Assert.Equal(branches.Count, Number(fields[0]));
                break;
            case "BRH":
                Assert.Equal(branches.Count(b => b > 0), Number(fields[0]));
                break;
            case "DA":
                lines.Add(Number(fields[1]));
                Lines.Add($"{file}:{fields[0]}", lines[^1]);
                break;
            case "LF":
                Assert.Equal(lines.Count, Number(fields[0]));
                break;
            case "LH":
                Assert.Equal(lines.Count(l => l > 0), Number(fields[0]));
                break;
            default:
                break;
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\ATN:\nSF:(?<file>[^\n]+)\n(FN:[1-9]\d*,(?<fn>[^,\n]+)\n)*(FNDA:\d+,[^,\n]+\n)*FNF:\d+\nFNH:\d+\n(BRDA:[1-9]\d*,\d+,\d+,(\d+|-)\n)*BRF:\d+\nBRH:\d+\n(DA:[1-9]\d*,\d+\n)*LF:\d+\nLH:\d+\n\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Record();
}
