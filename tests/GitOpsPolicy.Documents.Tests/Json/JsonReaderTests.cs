using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.Documents.Tests.Json;

public sealed partial class JsonReaderTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Fixtures.Project, "Json", "reader.cases")).Skip(1))
        {
            var parts = line.Split(" => ");
            if (parts.Length != 2) throw new FormatException($"no case: `{line}`");
            cases.Add(parts[0], parts[1]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_is_read_or_refused(string text, string expected) => Assert.Equal(expected, Read.Json(Unescape(text)));

    [Fact]
    public void A_value_knows_its_place_and_pointer()
    {
        var text = "{\r\n \"é\": [1,\n  {\"b\": \"x\"}]}"u8.ToArray();
        Assert.True(JsonReader.Read(new TextFile("f.json", text), text, ReaderLimits.Default).TryGet(out var document));
        var list = (SequenceNode)((MappingNode)document.Root)["é"]!;
        var inner = ((MappingNode)list[1])["b"]!;
        Assert.Equal(new SourceLocation("f.json", 3, 9), inner.Location);
        Assert.Equal(new SourceLocation("f.json", 2, 7), list.Location);
        Assert.Equal("/é/1/b", inner.Pointer);
    }

    // Columns count UTF-16 units; text of one line of ASCII takes a shorter way to the same places.
    [Theory]
    [InlineData("{\"a\":[1,{\"b\":\"x\"}]}", 1, 14)]
    [InlineData("{\"a\":[1,{\"b\":\"x\"}]}\n", 1, 14)]
    [InlineData("{\"a\":[\"\u00e9\",{\"b\":\"x\"}]}", 1, 16)]
    [InlineData("{\"a\":[\"\ud83d\ude00\",{\"b\":\"x\"}]}", 1, 17)]
    [InlineData("{\"\\u0061\":[1,{\"\\u0062\":\"x\"}]}", 1, 24)]
    [InlineData("{\"a\":\n[1,{\"b\":\"x\"}]}", 2, 9)]
    public void A_value_of_a_compact_text_knows_its_place(string json, int line, int column)
    {
        var text = Encoding.UTF8.GetBytes(json);
        Assert.True(JsonReader.Read(new TextFile("f.json", text), text, ReaderLimits.Default).TryGet(out var document));
        Assert.Equal(new SourceLocation("f.json", line, column), JsonPointer.Find(document.Root, "/a/1/b")!.Location);
    }

    private static byte[] Unescape(string text) => Encoding.Latin1.GetBytes(Escape().Replace(
        Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)),
        match => match.Value == "\\n" ? "\n" : ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString()));

    [GeneratedRegex(@"\\x([0-9a-f]{2})|\\n")]
    private static partial Regex Escape();
}
