using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>One request to the API server, as often as it has to be sent.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path with its query, starting with <c>/</c>, already escaped.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>The body; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Media type of the body.</summary>
    public string BodyType { get; init; } = "application/json";

    /// <summary>Media types that are welcome.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Sending it twice does what sending it once does.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>How long one try may take, its answer included; for a watch, until the answer begins.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The answer is read as it comes and may never end.</summary>
    public bool IsWatch { get; init; }

    /// <summary>Method and path without the query, for messages.</summary>
    public string Label => Path.IndexOf('?') is var query and >= 0 ? $"{Method} {Path[..query]}" : $"{Method} {Path}";

    /// <summary>A request that changes nothing.</summary>
    public static ApiRequest Get(string path) => new(HttpMethod.Get, path) { IsRepeatable = true };

    /// <summary>A request with a JSON value as its body.</summary>
    public static ApiRequest With(HttpMethod method, string path, Node body)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        NodeWriter.WriteJson(body, output);
        return new(method, path) { Body = output.WrittenMemory };
    }
}

/// <summary>Puts a query together.</summary>
internal sealed class Query
{
    private readonly StringBuilder text = new();

    /// <summary>Adds a parameter; nothing when its value is null.</summary>
    public Query Add(string name, string? value)
    {
        if (value is not null)
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    /// <summary>Adds a parameter that is <c>true</c>; nothing when it is not.</summary>
    public Query Add(string name, bool value) => Add(name, value ? "true" : null);

    /// <summary>The query with its question mark; empty without parameters.</summary>
    public override string ToString() => text.ToString();
}
