using GitOpsPolicy.Inputs.Git;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// One mirror and those who wait for it. One fetch runs at a time; who asked before a fetch began that asks the same is answered
/// by it too, so that a burst of questions costs two fetches.
/// </summary>
/// <param name="place">Where it lies.</param>
/// <param name="settings">What holds for all mirrors.</param>
/// <param name="time">The clock.</param>
/// <param name="slots">How many fetches may run at a time.</param>
internal sealed class SharedMirror(string place, GitSettings settings, TimeProvider time, SemaphoreSlim slots) : IDisposable
{
    private readonly MirrorFolder folder = new(place);
    private readonly SemaphoreSlim turn = new(1, 1);
    private Answer? latest;

    /// <summary>Fetches, opens the commit and says how it stands to the applied one.</summary>
    public async Task<FetchResult> FetchAsync(FetchJob job, CancellationToken cancellation)
    {
        var asked = time.GetTimestamp();
        for (var isSuspect = false; ; isSuspect = true)
        {
            var answer = await AskInTurnAsync(job, asked, isSuspect, cancellation);
            if (answer.Commit is not { } commit) return answer.Failure!;
            var opened = GitRevision.OpenBare(place, commit);
            using var git = GitCall.Offline(job.Executable);
            if (opened.TryGet(out var tree)) return await Kinship.DescribeAsync(git, place, job, tree, cancellation);
            if (isSuspect || await folder.IsSoundAsync(git, cancellation))
                return new FetchResult.Failed(FetchFault.Unacceptable, opened.Problems[0].Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<Answer> AskInTurnAsync(FetchJob job, long asked, bool isSuspect, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (!isSuspect && latest is { } known && known.Job.AsksTheSame(job) && IsFresh(known, asked)) return known;
            var began = time.GetTimestamp();
            await slots.WaitAsync(cancellation);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                using var claim = await ClaimAsync(job.Timeout, cancellation);
                DiscardLeftovers();
                var fetch = new MirrorFetch(folder, settings, time, job);
                latest = await fetch.RunAsync(isSuspect, cancellation) with { Began = began };
                return latest;
            }
            finally
            {
                slots.Release();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    // A failure answers only those who waited for it.
    private bool IsFresh(Answer known, long asked) =>
        known.Began >= asked || (known.Failure is null && time.GetElapsedTime(known.Began) <= settings.Freshness);

    // Another process may use the same cache.
    private async Task<FileStream> ClaimAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new(place + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(place + ".lock") && time.GetElapsedTime(began) < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
            }
        }
    }

    private void DiscardLeftovers()
    {
        foreach (var other in Directory.GetDirectories(Path.GetDirectoryName(place)!))
            if (other.StartsWith(place + ".", StringComparison.Ordinal)) MirrorFolder.Discard(other);
    }
}

/// <summary>What a fetch came to.</summary>
/// <param name="Job">What was asked.</param>
/// <param name="Commit">The commit; null for none.</param>
/// <param name="Failure">Why there is none.</param>
internal sealed record Answer(FetchJob Job, string? Commit, FetchResult.Failed? Failure)
{
    /// <summary>When it was asked.</summary>
    public long Began { get; init; }
}
