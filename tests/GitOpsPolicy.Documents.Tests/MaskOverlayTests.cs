using Xunit;

namespace GitOpsPolicy.Documents.Tests;

public sealed class MaskOverlayTests
{
    [Theory]
    [InlineData("{a: 1, b: 2}", "{}", "{a: true}", """{"a":"(sensitive)","b":2}""")]
    [InlineData("{a: 1}", "{id: true}", "{}", """{"a":1,"id":"(known after apply)"}""")]
    [InlineData("{a: 1}", "true", "false", "\"(known after apply)\"")]
    [InlineData("{a: {b: 1}}", "{}", "true", "\"(sensitive)\"")]
    [InlineData("{l: [1, null]}", "{l: [false, true]}", "{l: [true]}", """{"l":["(sensitive)","(known after apply)"]}""")]
    [InlineData("{l: [1]}", "{l: [false, false, {id: true}, false]}", "{}", """{"l":[1,null,{"id":"(known after apply)"}]}""")]
    [InlineData("{l: [{a: 1}]}", "{l: [{}]}", "{l: [{}]}", """{"l":[{"a":1}]}""")]
    [InlineData("{l: []}", "{l: [false], m: {}, n: {o: [false]}}", "{}", """{"l":[]}""")]
    [InlineData("{block: null}", "{block: [{id: true}]}", "{}", """{"block":[{"id":"(known after apply)"}]}""")]
    [InlineData("{a: text}", "{}", "{a: [true]}", """{"a":"(sensitive)"}""")]
    [InlineData("{a: text}", "{a: {b: true}}", "{}", """{"a":"(known after apply)"}""")]
    [InlineData("null", "{id: true}", "{}", """{"id":"(known after apply)"}""")]
    [InlineData("null", "false", "false", "null")]
    public void Masks_mark_what_they_apply_to(string value, string unknown, string sensitive, string expected)
    {
        var marked = MaskOverlay.Apply(Read.Root(value), Read.Root(unknown), Read.Root(sensitive));
        Assert.Equal(expected, NodeWriter.ToJson(marked, writeSensitive: false));
    }

    [Fact]
    public void Everything_below_a_sensitive_value_is_sensitive()
    {
        var marked = (MappingNode)MaskOverlay.Apply(Read.Root("{a: {b: [1]}}"), null, Read.Root("{a: true}"));
        var list = (SequenceNode)((MappingNode)marked["a"]!)["b"]!;
        Assert.True(list.IsSensitive);
        Assert.True(list[0].IsSensitive);
        Assert.False(marked.IsSensitive);
    }

    [Fact]
    public void An_unknown_value_keeps_that_it_is_sensitive()
    {
        var marked = (MappingNode)MaskOverlay.Apply(
            Read.Root("{}"), Read.Root("{password: true}"), Read.Root("{password: true}"));
        Assert.True(marked["password"]!.IsUnknown);
        Assert.True(marked["password"]!.IsSensitive);
    }

    [Fact]
    public void The_value_itself_stays_as_it_was()
    {
        var value = (MappingNode)Read.Root("{a: 1}");
        _ = MaskOverlay.Apply(value, null, Read.Root("true"));
        Assert.False(value["a"]!.IsSensitive);
        Assert.Equal(value["a"]!.Position, ((MappingNode)MaskOverlay.Apply(value, null, null))["a"]!.Position);
    }
}
