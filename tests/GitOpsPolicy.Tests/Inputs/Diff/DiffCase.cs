using System.Text;

namespace GitOpsPolicy.Tests.Inputs.Diff;

/// <summary>
/// One case of a <c>.cases</c> file: <c>=== title</c>, then <c>--&gt; base/path</c> and <c>--&gt; head/path</c> with the files'
/// texts, then <c>--&gt; expect</c> with one line a change, note, problem or reason for being incomplete.
/// </summary>
internal sealed class DiffCase
{
    public required string Title { get; init; }

    public MemoryTree Base { get; } = new("main");

    public MemoryTree Head { get; } = new();

    public List<string> Expected { get; } = [];

    public static IReadOnlyList<DiffCase> Read(string file)
    {
        var cases = new List<DiffCase>();
        var section = "";
        var text = new StringBuilder();
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal))
            {
                End(cases, ref section, text);
                cases.Add(new() { Title = line[4..] });
            }
            else if (line.StartsWith("--> ", StringComparison.Ordinal))
            {
                End(cases, ref section, text);
                section = line[4..];
            }
            else if (section.Length == 0 && line.Length > 0)
            {
                throw new FormatException($"{file}: `{line}` stands outside every section");
            }
            else
            {
                text.Append(line).Append('\n');
            }
        }

        End(cases, ref section, text);
        return cases.Count > 0 ? cases : throw new FormatException($"{file} holds no case");
    }

    private static void End(List<DiffCase> cases, ref string section, StringBuilder text)
    {
        var content = text.ToString();
        text.Clear();
        if (section.Length == 0) return;
        if (section.StartsWith("base/", StringComparison.Ordinal)) cases[^1].Base.With(section[5..], content);
        else if (section.StartsWith("head/", StringComparison.Ordinal)) cases[^1].Head.With(section[5..], content);
        else if (section == "expect") cases[^1].Expected.AddRange(content.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        else throw new FormatException($"`{section}` is no section");
        section = "";
    }
}
