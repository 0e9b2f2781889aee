using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.BreakGlass;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.Tests.BreakGlass;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Admission;

/// <summary>Bodies that no rule gets to see, and what goes wrong beside the rules: none of it lets a request through.</summary>
public sealed class UnreadableReviewTests
{
    private const string Head = """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u","kind":{"group":"","version":"v1","kind":"ConfigMap"},"name":"a","operation":"CREATE","object":""";
    private const string Tail = "}}";
    private const string Denied = "denied";

    private static readonly (string About, string Body, string Outcome)[] Bodies =
    [
        ("nested deeper than is read",
            Head + string.Concat(Enumerable.Repeat("{\"a\":", 450)) + "1" + new string('}', 450) + Tail,
            "denied: 400 the request cannot be judged: request:1:"),
        ("nested so deep that a stack would end",
            Head + string.Concat(Enumerable.Repeat("{\"a\":", 200_000)) + "1" + new string('}', 200_000) + Tail, Denied),
        ("more than 8 MiB", Head + "\"" + new string('a', 9 << 20) + "\"" + Tail,
            "denied: 413 the request cannot be judged: the request has more than 8388608 bytes"),
        ("control characters that grow in JSON",
            Head + "\"" + string.Concat(Enumerable.Repeat("\\u0001", 1_500_000)) + "\"" + Tail, "denied: 413 "),
        ("the object twice", Head + "{}" + ",\"object\":{\"data\":{\"debug\":\"yes\"}}" + Tail, Denied),
        ("a key twice in the object", Head + """{"data":{"debug":"yes","debug":"no"}}""" + Tail, Denied),
        ("a key twice, once escaped", Head + """{"data":{"debug":"yes","\u0064ebug":"no"}}""" + Tail, Denied),
        ("cut off", Head + """{"data":{"deb""", Denied),
        ("cut off in a character", Head + "\"\\ud8", Denied),
        ("half of a surrogate pair", Head + """{"a":"\ud800"}""" + Tail, Denied),
        ("a number that is none", Head + """{"a":1e999}""" + Tail, Denied),
        ("something after the end", Head + "{}" + Tail + "{}", Denied),
        ("no object where there has to be one", Head + "null" + Tail, Denied),
        ("an object that is a list", Head + "[]" + Tail, Denied),
        ("an object that is text", Head + "\"x\"" + Tail, Denied),
        ("an operation that nobody knows", Head.Replace("CREATE", "PATCH", StringComparison.Ordinal) + "{}" + Tail, Denied),
        ("a kind that is missing", Head.Replace("\"kind\":\"ConfigMap\"", "\"x\":1", StringComparison.Ordinal) + "{}" + Tail,
            Denied),
        ("a uid of 300 characters", Head.Replace("\"u\"", $"\"{new string('u', 300)}\"", StringComparison.Ordinal) + "{}" + Tail,
            Denied),
        ("a uid longer than what is looked at",
            Head.Replace("\"u\"", $"\"{new string('u', 5_000)}\"", StringComparison.Ordinal) + "{}" + Tail, "status 400"),
        ("no uid", Head.Replace("\"uid\":\"u\",", "", StringComparison.Ordinal) + "{}" + Tail, "status 400"),
        ("a uid that is null", Head.Replace("\"u\"", "null", StringComparison.Ordinal) + "{}" + Tail, "status 400"),
        ("half a character as uid", Head.Replace("\"u\"", "\"\\ud800\"", StringComparison.Ordinal) + "{}" + Tail, "status 400"),
        ("an older version", Head.Replace("k8s.io/v1", "k8s.io/v1beta1", StringComparison.Ordinal) + "{}" + Tail, "status 400"),
        ("another kind", Head.Replace("AdmissionReview", "ConversionReview", StringComparison.Ordinal) + "{}" + Tail,
            "status 400"),
        ("a request that is text", """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":"x"}""",
            "status 400"),
        ("a list of reviews", "[" + Head + "{}" + Tail + "]", "status 400"),
        ("nothing", "", "status 400"),
        ("a byte order mark", "\uFEFF" + Head + """{"data":{"debug":"yes"}}""" + Tail, "denied: 403 [no-debug]"),
        ("a character that is not shown in a key", Head + """{"data":{"de\u0000bug":"no","debug":"yes"}}""" + Tail,
            "denied: 403 [no-debug]"),
        ("the review that all of these are made of", Head + """{"data":{"debug":"no"}}""" + Tail, "allowed"),
    ];

    [Theory]
    [InlineData("deny")]
    [InlineData("allow")]
    public async Task No_body_gets_past_the_rules(string onError)
    {
        await using var server = await TestServer.StartAsync(new(Reviews.NoDebug)
        {
            ["gitops-policy.yaml"] = $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nonError: {onError}\n",
        });
        using var client = server.Client();
        foreach (var (about, body, outcome) in Bodies)
            foreach (var isChunked in (bool[])[false, true])
            {
                var seen = await OutcomeAsync(client, Encoding.UTF8.GetBytes(body), isChunked, about);
                Assert.True(seen.StartsWith(outcome, StringComparison.Ordinal), $"{about}: {seen}");
            }
    }

    [Theory]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task Whatever_charset_is_claimed_the_body_is_UTF8(string type)
    {
        await using var server = await TestServer.StartAsync(Reviews.NoDebug);
        using var client = server.Client();
        using var utf16 = new ByteArrayContent(Encoding.Unicode.GetBytes(Reviews.ConfigMap("u")));
        utf16.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var refused = await client.PostAsync("/validate", utf16);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Theory]
    [InlineData("alice", "deny", false)]
    [InlineData("alice", "allow", true)]
    [InlineData("system:serviceaccount:kube-system:namespace-controller", "deny", true)]
    [InlineData("system:kube-controller-manager", "deny", true)]
    public async Task When_the_time_is_over_the_rule_set_decides_and_what_keeps_the_cluster_alive_goes_on(
        string user, string onError, bool isAllowed)
    {
        await using var server = await TestServer.StartAsync(new(Reviews.NoDebug)
        {
            ["gitops-policy.yaml"] = $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nonError: {onError}\n",
        });
        Assert.True(server.Rules.TryGet(out var active));
        var considered = new Reviewer(TimeProvider.System, null).Consider(
            Grants.Request($"DELETE /ConfigMap shop/a by {user}"), active, new CancellationToken(canceled: true));
        Assert.Equal(isAllowed, considered.Answer.IsAllowed);
        Assert.Null(considered.Decision);
        Assert.Contains(considered.Answer.Annotations, annotation => annotation == ("error", "there was not enough time"));
    }

    [Fact]
    public async Task Leave_whose_trace_cannot_be_written_is_none()
    {
        await using var server = await TestServer.StartAsync(Reviews.NoDebug);
        var register = new BreakGlassRegister();
        register.Put("test", new([Grants.One(Grants.Good)], []));
        var clock = new At(Grants.Begin.AddMinutes(1));
        var review = ReadReview(Reviews.ConfigMap("u", """{"debug":"yes"}""", place: "shop"));
        foreach (var (log, isAllowed) in (ReadOnlySpan<(TextWriter, bool)>)[(TextWriter.Null, true), (new ClosedPipe(), false)])
        {
            using var metrics = new WebhookMetrics();
            var judge = new RuleJudge(
                server.Rules, null, new(clock, null), metrics, new BreakGlassUse(register, metrics, clock, log));
            Assert.Equal(isAllowed, judge.Judge(review, CancellationToken.None).IsAllowed);
        }
    }

    [Fact]
    public async Task A_caller_that_hangs_up_is_answered_nothing_and_the_next_one_as_ever()
    {
        await using var server = await TestServer.StartAsync(Reviews.NoDebug);
        using var client = server.Client();
        using var endless = new HttpRequestMessage(HttpMethod.Post, "/validate") { Content = new StreamContent(new Stalled()) };
        endless.Content.Headers.ContentType = new("application/json");
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(endless, impatience.Token));
        Assert.StartsWith(
            "denied: 403 [no-debug]",
            await OutcomeAsync(
                client, Encoding.UTF8.GetBytes(Reviews.ConfigMap("u", """{"debug":"yes"}""")), isChunked: false,
                "next"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_come_in_time_is_not_judged()
    {
        await using var server = await TestServer.StartAsync(Reviews.NoDebug);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Server.Address.Port);
        // whom the client trusts is not what is tried here
        await using var tls = new SslStream(
            socket.GetStream(), leaveInnerStreamOpen: false, static (_, shown, _, _) => shown is not null);
        await tls.AuthenticateAsClientAsync("localhost");

        await tls.WriteAsync(
            "POST /validate?timeout=300ms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
        using var reader = new StreamReader(tls, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await reader.ReadLineAsync());
    }

    private static async Task<string> OutcomeAsync(HttpClient client, byte[] body, bool isChunked, string about)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/validate?timeout=30s")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await client.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.OK) return $"status {(int)answer.StatusCode}";
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var response = json.RootElement.GetProperty("response");
        Assert.True(
            Encoding.UTF8.GetString(body).Contains(
                $"\"uid\":\"{response.GetProperty("uid").GetString()}\"", StringComparison.Ordinal), about);
        if (response.GetProperty("allowed").GetBoolean()) return "allowed";
        var status = response.GetProperty("status");
        return $"denied: {status.GetProperty("code").GetInt32()} {status.GetProperty("message").GetString()}";
    }

    private static AdmissionReview ReadReview(string text) =>
        AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(text)).TryGet(out var review)
            ? review
            : throw new InvalidOperationException(text);

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class ClosedPipe : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("Broken pipe");
    }

    /// <summary>A body that begins and never goes on.</summary>
    private sealed class Stalled : MemoryStream
    {
        private bool hasBegun;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (hasBegun) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            hasBegun = true;
            buffer.Span[0] = (byte)'{';
            return 1;
        }
    }
}
