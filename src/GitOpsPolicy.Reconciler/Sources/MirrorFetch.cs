using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// One question to the server of a mirror that nobody else is at work in. A mirror in which something is wrong is made anew, once.
/// </summary>
/// <param name="folder">The mirror.</param>
/// <param name="settings">What holds for all mirrors.</param>
/// <param name="time">The clock.</param>
/// <param name="job">What is asked.</param>
internal sealed class MirrorFetch(MirrorFolder folder, GitSettings settings, TimeProvider time, FetchJob job)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LocalPatience = TimeSpan.FromMinutes(1);

    /// <summary>Asks what is followed, and fetches it where the mirror does not stand there.</summary>
    /// <param name="anew">The mirror is not to be trusted.</param>
    /// <param name="cancellation">Kills the fetch.</param>
    public async Task<Answer> RunAsync(bool anew, CancellationToken cancellation)
    {
        using var git = GitCall.To(job);
        if (folder.Exists && !anew && folder.TryRepair())
        {
            var answer = await FetchIntoAsync(git, folder.Path, cancellation);
            if (answer.Mark is not null) await folder.TidyAsync(git, cancellation);
            if (!await IsMirrorToBlameAsync(answer, git, cancellation)) return answer;
        }

        folder.Remove();
        return await CloneAsync(git, cancellation);
    }

    /// <summary>Asks for a commit that the mirror lacks; false where the server does not give it.</summary>
    public async Task<bool> RecoverAsync(string commit, CancellationToken cancellation)
    {
        using var git = GitCall.To(job);
        return await DownloadAsync(git, folder.Path, commit, "refs/applied/" + commit, cancellation) is { Succeeded: true };
    }

    private async Task<Answer> CloneAsync(GitCall git, CancellationToken cancellation)
    {
        folder.DiscardLeftovers();
        var fresh = await folder.CreateAsync(git, cancellation);
        try
        {
            var answer = await FetchIntoAsync(git, fresh, cancellation);
            if (answer.Mark is not null) folder.Publish(fresh);
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
        FetchFault.TooLarge => true,
        FetchFault.Interrupted or FetchFault.Unacceptable or FetchFault.CacheUnusable or FetchFault.Other =>
            !await folder.IsSoundAsync(git, cancellation),
        _ => false,
    };

    private async Task<Answer> FetchIntoAsync(GitCall git, string target, CancellationToken cancellation)
    {
        if (await AskAsync(git, target, cancellation) is { } told) return told;
        if (target == folder.Path) folder.DiscardLeftovers();
        var fetched = await DownloadAsync(git, target, job.Reference.Name, job.Reference.Kept, cancellation);
        if (fetched is null)
            return Failed(new(FetchFault.TooLarge, $"the repository takes more than {settings.MaxMirrorBytes >> 20} MiB"));
        if (!fetched.Succeeded) return Failed(await NameAsync(git, target, fetched, cancellation));
        if (await ReadMarkAsync(git, target, cancellation) is not { } mark)
            return Failed(new(FetchFault.RefMissing, $"`{job.Reference.Name}` names no commit"));
        // A tag is remembered with each commit that it meant.
        if (job.Reference.IsTag)
            await git.RunAsync(
                target, LocalPatience, ["update-ref", job.Reference.Seen(mark.Commit), mark.Commit], cancellation);
        return new(job, mark, null);
    }

    // To ask where a branch stands takes a server far less than a fetch that brings nothing. A commit by its id would not be
    // asked for at all where it is here already: whether these credentials may read the repository shows only in the asking.
    private async Task<Answer?> AskAsync(GitCall git, string target, CancellationToken cancellation)
    {
        var known = folder.Known.Find(job.Reference);
        if (known is null && !job.Reference.IsCommit) return null;
        var name = job.Reference.IsCommit ? "HEAD" : job.Reference.Name;
        var told = await git.RunAsync(target, job.Timeout, ["ls-remote", "--quiet", "--", git.Url, name], cancellation);
        if (!told.Succeeded) return Failed(FetchFailures.Of(told, job.Reference));
        var isThere = job.Reference.IsCommit || told.OutputText.Split('\n').Contains($"{known?.ObjectId}\t{name}");
        return known is not null && isThere ? new(job, known, null) : null;
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

    // A branch is what its file says. A tag may lead to its commit over others, and an id may be no commit's: Git knows.
    private async Task<Mark?> ReadMarkAsync(GitCall git, string target, CancellationToken cancellation)
    {
        var kept = job.Reference.Kept;
        if (job.Reference.IsBranch && MirrorFolder.ReadReference(target, kept) is { } stands) return new(stands, stands);
        var read = await git.RunAsync(target, LocalPatience, ["rev-parse", kept, kept + "^{commit}"], cancellation);
        return read.Succeeded && read.OutputText.Split('\n') is [var id, var commit] ? new(id, commit) : null;
    }

    private async Task<FetchResult.Failed> NameAsync(
        GitCall git, string target, ToolResult failed, CancellationToken cancellation)
    {
        var failure = FetchFailures.Of(failed, job.Reference);
        if (failure.Fault != FetchFault.RefMissing) return failure;
        if (job.Reference.IsCommit || !await IsThereAsync(git, target, job.Reference.Kept, cancellation))
            return await IsEmptyAsync(git, target, cancellation)
                ? new(FetchFault.RefMissing, "the repository is empty: push a first commit")
                : failure;
        return job.Reference.IsTag
            ? new(
                FetchFault.TagDeleted,
                $"the tag `{job.Reference.Name}` is gone from the repository; what it named stays as it is")
            : new(
                FetchFault.BranchDeleted,
                $"the branch `{job.Reference.Name}` is gone from the repository; what it named stays as it is");
    }

    private async Task<bool> IsEmptyAsync(GitCall git, string target, CancellationToken cancellation) =>
        await git.RunAsync(target, job.Timeout, ["ls-remote", "--quiet", "--", git.Url], cancellation)
            is { Succeeded: true, Output.IsEmpty: true };

    private static async Task<bool> IsThereAsync(GitCall git, string target, string name, CancellationToken cancellation) =>
        (await git.RunAsync(
            target, LocalPatience, ["rev-parse", "--verify", "--quiet", name + "^{commit}"], cancellation)).Succeeded;

    private Answer Failed(FetchResult.Failed failure) => new(job, null, failure);
}
