using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Configuration;

/// <summary>
/// Kubeconfig files as kubectl merges them: the first file that names a cluster, user or context owns that name, and the first
/// <c>current-context</c> counts. Relative paths mean the folder of the file they stand in.
/// Source: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/.
/// </summary>
internal static class KubeConfig
{
    /// <summary>Reads the files and makes the connection of one context.</summary>
    /// <param name="paths">The files, in the order of precedence; all of them are there.</param>
    /// <param name="context">The context; null for the files' own choice.</param>
    /// <param name="time">The clock by which credentials run out.</param>
    public static Loaded<ClusterConnection> Load(IReadOnlyList<string> paths, string? context, TimeProvider time)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var files = new List<KubeConfigFile>();
        foreach (var path in paths)
        {
            var read = KubeConfigFile.Read(path);
            problems.AddRange(read.Problems);
            if (read.TryGet(out var file)) files.Add(file);
        }

        return problems.Count > 0 ? new(problems.ToImmutable()) : Read(files, context, time);
    }

    /// <summary>Makes the connection of one context of files that were read.</summary>
    public static Loaded<ClusterConnection> Read(IReadOnlyList<KubeConfigFile> files, string? context, TimeProvider time)
    {
        var chosen = context
            ?? files.Select(static file => file.CurrentContext).FirstOrDefault(static name => !string.IsNullOrEmpty(name));
        if (chosen is null)
        {
            return new([new(new(files[0].Path, 0, 0), "no context is chosen: `current-context` is not set",
                "run `kubectl config use-context NAME` or give `--context NAME`; known: " + Known(files, "contexts"))]);
        }

        return new ContextReader(files, time).Read(chosen);
    }

    /// <summary>The names of one list in all files, for a message.</summary>
    internal static string Known(IEnumerable<KubeConfigFile> files, string list)
    {
        var names = files.SelectMany(file => file.Names(list))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return names.Count == 0 ? "none" : string.Join(", ", names);
    }
}
