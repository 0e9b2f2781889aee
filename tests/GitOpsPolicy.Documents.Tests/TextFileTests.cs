using System.Text;
using Xunit;

namespace GitOpsPolicy.Documents.Tests;

public sealed class TextFileTests
{
    [Theory]
    [InlineData("a\nb\r\nc\rd", 1, "a")]
    [InlineData("a\nb\r\nc\rd", 2, "b")]
    [InlineData("a\nb\r\nc\rd", 3, "c")]
    [InlineData("a\nb\r\nc\rd", 4, "d")]
    [InlineData("a\n", 2, "")]
    [InlineData("\uFEFFa\n", 1, "a")]
    [InlineData("a", 2, null)]
    [InlineData("a", 0, null)]
    public void A_line_is_given_without_its_end(string text, int line, string? expected)
    {
        var found = new TextFile("f", Encoding.UTF8.GetBytes(text)).TryGetExcerpt(line, 1, out var excerpt);
        Assert.Equal(expected, found ? excerpt.Text : null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(80)]
    [InlineData(500)]
    [InlineData(999)]
    public void A_long_line_is_cut_around_the_column(int column)
    {
        var line = string.Concat(Enumerable.Range(0, 1_000).Select(i => (char)('a' + (i % 26))));
        Assert.True(new TextFile("f", Encoding.UTF8.GetBytes(line)).TryGetExcerpt(1, column, out var excerpt));
        Assert.InRange(excerpt.Text.Length, 80, 162);
        Assert.Equal(line[column - 1], excerpt.Text[excerpt.Caret]);
    }

    [Fact]
    public void Columns_count_in_UTF_16_units()
    {
        var line = string.Concat(Enumerable.Repeat("é😀", 200)) + "x";
        Assert.True(new TextFile("f", Encoding.UTF8.GetBytes(line)).TryGetExcerpt(1, 601, out var excerpt));
        Assert.Equal('x', excerpt.Text[excerpt.Caret]);
    }

    [Fact]
    public void A_column_behind_the_end_points_there()
    {
        Assert.True(new TextFile("f", "ab"u8.ToArray()).TryGetExcerpt(1, 99, out var excerpt));
        Assert.Equal(new Excerpt("ab", 2), excerpt);
    }
}
