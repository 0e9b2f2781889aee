using System.Runtime.CompilerServices;
using System.Text;
using GitOpsPolicy.Authoring.Formatting;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Tests.Authoring;

/// <summary>Formatting changes how a file looks and nothing else.</summary>
public sealed class FormatterTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static TheoryData<string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var block in File.ReadAllText(Path.Combine(Here(), "Samples", "fmt.cases")).ReplaceLineEndings("\n")
            .Split("#### ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, rest) = (block[..block.IndexOf('\n', StringComparison.Ordinal)],
                block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
            var sides = rest.Split("====\n");
            if (sides.Length != 2) throw new FormatException($"fmt.cases: {name}: not a case");
            data.Add(name, sides[0], sides[1]);
        }

        return data;
    }

    public static TheoryData<string> ShippedFiles() => SchemaTests.FilesOfOurs();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_takes_the_one_form_there_is(string name, string text, string expected)
    {
        Assert.False(string.IsNullOrEmpty(name));
        Assert.Equal(expected, Format(text));
        Assert.Equal(expected, Format(expected));
    }

    [Theory]
    [MemberData(nameof(ShippedFiles))]
    public void Every_file_that_ships_is_formatted(string path)
    {
        var text = File.ReadAllText(Path.Combine(Root, path));
        Assert.Equal(text, Format(text));
    }

    [Fact]
    public void Rules_that_are_formatted_have_the_digest_they_had()
    {
        var (before, after) = (new MemoryTree(), new MemoryTree());
        foreach (var file in Directory.GetFiles(Path.Combine(Root, "policies"), "*.*", SearchOption.AllDirectories).Where(
            file => Path.GetExtension(file) is ".yaml" or ".js"))
        {
            var (path, text) = (Path.GetRelativePath(Root, file), File.ReadAllText(file));
            before.With(path, text.Contains("kind: Rule\n", StringComparison.Ordinal) ? Shaken(text) : text);
            after.With(path, path.EndsWith(".yaml", StringComparison.Ordinal) ? Format(text) : text);
        }

        Assert.Equal(Digest(before), Digest(after));
    }

    [Fact]
    public void Whatever_a_test_holds_means_the_same_formatted_and_formatting_twice_changes_nothing()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var text = WildYaml.Document(seed);
            var formatted = Format(text);   // which refuses what it would change
            Assert.True(
                formatted == Format(formatted), $"seed {seed}: formatted twice\n{text}\n→\n{formatted}\n→\n{Format(formatted)}");
            Assert.True(
                NodeEquality.AreEqual(PolicyReaders.Documents(text).Single(), PolicyReaders.Documents(formatted).Single()),
                $"seed {seed}\n{text}\n→\n{formatted}");
            Assert.Equal(CommentsOf(text), CommentsOf(formatted));
        }
    }

    [Fact]
    public void What_cannot_be_read_is_told_with_its_place()
    {
        var text = "kind: Rule\napiVersion: gitopspolicy.dev/v1alpha1\nspec: [a: b: c]\n";
        var loaded = Formatter.Format(File_(text), Encoding.UTF8.GetBytes(text));
        Assert.StartsWith("f.yaml:3:", Assert.Single(loaded.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_would_be_several_lines_leaves_the_file_alone()
    {
        var text = "apiVersion: gitopspolicy.dev/v1alpha1\nkind: RuleTest\nmetadata: { name: a }\nspec:\n  rule: a\n  cases:\n    - name: a\n      change:\n        after: { a: 1,\n          b: 2, c: 3 }\n      expect: [{ action: deny, line: 10 }]\n";
        var loaded = Formatter.Format(File_(text), Encoding.UTF8.GetBytes(text));
        Assert.StartsWith(
            "f.yaml:11:38: line 10 would be several lines", Assert.Single(loaded.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Directives_stay() => Assert.Equal(
        "%YAML 1.1\n---\napiVersion: gitopspolicy.dev/v1alpha1\nkind: Rule\n",
        Format("%YAML 1.1\n---\nkind: Rule\napiVersion: gitopspolicy.dev/v1alpha1\n"));

    [Fact]
    public void Line_ends_become_those_of_the_product_unless_the_file_holds_documents_of_others()
    {
        Assert.Equal(
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Waiver\n",
            Format("\ufeffkind: Waiver\r\napiVersion: gitopspolicy.dev/v1alpha1"));
        Assert.Equal(
            "a:  1\r\n---\r\napiVersion: gitopspolicy.dev/v1alpha1\r\nkind: Waiver\r\n",
            Format("a:  1\r\n---\r\nkind: Waiver\r\napiVersion: gitopspolicy.dev/v1alpha1\r\n"));
    }

    private static string Format(string text)
    {
        var loaded = Formatter.Format(File_(text), Encoding.UTF8.GetBytes(text));
        Assert.True(loaded.TryGet(out var formatted), $"{string.Join('\n', loaded.Problems)}\n{text}");
        return formatted;
    }

    private static TextFile File_(string text) => new("f.yaml", Encoding.UTF8.GetBytes(text));

    // The same rule with more space and its last field first.
    private static string Shaken(string text) =>
        text.Replace("spec:\n", "spec:\n\n\n", StringComparison.Ordinal).Replace("\nkind: Rule\n", "\n", StringComparison.Ordinal)
            + "\nkind: Rule   # at the end\n";

    private static string Digest(FileTree tree)
    {
        var loaded = RuleSetLoader.Load(new() { Tree = tree });
        return loaded.TryGet(out var rules) ? rules.Digest : throw new InvalidOperationException(loaded.Problems[0].ToString());
    }

    private static IEnumerable<string> CommentsOf(string text) =>
        text.Split('\n')
            .Where(line => line.Contains("# c", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("# c", StringComparison.Ordinal)..].Trim())
            .Order(StringComparer.Ordinal);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
