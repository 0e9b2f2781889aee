using Xunit;

namespace GitOpsPolicy.Documents.Tests.Yaml;

public sealed class YamlReaderTests
{
    [Fact]
    public void Every_value_and_key_knows_its_place()
    {
        var root = (MappingNode)Read.Root("a: 1\nlist:\n  - é: x\n    b: [1, {c: y}]\n");
        var item = (MappingNode)((SequenceNode)root["list"]!)[0];
        Assert.Equal(new SourcePosition(1, 4), root["a"]!.Position);
        Assert.Equal(new SourcePosition(3, 5), item.Entries[0].KeyPosition);
        Assert.Equal(new SourcePosition(3, 8), item["é"]!.Position);
        var nested = (MappingNode)((SequenceNode)item["b"]!)[1];
        Assert.Equal("/list/0/b/1/c", nested["c"]!.Pointer);
        Assert.Equal(new SourcePosition(4, 16), nested["c"]!.Position);
    }

    [Fact]
    public void An_alias_stands_at_its_own_place_and_holds_values_where_they_are_written()
    {
        var root = (MappingNode)Read.Root("a: &x {k: v}\nb: *x\n");
        Assert.Equal(new SourcePosition(2, 4), root["b"]!.Position);
        Assert.Equal(new SourcePosition(1, 11), ((MappingNode)root["b"]!)["k"]!.Position);
        Assert.Equal("/b/k", ((MappingNode)root["b"]!)["k"]!.Pointer);
    }

    [Theory]
    [InlineData("a: 1\na: 2", "f.yaml:2:1: the key `a` stands at line 1, column 1 already (remove one of the two)")]
    [InlineData("a: &x [*x]", "f.yaml:1:8: `*x` stands inside the value it names (a value cannot contain itself)")]
    [InlineData(
        "a: *x", "f.yaml:1:4: `*x` names no anchor above it in this document (write `&x` before the value it stands for)")]
    [InlineData("a:\n\tb: 1", "f.yaml:2:1: a tab indents this line (indent with spaces, YAML allows no tabs there)")]
    [InlineData("a: [", "f.yaml:1:5: a `[` that is not closed (close it with `]`, or put the value in quotes)")]
    [InlineData("a: {b: [1], c: 2,", "f.yaml:1:18: a `{` that is not closed (close it with `}`, or put the value in quotes)")]
    [InlineData("a: b: c", "f.yaml:1:5: a `: ` within a value (check the indentation, or put the value in quotes)")]
    [InlineData("a: .inf", "f.yaml:1:4: `.inf` is a number that JSON does not have (write it in quotes)")]
    [InlineData(
        "a: !foo 1",
        "f.yaml:1:4: the tag `!foo` means nothing to Kubernetes, which drops it (remove the tag and write the value out)")]
    public void A_mistake_is_told_with_its_place_and_a_remedy(string text, string message) =>
        Assert.Equal(message, Read.Yaml(text));

    /// <summary>What kubectl refuses too: the file shows text to be pasted elsewhere.</summary>
    private static readonly string[] NoManifests = ["manifests/kube-prometheus/examples/alertmanager-config-with-template.yaml"];

    public static TheoryData<string> Manifests() => [.. Directory.EnumerateFiles(
        Fixtures.Folder, "*.yaml", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(Fixtures.Folder, "*.yml", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Fixtures.Folder, path))
        .Except(NoManifests)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Public_manifests_are_read(string path)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Fixtures.Folder, path));
        var loaded = YamlReader.Read(new TextFile(path, bytes), bytes, ReaderLimits.Default);
        Assert.Empty(loaded.Problems);
    }

    [Theory]
    [InlineData("on: no\ny: Off", """{"on":"no","y":"Off"}""")]
    [InlineData("a: true\nb: FALSE\nc: ~\nd: null", """{"a":true,"b":false,"c":null,"d":null}""")]
    [InlineData("a: !reference [x, y]\nb: !secret z\nc: !m {k: v}\nd: ! 1", """{"a":["x","y"],"b":"z","c":{"k":"v"},"d":"1"}""")]
    [InlineData("a: !!int x", "f.yaml:1:4: `x` is no `!!int` (remove the tag, or write a value of that kind)")]
    [InlineData("a: 1\na: 2", "f.yaml:2:1: the key `a` stands at line 1, column 1 already (remove one of the two)")]
    public void Tools_have_other_words_and_tags_of_their_own(string text, string expected)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(text);
        var loaded = YamlReader.Read(new TextFile("f.yaml", utf8), utf8, ReaderLimits.Default, YamlDialect.Tools);
        Assert.Equal(
            expected,
            loaded.TryGet(out var stream) ? NodeWriter.ToJson(stream.Documents[0].Root) : loaded.Problems[0].ToString());
    }
}
