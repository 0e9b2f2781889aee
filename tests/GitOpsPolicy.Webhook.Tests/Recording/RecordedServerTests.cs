using System.Collections.Immutable;
using System.Net;
using GitOpsPolicy.Replaying;
using GitOpsPolicy.Webhook.Recording;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Recording;

/// <summary>
/// A webhook that records: every review that was judged is there afterwards, and judged again by the same rules it gets the same
/// decision.
/// </summary>
public sealed class RecordedServerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-record-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Reviews_that_were_judged_are_judged_alike_again()
    {
        var (records, rules) = await RecordAsync([.. Enumerable.Range(
            0, 20).Select(static i => Reviews.ConfigMap($"{i}", i % 2 == 0 ? """{"debug":"yes"}""" : "{}"))]);
        Assert.Equal(20, records.Length);
        var replay = new ReviewReplay(rules, environment: null);
        Assert.All(records, record =>
        {
            var replayed = replay.Judge(record);
            Assert.Equal((ReplayResult.Same, true), (replayed.Result, replayed.IsEqual));
            Assert.Equal(replay.Digest, record.RuleSetDigest);
        });
        Assert.Equal(10, records.Count(static record => record.Decision!.IsDenied && !record.IsAllowed));
    }

    [Fact]
    public async Task Nothing_secret_reaches_the_folder()
    {
        var secrets = Enumerable.Range(0, 50).Select(static i => $"canary-{i}-Zq9{i:D3}xK7w").ToArray();
        await RecordAsync([.. secrets.Select(Holding)]);
        var written = string.Concat(Directory.GetFiles(folder.FullName).Select(File.ReadAllText));
        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
            Assert.DoesNotContain(Encode(secret), written, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("canary", written, StringComparison.Ordinal);
        Assert.Equal(50, RingReader.Read(folder.FullName).Sum(static file => file.Records.Length));
    }

    [Fact]
    public async Task A_line_that_was_not_written_to_its_end_is_told_and_skipped()
    {
        await RecordAsync([Reviews.ConfigMap("1"), Reviews.ConfigMap("2")]);
        var file = Assert.Single(ReviewRing.FilesOf(folder.FullName));
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..^7]);
        var read = Assert.Single(RingReader.Read(folder.FullName));
        Assert.Single(read.Records);
        Assert.Equal([2], read.Damaged.AsEnumerable());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_fails_no_request()
    {
        using var log = new StringWriter();
        var ring = ReviewRing.Open(Path.Combine(folder.FullName, "ring"), new(1 << 20, 8));
        Directory.Delete(Path.Combine(folder.FullName, "ring"), recursive: true);
        await PostAsync(ring, log, [.. Enumerable.Range(0, 10).Select(static i => Reviews.ConfigMap($"{i}"))]);
        Assert.Equal(1, log.ToString().Split("recording: reviews are judged but not recorded").Length - 1);
    }

    private async Task<(ImmutableArray<RecordedReview> Records, Policies.RuleSet Rules)> RecordAsync(params string[] reviews)
    {
        using var log = new StringWriter();
        var rules = await PostAsync(ReviewRing.Open(folder.FullName, RingLimits.Usual), log, reviews);
        Assert.Equal("", log.ToString());
        return ([.. RingReader.Read(folder.FullName).SelectMany(static file => file.Records)], rules);
    }

    private static async Task<Policies.RuleSet> PostAsync(ReviewRing ring, StringWriter log, params string[] reviews)
    {
        using var stop = new CancellationTokenSource();
        using (ring)
        {
            ReviewRecorder? recorder = null;
            await using var server = await TestServer.StartAsync(
                Reviews.NoDebug, parts => parts with { Recorder = recorder = new(ring, parts.Metrics, log) });
            var running = recorder!.RunAsync(stop.Token);
            using var client = server.Client();
            foreach (var review in reviews)
            {
                using var answer = await client.PostAsync(
                    new Uri("/validate?timeout=5s", UriKind.Relative), Reviews.Json(review));
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            await stop.CancelAsync();
            await running;
            return server.Rules.TryGet(out var active) ? active.Rules : throw new InvalidOperationException("There are rules.");
        }
    }

    // In a Secret, in a copy of it, in an environment variable, in an argument, and in a ConfigMap under a telling name.
    private static string Holding(string secret, int number)
    {
        var (kind, body) = (number % 5) switch
        {
            0 => ("Secret", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"a":"ENCODED"}}"""),
            1 =>
                ("Secret",
                    """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"stringData\":{\"a\":\"CLEAR\"}}","note":"it is CLEAR"}},"stringData":{"a":"CLEAR"}}"""),
            2 =>
                ("Pod",
                    """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","env":[{"name":"DB_PASSWORD","value":"CLEAR"}]}]}}"""),
            3 =>
                ("Pod",
                    """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","annotations":{"db-password":"CLEAR"}},"spec":{"containers":[{"name":"a","args":["--password","CLEAR"]}]}}"""),
            _ =>
                ("ConfigMap",
                    """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"app.properties":"db.password=CLEAR\n","url":"postgres://app:CLEAR@db/app"}}"""),
        };
        return $$$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"{{{number}}}","kind":{"group":"","version":"v1","kind":"{{{kind}}}"},
            "name":"a","namespace":"shop","operation":"CREATE","userInfo":{"username":"alice"},"object":{{{body.Replace("ENCODED", Encode(secret), StringComparison.Ordinal).Replace("CLEAR", secret, StringComparison.Ordinal)}}}}}
            """;
    }

    private static string Encode(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
