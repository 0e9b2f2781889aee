namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>What goes wrong with a request.</summary>
internal enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>500, and nothing is done.</summary>
    ServerError,

    /// <summary>500, though it was done.</summary>
    ErrorAfterwards,

    /// <summary>503, and nothing is done.</summary>
    Unavailable,

    /// <summary>409, and nothing is done.</summary>
    Conflict,

    /// <summary>429 with <c>Retry-After: 1</c>, and nothing is done.</summary>
    TooMany,

    /// <summary>The answer comes late.</summary>
    Stall,

    /// <summary>The connection is reset before anything is done.</summary>
    ResetBefore,

    /// <summary>It is done, and the connection is reset in the middle of the answer.</summary>
    ResetAfterwards,

    /// <summary>A watch or a list that is gone on with: 410.</summary>
    Gone,
}

/// <summary>What goes wrong, by a seed: the same seed and the same order of requests give the same faults.</summary>
/// <param name="seed">The seed.</param>
/// <param name="rates">How often each kind happens, in shares of one.</param>
internal sealed class FaultPlan(int seed, params (FaultKind Kind, double Rate)[] rates)
{
    private readonly Random chance = new(seed);
    private volatile bool isOver;

    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None => new(0);

    /// <summary>Which requests anything goes wrong with; null for all.</summary>
    public Func<FakeRequest, bool>? Only { get; init; }

    /// <summary>How long an answer is late.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long each watch is cut; null for as long as it is asked for.</summary>
    public TimeSpan? WatchLifetime { get; init; }

    /// <summary>The share of watch events that are told twice.</summary>
    public double Duplicates { get; init; }

    /// <summary>Nothing goes wrong any more.</summary>
    public void Stop() => isOver = true;

    /// <summary>The faults are on.</summary>
    public bool IsOn => !isOver;

    /// <summary>What goes wrong with the next request.</summary>
    public FaultKind Next(FakeRequest request)
    {
        if (isOver || rates.Length == 0 || Only?.Invoke(request) == false) return FaultKind.None;
        double drawn;
        lock (chance) drawn = chance.NextDouble();
        foreach (var (kind, rate) in rates)
        {
            if ((drawn -= rate) < 0) return kind;
        }

        return FaultKind.None;
    }

    /// <summary>The next event is told twice.</summary>
    public bool Repeats()
    {
        if (isOver || Duplicates <= 0) return false;
        lock (chance) return chance.NextDouble() < Duplicates;
    }
}
