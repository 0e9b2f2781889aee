using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;
using Xunit;

namespace GitOpsPolicy.Tests.Fixing;

/// <summary>
/// Whatever is in Git and whatever is done to what lives: what the patch takes over lives as the file says, and nothing else of
/// the file changes.
/// </summary>
public sealed partial class AdoptionLawTests
{
    private static readonly string[] Texts =
    [
        "blue", "", "1", "true", "null", "~", "0x10", "1e3", "yes", "a: b", "# no comment", "- item", "it's", "\"quoted\"",
        "back\\slash", "{a}", "[b]", "&c", "*d", "!e", "|", ">", "%f", "@g", "`h`", " space ", "tab\there",
        "two\nlines", "two\nlines\n", "\nfirst", "last\n\n", "  deep\nthan shallow", "---\nno: document\n...\n", "a\n\n\nb\n",
        "trailing \nspace\n", "grün 🦊 日本", "2026-01-01", "1_000", "=", "<<", "key: |\n  block\n", "x\n# y\n",
    ];

    private static readonly string[] Keys = ["a", "b.c", "d-e", "f_g", "true", "1a", "h.yaml", "null", "~i"];

    private const string Second =
        "---\n# Another one.\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\ndata:\n  a: blue   # as ever\n";

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    public void What_the_patch_takes_over_lives_as_the_file_says_and_nothing_else_changes(string lineEnd, string mark)
    {
        var random = new Random(20261122);
        var (taken, left) = (0, 0);
        for (var round = 0; round < 200; round++)
        {
            var (git, lives) = (Data(random), Data(random));
            foreach (var (key, value) in git)
                if (random.Next(3) > 0) lives[key] = value;
            var file = mark + (Written(git, random) + (random.Next(2) == 0 ? Second : "")).ReplaceLineEndings(lineEnd);
            var adopted = Adopting.Of(file, Plain(lives) + Second);
            var (said, after) = (Read(file), Read(adopted.After));

            var refused = adopted.Found.Places.Where(static place => place.Refusal is not null)
                .Select(static place => JsonPointer.Parse(place.Path)[^1])
                .ToHashSet(StringComparer.Ordinal);
            foreach (var key in git.Keys.Union(lives.Keys, StringComparer.Ordinal))
            {
                var stays = refused.Contains(key)
                    || (said.GetValueOrDefault(key, "").Length == 0 && lives.GetValueOrDefault(key, "").Length == 0);
                Assert.True(
                    (stays ? said : lives).GetValueOrDefault(key) == after.GetValueOrDefault(key),
                    $"round {round}: `{key}` is other than it shall be\n{file}\n---- live\n{Plain(lives)}\n---- after\n{adopted.After}");
            }

            Assert.Equal(Comments(file), Comments(adopted.After));
            Assert.Equal(mark.Length > 0, adopted.After.StartsWith('\uFEFF'));
            Assert.True(lineEnd == "\n" || !adopted.After.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n'));
            (taken, left) = (taken + adopted.Found.Count, left + refused.Count);
        }

        Assert.True(taken > 10 * left, $"{taken} were taken over, and {left} were not");
    }

    private static Dictionary<string, string> Data(Random random) =>
        Keys.Where(_ => random.Next(2) == 0).ToDictionary(
            static key => key, _ => Texts[random.Next(Texts.Length)], StringComparer.Ordinal);

    private static string Plain(Dictionary<string, string> data) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: web }}\ndata: {{ {string.Join(", ", data.Select(static entry => $"{Quoted(entry.Key)}: {Quoted(entry.Value)}"))} }}\n";

    // In all the ways in which people write it, with comments between.
    private static string Written(Dictionary<string, string> data, Random random)
    {
        if (data.Count == 0 || random.Next(5) == 0) return "#c0\n" + Plain(data);
        var text = new StringBuilder("#c0\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n");
        foreach (var (key, value) in data)
        {
            if (random.Next(3) == 0) text.Append("  #c").Append(random.Next(100)).Append('\n');
            text.Append("  ")
                .Append(Name().IsMatch(key) && key is not ("true" or "null") ? key : Quoted(key))
                .Append(": ")
                .Append(Spelt(value, random))
                .Append('\n');
        }

        return text.Append("#c1\n").ToString();
    }

    private static string Spelt(string value, Random random)
    {
        if (value.EndsWith('\n')
            && !value.EndsWith("\n\n", StringComparison.Ordinal)
            && !char.IsWhiteSpace(value[0])
            && random.Next(3) > 0)
            return "|\n"
                + string.Join('\n', value[..^1].Split('\n').Select(static line => line.Length == 0 ? "" : "    " + line));
        if (Name().IsMatch(value) && value is not ("true" or "null" or "yes") && random.Next(2) == 0) return value;
        return !value.Any(char.IsControl) && random.Next(2) == 0
            ? "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'"
            : Quoted(value);
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static Dictionary<string, string> Read(string file) =>
        Adopting.Read(file).Single(static one => one.Id.Name == "web").Object
            .At("data")
            .EntriesOf()
            .ToArray()
            .ToDictionary(static entry => entry.Key, static entry => entry.Value.AsText()!, StringComparer.Ordinal);

    private static string[] Comments(string file) => [.. Comment().Matches(file).Select(static match => match.Value)];

    [GeneratedRegex("^[a-z][a-z._-]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"#c\d+|# Another one\.|# as ever")]
    private static partial Regex Comment();
}
