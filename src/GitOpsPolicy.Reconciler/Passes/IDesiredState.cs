using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>Where Git or its files cannot be used.</summary>
/// <param name="Stage">Where: <c>fetch</c>, <c>verify</c>, <c>history</c>, <c>render</c> or <c>guard</c>.</param>
/// <param name="Message">Why, and what to do.</param>
public sealed record DesiredTrouble(string Stage, string Message);

/// <summary>What came of asking Git.</summary>
/// <param name="Commit">The commit that the unit follows; null where there is none to be had.</param>
/// <param name="Trouble">Why there is none; null where there is one.</param>
public sealed record FetchedRevision(string? Commit, DesiredTrouble? Trouble)
{
    /// <summary>It is no descendant of the one applied: in which way; null where it is.</summary>
    public string? Rewrite { get; init; }
}

/// <summary>What a commit says that shall live.</summary>
public sealed record RenderedRevision
{
    /// <summary>The objects.</summary>
    public ImmutableArray<Manifest> Objects { get; init; } = [];

    /// <summary>What is secret in them.</summary>
    public ImmutableHashSet<string> SensitiveTexts { get; init; } = [];

    /// <summary>How Git keeps the objects that are encrypted there: what rules about Git are shown.</summary>
    public ImmutableDictionary<KubernetesId, Node> Stored { get; init; } = ImmutableDictionary<KubernetesId, Node>.Empty;

    /// <summary>The acknowledgements of the repository as they lay at the commit; null where it cannot be read.</summary>
    public FileTree? Tree { get; init; }

    /// <summary>Why the objects are not all there; null where they are.</summary>
    public DesiredTrouble? Trouble { get; init; }
}

/// <summary>Where units are told what shall live.</summary>
public interface IDesiredState
{
    /// <summary>Asks Git.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="applied">The commit that was applied; null before the first.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<FetchedRevision> FetchAsync(Unit unit, string? applied, CancellationToken cancellation);

    /// <summary>What a commit says that is known already.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<RenderedRevision> RenderAsync(Unit unit, string commit, CancellationToken cancellation);

    /// <summary>Renders other files as if they were a commit's: to see what would come of an edit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="cancellation">Ends it before anything is rendered.</param>
    Task<Func<FileTree, RenderedRevision>> RendererOfAsync(Unit unit, CancellationToken cancellation) =>
        throw new NotSupportedException("What shall live is not made of files here.");

    /// <summary>A commit is another, or comes after it. One that is not known here does not.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="earlier">The other.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<bool> HoldsAsync(Unit unit, string commit, string earlier, CancellationToken cancellation) =>
        Task.FromResult(commit == earlier);

    /// <summary>The files of a commit that is known already; whoever opened them lets them go.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="commit">The commit.</param>
    Loaded<GitRevision> Open(Unit unit, string commit);
}
