using System.Xml.Linq;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>The shape of the house, read from the project files.</summary>
public sealed class ArchitectureTests
{
    /// <summary>
    /// What each source project may reference. A project that is not listed needs a decision record and a line here.
    /// </summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["GitOpsPolicy.Documents"] = [],
        ["GitOpsPolicy.Script"] = ["GitOpsPolicy.Documents"],
        ["GitOpsPolicy"] = ["GitOpsPolicy.Documents", "GitOpsPolicy.Script"],
        ["GitOpsPolicy.Kubernetes"] = ["GitOpsPolicy.Documents"],
        ["GitOpsPolicy.Webhook"] = ["GitOpsPolicy", "GitOpsPolicy.Kubernetes"],
        ["GitOpsPolicy.Reconciler"] = ["GitOpsPolicy", "GitOpsPolicy.Kubernetes"],
        ["GitOpsPolicy.Cli"] = ["GitOpsPolicy", "GitOpsPolicy.Kubernetes", "GitOpsPolicy.Reconciler", "GitOpsPolicy.Webhook"],
    };

    [Fact]
    public void Source_projects_reference_inwards_only()
    {
        var projects = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories);
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), projects.Select(Name).Order(StringComparer.Ordinal));
        foreach (var project in projects)
        {
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(static reference => Name((string)reference.Attribute("Include")!));
            Assert.Equal(Allowed[Name(project)].Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_source_project_has_a_test_project_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("GitOpsPolicy.sln"));
        foreach (var project in Allowed.Keys) Assert.Contains($"{project}.Tests.csproj", solution, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.Console", "src/GitOpsPolicy")]
    [InlineData("Console.", "src/GitOpsPolicy")]
    [InlineData("System.Net.", "src/GitOpsPolicy")]
    [InlineData("TimeProvider.System", "src/GitOpsPolicy")]
    [InlineData("System.IO", "src/GitOpsPolicy.Script")]
    [InlineData("File.", "src/GitOpsPolicy.Script")]
    [InlineData("System.Net.", "src/GitOpsPolicy.Script")]
    [InlineData("Process.Start", "src/GitOpsPolicy.Script")]
    public void The_engine_and_the_evaluator_do_without(string word, string folder)
    {
        foreach (var file in SourceFiles(folder))
        {
            var offending = File.ReadLines(file).FirstOrDefault(line => UsesWord(line, word));
            Assert.True(offending is null, $"{file} uses {word}: {offending}");
        }
    }

    // A text that people read cannot be broken everywhere, a table of words need not be.
    [Fact]
    public void Lines_of_source_keep_to_the_length_of_editorconfig_but_for_long_texts()
    {
        const int longest = 130;
        Assert.Contains(
            $"max_line_length = {longest}", File.ReadAllText(Repository.PathOf(".editorconfig")), StringComparison.Ordinal);
        var lines = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(static file => File.ReadLines(file).Select((line, index) => (Place: $"{file}:{index + 1}", Line: line)))
            .ToList();
        var tooLong = lines.Where(static line => line.Line.Length > longest).ToList();
        var code = tooLong.Where(static line => !line.Line.Contains('"')).Select(static line => line.Place);
        Assert.True(tooLong.Count * 200 < lines.Count, $"{tooLong.Count} lines are too long, such as {string.Join(", ", code)}");
    }

    [Fact]
    public void Every_folder_of_rules_has_a_page_and_every_rule_has_tests_beside_it()
    {
        var families = Directory.GetDirectories(Repository.PathOf("policies"));
        Assert.NotEmpty(families);
        foreach (var family in families)
        {
            Assert.True(File.Exists(Path.Combine(family, "README.md")), $"{family} has no README.md");
            foreach (var rule in Directory.GetFiles(
                family).Where(static file =>
                    file.EndsWith(".rule.yaml", StringComparison.Ordinal) || file.EndsWith(".rule.js", StringComparison.Ordinal)))
            {
                var name = Path.GetFileName(rule)[..Path.GetFileName(rule).IndexOf(".rule.", StringComparison.Ordinal)];
                Assert.True(File.Exists(Path.Combine(family, name + ".test.yaml")), $"{rule} has no {name}.test.yaml beside it");
            }
        }
    }

    private static string[] SourceFiles(string folder) =>
        Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories);

    // A word starts where no letter, digit or point stands before it; documentation and comments may name it.
    private static bool UsesWord(string line, string word)
    {
        var code = line.TrimStart();
        if (code.StartsWith("//", StringComparison.Ordinal)) return false;
        var at = code.IndexOf(word, StringComparison.Ordinal);
        return at == 0 || (at > 0 && !char.IsLetterOrDigit(code[at - 1]) && code[at - 1] is not ('.' or '"' or '_'));
    }

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
