using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>
/// Runs every <c>console</c> block of the documentation as a reader would type it: in the root of the checkout, with
/// <c>gitops-policy</c> on the PATH. What the page shows is what has to come out.
/// </summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string, int, string, string> Commands()
    {
        var data = new TheoryData<string, int, string, string>();
        foreach (var page in Pages().Where(static page => !Story.IsOne(page)))
            foreach (var (line, command, expected) in Transcript.Of(WithoutCluster(page)))
                data.Add(Path.GetRelativePath(Repository.Root, page), line, command, expected);
        return data;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task What_a_page_shows_is_what_comes_out(string page, int line, string command, string expected)
    {
        var ran = await Transcript.TypeAsync(command, Repository.Root);
        Assert.True(
            Transcript.Matches(expected, ran.Out), $"{page}:{line}: `{command}` was to print\n{expected}\nbut gave {ran}");
    }

    public static TheoryData<string> Stories() => [.. Pages().Where(static page => Story.IsOne(page) && !Story.NeedsCluster(page))
        .Select(static page => Path.GetRelativePath(Repository.Root, page))];

    [Theory]
    [MemberData(nameof(Stories))]
    public Task A_story_can_be_followed_from_its_start_to_its_end(string page) => Story.FollowAsync(Repository.PathOf(page));

    [Fact]
    public void The_tutorial_is_a_story() => Assert.True(Story.IsOne(Repository.PathOf("docs", "tutorial.md")));

    [Fact]
    public void The_README_shows_commands() => Assert.NotEmpty(Transcript.Of(File.ReadAllLines(Repository.PathOf("README.md"))));

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        foreach (var page in Pages())
            foreach (Match link in RelativeLink().Matches(File.ReadAllText(page)))
            {
                var target = Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(link.Groups["path"].Value));
                Assert.True(
                    Path.Exists(target),
                    $"{Path.GetRelativePath(Repository.Root, page)} links to {link.Groups["path"].Value}, which is not there");
            }
    }

    // What needs a cluster is typed by Reconcile/ReconcilePagesTests. The lines stay where they are.
    private static string[] WithoutCluster(string page)
    {
        var lines = File.ReadAllLines(page);
        var (start, count) = (Array.IndexOf(lines, Reconcile.ReconcilePagesTests.QuickStart),
            Transcript.Section(lines, Reconcile.ReconcilePagesTests.QuickStart).Length);
        return [.. lines.Select((line, index) => index >= start && index < start + count ? "" : line)];
    }

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(Repository.Root, "*.md")
            .Concat(Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Repository.PathOf("policies"), "*.md", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\]\((?<path>(?!https?:|mailto:|#)[^)#\s]+)(?:#[^)]*)?\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RelativeLink();
}
