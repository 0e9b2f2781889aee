using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Kubernetes;

/// <summary>
/// Talks to one API server about objects of any type. Objects are JSON trees; what they mean is the caller's business. Every
/// member throws <see cref="KubernetesException"/> when the last try of a request failed, with how far it came and what the
/// server said.
/// </summary>
/// <threadsafety>Safe for any thread.</threadsafety>
public sealed partial class KubernetesClient : IDisposable
{
    private readonly ApiChannel channel;

    /// <summary>Makes a client; it connects at its first request.</summary>
    public KubernetesClient(ClusterConnection connection, ClientOptions? options = null)
    {
        channel = new(connection, options ?? new());
        Discovery = new(channel);
    }

    /// <summary>What the server serves.</summary>
    public Discovery Discovery { get; }

    /// <summary>The connection.</summary>
    public ClusterConnection Connection => channel.Connection;

    /// <summary>How this client behaves.</summary>
    public ClientOptions Options => channel.Options;

    /// <summary>The server's version, such as <c>v1.33.1</c>.</summary>
    /// <exception cref="KubernetesException">The request failed.</exception>
    public async Task<string> GetVersionAsync(CancellationToken cancellation) =>
        (await GetPathAsync("/version", cancellation)).Text("gitVersion");

    /// <summary>Reads whatever object stands at a path.</summary>
    /// <param name="path">Path with its query, escaped.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="KubernetesException">The request failed.</exception>
    public async Task<MappingNode> GetPathAsync(string path, CancellationToken cancellation)
    {
        using var answer = await channel.SendAsync(ApiRequest.Get(path), cancellation);
        return answer.ReadObject();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Discovery.Dispose();
        channel.Dispose();
    }
}
