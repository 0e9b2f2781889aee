using System.Diagnostics.CodeAnalysis;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>
/// A container image reference, read and normalised the way container runtimes read it: grammar and normalisation are those of
/// the code of github.com/distribution/reference, which is what Docker, containerd and the kubelet share.
/// </summary>
/// <param name="Registry">Host, with its port where one is written, as the source spelt it: <c>docker.io</c>,
/// <c>localhost:5000</c>.</param>
/// <param name="Path">Path within the registry: <c>library/nginx</c>.</param>
/// <param name="Tag">The tag written; null when there is none.</param>
/// <param name="Digest">The digest written, algorithm included; null when there is none. Where there is one it alone decides what
/// runs.</param>
internal sealed record ImageReference(string Registry, string Path, string? Tag, string? Digest)
{
    /// <summary>Registry and path: <c>docker.io/library/nginx</c>.</summary>
    public string Repository { get; } = $"{Registry}/{Path}";

    /// <summary>The last segment of the path: <c>nginx</c>.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>
    /// The tag that is pulled: the one written, or <c>latest</c> where neither tag nor digest is; null where only a digest is.
    /// </summary>
    public string? PulledTag => Tag ?? (Digest is null ? "latest" : null);

    /// <summary>
    /// Reads a reference. On failure <paramref name="problem"/> says what is wrong: <c>has capitals in its path</c>.
    /// </summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out string? problem)
    {
        problem = ImageGrammar.Read(text, out reference);
        return problem is null;
    }

    /// <summary>The normal form, every part written out.</summary>
    public override string ToString() => (PulledTag, Digest) switch
    {
        ({ } tag, null) => $"{Repository}:{tag}",
        (null, { } digest) => $"{Repository}@{digest}",
        var (tag, digest) => $"{Repository}:{tag}@{digest}",
    };
}
