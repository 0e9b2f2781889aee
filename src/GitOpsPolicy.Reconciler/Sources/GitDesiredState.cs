using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Rendering;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>Tells passes what Git says: asks it as often as the unit wants, and renders what a commit holds.</summary>
/// <param name="mirror">The repositories.</param>
/// <param name="secrets">Reads what a unit's Secrets say for its source.</param>
/// <param name="decryption">Reads what a unit's files are decrypted with.</param>
/// <param name="scopes">Tells of kinds of a unit's cluster whether their objects lie in namespaces; null for one that it does not
/// serve.</param>
/// <param name="time">The clock.</param>
public sealed class GitDesiredState(
    GitMirror mirror, Func<Unit, CancellationToken, Task<Loaded<GitCredentials>>> secrets,
    Func<Unit, CancellationToken, Task<Loaded<DecryptionKeys>?>> decryption,
    Func<Unit, CancellationToken, Task<Func<KubernetesId, bool?>>> scopes, TimeProvider time) : IDesiredState
{
    private const int MostSources = 3;

    private readonly ConcurrentDictionary<UnitKey, (GitSource Source, FetchedRevision Revision, long At)> last = new();

    // By which each unit was given commits, the latest first, one for each address.
    private readonly ConcurrentDictionary<UnitKey, ImmutableArray<GitSource>> sources = new();

    /// <inheritdoc/>
    public async Task<FetchedRevision> FetchAsync(Unit unit, string? applied, CancellationToken cancellation)
    {
        if (last.TryGetValue(unit.Key, out var known)
            && known.Source == unit.Source
            && time.GetElapsedTime(known.At) < unit.Source.Interval)
            return known.Revision with { Rewrite = known.Revision.Commit == applied ? null : known.Revision.Rewrite };
        var fetched = await AskAsync(unit, applied, cancellation);
        if (fetched.Trouble is not null) return fetched;
        last[unit.Key] = (unit.Source, fetched, time.GetTimestamp());
        sources.AddOrUpdate(unit.Key, [unit.Source], (_, known) =>
            [unit.Source, .. known.Where(other => other.Url != unit.Source.Url).Take(MostSources - 1)]);
        return fetched;
    }

    /// <inheritdoc/>
    public async Task<bool> HoldsAsync(Unit unit, string commit, string earlier, CancellationToken cancellation) =>
        await mirror.RelationAsync(unit.Source, commit, earlier, cancellation) is Relation.Same or Relation.Descendant;

    /// <inheritdoc/>
    public Loaded<GitRevision> Open(Unit unit, string commit)
    {
        var opened = mirror.Open(unit.Source, commit);
        if (opened.Problems.IsEmpty) return opened;
        Doubt(unit, commit);
        // One that was pointed elsewhere is held at what it had where it was let in before, and nowhere else.
        foreach (var source in sources.GetValueOrDefault(unit.Key, []).Where(other => other.Url != unit.Source.Url))
            if (mirror.Open(source, commit) is { Problems.IsEmpty: true } earlier) return earlier;
        return opened;
    }

    /// <inheritdoc/>
    public async Task<RenderedRevision> RenderAsync(Unit unit, string commit, CancellationToken cancellation)
    {
        if (!Open(unit, commit).TryGet(out var tree))
            return Trouble("history", $"commit {PassTarget.Short(commit)} is not to be had any more");
        using (tree)
        {
            var rendered = (await RendererOfAsync(unit, cancellation))(tree);
            if (tree.HasMetDamage) Doubt(unit, commit);
            return rendered with { Tree = KeptFiles.Of(tree, UnitPass.FolderOfAcknowledgements) };
        }
    }

    /// <inheritdoc/>
    public async Task<Func<FileTree, RenderedRevision>> RendererOfAsync(Unit unit, CancellationToken cancellation)
    {
        var keys = unit.Render.DecryptionSecretName is null ? null : await decryption(unit, cancellation);
        if (keys is { Problems: [var missing, ..] }) return _ => Trouble("render", $"{missing}");
        var renderer = new UnitRenderer(await scopes(unit, cancellation));
        return tree =>
        {
            var rendered = renderer.Render(tree, unit, keys is not null && keys.TryGet(out var read) ? read : null);
            return new()
            {
                Objects = rendered.Set.Objects,
                Stored = rendered.Stored,
                SensitiveTexts = rendered.Set.SensitiveTexts,
                Trouble = rendered.IsWhole ? null : new(rendered.Stage!, rendered.Message),
            };
        };
    }

    // The next pass asks anew, and the mirror is looked at before it answers.
    private void Doubt(Unit unit, string commit)
    {
        if (mirror.Doubt(unit.Source, commit)) last.TryRemove(unit.Key, out _);
    }

    private async Task<FetchedRevision> AskAsync(Unit unit, string? applied, CancellationToken cancellation)
    {
        var read = await secrets(unit, cancellation);
        if (!read.TryGet(out var credentials))
            return new(
                null,
                new(
                    "fetch",
                    read.Problems[0] is { Hint: { } hint } problem ? $"{problem.Message} ({hint})" : read.Problems[0].Message));
        switch (await mirror.FetchAsync(unit.Source, credentials, applied, cancellation))
        {
            case FetchResult.Fetched fetched:
                return new(fetched.Commit, null) { Rewrite = RewriteOf(fetched) };
            case FetchResult.Failed failed:
                return new(null, new(failed.Stage, AboutAddress(unit.Source.Url, failed)));
            default:
                throw new InvalidOperationException("Git either gives a commit or does not.");
        }
    }

    private static string AboutAddress(string url, FetchResult.Failed failed) =>
        failed.Fault == FetchFault.CacheUnusable ? failed.Message : $"{GitAddress.Show(url)}: {failed.Message}";

    private static string? RewriteOf(FetchResult.Fetched fetched) => fetched switch
    {
        { IsTagMoved: true, Relation: not Relation.Same } => "and the tag named another commit before",
        { Relation: Relation.Behind } => "which comes before the commit that is applied",
        { Relation: Relation.Unrelated } => "which does not come after the commit that is applied: history was written anew",
        _ => null,
    };

    private static RenderedRevision Trouble(string stage, string message) => new() { Trouble = new(stage, message) };
}
