using System.Text;
using GitOpsPolicy.Replaying;
using GitOpsPolicy.Tests.Knowledge;
using Xunit;

namespace GitOpsPolicy.Tests.Replaying;

/// <summary>What stands for a secret in a record: judged as the secret is, and telling nothing of it.</summary>
public sealed class StandInTests
{
    private readonly StandIns standIns = new([1, 2, 3]);

    public static TheoryData<string, string> Tokens => CaseFile.Read("tokens.cases");

    public static TheoryData<string, string> Names => CaseFile.Read("secret-names.cases");

    public static TheoryData<string, string> NamedTokens => CaseFile.Read("named-tokens.cases");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Detectors_see_in_it_what_they_saw_in_the_secret(string detector, string sample)
    {
        var secret = CaseFile.Unescape(sample.Replace("¦", "", StringComparison.Ordinal));
        Assert.NotEmpty(detector);
        AssertAlike(secret, null, isEncoded: false);
        AssertAlike(Encode(secret), null, isEncoded: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_name_says_of_it_what_it_said_of_the_secret(string pair, string expected)
    {
        var at = pair.IndexOf(": ", StringComparison.Ordinal);
        Assert.NotEmpty(expected);
        AssertAlike(pair[(at + 2)..], pair[..at], isEncoded: false);
        AssertAlike(Encode(pair[(at + 2)..]), pair[..at], isEncoded: true);
    }

    [Theory]
    [MemberData(nameof(NamedTokens))]
    public void Its_name_and_structure_say_of_it_what_they_said_of_the_secret(string detector, string sample)
    {
        var pair = sample.Replace("¦", "", StringComparison.Ordinal).Split(": ");
        Assert.NotEmpty(detector);
        AssertAlike(pair[1], pair[0], isEncoded: false);
    }

    [Fact]
    public void Equal_secrets_have_equal_ones_and_others_have_others()
    {
        Assert.Equal(standIns.For("Tr0ub4dor&3", "password"), standIns.For("Tr0ub4dor&3", "password"));
        Assert.NotEqual(standIns.For("Tr0ub4dor&3", "password"), standIns.For("Tr0ub4dor&4", "password"));
    }

    [Fact]
    public void Who_has_not_the_key_cannot_try_secrets_out() =>
        Assert.NotEqual(standIns.For("Tr0ub4dor&3", "password"), new StandIns([4, 5, 6]).For("Tr0ub4dor&3", "password"));

    [Fact]
    public void Nobody_learns_how_long_the_secret_is() =>
        Assert.Equal(
            standIns.For("aB3$aB3$aB3$x", "password").Length,
            standIns.For("aB3$aB3$aB3$xaB3$aB3$aB3$xaB3$aB3$aB3$x", "password").Length);

    private void AssertAlike(string secret, string? key, bool isEncoded)
    {
        var standIn = standIns.For(secret, key, isEncoded);
        Assert.Equal(ValueProfile.Of(secret, key, isEncoded), ValueProfile.Of(standIn, key, isEncoded));
        if (secret.Trim().Length >= 8) Assert.NotEqual(secret, standIn);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
