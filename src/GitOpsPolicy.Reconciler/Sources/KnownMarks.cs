using System.Collections.Concurrent;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>What a branch, a tag or a commit's id means.</summary>
/// <param name="ObjectId">The object that the server names: of an annotated tag, the tag.</param>
/// <param name="Commit">The commit that it leads to.</param>
internal sealed record Mark(string ObjectId, string Commit);

/// <summary>
/// Where a mirror stands, as far as this process has seen all files of the commits listed: a server that names the same object
/// needs not be fetched from. It is kept in memory alone, so that a new process looks for itself.
/// </summary>
internal sealed class KnownMarks
{
    private readonly ConcurrentDictionary<string, Mark> marks = new(StringComparer.Ordinal);

    /// <summary>Where it stands; null for not known.</summary>
    public Mark? Find(GitReference reference) => marks.GetValueOrDefault(reference.Name);

    /// <summary>Some reference stands at a commit.</summary>
    public bool Holds(string commit) => marks.Values.Any(mark => mark.Commit == commit);

    /// <summary>It stands there.</summary>
    public void Put(GitReference reference, Mark mark) => marks[reference.Name] = mark;

    /// <summary>Nothing is known any more.</summary>
    public void Clear() => marks.Clear();
}
