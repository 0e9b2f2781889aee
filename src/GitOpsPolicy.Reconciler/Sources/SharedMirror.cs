namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// One mirror and those who wait for it. Its server is asked one question at a time; who asked before one began, and asks the
/// same, is answered by it too, so that a burst of questions costs two. What one may read is never told to one who logs in
/// otherwise.
/// </summary>
/// <param name="place">Where it lies.</param>
/// <param name="settings">What holds for all mirrors.</param>
/// <param name="time">The clock.</param>
/// <param name="slots">How many servers may be asked at a time.</param>
/// <param name="open">The commits that are being read.</param>
internal sealed class SharedMirror(
    string place, GitSettings settings, TimeProvider time, SemaphoreSlim slots, OpenRevisions open) : IDisposable
{
    // Of one address: so many branches, or ways to log in, share what is asked within a moment.
    private const int MostAnswers = 16;

    private readonly MirrorFolder folder = new(place, open);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly List<Answer> answers = [];
    private int doubts;

    /// <summary>Asks for what is followed, and says how it stands to the applied commit.</summary>
    public async Task<FetchResult> FetchAsync(FetchJob job, CancellationToken cancellation)
    {
        var answer = await AskInTurnAsync(job, time.GetTimestamp(), cancellation);
        if (answer.Mark is not { Commit: var commit }) return answer.Failure!;
        using var git = GitCall.Offline(job.Executable);
        var kinship = new Kinship(git, place, open, commit);
        return new FetchResult.Fetched(commit, await RelationAsync(kinship, job, cancellation))
        {
            IsTagMoved = await kinship.IsTagMovedAsync(job, cancellation),
        };
    }

    /// <summary>
    /// A commit could not be read whole: where it is the newest, the mirror is looked through before anybody is answered again.
    /// </summary>
    public bool Doubt(string commit)
    {
        if (!folder.Known.Holds(commit)) return false;
        Interlocked.Increment(ref doubts);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    // Where history was written anew and the mirror is new too, the server may still have the applied commit.
    private async Task<Relation> RelationAsync(Kinship kinship, FetchJob job, CancellationToken cancellation)
    {
        if (await kinship.ToAsync(job.Applied, cancellation) is { } known) return known;
        await turn.WaitAsync(cancellation);
        try
        {
            await ClaimedAsync(job, () => Fetch(job).RecoverAsync(job.Applied!, cancellation), cancellation);
        }
        finally
        {
            turn.Release();
        }

        return await kinship.ToAsync(job.Applied, cancellation) ?? Relation.Unrelated;
    }

    private async Task<Answer> AskInTurnAsync(FetchJob job, long asked, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (answers.Find(known => known.Job.AsksTheSame(job) && IsFresh(known, asked)) is { } shared) return shared;
            var began = time.GetTimestamp();
            var answer = await ClaimedAsync(job, () => AskAsync(job, cancellation), cancellation) with { Began = began };
            answers.RemoveAll(known => known.Job.AsksTheSame(job));
            if (answers.Count == MostAnswers) answers.RemoveAt(0);
            answers.Add(answer);
            return answer;
        }
        finally
        {
            turn.Release();
        }
    }

    // A failure answers only those who waited for it.
    private bool IsFresh(Answer known, long asked) =>
        Volatile.Read(ref doubts) == 0
        && (known.Began >= asked || (known.Failure is null && time.GetElapsedTime(known.Began) <= settings.Freshness));

    // A commit is given once all its files have been listed. Whose fault it is where they cannot be, the mirror itself tells.
    private async Task<Answer> AskAsync(FetchJob job, CancellationToken cancellation)
    {
        using var git = GitCall.Offline(job.Executable);
        for (var anew = await HasRottedAsync(git, cancellation); ; anew = true)
        {
            var answer = await Fetch(job).RunAsync(anew, cancellation);
            if (answer.Mark is not { } mark || folder.Known.Find(job.Reference) == mark) return answer;
            var opened = open.Open(place, mark.Commit);
            if (opened.TryGet(out var tree))
            {
                tree.Dispose();
                folder.Known.Put(job.Reference, mark);
                return answer;
            }

            if (anew || await folder.IsSoundAsync(git, cancellation))
                return new(job, null, new(FetchFault.Unacceptable, opened.Problems[0].Message));
        }
    }

    private async Task<bool> HasRottedAsync(GitCall git, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref doubts, 0) == 0) return false;
        folder.Known.Clear();
        open.Close(place);
        return folder.Exists && !await folder.IsSoundAsync(git, cancellation);
    }

    private MirrorFetch Fetch(FetchJob job) => new(folder, settings, time, job);

    private async Task<T> ClaimedAsync<T>(FetchJob job, Func<Task<T>> find, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            using var claim = await ClaimAsync(job.Timeout, cancellation);
            return await find();
        }
        finally
        {
            slots.Release();
        }
    }

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
}

/// <summary>What a question came to.</summary>
/// <param name="Job">What was asked.</param>
/// <param name="Mark">What is followed now; null for nothing.</param>
/// <param name="Failure">Why there is nothing.</param>
internal sealed record Answer(FetchJob Job, Mark? Mark, FetchResult.Failed? Failure)
{
    /// <summary>When it was asked.</summary>
    public long Began { get; init; }
}
