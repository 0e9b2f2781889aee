using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>
/// What Git wants of a unit in a pass: the commit that it follows, or an earlier one while that waits for somebody or did not get
/// healthy.
/// </summary>
/// <param name="services">What passes need.</param>
internal sealed class PassRevision(PassServices services)
{
    /// <summary>Asks Git, chooses the commit and renders it.</summary>
    /// <returns>The commit that can be acted on; null where there is none.</returns>
    public async Task<string?> AskAsync(PassFacts facts, UnitState state, CancellationToken cancellation)
    {
        facts.Rules = services.Rules();
        facts.Refusals = Refusals.Of(facts.Unit, state.Status);
        var fetched = await services.Desired.FetchAsync(facts.Unit, state.Status?.Applied, cancellation);
        services.Watch.At(facts.Unit.Key, PassPoint.Fetched);
        facts.Target = PassTarget.Choose(facts.Unit, fetched, state.Status, facts.Rules, facts.Began);
        if (facts.Target is { Trouble: null, Approval: null, Commit: { } next }
            && next != state.Status?.Applied
            && await WaitsForAsync(facts.Unit, next, cancellation) is { } why)
            facts.Target = facts.Target with { Commit = state.Status?.Applied, Waits = why };
        if (facts.Target.Approval is { } asked)
            facts.Notes.AddRange(PassNotes.Flawed(
                facts.Rules, new HashSet<string>([asked.Digest], StringComparer.Ordinal), facts));
        if (facts.Target.Commit is not { } commit) return null;
        commit = await RenderTargetAsync(facts, commit, state.Status, cancellation);
        services.Watch.At(facts.Unit.Key, PassPoint.Rendered);
        if (facts is { Target.Approval: not null, Rendered.Trouble: not null })
            facts.Notes.Add($"commit {PassTarget.Short(commit)}, which is applied, is not to be had any more: nobody looks for drift until the other history is agreed to");
        return facts.Rendered!.Trouble is null ? commit : null;
    }

    /// <summary>
    /// The last good commit, which this process may never have seen: whether there is a way back hangs on it. Null for none.
    /// </summary>
    public async Task<RenderedRevision?> RenderGoodAsync(PassFacts facts, string commit, CancellationToken cancellation) =>
        facts.Memory.State!.Status?.LastGood is { } good
                && good != commit
                && await RenderAsync(facts, good, cancellation) is { Trouble: null } rendered
            ? rendered
            : null;

    /// <summary>A commit as objects, rendered once for as long as it is remembered.</summary>
    public async Task<RenderedRevision> RenderAsync(PassFacts facts, string commit, CancellationToken cancellation)
    {
        if (facts.Memory.Rendered(commit) is { } known) return known;
        var rendered = await services.Desired.RenderAsync(facts.Unit, commit, cancellation);
        if (rendered.Trouble is null) facts.Memory.Keep(commit, rendered);
        return rendered;
    }

    // A unit of the same branch has to have applied this commit, or one after it; of any other that it is in sync is enough.
    private async Task<string?> WaitsForAsync(Unit unit, string commit, CancellationToken cancellation)
    {
        foreach (var other in unit.DependsOn)
            if (services.StatusOf(other) is { Applied: { } theirs } status
                && status.Source == Sources.GitAddress.Show(unit.Source.Url)
                && status.Ref == unit.Source.Ref
                && !await services.Desired.HoldsAsync(unit, theirs, commit, cancellation))
                return $"{PassTarget.Short(commit)} waits until {other} has applied it, which is at {PassTarget.Short(theirs)}";
        return null;
    }

    // Renders the commit, or the last good one where the commit, or what it says, did not get healthy; gives the one it is.
    private async Task<string> RenderTargetAsync(
        PassFacts facts, string commit, UnitStatus? before, CancellationToken cancellation)
    {
        Task<RenderedRevision> RenderAsync(string one) => this.RenderAsync(facts, one, cancellation);
        var good = facts.Target is { Trouble: null, Approval: null } ? before?.LastGood ?? before?.Applied : null;
        if (good == commit) good = null;
        if (good is null || !facts.Refusals.Commits.Contains(commit))
        {
            facts.Rendered = await RenderAsync(commit);
            if (good is null || !await facts.Refusals.CoverAsync(facts.Rendered, RenderAsync)) return commit;
            facts.Refusals = facts.Refusals.With(commit, facts.Rendered);
        }

        facts.Target = facts.Target with { Commit = good };
        facts.Rendered = await RenderAsync(good);
        return good;
    }
}
