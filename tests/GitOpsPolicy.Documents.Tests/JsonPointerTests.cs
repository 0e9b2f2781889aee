using Xunit;

namespace GitOpsPolicy.Documents.Tests;

public sealed class JsonPointerTests
{
    private static readonly Node Root = Read.Root("{'': 1, a/b: {'~': 2, '~1': 3}, l: [4, {x: 5}], '01': 6}");

    [Theory]
    [InlineData("/", "1")]
    [InlineData("/a~1b/~0", "2")]
    [InlineData("/a~1b/~01", "3")]
    [InlineData("/l/0", "4")]
    [InlineData("/l/1/x", "5")]
    [InlineData("/01", "6")]
    [InlineData("/l/01", null)]
    [InlineData("/l/2", null)]
    [InlineData("/l/-1", null)]
    [InlineData("/l/-", null)]
    [InlineData("/l/0/x", null)]
    [InlineData("/a~1b/~", null)]
    [InlineData("/a~1b/~2", null)]
    [InlineData("a", null)]
    [InlineData("/none", null)]
    public void A_pointer_names_a_node_or_nothing(string pointer, string? json) =>
        Assert.Equal(json, JsonPointer.Find(Root, pointer) is { } found ? NodeWriter.ToJson(found) : null);

    [Fact]
    public void The_empty_pointer_names_the_root() => Assert.Same(Root, JsonPointer.Find(Root, ""));

    [Fact]
    public void The_pointer_of_a_node_finds_it_again()
    {
        foreach (var node in Below(Root)) Assert.Same(node, JsonPointer.Find(Root, node.Pointer));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(3000)]
    public void A_pointer_may_be_of_any_length(int length)
    {
        var key = new string('k', length - 5);
        var root = Read.Root($"{{a: {{? {key} : [1, 2]}}}}");
        Assert.Equal($"/a/{key}/1", JsonPointer.Find(root, $"/a/{key}/1")!.Pointer);
    }

    private static IEnumerable<Node> Below(Node node) => node switch
    {
        MappingNode mapping => [node, .. mapping.Entries.ToArray().SelectMany(e => Below(e.Value))],
        SequenceNode sequence => [node, .. sequence.Items.ToArray().SelectMany(Below)],
        _ => [node],
    };
}
