using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Reconciler.Rendering;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Crash;

/// <summary>The real sources of units: repositories of this machine, mirrored in a cache folder and rendered.</summary>
internal static class GitRevisions
{
    private static readonly Func<KubernetesId, bool?> InNamespaces = static _ => true;

    /// <summary>Opens the mirrors.</summary>
    public static GitMirror Open(string cache, TimeSpan freshness) =>
        new(new() { CacheFolder = cache, AllowsLocal = true, Freshness = freshness }, TimeProvider.System);

    /// <summary>What they tell passes.</summary>
    public static GitDesiredState Of(GitMirror mirror) => new(
        mirror,
        static (_, _) => Task.FromResult(new Loaded<GitCredentials>(GitCredentials.None)),
        static (_, _) => Task.FromResult<Loaded<DecryptionKeys>?>(null),
        static (_, _) => Task.FromResult(InNamespaces),
        TimeProvider.System);

    /// <summary>A unit that follows a folder of its name in a repository, and asks at each pass.</summary>
    public static Unit UnitOf(string name, string repository)
    {
        var unit = EngineParts.UnitOf(name);
        return unit with { Source = unit.Source with { Url = repository, Interval = TimeSpan.FromTicks(1) } };
    }
}
