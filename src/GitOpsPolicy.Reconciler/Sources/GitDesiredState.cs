using System.Collections.Concurrent;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>Tells passes what Git says: asks it as often as the unit wants, and renders what a commit holds.</summary>
/// <param name="mirror">The repositories.</param>
/// <param name="secrets">Reads what a unit's Secrets say for its source.</param>
/// <param name="time">The clock.</param>
public sealed class GitDesiredState(GitMirror mirror, Func<Unit, CancellationToken, Task<Loaded<GitCredentials>>> secrets, TimeProvider time) : IDesiredState
{
    private readonly ConcurrentDictionary<UnitKey, (GitSource Source, FetchedRevision Revision, long At)> last = new();

    /// <inheritdoc/>
    public async Task<FetchedRevision> FetchAsync(Unit unit, string? applied, CancellationToken cancellation)
    {
        if (last.TryGetValue(unit.Key, out var known) && known.Source == unit.Source && time.GetElapsedTime(known.At) < unit.Source.Interval)
            return known.Revision with { Rewrite = known.Revision.Commit == applied ? null : known.Revision.Rewrite };
        var fetched = await AskAsync(unit, applied, cancellation);
        if (fetched.Trouble is null) last[unit.Key] = (unit.Source, fetched, time.GetTimestamp());
        return fetched;
    }

    /// <summary>Asks Git at the next pass, whenever it was asked last.</summary>
    public void Forget(UnitKey unit) => last.TryRemove(unit, out _);

    /// <inheritdoc/>
    public Task<RenderedRevision> RenderAsync(Unit unit, string commit, CancellationToken cancellation)
    {
        if (!mirror.Open(unit.Source, commit).TryGet(out var tree)) return Task.FromResult(Trouble("history", $"commit {PassTarget.Short(commit)} is not to be had any more"));
        var path = unit.Source.Path.Length == 0 ? "." : unit.Source.Path;
        var manifests = new ManifestInput(tree) { Renderer = new ToolRenderer() }.Read([path]);
        if (!manifests.Problems.IsEmpty) return Task.FromResult(Trouble("render", $"{manifests.Problems[0]}"));
        return Task.FromResult(new RenderedRevision { Objects = manifests.Objects, SensitiveTexts = manifests.SensitiveTexts, Tree = tree });
    }

    private async Task<FetchedRevision> AskAsync(Unit unit, string? applied, CancellationToken cancellation)
    {
        if (!(await secrets(unit, cancellation)).TryGet(out var credentials)) return new(null, new("fetch", "the Secret of the source cannot be used"));
        switch (await mirror.FetchAsync(unit.Source, credentials, applied, cancellation))
        {
            case FetchResult.Fetched fetched:
                fetched.Tree.Dispose();
                return new(fetched.Commit, null) { Rewrite = RewriteOf(fetched) };
            case FetchResult.Failed failed:
                return new(null, new(failed.Stage, failed.Message));
            default:
                throw new InvalidOperationException("Git either gives a commit or does not.");
        }
    }

    private static string? RewriteOf(FetchResult.Fetched fetched) => fetched switch
    {
        { IsTagMoved: true, Relation: not Relation.Same } => "and the tag named another commit before",
        { Relation: Relation.Behind } => "which comes before the commit that is applied",
        { Relation: Relation.Unrelated } => "which does not come after the commit that is applied: history was written anew",
        _ => null,
    };

    private static RenderedRevision Trouble(string stage, string message) => new() { Trouble = new(stage, message) };
}
