using System.Buffers;
using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>A whole answer of the API server.</summary>
/// <param name="Request">What was asked, for messages.</param>
/// <param name="Code">HTTP status code, below 300.</param>
/// <param name="MediaType">Media type with its parameters.</param>
/// <param name="Warnings">What the server warns about.</param>
/// <param name="Body">The body.</param>
internal sealed record ApiAnswer(
    string Request, int Code, string MediaType, ImmutableArray<string> Warnings, ResponseBuffer Body) : IDisposable
{
    /// <summary>The body as an object.</summary>
    /// <exception cref="KubernetesException">It is none.</exception>
    public MappingNode ReadObject()
    {
        var loaded = JsonReader.Read(new ServerText(Request), Body.Bytes.ToArray(), ServerText.Limits);
        if (!loaded.TryGet(out var document)) throw Unreadable(Request, loaded.Problems[0]);
        return document.Root as MappingNode ?? throw Unreadable(Request, new(new("answer", 1, 1), "it is no JSON object"));
    }

    /// <summary>The failure of an answer that cannot be understood.</summary>
    public static KubernetesException Unreadable(string request, Problem problem) =>
        new(new()
        {
            Stage = FailureStage.Reading,
            Request = request,
            Message =
                $"the answer cannot be read: {problem.Message} at line {problem.Location.Line}, column {problem.Location.Column}",
        });

    /// <inheritdoc/>
    public void Dispose() => Body.Dispose();
}

/// <summary>The text of an object that a server sent. It is not kept, so nothing can show its lines.</summary>
internal sealed class ServerText(string request) : SourceFile(request)
{
    /// <summary>
    /// What is taken from a server: more than it takes itself (1.5 MiB by etcd, 3 MiB by HTTP), and deeper than any real object.
    /// </summary>
    public static ReaderLimits Limits { get; } = new(MaxDepth: 400, MaxNodes: 2_000_000);

    /// <inheritdoc/>
    public override bool TryGetExcerpt(int line, int column, out Excerpt excerpt)
    {
        excerpt = default;
        return false;
    }
}
