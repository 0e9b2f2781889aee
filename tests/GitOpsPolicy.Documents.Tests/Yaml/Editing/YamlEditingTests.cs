using System.Text;
using Xunit;

namespace GitOpsPolicy.Documents.Tests.Yaml.Editing;

/// <summary>Single values of a text are changed, and the rest of it is not. The cases are in <c>editing.cases</c>.</summary>
public sealed class YamlEditingTests
{
    public static TheoryData<string, string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string, string>();
        foreach (var part in File.ReadAllText(Path.Combine(Fixtures.Project, "Yaml", "Editing", "editing.cases")).Split(
            "\n## ")[1..])
        {
            var lines = part.TrimEnd('\n').Split('\n');
            var sign = Array.FindIndex(lines, static line => line == "=>" || line.StartsWith("!! ", StringComparison.Ordinal));
            Assert.True(sign > 2 && lines[1].StartsWith("> ", StringComparison.Ordinal), $"a broken case: {lines[0]}");
            cases.Add(
                lines[0], lines[1][2..], Text(lines[2..sign]), lines[sign] == "=>" ? Text(lines[(sign + 1)..]) : lines[sign]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Only_what_is_named_changes(string name, string edit, string before, string after)
    {
        Assert.NotEmpty(name);
        Assert.Equal(after, Edited(before, edit));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Line_ends_and_a_missing_one_at_the_end_stay(string name, string edit, string before, string after)
    {
        Assert.NotEmpty(name);
        Assert.Equal(after.ReplaceLineEndings("\r\n"), Edited(before.ReplaceLineEndings("\r\n"), edit));
        // A block of text at the very end would gain or lose its own last line end.
        if (before.Contains('|')) return;
        Assert.Equal(after.TrimEnd('\n'), Edited(before.TrimEnd('\n'), edit));
    }

    private static string Edited(string text, string edit)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var file = new TextFile("a.yaml", bytes);
        Assert.True(YamlReader.Read(file, bytes, ReaderLimits.Default).TryGet(out var stream));
        var words = edit.Split(' ', 3);
        var root = stream.Documents[^1].Root;
        var node = words[1].Length == 0 ? root : JsonPointer.Find(root, words[1])!;
        var editing = YamlEditing.Open(file, text, text.StartsWith('{'))!;
        var refusal = Edit(editing, words[0], node, words.Length > 2 ? words[2] : "");
        return refusal is null ? TextEdit.Apply(text, TextEdit.InOrder(editing.Edits)!) : "!! " + refusal;
    }

    private static string? Edit(YamlEditing editing, string verb, Node node, string argument) => verb switch
    {
        "remove" => editing.Remove(node),
        "set" => editing.Set((ScalarNode)node, (ScalarNode)Json(argument)),
        "replace" when Json($"[{argument.Replace("\" \"", "\", \"", StringComparison.Ordinal)}]") is SequenceNode pair =>
            editing.Replace((ScalarNode)node, ((ScalarNode)pair[0]).Text, ((ScalarNode)pair[1]).Text),
        "add" => editing.Add((MappingNode)node, ((MappingNode)Json(argument)).Entries.ToArray()),
        "append" => editing.Append((SequenceNode)node, [Json(argument)]),
        _ => throw new ArgumentException($"No edit `{verb}`.", nameof(verb)),
    };

    private static Node Json(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(JsonReader.Read(new TextFile("", bytes), bytes, ReaderLimits.Default).TryGet(out var document));
        return document.Root;
    }

    private static string Text(string[] lines) => string.Concat(lines.Select(static line => line + "\n"));
}
