namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>Says how a commit stands to the one that was applied.</summary>
/// <param name="git">Reads the mirror.</param>
/// <param name="place">The mirror.</param>
/// <param name="open">The commits that are being read.</param>
/// <param name="commit">The commit.</param>
internal sealed class Kinship(GitCall git, string place, OpenRevisions open, string commit)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How it stands to another; null where the mirror does not have that one.</summary>
    public async Task<Relation?> ToAsync(string? applied, CancellationToken cancellation)
    {
        if (applied is null) return Relation.First;
        if (applied == commit) return Relation.Same;
        if (!GitReference.IsCommitId(applied)) return Relation.Unrelated;
        if (IsNext(applied)) return Relation.Descendant;
        return await IsAncestorAsync(applied, commit, cancellation) switch
        {
            true => Relation.Descendant,
            false => await IsAncestorAsync(commit, applied, cancellation) is true ? Relation.Behind : Relation.Unrelated,
            null => null,
        };
    }

    /// <summary>The tag that is followed named the applied commit, and names another one now.</summary>
    public async Task<bool> IsTagMovedAsync(FetchJob job, CancellationToken cancellation) =>
        job.Reference.IsTag && job.Applied is { } applied && applied != commit && GitReference.IsCommitId(applied)
        && (await git.RunAsync(
            place, Patience, ["rev-parse", "--verify", "--quiet", job.Reference.Seen(applied)], cancellation)).Succeeded;

    // Most commits that are new follow the applied one: that is told without a process.
    private bool IsNext(string applied)
    {
        if (!open.Open(place, commit).TryGet(out var tree)) return false;
        using (tree) return tree.IsChildOf(applied);
    }

    // Git ends with 0 for yes and 1 for no, and otherwise where it does not have one of the two (git-merge-base).
    private async Task<bool?> IsAncestorAsync(string older, string newer, CancellationToken cancellation) =>
        await git.RunAsync(place, Patience, ["merge-base", "--is-ancestor", older, newer], cancellation) switch
        {
            { Succeeded: true } => true,
            { Stopped: null, ExitCode: 1 } => false,
            _ => null,
        };
}
