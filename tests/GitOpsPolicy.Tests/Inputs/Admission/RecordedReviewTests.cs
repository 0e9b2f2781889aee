using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Admission;

/// <summary>
/// Reviews that real API servers sent (<c>tests/Fixtures/reviews</c>) and what is read from them (<c>Cases/recorded.cases</c>).
/// </summary>
public sealed class RecordedReviewTests
{
    private static readonly string Folder = Path.Combine(Fixtures.Folder, "reviews");

    private static readonly Dictionary<string, string> Expected = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Inputs", "Admission", "Cases", "recorded.cases"))
        .Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => line.Split(" => "))
        .ToDictionary(static parts => parts[0].Trim(), static parts => parts[1], StringComparer.Ordinal);

    public static TheoryData<string> Recorded => [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(static file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_recorded_review_is_read_as_what_kubectl_did(string file)
    {
        var loaded = AdmissionReviewReader.Read(File.ReadAllBytes(Path.Combine(Folder, file)));
        Assert.True(loaded.TryGet(out var review), string.Join('\n', loaded.Problems));
        Assert.Equal(Expected[file], Describe(review));
    }

    [Fact]
    public void Every_case_has_its_recording() =>
        Assert.All(Expected.Keys, static file => Assert.True(File.Exists(Path.Combine(Folder, file)), file));

    private static string Describe(AdmissionReview review)
    {
        var change = Assert.Single(review.ToChanges().Changes);
        var part = change.Subresource.Length == 0 ? "" : $" ({change.Subresource})";
        var dry = review.IsDryRun ? ", dry run" : "";
        return $"{Words<Operation>.Of(change.Operation)} {change.Resource}{part}, {((KubernetesId)change.Resource).ApiVersion}, {State("before", change.Before)}{State("after", change.After)}by {change.Actor}{dry}";
    }

    // Each object says itself what it is, and its pointers start at it.
    private static string State(string word, Node? node)
    {
        if (node is null) return "";
        Assert.Equal("", node.Pointer);
        return $"{word} {node.Text("kind")}, ";
    }
}
