using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Admission;

namespace GitOpsPolicy.Webhook.BreakGlass;

/// <summary>What one source has to tell: leave that is in order, and why some is not.</summary>
/// <param name="Grants">Leave that is in order, whatever its time.</param>
/// <param name="Troubles">Why other leave does nothing, one line each.</param>
internal sealed record BreakGlassState(ImmutableArray<BreakGlassGrant> Grants, ImmutableArray<string> Troubles)
{
    /// <summary>Nothing.</summary>
    public static BreakGlassState Empty { get; } = new([], []);
}

/// <summary>All leave to break the rules that is known, from whatever source.</summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class BreakGlassRegister
{
    private readonly Lock gate = new();
    private ImmutableSortedDictionary<string, BreakGlassState> bySource =
        ImmutableSortedDictionary<string, BreakGlassState>.Empty;

    /// <summary>Why some leave does nothing, one line each.</summary>
    internal IEnumerable<string> Troubles => Volatile.Read(ref bySource).Values.SelectMany(static state => state.Troubles);

    /// <summary>How much leave holds now.</summary>
    internal int CountAt(DateTimeOffset now) =>
        Volatile.Read(ref bySource).Values.Sum(state => state.Grants.Count(grant => grant.HoldsAt(now)));

    /// <summary>The leave that holds at a time.</summary>
    public ImmutableArray<BreakGlassGrant> HoldingAt(DateTimeOffset now) =>
        [.. Volatile.Read(ref bySource).Values.SelectMany(static state => state.Grants).Where(grant => grant.HoldsAt(now))];

    /// <summary>Takes what a source tells for all that it told before.</summary>
    internal void Put(string source, BreakGlassState state)
    {
        lock (gate) Volatile.Write(ref bySource, bySource.SetItem(source, state));
    }

    /// <summary>
    /// The first leave that alone covers a request; null when none does. What two would cover together is not covered.
    /// </summary>
    /// <param name="review">The request.</param>
    /// <param name="broken">Names of the rules that deny it; null when that cannot be told.</param>
    /// <param name="now">The time it is.</param>
    internal BreakGlassGrant? Find(AdmissionReview review, ImmutableArray<string>? broken, DateTimeOffset now)
    {
        foreach (var state in Volatile.Read(ref bySource).Values)
            foreach (var grant in state.Grants)
                if (grant.HoldsAt(now) && grant.Covers(review, broken)) return grant;
        return null;
    }
}
