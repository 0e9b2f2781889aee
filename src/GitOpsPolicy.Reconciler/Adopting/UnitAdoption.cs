using GitOpsPolicy.Changes;
using GitOpsPolicy.Fixing;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Adopting;

/// <summary>How Git takes over what was changed by hand in one unit.</summary>
/// <param name="Commit">The commit whose files are edited; null where it is not known.</param>
/// <param name="Found">The edits, and what is not among them.</param>
public sealed record AdoptedUnit(string? Commit, Adoption Found)
{
    /// <summary>Why nothing is known; null where something is.</summary>
    public string? Trouble { get; init; }

    /// <summary>What keeps the engine from putting anything back for now; null for nothing.</summary>
    public Pause? Paused { get; init; }

    /// <summary>The engine judged the unit by other rules, and may class drift otherwise.</summary>
    public bool HasOtherRules { get; init; }
}

/// <summary>
/// Looks for the edits by which Git says what lives where somebody changed it: where drift waits for a decision. What the engine
/// brings back by itself is nobody's to adopt. It only reads, so that it may run beside the engine.
/// </summary>
/// <param name="services">What passes need; nothing is written by them.</param>
public sealed class UnitAdoption(PassServices services)
{
    /// <summary>Looks for them.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="isPerson">Of a field manager that is neither kubectl nor named in the unit, that it is somebody at a
    /// keyboard.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<AdoptedUnit> FindAsync(Unit unit, Predicate<string> isPerson, CancellationToken cancellation)
    {
        if (unit.Terraform is not null)
            return Failed(
                null, "it is a unit of Terraform: what was changed by hand is written into its configuration, or planned away");
        try
        {
            var facts = await new UnitPass(services).LookAsync(unit, cancellation);
            return Find(facts, await services.Desired.RendererOfAsync(unit, cancellation), isPerson);
        }
        catch (KubernetesException e)
        {
            return Failed(null, e.Failure.ToString());
        }
        catch (UnreadableStateException e)
        {
            return Failed(null, e.Message);
        }
    }

    private AdoptedUnit Find(PassFacts facts, Func<FileTree, RenderedRevision> render, Predicate<string> isPerson)
    {
        if (facts.Trouble is { } trouble) return Failed(facts.Target.Commit, $"{trouble.Stage}: {trouble.Message}");
        var commit = facts.Target.Commit!;
        if (facts.Memory.State!.IsNew) return Failed(commit, "nothing of it was ever applied to this cluster");
        if (facts.Unread is { } unread) return Failed(commit, $"{unread.Id} cannot be read: {unread.Unreadable}");
        if (!services.Desired.Open(facts.Unit, commit).TryGet(out var tree))
            return Failed(commit, $"commit {PassTarget.Short(commit)} is not to be had any more");
        using (tree)
        {
            var found = AdoptionFinder.Find(
                tree, facts.Changes!.Set, facts.Changes.Objects.Select(one => DriftOf(one, facts)).OfType<Change>(),
                manager => isPerson(manager) || Applier.MayTakeFrom(manager, facts.Unit), RenderOf(facts.Unit, render));
            return new(commit, found)
            {
                Paused = facts.Paused,
                HasOtherRules = facts.Memory.State.Status is { RuleSetDigest: { Length: > 0 } digest }
                    && digest != facts.Rules.Digest,
            };
        }
    }

    private static AdoptionRender RenderOf(Unit unit, Func<FileTree, RenderedRevision> render) =>
        new(
            unit.Source.Path.Trim('/') is { Length: > 0 } folder ? folder : ".",
            tree => render(tree) is { Trouble: null } rendered ? rendered.Objects : null)
        {
            ValuesFiles = unit.Render.ValuesFiles,
        };

    private static Change? DriftOf(PassObjectChanges one, PassFacts facts) =>
        one.Drift is { } place
                && facts.Plan!.Drift.Any(entry =>
                    entry.Class is "alert" or "freeze" && entry.Resource == one.Object.Id.ToString())
            ? facts.Changes!.Set.Changes[place]
            : null;

    private static AdoptedUnit Failed(string? commit, string why) => new(commit, new([], [])) { Trouble = why };
}
