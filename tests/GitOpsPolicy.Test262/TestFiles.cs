using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Test262;

/// <summary>One test: its path below <c>test/</c>, its text, and what stands in its front matter.</summary>
internal sealed record TestFile(string Path, string FullPath, string Text, FrontMatter Front)
{
    /// <summary>The clause it belongs to: the first folders of its path.</summary>
    public string Clause =>
        string.Join('/', Path.Split('/')[..^1].Take(Path.StartsWith("built-ins/", StringComparison.Ordinal) ? 2 : 3));
}

/// <summary>Finds the tests of a folder.</summary>
internal static class TestFiles
{
    /// <summary>
    /// The tests whose path holds <paramref name="filter"/>, in the order of their paths. Fixtures are no tests.
    /// </summary>
    public static IEnumerable<TestFile> In(string folder, string filter)
    {
        var root = System.IO.Path.Combine(folder, "test");
        var paths = Directory.EnumerateFiles(root, "*.js", SearchOption.AllDirectories)
            .Select(full => (Full: full, Short: System.IO.Path.GetRelativePath(root, full).Replace('\\', '/')))
            .Where(path => !path.Short.Contains("_FIXTURE", StringComparison.Ordinal)
                && path.Short.Contains(filter, StringComparison.Ordinal))
            .OrderBy(path => path.Short, StringComparer.Ordinal);
        foreach (var (full, path) in paths)
        {
            var text = File.ReadAllText(full, Encoding.UTF8);
            yield return new TestFile(path, full, text, FrontMatter.Of(path, text));
        }
    }
}

/// <summary>
/// What a test says about itself between <c>/*---</c> and <c>---*/</c>, as test262's INTERPRETING.md defines it.
/// </summary>
/// <param name="Flags">How it is to be run: <c>onlyStrict</c>, <c>module</c> and so on.</param>
/// <param name="Features">What of the standard it needs.</param>
/// <param name="Includes">The files of <c>harness/</c> that come before it.</param>
/// <param name="Negative">What has to go wrong; null when nothing may.</param>
/// <param name="Mistake">Why the front matter cannot be read; null when it can.</param>
internal sealed record FrontMatter(
    IReadOnlyList<string> Flags, IReadOnlyList<string> Features, IReadOnlyList<string> Includes, Negative? Negative,
    string? Mistake)
{
    /// <summary>Reads the front matter of a text; a text may have none.</summary>
    public static FrontMatter Of(string path, string text)
    {
        var start = text.IndexOf("/*---", StringComparison.Ordinal);
        var end = text.IndexOf("---*/", StringComparison.Ordinal);
        if (start < 0 || end < start) return new FrontMatter([], [], [], null, null);
        var yaml = text[(start + 5)..end].ReplaceLineEndings("\n");
        var bytes = Encoding.UTF8.GetBytes(yaml);
        if (!YamlReader.Read(new TextFile(path, bytes), bytes, ReaderLimits.Default).TryGet(out var read, out var problem))
            return new FrontMatter([], [], [], null, problem);
        var negative = read["negative"] is MappingNode asked ? new Negative(Text(asked["phase"]), Text(asked["type"])) : null;
        return new FrontMatter(List(read["flags"]), List(read["features"]), List(read["includes"]), negative, null);
    }

    private static string Text(Node? node) => (node as ScalarNode)?.Text ?? "";

    private static string[] List(Node? node) =>
        node is SequenceNode list ? [.. Enumerable.Range(0, list.Count).Select(i => Text(list[i]))] : [];
}

/// <summary>What has to go wrong.</summary>
/// <param name="Phase"><c>parse</c> (<c>early</c> in old tests), <c>resolution</c> or <c>runtime</c>.</param>
/// <param name="Type">The name of the error's constructor.</param>
internal sealed record Negative(string Phase, string Type);

/// <summary>Reads the one mapping of a front matter.</summary>
internal static class FrontMatterYaml
{
    public static bool TryGet(this Loaded<DocumentStream> loaded, out MappingNode mapping, out string? problem)
    {
        mapping = new MappingNode([]);
        problem = null;
        if (!loaded.TryGet(out var stream)) problem = loaded.Problems[0].ToString();
        else if (stream.Documents is [{ Root: MappingNode only }]) mapping = only;
        else problem = "the front matter is not one mapping";
        return problem is null;
    }
}
