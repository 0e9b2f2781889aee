using GitOpsPolicy.Inputs.Git;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>Says how a commit stands to the one that was applied. Where Git cannot tell, they are strangers.</summary>
internal static class Kinship
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Describes the commit that was fetched.</summary>
    public static async Task<FetchResult.Fetched> DescribeAsync(
        GitCall git, string mirror, FetchJob job, GitRevision tree, CancellationToken cancellation)
    {
        try
        {
            var relation = await FindAsync(git, mirror, job.Applied, tree.Commit, cancellation);
            return new(tree.Commit, tree, relation)
            {
                IsTagMoved = await IsTagMovedAsync(git, mirror, job, tree.Commit, cancellation),
            };
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    private static async Task<Relation> FindAsync(
        GitCall git, string mirror, string? applied, string commit, CancellationToken cancellation)
    {
        if (applied is null) return Relation.First;
        if (applied == commit) return Relation.Same;
        if (!GitReference.IsCommitId(applied)) return Relation.Unrelated;
        if (await IsAncestorAsync(applied, commit)) return Relation.Descendant;
        return await IsAncestorAsync(commit, applied) ? Relation.Behind : Relation.Unrelated;
        async Task<bool> IsAncestorAsync(string older, string newer) =>
            (await git.RunAsync(mirror, Patience, ["merge-base", "--is-ancestor", older, newer], cancellation)).Succeeded;
    }

    private static async Task<bool> IsTagMovedAsync(
        GitCall git, string mirror, FetchJob job, string commit, CancellationToken cancellation) =>
        job.Reference.IsTag && job.Applied is { } applied && applied != commit && GitReference.IsCommitId(applied)
        && (await git.RunAsync(
            mirror, Patience, ["rev-parse", "--verify", "--quiet", job.Reference.Seen(applied)], cancellation)).Succeeded;
}
