using System.Text;
using Xunit;

namespace GitOpsPolicy.Documents.Tests;

public sealed class LineCommentTests
{
    [Theory]
    [InlineData("a: b # c", "c")]
    [InlineData("a: b  #c  ", "c")]
    [InlineData("a: nginx:1.2 # {\"$imagepolicy\": \"flux-system:x\"}", "{\"$imagepolicy\": \"flux-system:x\"}")]
    [InlineData("a: 'b # c' # d", "d")]
    [InlineData("a: 'it''s # c' # d", "d")]
    [InlineData("a: \"b \\\" # c\" # d", "d")]
    [InlineData("a: it's # c", "c")]
    [InlineData("a: b#c", null)]
    [InlineData("a: b", null)]
    [InlineData("a: |  # c\n  b # d", "c")]
    [InlineData("a: {b: 'x # y', c: d} # e", "e")]
    [InlineData("a: é😀 # c", "c")]
    [InlineData("a:\n  b # c", "c")]
    [InlineData("a: b\n# c", null)]
    public void The_comment_behind_a_value_is_found(string text, string? comment)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(YamlReader.Read(new TextFile("f", bytes), bytes, ReaderLimits.Default).TryGet(out var stream));
        Assert.Equal(comment, LineComment.Of(((MappingNode)stream.Documents[0].Root)["a"]!));
    }

    [Fact]
    public void A_value_that_was_made_has_no_comment() => Assert.Null(LineComment.Of(ScalarNode.String("a")));
}
