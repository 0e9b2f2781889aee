using System.Diagnostics;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Webhook.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>
/// A path that reviews are posted to. A status other than 200 means that the request was not judged; what then becomes of it is
/// for the webhook configuration's <c>failurePolicy</c> to say.
/// </summary>
internal sealed class ReviewEndpoint(IJudge judge, Admittance admittance, WebhookMetrics metrics)
{
    /// <summary>The server's own default, and the most it allows.</summary>
    private static readonly (TimeSpan Usual, TimeSpan Longest) Timeout = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!IsReview(context.Request, out var status, out var why))
        {
            metrics.Shed("no_review");
            await RefuseAsync(context, status, why);
            return;
        }

        if (!judge.IsReady)
        {
            metrics.Shed("no_rules");
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "no rules are loaded yet");
            return;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(TimeFor(context.Request));
        try
        {
            await AnswerAsync(context, deadline.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            metrics.Shed("timeout");
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "there was not enough time to judge the request");
        }
        catch (OperationCanceledException)
        {
            metrics.Shed("gone");
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken deadline)
    {
        using var body = await RequestBody.ReadAsync(context.Request, admittance.Bodies, deadline);
        if (body.Result == BodyResult.TooLarge)
        {
            metrics.Shed("too_large");
            await DenyAsync(
                context, body.Bytes, StatusCodes.Status413PayloadTooLarge,
                $"the request has more than {RequestBody.MaxBytes} bytes");
            return;
        }

        var started = Stopwatch.GetTimestamp();
        if (body.Result == BodyResult.NoRoom || !await admittance.Gate.TryEnterAsync(deadline))
        {
            metrics.Shed("busy");
            context.Response.Headers.RetryAfter = "1";
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "too many requests are being judged");
            return;
        }

        var entered = Stopwatch.GetTimestamp();
        try
        {
            await JudgeAsync(context, body.Bytes, started, deadline);
        }
        finally
        {
            admittance.Gate.Leave(entered);
        }
    }

    private async Task JudgeAsync(HttpContext context, ReadOnlyMemory<byte> body, long started, CancellationToken deadline)
    {
        var loaded = AdmissionReviewReader.Read(judge.KeepsReviews ? body.ToArray() : body);
        if (!loaded.TryGet(out var review))
        {
            metrics.Shed("malformed");
            await DenyAsync(context, body, StatusCodes.Status400BadRequest, loaded.Problems[0].ToString());
            return;
        }

        var answer = judge.Judge(review, deadline);
        metrics.Answered(review.Operation, review.IsDryRun, answer, Stopwatch.GetElapsedTime(started));
        await WriteAsync(context, review.Uid, answer);
    }

    /// <summary>
    /// Denies a review that cannot be read. Whoever makes an object decides on its size and depth: left to the
    /// <c>failurePolicy</c>, that would be a way past the rules. Only what no API server sends is refused by an HTTP status.
    /// </summary>
    private static Task DenyAsync(HttpContext context, ReadOnlyMemory<byte> body, int status, string why) =>
        ReviewHead.UidIn(body.Span) is { } uid
            ? WriteAsync(
                context, uid,
                new()
                {
                    IsAllowed = false,
                    Code = status,
                    Reason = status == StatusCodes.Status400BadRequest ? "BadRequest" : "RequestEntityTooLarge",
                    Message = SafeText.OneLine($"the request cannot be judged: {why}"),
                })
            : RefuseAsync(context, status, why);

    private static async Task WriteAsync(HttpContext context, string uid, Answer answer)
    {
        context.Response.ContentType = "application/json";
        AnswerWriter.Write(context.Response.BodyWriter, uid, answer);
        await context.Response.BodyWriter.FlushAsync(CancellationToken.None);
    }

    private static bool IsReview(HttpRequest request, out int status, out string why)
    {
        (status, why) = request switch
        {
            { Method: not "POST" } => (StatusCodes.Status405MethodNotAllowed, "admission reviews are posted"),
            _ when !IsJson(request.ContentType) =>
                (StatusCodes.Status415UnsupportedMediaType, "admission reviews are application/json"),
            _ when request.Headers.ContentEncoding.Count > 0 =>
                (StatusCodes.Status415UnsupportedMediaType, "admission reviews are not compressed"),
            _ => (StatusCodes.Status200OK, ""),
        };
        return status == StatusCodes.Status200OK;
    }

    private static bool IsJson(string? type) =>
        type is not null
            && type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
            && (type.Length == 16 || type[16] is ';' or ' ');

    // The server passes on what is left of the caller's time. A tenth is kept for the way back.
    private static TimeSpan TimeFor(HttpRequest request)
    {
        var given = Timeout.Usual;
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
            if (pair.EncodedName.Span is "timeout" && GoDuration.TryParse(pair.DecodeValue().Span, out var told)) given = told;
        return (given > Timeout.Longest ? Timeout.Longest : given) * 0.9;
    }

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", CancellationToken.None);
    }
}
