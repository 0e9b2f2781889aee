using GitOpsPolicy.Knowledge.Secrets;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

public sealed class TokenTests
{
    public static TheoryData<string, string> Tokens => CaseFile.Read("tokens.cases");

    public static TheoryData<string, string> Names => CaseFile.Read("secret-names.cases");

    public static TheoryData<string, string> NamedTokens => CaseFile.Read("named-tokens.cases");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void A_token_is_told_by_its_structure_and_nothing_else_is_taken_for_one(string detector, string sample)
    {
        var found = TokenScanner.Find(CaseFile.Unescape(sample.Replace("¦", "", StringComparison.Ordinal)))?.Detector ?? "none";

        if (detector.StartsWith("not ", StringComparison.Ordinal)) Assert.NotEqual(detector[4..], found);
        else Assert.Equal(detector, found);
    }

    [Theory]
    [MemberData(nameof(NamedTokens))]
    public void A_value_is_told_by_its_name_and_its_structure_together(string detector, string sample)
    {
        var pair = sample.Replace("¦", "", StringComparison.Ordinal).Split(": ");
        var found = NamedValues.Judge(pair[0], pair[1])?.Detector ?? "none";

        if (detector.StartsWith("not ", StringComparison.Ordinal)) Assert.NotEqual(detector[4..], found);
        else Assert.Equal(detector, found);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_under_a_telling_name_counts_when_it_is_made_like_a_secret(string pair, string expected)
    {
        var at = pair.IndexOf(": ", StringComparison.Ordinal);
        var confidence = NamedValues.Judge(pair[..at], pair[(at + 2)..])?.Confidence;

        Assert.Equal(expected, confidence?.ToString().ToLowerInvariant() ?? "no");
    }

    [Fact]
    public void Every_detector_has_two_samples_that_it_finds_and_two_near_misses()
    {
        AssertSampled(DetectorTable.Tokens.Select(detector => detector.Name), Tokens);
        AssertSampled(DetectorTable.Named.Select(detector => detector.Name), NamedTokens);
        Assert.True(DetectorTable.Tokens.Length + DetectorTable.Named.Length > 200);
    }

    [Fact]
    public void Literals_are_long_enough_for_a_fast_search() =>
        Assert.DoesNotContain(DetectorTable.Tokens.SelectMany(detector => detector.Literals), literal => literal.Length < 3);

    [Theory]
    [InlineData("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17", true)]
    [InlineData("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18", false)]
    [InlineData("short", false)]
    public void The_end_of_a_token_is_the_checksum_of_the_rest(string body, bool isSound) =>
        Assert.Equal(isSound, TokenChecksum.IsSound(body));

    [Theory]
    [InlineData("postgres://postgres:postgres@db/app and AK", "IAYSHVJY65YZQUVVQL", "aws-access-key-id")]
    [InlineData("amqp://guest:guest@mq, mysql://app:Xk29sLqP7z@db", "/app", "url-with-password")]
    public void What_may_be_a_default_does_not_hide_what_is_none(string start, string end, string detector)
    {
        var hit = TokenScanner.Find(start + end);

        Assert.Equal((detector, Confidence.Certain), (hit?.Detector, hit?.Confidence));
    }

    private static void AssertSampled(IEnumerable<string> detectors, TheoryData<string, string> samples)
    {
        var counts = samples.Select(row => (string)row[0]).CountBy(name => name).ToDictionary();
        Assert.DoesNotContain(
            detectors, name => counts.GetValueOrDefault(name) < 2 || counts.GetValueOrDefault($"not {name}") < 2);
    }
}
