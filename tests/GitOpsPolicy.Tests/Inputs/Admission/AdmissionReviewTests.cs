using System.Buffers;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Admission;

public sealed class AdmissionReviewTests
{
    private static readonly MappingNode Ordinary = (MappingNode)Yaml(
        """
        uid: 7d0c
        kind: { group: apps, version: v1, kind: Deployment }
        userInfo: { username: alice, groups: [developers, "system:authenticated"] }
        """);

    public static TheoryData<string> Cases
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var name in All.Keys) data.Add(name);
            return data;
        }
    }

    private static Dictionary<string, MappingNode> All { get; } = Read("reviews.yaml");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_request_is_read_as_the_server_means_it(string name)
    {
        var review = Review(All[name]["request"]!);
        var change = Assert.Single(review.ToChanges().Changes);

        foreach (var (field, wanted) in Wanted(name)) Assert.Equal((field, wanted), (field, Told(field, review, change)));
    }

    [Fact]
    public void A_value_has_the_pointer_that_it_has_in_a_manifest()
    {
        var review = Review(Yaml("{ operation: UPDATE, name: web, object: { data: { a: 1 } }, oldObject: { data: { a: 0 } } }"));
        foreach (var given in (Node[])[review.Object!, review.OldObject!])
            Assert.Equal("/data/a", ((MappingNode)((MappingNode)given)["data"]!)["a"]!.Pointer);
    }

    [Fact]
    public void The_user_is_who_the_server_says()
    {
        var review = Review(Yaml("{ operation: CREATE, name: web, object: {} }"));
        Assert.Equal("alice", review.User);
        Assert.Equal(["developers", "system:authenticated"], review.Groups.ToArray());
        Assert.Equal("alice", review.ToChanges().Changes[0].Actor);
    }

    [Fact]
    public void The_values_of_a_Secret_are_marked_before_and_after()
    {
        var review = Review(Yaml(
            """
            { operation: UPDATE, name: db, namespace: prod, kind: { group: "", version: v1, kind: Secret },
              object: { apiVersion: v1, kind: Secret, metadata: { name: db }, data: { password: c3VwZXItc2VjcmV0 } },
              oldObject: { apiVersion: v1, kind: Secret, metadata: { name: db }, stringData: { password: older-secret } } }
            """));
        Assert.Contains("super-secret", review.SensitiveTexts);
        Assert.Contains("older-secret", review.SensitiveTexts);
    }

    [Theory]
    [InlineData("", "request:1:1: the text is empty")]
    [InlineData("[]", "this is no object in JSON")]
    [InlineData("{}", "this is no AdmissionReview")]
    [InlineData(
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":[{}]}""", "the review has no `request`")]
    [InlineData(
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1"}}{}""",
        "`{` is invalid after a single JSON value")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1""", "request:1:")]
    [InlineData(
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","operation":"CREATE","object":[1]}}""", "`object` is no object")]
    [InlineData(
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","operation":"CREATE","object":null}}""", "no `object`")]
    [InlineData(
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","operation":"UPDATE","oldObject":{}}}""", "no `object`")]
    [InlineData(
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","object":{"kind":"Pod","kind":"Job"}}}""", "the key `kind` stands at")]
    [InlineData(
        """{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview","request":{"uid":"1"}}""",
        "this is no AdmissionReview of `admission.k8s.io/v1`")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}""", "the review has no `request`")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}}""", "the request has no `uid`")]
    [InlineData(
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","operation":"PATCH"}}""",
        "no operation that is known")]
    [InlineData(
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","operation":"CREATE","object":{}}}""", "does not tell its `kind`")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","apiVersion":"x"}""", "apiVersion")]
    public void What_is_no_review_is_told_in_one_message(string text, string message)
    {
        var loaded = AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.False(loaded.TryGet(out _));
        Assert.Contains(message, Assert.Single(loaded.Problems).ToString(), StringComparison.Ordinal);
    }

    private static string Told(string field, AdmissionReview review, Change change) => field switch
    {
        "operation" => Words<Operation>.Of(change.Operation),
        "resource" => change.Resource.ToString(),
        "namespace" => review.Namespace,
        "subresource" => change.Subresource,
        "requestKind" => review.RequestKind,
        "cause" => Words<ChangeCause>.Of(change.Cause),
        "spared" => SystemActors.ReasonToSpare(review) ?? "",
        "before" => change.Before is null ? "false" : "true",
        "after" => change.After is null ? "false" : "true",
        "dryRun" => review.IsDryRun ? "true" : "false",
        _ => throw new ArgumentException($"No field {field}.", nameof(field)),
    };

    private static List<(string Field, string Value)> Wanted(string name)
    {
        var wanted = new List<(string, string)>();
        foreach (var entry in ((MappingNode)All[name]["reads"]!).Entries) wanted.Add((entry.Key, ((ScalarNode)entry.Value).Text));
        return wanted;
    }

    private static AdmissionReview Review(Node request)
    {
        var text = new ArrayBufferWriter<byte>();
        text.Write("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"""u8);
        var isFirst = true;
        foreach (var entry in Laid((MappingNode)request))
        {
            text.Write(Encoding.UTF8.GetBytes($"{(isFirst ? "" : ",")}\"{entry.Key}\":"));
            NodeWriter.WriteCanonicalJson(entry.Value, text);
            isFirst = false;
        }

        text.Write("}}"u8);
        Assert.True(AdmissionReviewReader.Read(text.WrittenMemory).TryGet(out var review));
        return review;
    }

    private static IEnumerable<MappingEntry> Laid(MappingNode request) =>
        [.. request.Entries.ToArray(), .. Ordinary.Entries.ToArray().Where(entry => request[entry.Key] is null)];

    private static Node Yaml(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(YamlReader.Read(new TextFile("case", bytes), bytes, ReaderLimits.Default).TryGet(out var stream));
        return stream.Documents[0].Root;
    }

    private static Dictionary<string, MappingNode> Read(string file)
    {
        var cases = (SequenceNode)Yaml(File.ReadAllText(Path.Combine(Folder(), "Cases", file)));
        return cases.Items.ToArray().Cast<MappingNode>().ToDictionary(c => ((ScalarNode)c["case"]!).Text, StringComparer.Ordinal);
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.GetDirectoryName(path)!;
}
