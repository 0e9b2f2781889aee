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
}
