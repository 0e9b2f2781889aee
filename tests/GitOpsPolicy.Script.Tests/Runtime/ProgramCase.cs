using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Tests.Runtime;

/// <summary>One program with what node prints for it. See <c>tools/expectations.mjs</c> for the form of the files.</summary>
public sealed record ProgramCase(string Name, string Body, string Expected)
{
    public static IEnumerable<ProgramCase> ReadAll(string area)
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, area, "Cases"), "*.js")
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (files.Length == 0) throw new InvalidDataException("There are no case files.");
        return files.SelectMany(Read);
    }

    public static IEnumerable<ProgramCase> Read(string path)
    {
        var file = Path.GetFileNameWithoutExtension(path);
        string? name = null;
        List<string> body = [], expected = [];
        foreach (var line in File.ReadLines(path).Append("//# end"))
        {
            if (line.StartsWith("//# ", StringComparison.Ordinal))
            {
                if (name is not null) yield return Make(file, name, body, expected);
                (name, body, expected) = (line[4..], [], []);
            }
            else if (name is null)
            {
                if (line.Trim().Length > 0 && !line.StartsWith("// ", StringComparison.Ordinal))
                    throw new InvalidDataException($"{path}: text before the first case: {line}");
            }
            else if (line.StartsWith("//=", StringComparison.Ordinal))
            {
                expected.Add(line[3..].TrimStart());
            }
            else
            {
                if (expected.Count > 0 && line.Trim().Length > 0)
                    throw new InvalidDataException($"{path}: code after the results of `{name}`: {line}");
                body.Add(line);
            }
        }
    }

    private static ProgramCase Make(string file, string name, List<string> body, List<string> expected) => expected.Count > 0
        ? new ProgramCase($"{file}: {name}", string.Join('\n', body), string.Join('\n', expected))
        : throw new InvalidDataException($"The case `{name}` of {file} has no expected results.");

    public override string ToString() => Name;
}

/// <summary>A file that exists in a test only.</summary>
internal sealed class TestFile(string path) : SourceFile(path)
{
    public override bool TryGetExcerpt(int line, int column, out Excerpt excerpt)
    {
        excerpt = default;
        return false;
    }
}
