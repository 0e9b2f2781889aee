using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Terraform.Configuration;
using GitOpsPolicy.Knowledge.Promotion;

namespace GitOpsPolicy.Inputs.Promotion;

/// <summary>Which versions an environment had and when, by the contents that its files had.</summary>
/// <param name="revision">Where contents are read.</param>
/// <param name="history">What files held at which time.</param>
/// <param name="isWanted">A file belongs to the environment.</param>
internal sealed class EnvironmentHistory(GitRevision revision, GitHistory history, Func<string, bool> isWanted)
{
    private readonly Dictionary<string, HashSet<string>> keysOf = new(StringComparer.Ordinal);

    /// <summary>The times that some versions were there, those that touch or overlap joined to one.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="versions">Versions by their keys.</param>
    public IEnumerable<VersionStay> StaysOf(string environment, IReadOnlyDictionary<string, string> versions)
    {
        var found = new List<VersionStay>();
        foreach (var file in history.Stays(path => isWanted(revision.PathOf(path))))
            foreach (var key in KeysOf(file, versions))
                found.Add(new(environment, key, file.Since, file.Until, file.IsCut));
        return found.GroupBy(stay => stay.Version, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(Join);
    }

    private static IEnumerable<VersionStay> Join(IEnumerable<VersionStay> stays)
    {
        VersionStay? open = null;
        foreach (var stay in stays.OrderBy(s => s.Since))
        {
            if (open is null)
            {
                open = stay;
            }
            else if (open.Until is { } until && stay.Since > until)
            {
                yield return open;
                open = stay;
            }
            else
            {
                open = open with { Until = open.Until is null || stay.Until is null ? null
                    : stay.Until > open.Until ? stay.Until
                    : open.Until };
            }
        }

        if (open is not null) yield return open;
    }

    // A content is read once, and only if one of the versions stands in it.
    private HashSet<string> KeysOf(FileStay file, IReadOnlyDictionary<string, string> versions)
    {
        if (keysOf.TryGetValue(file.ObjectId, out var known)) return known;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        if (revision.TryReadObject(file.ObjectId, out var bytes)
            && versions.Values.Any(version => bytes.Span.IndexOf(Encoding.UTF8.GetBytes(version)) >= 0))
            foreach (var key in Read(file.Path, bytes).Where(versions.ContainsKey)) keys.Add(key);
        return keysOf[file.ObjectId] = keys;
    }

    private IEnumerable<string> Read(string path, ReadOnlyMemory<byte> bytes)
    {
        if (TerraformVersions.MayBeAt(path))
        {
            foreach (var version in DeployedVersion.Find(
                TerraformVersions.Read(new TextFile(path, bytes)), new FileId(TerraformVersions.Kind, path)))
                yield return version.Key;
            yield break;
        }

        if (!YamlReader.Read(new TextFile(path, bytes), bytes, ReaderLimits.Default).TryGet(out var stream)) yield break;
        var id = ToolFiles.OfBuild(revision, path, stream.Documents)?.Id;
        foreach (var document in stream.Documents)
            foreach (var version in DeployedVersion.Find(document.Root, id)) yield return version.Key;
    }
}
