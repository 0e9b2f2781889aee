using System.Runtime.CompilerServices;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

/// <summary>
/// Tables of cases, <c>inputs | … => expected</c> a line; empty lines and lines that start with <c>#</c> do not count.
/// </summary>
internal static class Cases
{
    /// <summary>The lines of a table. A line without the right number of columns fails the test that reads it.</summary>
    public static TheoryData<string, string> Read(string name, int columns, [CallerFilePath] string caller = "")
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Path.GetDirectoryName(caller)!, "Cases", name)))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var sides = line.Split(" => ", StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || Columns(sides[0]).Length != columns || sides[1].Length == 0)
                throw new FormatException($"{name}: malformed case `{line}`");
            data.Add(sides[0], sides[1]);
        }

        return data;
    }

    public static string[] Columns(string inputs) => inputs.Split(" | ", StringSplitOptions.TrimEntries);
}
