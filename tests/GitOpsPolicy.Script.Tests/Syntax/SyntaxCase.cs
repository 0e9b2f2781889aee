using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Tests.Syntax;

/// <summary>
/// One case of the files in <c>Cases</c>. A case starts with a line <c>=== verdict</c>; the source is what follows up to the
/// next. Verdicts: <c>accept</c>; <c>reject LINE:COLUMN message</c>, which <c>node</c> rejects too; <c>refuse LINE:COLUMN
/// message</c>, which is JavaScript that rules do without. In a source <c>«U+2028»</c> stands for that character.
/// </summary>
internal sealed record SyntaxCase(string File, int Line, string Verdict, string Expected, string Source)
{
    /// <summary>Names that the cases use without declaring them.</summary>
    public static readonly IReadOnlySet<string> Globals = new HashSet<string>(
        [
            "undefined", "NaN", "Infinity", "Math", "Object", "Array", "JSON", "String", "Number", "Map", "Set", "Error",
            "TypeError", "RegExp", "Boolean", "isUnknown",
            .. "abcdefghijklmnopqrstuvwxyz".Select(letter => letter.ToString())],
        StringComparer.Ordinal);

    public static IEnumerable<SyntaxCase> Read(string file)
    {
        var lines = System.IO.File.ReadAllText(Path(file)).TrimEnd('\n').Split('\n');
        var starts = Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("===", StringComparison.Ordinal)).ToList();
        if (starts.Count == 0 || lines[..starts[0]].Any(line => line.Length > 0 && line[0] != '#'))
            throw new InvalidDataException($"{file}: a case starts with `===`, a comment with `#`");
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : lines.Length;
            yield return Parse(file, starts[i] + 1, lines[starts[i]], string.Join('\n', lines[(starts[i] + 1)..end]));
        }
    }

    public static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "Syntax", "Cases", file);

    public static Loaded<Module> Load(string source) => Parser.ParseModule(new NamedFile("m.js"), source, Globals);

    /// <summary>The one-letter globals stand for variables: assigning to them is no mistake of a case.</summary>
    public static bool IsAboutOurGlobals(Problem problem) =>
        problem.Message.Length > 2
            && problem.Message[2] == '`'
            && problem.Message.EndsWith("is built in and cannot be assigned", StringComparison.Ordinal);

    private static SyntaxCase Parse(string file, int line, string header, string source)
    {
        var words = header.Split(' ', 3);
        var (verdict, expected) = (words.ElementAtOrDefault(1) ?? "", words.ElementAtOrDefault(2) ?? "");
        var isWhole = verdict is "accept" ? expected.Length == 0 : verdict is "reject" or "refuse" && expected.Contains(':');
        if (words[0] != "===" || !isWhole || source.Length == 0)
            throw new InvalidDataException($"{file}:{line}: `{header}` is not `=== accept`, `=== reject LINE:COLUMN message` or `=== refuse LINE:COLUMN message` with a source");
        return new SyntaxCase(file, line, verdict, expected, Decode(source));
    }

    private static string Decode(string source) => System.Text.RegularExpressions.Regex.Replace(
        source, "«U\\+([0-9A-F]{4})»", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
}

internal sealed class NamedFile(string path) : SourceFile(path)
{
    public override bool TryGetExcerpt(int line, int column, out Excerpt excerpt)
    {
        excerpt = default;
        return false;
    }
}
