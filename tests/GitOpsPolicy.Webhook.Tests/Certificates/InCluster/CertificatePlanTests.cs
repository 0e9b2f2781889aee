using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.Certificates.InCluster;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Certificates.InCluster;

/// <summary>
/// What is to be done next, by how things stand. Days count from the making of the first authority, which holds 900 of them.
/// </summary>
public sealed class CertificatePlanTests
{
    private static readonly DateTimeOffset Begin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CertificateTimes Times = new(
        new(TimeSpan.FromDays(900), TimeSpan.FromDays(90)), TimeSpan.FromDays(1));

    /// <summary>How things stand; on which day; what to do.</summary>
    public static TheoryData<string, double, string> Cases => new()
    {
        { "fresh", 1, "None" },
        { "two thirds of the leaf are over", 60, "RenewLeaf" },
        { "a moment earlier", 59.9, "None" },
        { "the leaf has expired while nobody was there", 200, "RenewLeaf" },
        { "two thirds of the authority are over", 600, "AddAuthority" },
        { "a moment before that", 599.9, "None" },
        { "next is not published", 620, "None" },
        { "next is published", 620, "NotePublished" },
        { "next was published less than a day ago", 620, "None" },
        { "next was published a day ago", 621, "Switch" },
        { "next was published a day ago, and then taken away", 621, "None" },
        { "the leaf is due while next waits", 660, "RenewLeaf" },
        { "the authority has expired while next waits", 901, "Switch" },
        { "the authority has expired and there is no next", 901, "Start" },
        { "everything has expired", 3000, "Start" },
        { "just switched", 621.5, "None" },
        { "switched more than a day ago", 622.5, "Retire" },
        { "a leaf of somebody else", 1, "RenewLeaf" },
        { "a leaf for other names", 1, "RenewLeaf" },
        { "the leaf ends with its authority and cannot be had longer", 899, "AddAuthority" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_done_next_follows_from_how_things_stand(string how, double day, string step)
    {
        var (facts, isPublished) = Stands(how);
        Assert.Equal(step, CertificatePlan.Next(facts, isPublished, Day(day), Times).ToString());
    }

    [Fact]
    public void Without_anything_it_begins() =>
        Assert.Equal(CertificateStep.Start, CertificatePlan.Next(null, false, Begin, Times));

    private static (CertificateFacts Facts, bool IsPublished) Stands(string how) => how switch
    {
        "fresh" or "two thirds of the leaf are over" or "a moment earlier" or "the leaf has expired while nobody was there" =>
            (new(From(0, 90), From(0, 900)), true),
        "two thirds of the authority are over" or "a moment before that" => (new(From(590, 680), From(0, 900)), true),
        "next is not published" => (Rolling(null), false),
        "next is published" => (Rolling(null), true),
        "next was published less than a day ago" => (Rolling(619.5), true),
        "next was published a day ago" => (Rolling(620), true),
        "next was published a day ago, and then taken away" => (Rolling(620), false),
        "the leaf is due while next waits" => (Rolling(null), false),
        "the authority has expired while next waits" => (Rolling(null), false),
        "the authority has expired and there is no next" or "everything has expired" => (new(From(850, 900), From(0, 900)), true),
        "just switched" or "switched more than a day ago" => (new(From(621, 711), From(600, 1500)) { Retired = 1 }, true),
        "a leaf of somebody else" => (new(From(0, 90), From(0, 900)) { IsLeafIssued = false }, true),
        "a leaf for other names" => (new(From(0, 90), From(0, 900)) { HasNames = false }, true),
        "the leaf ends with its authority and cannot be had longer" => (new(From(840, 900), From(0, 900)), true),
        _ => throw new ArgumentException(how),
    };

    private static CertificateFacts Rolling(double? published) =>
        new(From(600, 690), From(0, 900)) { Next = From(600, 1500), NextPublished = published is { } day ? Day(day) : null };

    private static Validity From(double from, double until) => new(Day(from), Day(until));

    private static DateTimeOffset Day(double day) => Begin + TimeSpan.FromDays(day);
}
