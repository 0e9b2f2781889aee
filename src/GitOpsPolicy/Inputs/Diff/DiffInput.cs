using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>
/// Compares the objects of a base with those of the head: what is made, changed, made anew and pruned. Objects are recognised
/// by what they are, not by where they stand, so moving them between files changes nothing.
/// </summary>
/// <param name="head">The files as they shall be.</param>
/// <param name="baseFiles">The files as they were.</param>
/// <param name="standardInput">What the path <c>-</c> stands for at the head; null where there is none.</param>
public sealed class DiffInput(FileTree head, FileTree baseFiles, Stream? standardInput = null)
{
    /// <summary>
    /// The folder of the base that is compared as a whole with the paths given, when the base is a folder rather than a
    /// revision; null when each path is compared with the same path of the base.
    /// </summary>
    public string? BaseFolder { get; init; }

    /// <summary>
    /// Renders kustomizations and charts that are given as paths, on both sides; null to read their files as they are.
    /// </summary>
    public IRenderer? Renderer { get; init; }

    /// <summary>
    /// The environment that a file belongs to; null for none. Environments have clusters of their own, so an object of one is
    /// never that of another, though it has its name.
    /// </summary>
    public Func<string, string?> EnvironmentOf { get; init; } = static _ => null;

    /// <summary>A file or folder of the head that is left out; null for none.</summary>
    public string? Except { get; init; }

    /// <summary>Compares with a base that was named by the user.</summary>
    public DiffInput(FileTree head, ComparisonBase comparisonBase, Stream? standardInput = null)
        : this(head, comparisonBase.Files, standardInput) => BaseFolder = comparisonBase.Folder;

    /// <summary>Compares everything that some paths stand for.</summary>
    public ChangeSet ReadChanges(IReadOnlyList<string> paths)
    {
        var places = new BasePlaces(baseFiles, BaseFolder, paths);
        var before = new ManifestInput(baseFiles)
        {
            Renderer = Renderer,
            Except = Except,
        }.Scan(places.BasePaths, mayMiss: _ => true);
        var after = new ManifestInput(head, standardInput)
        {
            Renderer = Renderer,
            Except = Except,
        }.Scan(paths, mayMiss: places.ExistsAtBase);
        var scopes = new ScopeTable();
        before.Teach(scopes);
        after.Teach(scopes);
        return new Comparison(before.Build(scopes), after.Build(scopes), new(head, places), EnvironmentOf).Run();
    }
}

/// <summary>One comparison of two sets of objects.</summary>
internal sealed class Comparison(ManifestSet before, ManifestSet after, Survivors survivors, Func<string, string?> environmentOf)
{
    private readonly List<Change> changes = [];
    private readonly List<string> notes = [.. after.Notes];
    private readonly List<string> incomplete = [];

    /// <summary>Finds the changes: those of the head in its order, then what is gone.</summary>
    public ChangeSet Run()
    {
        var unmatched = new BaseObjects(before.Objects, old => environmentOf(survivors.HeadPathOf(old.File)));
        foreach (var manifest in after.Objects)
            changes.Add(unmatched.TryFind(manifest.Id, environmentOf(manifest.File), out var old)
                ? Compare(old, manifest)
                : Create(manifest));
        foreach (var gone in unmatched.Rest()) AddDelete(gone);
        Renames.Pair(changes, notes);
        changes.AddRange(ToolFileChanges.Between(before, after, survivors));
        TellUnbuilt();
        foreach (var problem in before.Problems)
            incomplete.Add($"the base cannot be read in full, so deletes may be missing: {problem}");
        return new()
        {
            Changes = [.. changes],
            CountBefore = before.Objects.Length,
            Incomplete = [.. incomplete],
            Problems = after.Problems,
            Notes = [.. notes],
            SensitiveTexts = before.SensitiveTexts.Union(after.SensitiveTexts),
        };
    }

    // A file that a kustomization no longer lists is gone from what is deployed, though it is still there to be read.
    private void TellUnbuilt()
    {
        foreach (var old in before.Others.Where(RenderTarget.IsKustomization))
        {
            var path = survivors.HeadPathOf(old.Source.Path);
            var now = after.Others.FirstOrDefault(document =>
                Plain(document.Source.Path) == Plain(path) && RenderTarget.IsKustomization(document));
            var kept = now is null ? [] : RenderTarget.ResourcesOf(now).ToHashSet(StringComparer.Ordinal);
            foreach (var dropped in RenderTarget.ResourcesOf(
                old).Where(entry => !kept.Contains(entry) && survivors.IsThere(path, entry)))
                incomplete.Add($"{path} no longer lists `{dropped}`, which is still there: what that deletes shows only when the kustomization is built; give each folder that is deployed as a path");
        }
    }

    // A path that was given as `.` may or may not stand in front.
    private static string Plain(string path) => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

    private static Change Create(Manifest manifest) => new()
    {
        Resource = manifest.Id,
        Operation = Operation.Create,
        Origin = ChangeOrigin.Diff,
        After = manifest.Object,
        Location = manifest.Location,
        File = manifest.File,
    };

    private Change Compare(Manifest old, Manifest manifest)
    {
        var change = Create(manifest) with
        {
            Before = old.Object,
            Previous = old.Id.ApiVersion == manifest.Id.ApiVersion ? null : old.Id,
            Operation = Operation.Update,
        };
        if (NodeEquality.AreEqual(old.Object, manifest.Object)) return change with { Operation = Operation.None };
        var paths = ImmutableFields.Changed(manifest.Id, old.Object, manifest.Object);
        if (paths.IsEmpty && ForcedReplace.OnEveryChange(manifest.Id.Kind, manifest.Object))
            paths = [ForcedReplace.SyncOptionsPointer];
        return paths.IsEmpty ? change : Replace(change, paths);
    }

    private Change Replace(Change change, ImmutableArray<string> paths)
    {
        var force = ForcedReplace.OnRefusal(change.After!);
        if (force is not null) notes.Add($"{change.Location}: `{force}` has {change.Resource} deleted and made again");
        return change with
        {
            Operation = Operation.Replace,
            Cause = ChangeCause.Replace,
            Reason = force ?? "immutable field",
            ReplacePaths = paths,
        };
    }

    // What cannot be read at the head is not known to be gone.
    private void AddDelete(Manifest gone)
    {
        var place = survivors.HeadPathOf(gone.File);
        if (after.Problems.Any(problem => IsWithin(place, problem.Location.File)))
        {
            incomplete.Add($"{gone.Id} of the base may or may not be deleted, because `{place}` cannot be read");
            return;
        }

        changes.Add(new()
        {
            Resource = gone.Id,
            Operation = Operation.Delete,
            Cause = ChangeCause.Prune,
            Origin = ChangeOrigin.Diff,
            Before = gone.Object,
            Location = gone.Location,
            File = survivors.FileFor(place),
        });
    }

    private static bool IsWithin(string path, string place) =>
        path == place || path.StartsWith(place.TrimEnd('/') + "/", StringComparison.Ordinal);
}
