using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

/// <summary>
/// Tables of cases, one a line: <c>left => right</c>. A line that is neither a case, a comment nor empty fails.
/// </summary>
internal static partial class CaseFile
{
    public static TheoryData<string, string> Read(string name)
    {
        var cases = new TheoryData<string, string>();
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(Here(), "Cases", name)))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            var at = line.LastIndexOf(" => ", StringComparison.Ordinal);
            if (at < 0) throw new FormatException($"{name}:{number}: not a case: {line}");
            cases.Add(line[..at], line[(at + 4)..]);
        }

        return cases;
    }

    /// <summary>Resolves <c>\uXXXX</c>, <c>\n</c>, <c>\t</c> and <c>\\</c>.</summary>
    public static string Unescape(string text) => Escape().Replace(text, match => match.Value[1] switch
    {
        'n' => "\n",
        't' => "\t",
        '\\' => "\\",
        _ => ((char)Convert.ToInt32(match.Value[2..], 16)).ToString(),
    });

    /// <summary>The folder of real manifests and plans.</summary>
    public static string Fixtures => Path.GetFullPath(Path.Combine(Here(), "..", "..", "Fixtures"));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"\\(?:u[0-9a-f]{4}|n|t|\\)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
