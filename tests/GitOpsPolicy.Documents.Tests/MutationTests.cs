using System.Text;
using Xunit;

namespace GitOpsPolicy.Documents.Tests;

/// <summary>
/// Broken texts: whatever is done to a text, the readers answer with documents or with one problem that has a place.
/// </summary>
public sealed class MutationTests
{
    private static readonly string[] Seeds =
    [
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {b: 'c', d: \"e\\n\"}}\ndata:\n  f: |\n    g\n     h\n  i: >-\n    j\n\n    k\n",
        "a: &x {p: 1, q: [2, *y]}\nb:\n  <<: *x\n  <<: [*x, {r: 3}]\n  ? s\n  : !!str 4\n--- # t\n- - 0x1F\n  - ~\n- .5e3\n...\n",
        "%YAML 1.1\n---\n{\"a\": [1, 2.5e-3, true, null, \"\\u00e9\\ud83d\\ude00\"], \"b\": {}}\n",
        "{\"a\": [1, 2.5e-3, true, null, \"\\u00e9\\ud83d\\ude00\"], \"b\": {\"c\": {\"d\": []}}}",
        "spec:\n  containers:\n  - name: a # b\n    args: [\"--c\", '-d', e]\n    env:\n    - {name: F, value: \"1\"}\n  \u00e9: \u65e5\u672c\r\n",
    ];

    private static readonly string[] Pieces =
        [
            "\n", " ", "  ", "\t", ": ", "- ", "? ", "#", "'", "\"", "[", "]", "{", "}", ",", "&x ", "*x", "<<: ", "|", ">", "!",
            "!!int ", "%", "---\n", "...\n", "\\", "\0", "\u00e9", "\uFEFF", "\u2028", "\r", "@", "`", "0", "e", "."
        ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_broken_text_gives_documents_or_one_problem(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_500; round++)
        {
            var text = Mutate(random, Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]));
            AssertAnswered(text, YamlReader.Read(new TextFile("f", text), text, ReaderLimits.Default).Problems);
            AssertAnswered(text, JsonReader.Read(new TextFile("f", text), text, ReaderLimits.Default).Problems);
        }
    }

    private static void AssertAnswered(byte[] text, IReadOnlyList<Problem> problems)
    {
        if (problems.Count == 0) return;
        var problem = Assert.Single(problems);
        Assert.DoesNotContain('\n', problem.ToString());
        var file = new TextFile("f", text);
        Assert.True(
            problem.Location.Line == 0
                || file.TryGetExcerpt(problem.Location.Line, problem.Location.Column, out _)
                || text.Length == 0,
            $"{problem} is not in {Encoding.UTF8.GetString(text)}");
    }

    private static byte[] Mutate(Random random, byte[] text)
    {
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(8, text.Length - at) + 1);
            text = random.Next(5) switch
            {
                0 => [.. text[..at], (byte)random.Next(256), .. text[at..]],
                1 => [.. text[..at], .. text[(at + length)..]],
                2 => [.. text[..at], .. text[at..(at + length)], .. text[at..]],
                _ => [.. text[..at], .. Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]), .. text[at..]],
            };
        }

        return text;
    }
}
