using System.Net.Http.Headers;
using System.Net.Sockets;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>How notices get to a web address.</summary>
public sealed record UrlChannelOptions
{
    /// <summary>What the receiver understands.</summary>
    public NoticeFormat Format { get; init; }

    /// <summary>Where the dashboard is for people; null for no link.</summary>
    public Uri? Dashboard { get; init; }

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries, the first included.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The wait after the first try, doubled with each more.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait. A receiver that wants more is left alone, and the notice counts as not told.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Chance for the random half of waits: numbers from 0 to 1.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>
/// Posts notices to a web address. Who knows such an address may post there, so its path and query are a secret: they are in no
/// message and no log. Redirects are not followed.
/// </summary>
public sealed class UrlChannel : INoticeChannel, IDisposable
{
    private readonly Uri address;
    private readonly UrlChannelOptions options;
    private readonly HttpClient client;

    /// <summary>Makes a way to an address.</summary>
    /// <exception cref="ArgumentException">It is no <c>http</c> or <c>https</c> address; the message does not repeat
    /// it.</exception>
    public UrlChannel(Uri address, UrlChannelOptions options)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            throw new ArgumentException("notices go to an `http` or `https` address", nameof(address));
        this.address = address;
        this.options = options;
        client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public string Name => $"{address.Scheme}://{address.Authority}/…";

    /// <inheritdoc/>
    public async Task<string?> TellAsync(Notice notice, CancellationToken cancellation)
    {
        var body = NoticeBodies.Write(notice, options.Format, options.Dashboard);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await TryAsync(body, cancellation);
            if (answer.Failure is null) return null;
            var wait = answer.Wait ?? Backoff(attempt);
            if (!answer.IsPassing || attempt >= options.MaxAttempts || wait > options.MaxDelay)
                return $"{answer.Failure}, after {(attempt == 1 ? "1 try" : $"{attempt} tries")}";
            await Task.Delay(wait, options.Clock, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<Answer> TryAsync(byte[] body, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
            },
        };
        request.Headers.UserAgent.Add(new("gitops-policy", null));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Read(response);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new($"it did not answer within {options.Timeout.TotalSeconds:0.##} s", IsPassing: true, null);
        }
        catch (HttpRequestException e)
        {
            // The platform's own message may hold the address.
            return new(
                e.InnerException is SocketException socket
                    ? $"it cannot be reached: {socket.SocketErrorCode}"
                    : $"it cannot be reached: {e.HttpRequestError}", IsPassing: true, null);
        }
    }

    private Answer Read(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => new(null, IsPassing: false, null),
        >= 300 and < 400 and var code => new($"it answered {code}, and redirects are not followed", IsPassing: false, null),
        var code => new($"it answered {code}", IsPassing: code is 408 or 425 or 429 or >= 500, WaitOf(response)),
    };

    private TimeSpan? WaitOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > options.Clock.GetUtcNow() ? date - options.Clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private TimeSpan Backoff(int attempt)
    {
        var full = options.FirstDelay * Math.Pow(2, attempt - 1);
        return (full < options.MaxDelay ? full : options.MaxDelay) * (0.5 + 0.5 * options.Chance());
    }

    private readonly record struct Answer(string? Failure, bool IsPassing, TimeSpan? Wait);
}
