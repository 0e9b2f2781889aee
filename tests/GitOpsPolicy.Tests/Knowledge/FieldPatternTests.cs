using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Drift;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

public sealed class FieldPatternTests
{
    [Theory]
    [InlineData("/spec/replicas", "/spec/replicas", true)]
    [InlineData("/spec", "/spec/replicas", true)]
    [InlineData("", "/spec/replicas", true)]
    [InlineData("/spec/replicas", "/spec", false)]
    [InlineData("/spec/replicas", "/spec/replicasOf", false)]
    [InlineData("/spec/*/image", "/spec/0/image", true)]
    [InlineData("/spec/*/image", "/spec/image", false)]
    [InlineData("/spec/**/image", "/spec/image", true)]
    [InlineData("/spec/**/image", "/spec/a/b/image/tag", true)]
    [InlineData("**/env", "/spec/template/env", true)]
    [InlineData("/metadata/annotations/pv.kubernetes.io~1*", "/metadata/annotations/pv.kubernetes.io~1bind-completed", true)]
    public void A_pattern_covers_what_lies_at_it_and_below(string pattern, string place, bool covers) =>
        Assert.Equal(covers, new FieldPattern(pattern).Covers(JsonPointer.Parse(place)));

    [Fact]
    public void A_pattern_meets_what_holds_it()
    {
        var added = Made.Object("containers: [{ image: a }]");

        Assert.True(new FieldPattern("/spec/containers/*/image").Meets(new(["spec"], null, added)));
        Assert.False(new FieldPattern("/spec/containers/*/env").Meets(new(["spec"], null, added)));
    }

    [Theory]
    [InlineData("1h", "60m", true)]
    [InlineData("24h", "24h0m0s", true)]
    [InlineData("1d", "24h", true)]
    [InlineData("1h", "1m", false)]
    public void Durations_are_what_they_last(string left, string right, bool same)
    {
        Assert.True(Duration.TryParse(left, out var one));
        Assert.True(Duration.TryParse(right, out var other));
        Assert.Equal(same, one == other);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("1")]
    [InlineData("1x")]
    public void What_is_no_duration_is_not_taken_for_one(string text) => Assert.False(Duration.TryParse(text, out _));
}
