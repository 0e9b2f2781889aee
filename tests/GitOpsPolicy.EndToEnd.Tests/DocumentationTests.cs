using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>
/// Runs every <c>console</c> block of the documentation as a reader would type it: in the root of the checkout, with
/// <c>gitops-policy</c> on the PATH. What the page shows is what has to come out; <c>…</c> stands for any text of a line, and alone on a line for any lines.
/// </summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string, int, string, string> Commands()
    {
        var data = new TheoryData<string, int, string, string>();
        foreach (var page in Pages())
            foreach (var (line, command, expected) in Transcript(File.ReadAllLines(page)))
                data.Add(Path.GetRelativePath(Repository.Root, page), line, command, expected);
        return data;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task What_a_page_shows_is_what_comes_out(string page, int line, string command, string expected)
    {
        var path = $"{Path.GetDirectoryName(Binary.GitOpsPolicy)}:{Environment.GetEnvironmentVariable("PATH")}";
        var ran = await Binary.StartAsync("sh", Repository.Root, "", "-c", $"PATH='{path}'; {command}");
        Assert.True(Matches(expected, ran.Out), $"{page}:{line}: `{command}` was to print\n{expected}\nbut gave {ran}");
    }

    [Fact]
    public void The_README_shows_commands() => Assert.NotEmpty(Transcript(File.ReadAllLines(Repository.PathOf("README.md"))));

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        foreach (var page in Pages())
            foreach (Match link in RelativeLink().Matches(File.ReadAllText(page)))
            {
                var target = Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(link.Groups["path"].Value));
                Assert.True(Path.Exists(target), $"{Path.GetRelativePath(Repository.Root, page)} links to {link.Groups["path"].Value}, which is not there");
            }
    }

    /// <summary>The commands of a page, each with its line and what the page says it prints.</summary>
    private static IEnumerable<(int Line, string Command, string Expected)> Transcript(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() != "```console") continue;
            for (i++; i < lines.Length && lines[i].Trim() != "```";)
            {
                if (!lines[i].StartsWith("$ ", StringComparison.Ordinal)) throw new FormatException($"line {i + 1}: a console block starts with `$ `");
                var (at, command) = (i + 1, lines[i][2..]);
                var expected = new List<string>();
                for (i++; i < lines.Length && lines[i].Trim() != "```" && !lines[i].StartsWith("$ ", StringComparison.Ordinal); i++) expected.Add(lines[i]);
                yield return (at, command, string.Join('\n', expected));
            }
        }
    }

    private static bool Matches(string expected, string actual)
    {
        var pattern = string.Join('\n', Lines(expected).Select(static line => line == "…" ? "(?:.*\\n)*?.*" : Regex.Escape(line).Replace("…", ".*")));
        return Regex.IsMatch(string.Join('\n', Lines(actual)), $@"\A{pattern}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
    }

    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(static line => line.TrimEnd());

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(Repository.Root, "*.md")
            .Concat(Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Repository.PathOf("policies"), "*.md", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\]\((?<path>(?!https?:|mailto:|#)[^)#\s]+)(?:#[^)]*)?\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RelativeLink();
}
