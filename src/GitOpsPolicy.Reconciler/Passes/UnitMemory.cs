using System.Collections.Concurrent;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>
/// What a process remembers of a unit between passes, and may forget at any time: times by a clock that only goes on, and what
/// was read last.
/// </summary>
/// <threadsafety>One pass of a unit runs at a time; what was written any thread may ask.</threadsafety>
public sealed class UnitMemory(TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Queue<long>> corrections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long At, string Version)> written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> unsettled = new(StringComparer.Ordinal);
    private readonly List<(string Commit, RenderedRevision Rendered)> rendered = [];
    private (string Commit, long Since)? applied;
    private (string Commit, RuleSet Rules, Loaded<RuleSet> Whole)? acknowledged;
    private CommitAnswers? answers;
    private readonly Dictionary<string, (string Question, bool ChangesNothing, long At)> corrected = new(StringComparer.Ordinal);
    private long? asked;

    /// <summary>What is kept in the cluster, as this process last saw it; null where it has to be read.</summary>
    public UnitState? State { get; set; }

    /// <summary>
    /// What the last pass of this process told; null before the first. It may be newer than what is kept: a pass that finds
    /// nothing new writes nothing.
    /// </summary>
    public UnitStatus? Last { get; set; }

    /// <summary>
    /// What watches told will do. Now and then it will not: a connection that is no more looks like one on which nothing happens.
    /// </summary>
    /// <param name="interval">After how long everything is asked for.</param>
    public bool MayReadCache(TimeSpan interval)
    {
        if (asked is { } last && time.GetElapsedTime(last) < interval) return true;
        asked = time.GetTimestamp();
        return false;
    }

    /// <summary>How often an object was corrected within the last hour.</summary>
    public int CorrectionsOf(string key)
    {
        if (!corrections.TryGetValue(key, out var times)) return 0;
        while (times.TryPeek(out var first) && time.GetElapsedTime(first) > Hour) times.Dequeue();
        if (times.Count == 0) corrections.Remove(key);
        return times.Count;
    }

    /// <summary>An object was corrected.</summary>
    public void Corrected(string key)
    {
        if (!corrections.TryGetValue(key, out var times)) corrections[key] = times = new();
        times.Enqueue(time.GetTimestamp());
    }

    /// <summary>
    /// Whether putting an object back would change nothing, as the cluster said within the last hour; null where it was not asked.
    /// </summary>
    /// <param name="key">The object.</param>
    /// <param name="question">What Git says of it, and how it has drifted.</param>
    public bool? ChangesNothing(string key, string question) =>
        corrected.TryGetValue(key, out var answer) && answer.Question == question && time.GetElapsedTime(answer.At) < Hour
            ? answer.ChangesNothing
            : null;

    /// <summary>The cluster has said so.</summary>
    public void Learn(string key, string question, bool changesNothing) =>
        corrected[key] = (question, changesNothing, time.GetTimestamp());

    /// <summary>An object was written, and is in a state now.</summary>
    public void Wrote(string key, string version) => written[key] = (time.GetTimestamp(), version);

    /// <summary>How long ago an object was written; what this process never wrote was long ago.</summary>
    public TimeSpan SinceWritten(string key) =>
        written.TryGetValue(key, out var last) ? time.GetElapsedTime(last.At) : TimeSpan.MaxValue;

    /// <summary>The state of an object is the one that this process left it in.</summary>
    public bool IsOwnWrite(string key, string version) => written.TryGetValue(key, out var last) && last.Version == version;

    /// <summary>A commit is applied from now on, or still is: the time in which it can fail runs from its first pass.</summary>
    public void BeginApplying(string commit)
    {
        if (applied?.Commit != commit) applied = (commit, time.GetTimestamp());
    }

    /// <summary>For how long a commit has been the one that is applied, as far as this process has seen.</summary>
    public TimeSpan SinceApplied(string commit) =>
        applied is { } seen && seen.Commit == commit ? time.GetElapsedTime(seen.Since) : TimeSpan.Zero;

    /// <summary>What the cluster has said to a commit; of the one before nothing is remembered.</summary>
    internal CommitAnswers AnswersTo(string commit) => answers?.Commit == commit ? answers : answers = new(commit);

    /// <summary>For how long an object has not been settled.</summary>
    public TimeSpan Unsettled(string key)
    {
        if (!unsettled.TryGetValue(key, out var since)) unsettled[key] = since = time.GetTimestamp();
        return time.GetElapsedTime(since);
    }

    /// <summary>An object is settled.</summary>
    public void Settled(string key) => unsettled.Remove(key);

    /// <summary>A commit as it was rendered before; null where it was not, or long ago.</summary>
    public RenderedRevision? Rendered(string commit) => rendered.Find(one => one.Commit == commit).Rendered;

    /// <summary>Remembers a commit as it was rendered; the last two are kept.</summary>
    public void Keep(string commit, RenderedRevision revision)
    {
        rendered.RemoveAll(one => one.Commit == commit);
        rendered.Add((commit, revision));
        if (rendered.Count > 2) rendered.RemoveAt(0);
    }

    /// <summary>The rules with what the repository says at a commit, as it was read once.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="rules">The rules of the host.</param>
    /// <param name="read">Reads it.</param>
    public Loaded<RuleSet> Acknowledging(string commit, RuleSet rules, Func<Loaded<RuleSet>> read)
    {
        if (acknowledged is not { } known || known.Commit != commit || !ReferenceEquals(known.Rules, rules))
            acknowledged = known = (commit, rules, read());
        return known.Whole;
    }

    /// <summary>Forgets what takes room.</summary>
    public void Shrink()
    {
        rendered.Clear();
        acknowledged = null;
    }
}
