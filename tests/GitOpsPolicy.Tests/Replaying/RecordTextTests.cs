using System.Text;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Replaying;
using Xunit;

namespace GitOpsPolicy.Tests.Replaying;

/// <summary>Records as lines of a file.</summary>
public sealed class RecordTextTests
{
    private static readonly RecordedReview Sample = new()
    {
        Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        RuleSetDigest = "sha256:00",
        IsCanary = true,
        Environment = "production",
        Enforcement = "warn",
        DecisionId = "sha256:11",
        Decision = new()
        {
            Outcome = Outcome.Undetermined,
            IsDenied = true,
            Findings = [new("a", FindingAction.Warn, "f0")],
            Failed = ["b"],
            Undetermined = ["c"],
        },
        IsAllowed = true,
        BreakGlass = "fire",
        Redacted = ["/object/data/a"],
        RestsOnRedacted = ["d"],
        Review = Encoding.UTF8.GetBytes("""{"a":"ä"}"""),
    };

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        var line = RecordText.Write(Sample);
        Assert.True(RecordText.TryRead(line.AsMemory(0, line.Length - 1), out var read));
        Assert.Equal(line, RecordText.Write(read));
        Assert.Equal(
            (Sample.Time, "warn", "production", true, "fire"),
            (read.Time, read.Enforcement, read.Environment, read.IsCanary, read.BreakGlass));
        Assert.Equal([.. Sample.Decision!.Findings], read.Decision!.Findings.ToArray());
        Assert.Equal(["b", "c"], read.Decision.Against);
    }

    [Fact]
    public void A_line_is_one_line() => Assert.Equal(1, RecordText.Write(Sample).Count(static b => b == '\n'));

    [Fact]
    public void No_bit_of_a_line_can_change_unseen()
    {
        var line = RecordText.Write(Sample)[..^1];
        for (var i = 0; i < line.Length; i++)
        {
            line[i] ^= 1;
            Assert.False(RecordText.TryRead(line, out _), $"byte {i}");
            line[i] ^= 1;
        }
    }

    [Fact]
    public void A_line_that_ends_early_is_no_record()
    {
        var line = RecordText.Write(Sample)[..^1];
        for (var length = 0; length < line.Length; length++)
            Assert.False(RecordText.TryRead(line.AsMemory(0, length), out _), $"{length} bytes");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":1,\"time\":\"yesterday\"}")]
    [InlineData("{\"version\":1,\"time\":5}")]
    public void What_has_a_checksum_and_is_no_record_is_none(string json)
    {
        var text = Encoding.UTF8.GetBytes(json);
        var sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text))[..16];
        Assert.False(RecordText.TryRead(Encoding.UTF8.GetBytes($"{sum} {json}"), out _));
    }
}
