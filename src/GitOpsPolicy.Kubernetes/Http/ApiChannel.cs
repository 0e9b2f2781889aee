using System.Buffers;
using System.Security.Authentication;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Credentials;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>
/// Requests and answers: proves the caller, counts what is under way, minds the time and tries again where the table says so.
/// </summary>
internal sealed class ApiChannel(ClusterConnection connection, ClientOptions options) : IDisposable
{
    private const long MaxRefusalBytes = 4 << 20;

    private readonly Transport transport = new(connection, options);
    private readonly SemaphoreSlim gate = new(options.MaxConcurrency, options.MaxConcurrency);

    /// <summary>How this client behaves.</summary>
    public ClientOptions Options { get; } = options;

    /// <summary>The connection.</summary>
    public ClusterConnection Connection { get; } = connection;

    /// <summary>Sends a request and reads its answer to the end.</summary>
    /// <exception cref="KubernetesException">The last try failed.</exception>
    public Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellation) =>
        TryAgainAsync(request, token => UnderGateAsync(request, token), cancellation);

    /// <summary>Sends a request and gives back the answer at its head; the caller reads and disposes it.</summary>
    /// <exception cref="KubernetesException">The last try failed.</exception>
    public Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellation) =>
        TryAgainAsync(request, token => AuthenticatedAsync(request, token), cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        transport.Dispose();
        gate.Dispose();
    }

    private async Task<T> TryAgainAsync<T>(
        ApiRequest request, Func<CancellationToken, Task<T>> once, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (Options.Pace?.Take() is { } wait && wait > TimeSpan.Zero) await Task.Delay(wait, Options.Time, cancellation);
            try
            {
                return await InTimeAsync(request, once, cancellation);
            }
            catch (KubernetesException e) when (RetryTable.Delay(request, e.Failure, attempt, Options) is { } delay)
            {
                Options.Waiting?.Invoke(e.Failure);
                await Task.Delay(delay, Options.Time, cancellation);
            }
        }
    }

    private async Task<T> InTimeAsync<T>(
        ApiRequest request, Func<CancellationToken, Task<T>> once, CancellationToken cancellation)
    {
        var timeout = request.Timeout ?? Options.Timeout;
        using var clock = new CancellationTokenSource(timeout, Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
        try
        {
            return await once(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(request, FailureStage.Waiting, $"no answer from {Connection} within {timeout.TotalSeconds:0.#} s", e);
        }
        catch (CredentialException e)
        {
            throw Failed(request, FailureStage.Credential, e.Message, e);
        }
        catch (HttpRequestException e)
        {
            throw NotReached(request, e);
        }
        catch (IOException e)
        {
            throw Failed(request, FailureStage.Waiting, $"the connection to {Connection} broke: {e.Message.TrimEnd('.')}", e);
        }
    }

    private async Task<ApiAnswer> UnderGateAsync(ApiRequest request, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            using var response = await AuthenticatedAsync(request, cancellation);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var body = await ResponseBuffer.ReadAsync(stream, Options.MaxResponseBytes, cancellation)
                ?? throw Failed(
                    request, FailureStage.Reading,
                    $"the answer is longer than {Options.MaxResponseBytes:N0} bytes; list smaller pages");
            return new(
                request.Label, (int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "",
                WarningHeaders.Read(response), body);
        }
        finally
        {
            gate.Release();
        }
    }

    // A token may have run out earlier than it said, so a refused one is asked for anew, once.
    private async Task<HttpResponseMessage> AuthenticatedAsync(ApiRequest request, CancellationToken cancellation)
    {
        var proof = await Connection.Credential.GetAsync(cancellation);
        var response = await transport.SendAsync(request, proof, cancellation);
        if ((int)response.StatusCode == 401 && Connection.Credential.Refuse(proof))
        {
            response.Dispose();
            proof = await Connection.Credential.GetAsync(cancellation);
            response = await transport.SendAsync(request, proof, cancellation);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response) throw await RefusedAsync(request, response, cancellation);
    }

    private async Task<KubernetesException> RefusedAsync(
        ApiRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var body = await ResponseBuffer.ReadAsync(stream, MaxRefusalBytes, cancellation);
        return new(StatusReader.Read(request, response, body is null ? [] : body.Bytes.ToArray(), Options.Time.GetUtcNow()));
    }

    private KubernetesException NotReached(ApiRequest request, HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => Failed(
            request, FailureStage.Connecting,
            $"the host of {Connection} is not known ({Innermost(e)}); check `server` in the kubeconfig", e),
        HttpRequestError.SecureConnectionError when e.InnerException is AuthenticationException => Failed(
            request, FailureStage.Securing,
                $"the certificate of {Connection} is not trusted: {Innermost(e)}; check `certificate-authority` and `tls-server-name` in the kubeconfig", e),
        HttpRequestError.SecureConnectionError =>
            Failed(request, FailureStage.Connecting, $"no TLS connection with {Connection}: {Innermost(e)}", e),
        HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError =>
            Failed(
                request, FailureStage.Connecting,
                $"cannot connect to {Connection}: {Innermost(e)}; is it running, and is `server` in the kubeconfig right?", e),
        _ => Failed(request, FailureStage.Waiting, $"the connection to {Connection} broke: {Innermost(e)}", e),
    };

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return Shown.Line(e.Message.TrimEnd('.'));
    }

    private static KubernetesException Failed(ApiRequest request, FailureStage stage, string message, Exception? inner = null) =>
        new(new() { Stage = stage, Request = request.Label, Message = message }, inner);
}
