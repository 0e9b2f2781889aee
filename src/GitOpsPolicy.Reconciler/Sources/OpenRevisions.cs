using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Git;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// Commits of mirrors that are being read, and for a moment those that were: units that follow one repository read it through one
/// process, and list its files once. Nobody is given what was met damaged.
/// </summary>
internal sealed class OpenRevisions : IDisposable
{
    private const int Most = 8;
    private const int MostFiles = 200_000;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly TimeProvider time;
    private readonly ITimer sweeps;
    private readonly Lock gate = new();
    private readonly List<Entry> kept = []; // the one that was used last is the last

    public OpenRevisions(TimeProvider time)
    {
        this.time = time;
        sweeps = time.CreateTimer(_ => LetGo(one => time.GetElapsedTime(one.Used) > Idle), null, Idle, Idle);
    }

    /// <summary>Opens a commit; whoever opened it disposes of it.</summary>
    /// <param name="place">The mirror.</param>
    /// <param name="commit">The commit's id in full.</param>
    public Loaded<GitRevision> Open(string place, string commit)
    {
        var entry = Take(place, commit);
        var isGood = false;
        try
        {
            var opened = entry.Opened.Value;
            isGood = opened.TryGet(out var tree);
            return isGood ? new(tree!.Share()) : opened;
        }
        finally
        {
            Return(entry, isGood);
        }
    }

    /// <summary>A mirror is another one now.</summary>
    public void Close(string place) => LetGo(one => one.Place == place);

    /// <inheritdoc/>
    public void Dispose()
    {
        sweeps.Dispose();
        LetGo(static _ => true);
    }

    private Entry Take(string place, string commit)
    {
        lock (gate)
        {
            var entry = kept.Find(one => one.Place == place && one.Commit == commit && !one.IsDamaged);
            if (entry is null) entry = new(place, commit);
            else kept.Remove(entry);
            kept.Add(entry);
            entry.Users++;
            return entry;
        }
    }

    private void Return(Entry entry, bool isGood)
    {
        lock (gate)
        {
            entry.Users--;
            entry.Used = time.GetTimestamp();
            if (!isGood) kept.Remove(entry);
            if (entry.Users > 0 || kept.Contains(entry)) entry = null!;
        }

        entry?.Dispose();
        LetGo(IsTooMuch);
    }

    // From the one that was used longest ago: how many newer ones there are decides, and how many files those hold.
    private bool IsTooMuch(Entry entry)
    {
        var newer = kept.Skip(kept.IndexOf(entry) + 1).ToList();
        return newer.Count >= Most || (newer.Count > 0 && newer.Sum(static one => one.Files) + entry.Files > MostFiles);
    }

    // One that somebody is just being given goes when he has it.
    private void LetGo(Predicate<Entry> isMeant)
    {
        List<Entry> gone;
        lock (gate)
        {
            gone = kept.FindAll(isMeant);
            kept.RemoveAll(gone.Contains);
            gone.RemoveAll(static one => one.Users > 0);
        }

        foreach (var one in gone) one.Dispose();
    }

    private sealed class Entry(string place, string commit) : IDisposable
    {
        public string Place { get; } = place;

        public string Commit { get; } = commit;

        public Lazy<Loaded<GitRevision>> Opened { get; } = new(() => GitRevision.OpenBare(place, commit));

        public int Users { get; set; }

        public long Used { get; set; }

        public int Files => Known?.Count ?? 0;

        public bool IsDamaged => Known is { HasMetDamage: true };

        private GitRevision? Known => Opened.IsValueCreated && Opened.Value.TryGet(out var tree) ? tree : null;

        public void Dispose() => Known?.Dispose();
    }
}
