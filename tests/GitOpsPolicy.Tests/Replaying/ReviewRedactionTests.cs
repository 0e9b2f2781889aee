using System.Text;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Replaying;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Tests.Replaying;

/// <summary>Reviews without their secrets, and what is left of them.</summary>
public sealed class ReviewRedactionTests
{
    private static readonly string Folder = Path.Combine(Fixtures.Folder, "reviews");

    private readonly ReviewRedaction redaction = new(StandIns.WithRandomKey());

    public static TheoryData<string> Recorded => [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(static file => Path.GetRelativePath(Folder, file))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void What_is_left_is_about_the_same_request(string file)
    {
        var review = Read(File.ReadAllText(Path.Combine(Folder, file)));
        var again = Read(Text(redaction.Redact(review)));
        Assert.Equal(
            (review.Uid, review.Resource, review.RequestKind, review.Operation),
            (again.Uid, again.Resource, again.RequestKind, again.Operation));
        Assert.Equal(
            (review.Subresource, review.Namespace, review.User, review.IsDryRun),
            (again.Subresource, again.Namespace, again.User, again.IsDryRun));
        Assert.Equal(review.Groups.AsEnumerable(), again.Groups);
        Assert.Equal(SystemActors.ReasonToSpare(review), SystemActors.ReasonToSpare(again));
    }

    [Theory]
    [InlineData("/object/data/password", """{"kind":"Secret","data":{"password":"VHIwdWI0ZG9yJjMtY2FuYXJ5"}}""")]
    [InlineData("/object/stringData/password", """{"kind":"Secret","stringData":{"password":"Tr0ub4dor&3-canary"}}""")]
    [InlineData("/object/stringData/pin", """{"kind":"Secret","stringData":{"pin":4815162342}}""")]
    [InlineData(
        "/object/spec/containers/0/env/0/value",
        """{"kind":"Pod","spec":{"containers":[{"env":[{"name":"DB_PASSWORD","value":"Tr0ub4dor&3-canary"}]}]}}""")]
    [InlineData(
        "/object/spec/containers/0/args/0",
        """{"kind":"Pod","spec":{"containers":[{"args":["--db-password=Tr0ub4dor&3-canary"]}]}}""")]
    [InlineData(
        "/object/data/app.properties",
        """{"kind":"ConfigMap","data":{"app.properties":"user=app\ndb.password=Tr0ub4dor&3-canary\n"}}""")]
    [InlineData(
        "/object/status/message",
        """{"kind":"Secret","stringData":{"password":"Tr0ub4dor&3-canary"},"status":{"message":"cannot log in with Tr0ub4dor&3-canary"}}""")]
    [InlineData(
        "/object/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration",
        """{"kind":"Secret","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"stringData\":{\"a\":\"Tr0ub4dor&3-canary\"}}"}}}""")]
    public void Nothing_secret_is_left_and_its_place_is_told(string pointer, string given)
    {
        var redacted = redaction.Redact(Create(given));
        var text = Text(redacted);
        Assert.Contains(pointer, redacted.Pointers);
        foreach (var trace in (string[])["canary", "Tr0ub4", "VHIwdWI0", "4815162342"])
            Assert.DoesNotContain(trace, text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_secret_stays_as_it_is()
    {
        var redacted = redaction.Redact(Create(
            """{"kind":"ConfigMap","data":{"level":"debug"},"spec":{"replicas":3,"ratio":1.50,"on":true,"none":null}}"""));
        Assert.Empty(redacted.Pointers);
        Assert.Contains(
            """"data":{"level":"debug"},"spec":{"replicas":3,"ratio":1.50,"on":true,"none":null}"""", Text(redacted),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_happen_to_be_in_a_secret_stay_names()
    {
        var redacted = Read(Text(redaction.Redact(Create(
            """{"kind":"Secret","metadata":{"name":"production"},"stringData":{"place":"production","who":"alice@acme"}}""",
            user: "alice@acme"))));
        Assert.Equal(("production", "alice@acme"), (redacted.Resource.Name, redacted.User));
    }

    [Fact]
    public void A_value_that_does_not_change_does_not_change_in_a_record()
    {
        const string secret = """{"apiVersion":"v1","kind":"Secret","data":{"password":"VHIwdWI0ZG9yJjMtY2FuYXJ5"}}""";
        var redacted = Read(Text(redaction.Redact(Create(secret, secret))));
        Assert.True(Documents.NodeEquality.AreEqual(redacted.Object, redacted.OldObject));
    }

    private static string Text(RedactedReview redacted) => Encoding.UTF8.GetString(redacted.Json.Span);

    private static AdmissionReview Create(string given, string old = "null", string user = "alice")
    {
        var kind = given.Split('"')[given.Contains("apiVersion", StringComparison.Ordinal) ? 7 : 3];
        var versioned = given.Contains("apiVersion", StringComparison.Ordinal)
            ? given
            : given.Replace("""{"kind":""", """{"apiVersion":"v1","kind":""", StringComparison.Ordinal);
        return Read($$$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","kind":{"group":"","version":"v1","kind":"{{{kind}}}"},
            "name":"production","namespace":"shop","operation":"UPDATE","userInfo":{"username":"{{{user}}}","groups":["system:authenticated"]},"object":{{{versioned}}},"oldObject":{{{old}}}}}
            """);
    }

    private static AdmissionReview Read(string json)
    {
        var loaded = AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.True(loaded.TryGet(out var review), string.Join('\n', loaded.Problems));
        return review;
    }
}
