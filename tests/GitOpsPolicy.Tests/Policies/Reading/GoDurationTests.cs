using GitOpsPolicy.Policies.Reading;
using Xunit;

namespace GitOpsPolicy.Tests.Policies.Reading;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("250ms", 250)]
    [InlineData("1h", 3_600_000)]
    public void A_duration_of_Go_is_read(string text, int milliseconds)
    {
        Assert.True(GoDuration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("0s")]
    [InlineData("1d")]
    [InlineData("999999999999h")]
    public void Anything_else_is_no_duration(string text) => Assert.False(GoDuration.TryParse(text, out _));
}
