using System.IO.Pipelines;
using GitOpsPolicy.Tests.Metrics;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Admission;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(0, null, "Whole")]
    [InlineData(3_000, 3_000L, "Whole")]
    [InlineData(RequestBody.MaxBytes, null, "Whole")]
    [InlineData(RequestBody.MaxBytes, (long)RequestBody.MaxBytes, "Whole")]
    [InlineData(RequestBody.MaxBytes + 1, null, "TooLarge")]
    [InlineData(RequestBody.MaxBytes + 1, RequestBody.MaxBytes + 1L, "TooLarge")]
    [InlineData(1_000_000, 10L, "Whole")]
    public async Task A_body_is_read_whole_or_only_so_far_as_to_name_it(int sent, long? announced, string expected)
    {
        var budget = new BodyBudget(64L << 20);
        using (var body = await RequestBody.ReadAsync(Request(sent, announced), budget, CancellationToken.None))
        {
            Assert.Equal(expected, body.Result.ToString());
            if (body.Result == BodyResult.Whole) Assert.Equal(sent, body.Bytes.Length);
            Assert.True(body.Bytes.Span.SequenceEqual(Bytes(body.Bytes.Length)));
        }

        Assert.True(budget.TryTake(64 << 20), "what a body took is given back");
    }

    [Fact]
    public async Task What_others_have_taken_is_not_there_and_what_is_announced_takes_nothing()
    {
        var budget = new BodyBudget(4 << 20);
        using var first = await RequestBody.ReadAsync(Request(2 << 20, 2 << 20), budget, CancellationToken.None);
        using var second = await RequestBody.ReadAsync(Request(2 << 20, 2 << 20), budget, CancellationToken.None);
        using var boaster = await RequestBody.ReadAsync(Request(100, 8 << 20), budget, CancellationToken.None);
        Assert.Equal(
            [BodyResult.Whole, BodyResult.NoRoom, BodyResult.Whole], new[] { first.Result, second.Result, boaster.Result });

        first.Dispose();
        using var third = await RequestBody.ReadAsync(Request(2 << 20, 2 << 20), budget, CancellationToken.None);
        Assert.Equal(BodyResult.Whole, third.Result);
    }

    [Fact]
    public async Task What_does_not_fit_beside_the_others_is_told_to_come_again_and_holds_nothing()
    {
        await using var server = await TestServer.StartAsync(Reviews.NoDebug, new WebhookOptions { MaxBodies = 64 << 10 });
        using var client = server.Client();
        foreach (var (size, status) in ((int, int)[])[(1_000, 200), (200_000, 429), (200_000, 429), (1_000, 200)])
        {
            using var body = Reviews.Json(Reviews.ConfigMap("u", $$"""{"text":"{{new string('a', size)}}"}"""));
            using var answer = await client.PostAsync(new Uri("/validate", UriKind.Relative), body);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(status == 429, answer.Headers.RetryAfter is { Delta.TotalSeconds: 1 });
        }

        Assert.Equal(2, Scrape.Of(server.Metrics.WriteTo)["gitops_policy_admission_shed_total{reason=\"busy\"}"]);
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(static i => (byte)i)];

    private static HttpRequest Request(int sent, long? announced)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IRequestBodyPipeFeature>(new Body(PipeReader.Create(new MemoryStream(Bytes(sent)))));
        context.Request.ContentLength = announced;
        return context.Request;
    }

    private sealed record Body(PipeReader Reader) : IRequestBodyPipeFeature;
}
