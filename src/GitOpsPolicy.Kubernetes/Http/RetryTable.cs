namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>
/// Whether a failed request is sent again. A server that names a time did nothing and will not mind; a request that never left
/// did nothing either. One that may have been carried out is sent again only when twice is as good as once.
/// </summary>
internal static class RetryTable
{
    /// <summary>How long to wait before the next try; null when there is none.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="failure">What came of it.</param>
    /// <param name="attempt">Which try this was, counted from 1.</param>
    /// <param name="options">The limits.</param>
    public static TimeSpan? Delay(ApiRequest request, ApiFailure failure, int attempt, ClientOptions options)
    {
        if (attempt >= options.MaxAttempts || request.IsWatch) return null; // who watches has a rhythm of his own
        var again = (failure.Stage, failure.Code, failure.RetryAfter, request.IsRepeatable) switch
        {
            (FailureStage.Connecting, _, _, _) => true,
            (FailureStage.Waiting, _, _, var repeatable) => repeatable,
            (FailureStage.Refused, 429 or 503, not null, _) => true,
            (FailureStage.Refused, 429 or 502 or 503 or 504, null, var repeatable) => repeatable,
            _ => false,
        };
        if (!again) return null;
        var delay = failure.RetryAfter ?? Backoff(attempt, options);
        // what may have been written already is not hurried: no object twice within a second
        if (request.Method != HttpMethod.Get && delay < 2 * options.FirstDelay) delay = 2 * options.FirstDelay;
        return delay <= options.MaxDelay ? delay : null;
    }

    /// <summary>A wait that doubles with each try and is half random, so that many clients do not come back together.</summary>
    public static TimeSpan Backoff(int attempt, ClientOptions options)
    {
        var full = options.FirstDelay * Math.Pow(2, Math.Min(attempt - 1, 16));
        var capped = full < options.MaxDelay ? full : options.MaxDelay;
        return capped * (0.5 + (0.5 * options.Chance()));
    }
}
