using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Tests.Model;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>A bench whose revisions are commits of a repository on disk.</summary>
internal sealed class GitBench : IAsyncDisposable
{
    private readonly TemporaryFolder cache = new();
    private readonly GitMirror mirror;

    private GitBench(Bench bench, TemporaryFolder origin)
    {
        (Bench, Origin) = (bench, origin);
        mirror = GitRevisions.Open(Cache, TimeSpan.Zero);
        Desired = GitRevisions.Of(mirror);
    }

    /// <summary>The repository that somebody works in.</summary>
    public TemporaryFolder Origin { get; }

    /// <summary>The folder of mirrors.</summary>
    public string Cache => cache.Path;

    /// <summary>Server, log and model.</summary>
    public Bench Bench { get; }

    /// <summary>What passes in this process are told by.</summary>
    public GitDesiredState Desired { get; }

    /// <summary>Opens one with a first commit that is applied.</summary>
    /// <param name="objects">What it says.</param>
    /// <param name="source">How the unit follows it, beside where it is.</param>
    public static async Task<GitBench> StartAsync(IEnumerable<JsonObject> objects, Func<GitSource, GitSource>? source = null)
    {
        var origin = new TemporaryFolder();
        var unit = GitRevisions.UnitOf("shop", origin.Path);
        var bench = new GitBench(
            await Bench.StartAsync(unit with { Source = source?.Invoke(unit.Source) ?? unit.Source }), origin);
        bench.Commit(objects);
        return bench;
    }

    /// <summary>Commits a revision of the unit; it is what Git says then.</summary>
    public string Commit(IEnumerable<JsonObject> objects)
    {
        var all = objects.ToList();
        var commit = Write(all).Commit();
        Bench.Log.Push(commit, all);
        return commit;
    }

    /// <summary>Git says something that was committed before.</summary>
    public void Says(IEnumerable<JsonObject> objects, string commit) => Bench.Log.Push(commit, objects);

    /// <summary>A process of the engine in this one.</summary>
    public InProcess Process(TimeProvider? time = null, Unit? unit = null) =>
        Bench.Process(desired: Desired, time: time, unit: unit);

    private TemporaryFolder Write(IEnumerable<JsonObject> objects) =>
        Origin.Write("shop/all.yaml", string.Join("\n---\n", objects.Select(static one => one.ToJsonString())));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        mirror.Dispose();
        cache.Dispose();
        Origin.Dispose();
    }
}
