using System.Reflection;
using System.Runtime.InteropServices;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>How a client behaves towards an API server. The defaults suit a controller beside others.</summary>
public sealed record ClientOptions
{
    /// <summary>How long one try of a request may take. The API server gives up after 60 s itself.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests under way at the same time, watches not counted.</summary>
    public int MaxConcurrency { get; init; } = 32;

    /// <summary>
    /// Spaces requests out, tries counted one by one; clients that are given the same share it. Null for as many as there are.
    /// </summary>
    public RequestPace? Pace { get; init; }

    /// <summary>How often a request is tried at most.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The longest wait between two tries; a server that asks for more gets the failure reported instead.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after a first failure, doubled each time, with a random share.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Bytes of one answer, unpacked. A page of a list is one answer.</summary>
    public long MaxResponseBytes { get; init; } = 256L << 20;

    /// <summary>Objects of a list asked for at a time; kubectl's number.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>How the client names itself. Audit logs and API priority rules show it.</summary>
    public string UserAgent { get; init; } = DefaultUserAgent();

    /// <summary>Told of each failure after which the same request is tried again; null for nobody. It returns quickly.</summary>
    public Action<ApiFailure>? Waiting { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Chance for the random share of waits: numbers from 0 to 1.</summary>
    internal Func<double> Chance { get; init; } = Random.Shared.NextDouble;

    private static string DefaultUserAgent()
    {
        var built = typeof(ClientOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        var version = built?.InformationalVersion.Split('+')[0];
        return $"gitops-policy/{version} ({RuntimeInformation.RuntimeIdentifier})";
    }
}
