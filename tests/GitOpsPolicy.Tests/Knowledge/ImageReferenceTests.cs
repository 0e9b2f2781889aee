using GitOpsPolicy.Knowledge.Images;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

public sealed class ImageReferenceTests
{
    public static TheoryData<string, string> References => CaseFile.Read("image-references.cases");

    public static TheoryData<string, string> Registrations => CaseFile.Read("registries.cases");

    [Theory]
    [MemberData(nameof(References))]
    public void A_reference_is_read_as_container_runtimes_read_it(string text, string expected)
    {
        var isGood = ImageReference.TryParse(CaseFile.Unescape(text), out var reference, out var problem);

        Assert.Equal(
            expected, isGood ? $"{reference!.Repository} | {reference.Tag ?? "-"} | {reference.Digest ?? "-"}" : "malformed");
        Assert.Equal(isGood, problem is null);
    }

    [Theory]
    [MemberData(nameof(References))]
    public void The_normal_form_of_a_reference_stands_for_the_same(string text, string expected)
    {
        if (expected == "malformed") return;
        Assert.True(ImageReference.TryParse(CaseFile.Unescape(text), out var reference, out _));

        Assert.True(ImageReference.TryParse(reference.ToString(), out var again, out var problem), problem);
        Assert.Equal((reference.Repository, reference.PulledTag, reference.Digest), (again.Repository, again.Tag, again.Digest));
    }

    [Theory]
    [MemberData(nameof(Registrations))]
    public void A_registry_covers_what_lies_below_it_and_nothing_that_merely_starts_like_it(string case_, string expected)
    {
        var (entry, image) = case_.Split(" : ") is [var left, var right]
            ? (left, right)
            : throw new FormatException($"not a case: {case_}");
        Assert.True(ImageReference.TryParse(image, out var reference, out var problem), problem);

        Assert.Equal(expected, Registries.Covers(entry, reference) ? "covered" : "not covered");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("ghcr.io/Acme/app", "has capitals in its path")]
    [InlineData("nginx\n", "contains white space")]
    [InlineData("ngin\u0445", "contains U+0445, which is not ASCII and may look like a letter that is")]
    [InlineData("https://ghcr.io/acme/app", "starts with a scheme; a reference has none")]
    [InlineData("registry.example.com@evil.io/app", "has an `@` in its host: what stands before it is not the registry")]
    [InlineData("nginx:", "has an empty tag")]
    [InlineData("nginx@sha1:0123456789abcdef0123456789abcdef01234567", "has a digest of an unknown algorithm")]
    public void What_is_wrong_is_said_in_words(string text, string expected)
    {
        Assert.False(ImageReference.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("ghrc.io", true)]
    [InlineData("docker.io.evil.dev", true)]
    [InlineData("ghcr.io-mirror.dev:5000", true)]
    [InlineData("xn--ghcr-o4a.io", true)]
    [InlineData("ghcr.io", false)]
    [InlineData("icr.io", false)]
    [InlineData("lscr.io", false)]
    [InlineData("registry.example.com", false)]
    [InlineData("localhost:5000", false)]
    public void Hosts_that_pose_as_a_well_known_registry_are_recognised(string host, bool poses) =>
        Assert.Equal(poses, LookAlikes.Find(host) is not null);
}
