using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Policies.Configuration;

namespace GitOpsPolicy.Inputs.Live;

/// <summary>
/// Reads objects that live, as <c>kubectl get -o yaml</c> writes them, and tells where they have drifted from what files say.
/// </summary>
/// <param name="tree">Where paths lead.</param>
/// <param name="live">The file or folder with what lives; <c>-</c> for standard input.</param>
/// <param name="standardInput">What <c>-</c> stands for; null where there is none.</param>
public sealed class LiveInput(FileTree tree, string live, Stream? standardInput = null)
{
    /// <summary>
    /// The files as they were before a pull request; null where the objects that live tell what was applied last.
    /// </summary>
    public FileTree? Base { get; init; }

    /// <summary>The folder of the base that is compared as a whole, when the base is a folder; else null.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>Renders kustomizations and charts among what is wanted; null to read their files as they are.</summary>
    public IRenderer? Renderer { get; init; }

    /// <summary>What the configuration says about drift.</summary>
    public DriftSettings Settings { get; init; } = DriftSettings.None;

    /// <summary>The environment that a file belongs to; null for none.</summary>
    public Func<string, string?> EnvironmentOf { get; init; } = static _ => null;

    /// <summary>
    /// The paths are all of what they are part of: what finds nothing to ignore there is a mistake, else only worth a note.
    /// </summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The drift between what some paths say and what lives.</summary>
    public ChangeSet ReadChanges(IReadOnlyList<string> paths)
    {
        var desired = new ManifestInput(tree) { Renderer = Renderer, Except = live }.Scan(paths, mayMiss: static _ => true);
        var there = new ManifestInput(tree, standardInput) { Limits = ManifestInput.StreamLimits }.Scan([live]);
        var before = Base is null
            ? null
            : new ManifestInput(Base)
            {
                Renderer = Renderer,
                Except = live,
            }.Scan(new BasePlaces(Base, BaseFolder, paths).BasePaths, mayMiss: static _ => true);
        var scopes = new ScopeTable();
        before?.Teach(scopes);
        desired.Teach(scopes);
        there.Teach(scopes);
        var ignoring = new DriftIgnoring(Settings.Ignore);
        var drift = new LiveDrift(desired.Build(scopes), there.Build(scopes))
        {
            Applied = before?.Build(scopes),
            Ignoring = ignoring,
            EnvironmentOf = EnvironmentOf,
        }.ReadChanges();
        return ignoring.AddUnusedTo(drift, IsWhole);
    }
}
