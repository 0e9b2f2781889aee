using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// One fetch into a mirror that nobody else is fetching into. A mirror in which something is wrong is made anew, once.
/// </summary>
/// <param name="folder">The mirror.</param>
/// <param name="settings">What holds for all mirrors.</param>
/// <param name="time">The clock.</param>
/// <param name="job">What is asked.</param>
internal sealed class MirrorFetch(MirrorFolder folder, GitSettings settings, TimeProvider time, FetchJob job)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LocalPatience = TimeSpan.FromMinutes(1);

    /// <summary>Fetches.</summary>
    /// <param name="anew">The mirror is not to be trusted.</param>
    /// <param name="cancellation">Kills the fetch.</param>
    public async Task<Answer> RunAsync(bool anew, CancellationToken cancellation)
    {
        using var git = GitCall.To(job);
        if (folder.Exists && !anew && folder.TryRepair())
        {
            var answer = await FetchIntoAsync(git, folder.Path, cancellation);
            if (answer.Commit is not null) await folder.TidyAsync(git, cancellation);
            if (!await IsMirrorToBlameAsync(answer, git, cancellation)) return answer;
        }

        folder.Remove();
        return await CloneAsync(git, cancellation);
    }

    private async Task<Answer> CloneAsync(GitCall git, CancellationToken cancellation)
    {
        var fresh = await folder.CreateAsync(git, cancellation);
        try
        {
            var answer = await FetchIntoAsync(git, fresh, cancellation);
            if (answer.Commit is not null) folder.Publish(fresh);
            return answer;
        }
        finally
        {
            MirrorFolder.Discard(fresh);
        }
    }

    // What Git complains of without our knowing the words may be the server's fault or the mirror's: the mirror can be looked at.
    private async Task<bool> IsMirrorToBlameAsync(
        Answer answer, GitCall git, CancellationToken cancellation) => answer.Failure?.Fault switch
    {
        null or FetchFault.Refused or FetchFault.Unauthorized or FetchFault.Unreachable or FetchFault.TimedOut => false,
        FetchFault.TooLarge => true,
        _ => !await folder.IsSoundAsync(git, cancellation),
    };

    private async Task<Answer> FetchIntoAsync(GitCall git, string target, CancellationToken cancellation)
    {
        // A commit that is here already would not be asked for: whether these credentials may read the repository shows only
        // there.
        if (job.Reference.IsCommit
            && await git.RunAsync(
                target, job.Timeout, ["ls-remote", "--quiet", "--", git.Url, "HEAD"],
                cancellation) is { Succeeded: false } closed)
            return new(job, null, FetchFailures.Of(closed, job.Reference));
        var fetched = await DownloadAsync(git, target, job.Reference.Name, job.Reference.Kept, cancellation);
        if (fetched is null)
            return new(
                job, null, new(FetchFault.TooLarge, $"the repository takes more than {settings.MaxMirrorBytes >> 20} MiB"));
        if (!fetched.Succeeded) return new(job, null, await NameAsync(git, target, fetched, cancellation));
        var commit = await git.RunAsync(
            target, LocalPatience, ["rev-parse", "--verify", "--quiet", job.Reference.Kept + "^{commit}"], cancellation);
        if (!commit.Succeeded) return new(job, null, new(FetchFault.RefMissing, $"`{job.Reference.Name}` names no commit"));
        await KeepAsync(git, target, commit.OutputText, cancellation);
        return new(job, commit.OutputText, null);
    }

    private async Task<ToolResult?> DownloadAsync(
        GitCall git, string target, string from, string to, CancellationToken cancellation)
    {
        using var tooLarge = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooLarge.Token);
        await using var watch = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
        try
        {
            var fetched = await git.RunAsync(target, job.Timeout, Arguments(git.Url, from, to), either.Token);
            Look();
            return tooLarge.IsCancellationRequested ? null : fetched;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }

        void Look()
        {
            if (MirrorFolder.SizeOf(target) > settings.MaxMirrorBytes) tooLarge.Cancel();
        }
    }

    private static string[] Arguments(string url, string from, string to) =>
    [
        "fetch", "--quiet", "--force", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules",
        "--no-show-forced-updates",
        "--", url, $"+{from}:{to}",
    ];

    private async Task<FetchResult.Failed> NameAsync(
        GitCall git, string target, ToolResult failed, CancellationToken cancellation)
    {
        var failure = FetchFailures.Of(failed, job.Reference);
        if (failure.Fault != FetchFault.RefMissing
            || job.Reference.IsCommit
            || !await IsThereAsync(git, target, job.Reference.Kept, cancellation))
            return failure;
        return job.Reference.IsTag
            ? new(
                FetchFault.TagDeleted,
                $"the tag `{job.Reference.Name}` is gone from the repository; what it named stays as it is")
            : new(
                FetchFault.BranchDeleted,
                $"the branch `{job.Reference.Name}` is gone from the repository; what it named stays as it is");
    }

    // A tag is remembered with each commit that it meant. The applied commit is asked for where history was written anew and the
    // mirror is new too.
    private async Task KeepAsync(GitCall git, string target, string commit, CancellationToken cancellation)
    {
        if (job.Reference.IsTag)
            await git.RunAsync(target, LocalPatience, ["update-ref", job.Reference.Seen(commit), commit], cancellation);
        if (job.Applied is not { } applied || applied == commit || !GitReference.IsCommitId(applied)) return;
        if (!await IsThereAsync(git, target, applied, cancellation))
            await DownloadAsync(git, target, applied, "refs/applied/" + applied, cancellation);
    }

    private static async Task<bool> IsThereAsync(GitCall git, string target, string name, CancellationToken cancellation) =>
        (await git.RunAsync(
            target, LocalPatience, ["rev-parse", "--verify", "--quiet", name + "^{commit}"], cancellation)).Succeeded;
}
