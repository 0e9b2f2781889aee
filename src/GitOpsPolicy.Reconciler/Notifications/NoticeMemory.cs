using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>
/// What was told on one way, so that it is not told again before its time. It goes by a clock that only goes forward.
/// </summary>
/// <param name="options">When things are told.</param>
/// <threadsafety>Its user locks.</threadsafety>
internal sealed class NoticeMemory(NotifierOptions options)
{
    private readonly Dictionary<UnitKey, Dictionary<(string Subject, string Digest), Entry>> told = [];
    private readonly DateTimeOffset began = options.Clock.GetUtcNow();

    /// <summary>What is to be told now of a unit as it stands.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="standing">What stands.</param>
    /// <param name="repeated">How many of these were told not long ago.</param>
    public ImmutableArray<Notice> ToTell(UnitStatus unit, ImmutableArray<Notice> standing, out int repeated)
    {
        var isFirst = !told.TryGetValue(unit.Unit, out var entries);
        if (entries is null) told[unit.Unit] = entries = [];
        repeated = 0;
        var now = ImmutableArray.CreateBuilder<Notice>();
        foreach (var notice in standing)
        {
            if (IsDue(entries, notice, isFirst)) now.Add(notice);
            else repeated++;
        }

        if (Recovered(unit, entries, standing) is { } recovered) now.Add(recovered);
        return now.DrainToImmutable();
    }

    /// <summary>Forgets a unit that is gone.</summary>
    public void Forget(UnitKey unit) => told.Remove(unit);

    /// <summary>A notice could not be told: it is due again after <see cref="NotifierOptions.RetryAfter"/>.</summary>
    public void Failed(Notice notice)
    {
        if (told.TryGetValue(notice.Unit, out var entries) && entries.TryGetValue((notice.Subject, notice.Digest), out var entry))
            entry.Wait = options.RetryAfter;
    }

    private bool IsDue(Dictionary<(string Subject, string Digest), Entry> entries, Notice notice, bool isFirst)
    {
        var key = (notice.Subject, notice.Digest);
        if (!entries.TryGetValue(key, out var entry))
        {
            entries[key] = new() { At = options.Clock.GetTimestamp(), Wait = options.RepeatAfter };
            return !isFirst || notice.Since is not { } since || since > began - options.Grace;
        }

        entry.EndedAt = null;
        if (options.Clock.GetElapsedTime(entry.At) < entry.Wait) return false;
        (entry.At, entry.Wait) = (options.Clock.GetTimestamp(), options.RepeatAfter);
        return true;
    }

    private Notice? Recovered(
        UnitStatus unit, Dictionary<(string Subject, string Digest), Entry> entries, ImmutableArray<Notice> standing)
    {
        var stands = standing.Select(static notice => (notice.Subject, notice.Digest)).ToHashSet();
        foreach (var (key, entry) in entries)
            if (!stands.Contains(key)) entry.EndedAt ??= options.Clock.GetTimestamp();
        var over = entries
            .Where(entry => entry.Value.EndedAt is { } ended && options.Clock.GetElapsedTime(ended) >= options.SettleFor)
            .Select(static entry => entry.Key)
            .ToList();
        if (stands.Count == 0 && unit.Phase == UnitPhase.Synced && over.Count > 0 && over.Count == entries.Count)
        {
            entries.Clear();
            return StandingNotices.Recovered(unit, over.Select(static key => key.Subject));
        }

        // One trouble is over and another stands: the first would be news again, should it come back.
        if (stands.Count > 0) over.ForEach(key => entries.Remove(key));
        return null;
    }

    private sealed class Entry
    {
        public long At { get; set; }

        public TimeSpan Wait { get; set; }

        public long? EndedAt { get; set; }
    }
}
