using GitOpsPolicy.Knowledge.Secrets;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

public sealed class TokenTests
{
    public static TheoryData<string, string> Tokens => CaseFile.Read("tokens.cases");

    public static TheoryData<string, string> Names => CaseFile.Read("secret-names.cases");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void A_token_is_told_by_its_structure_and_nothing_else_is_taken_for_one(string detector, string sample)
    {
        var hit = TokenScanner.Find(CaseFile.Unescape(sample.Replace("¦", "", StringComparison.Ordinal)));

        Assert.Equal(detector, hit is null ? "none" : hit.Value.Detector);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_under_a_telling_name_counts_when_it_is_made_like_a_secret(string pair, string expected)
    {
        var at = pair.IndexOf(": ", StringComparison.Ordinal);
        var confidence = ValueShape.Judge(pair[(at + 2)..], SecretNames.Classify(pair[..at]));

        Assert.Equal(expected, confidence?.ToString().ToLowerInvariant() ?? "no");
    }

    [Fact]
    public void Every_detector_has_a_sample_that_it_finds()
    {
        var sampled = Tokens.Select(row => (string)row[0]).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(DetectorTable.All, detector => !sampled.Contains(detector.Name));
        Assert.True(sampled.Count > 80, $"only {sampled.Count} detectors have samples");
    }

    [Fact]
    public void Literals_are_long_enough_for_a_fast_search() =>
        Assert.DoesNotContain(DetectorTable.All.SelectMany(detector => detector.Literals), literal => literal.Length < 3);
}
