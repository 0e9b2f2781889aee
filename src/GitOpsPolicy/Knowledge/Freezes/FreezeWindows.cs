using System.Collections.Immutable;

namespace GitOpsPolicy.Knowledge.Freezes;

/// <summary>
/// When nothing is changed that can wait. A window that denies beats one that allows, and where any window allows in a scope,
/// that scope is frozen outside of those that do (Argo CD, "Sync Windows").
/// </summary>
/// <param name="all">The windows.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class FreezeWindows(ImmutableArray<FreezeWindow> all)
{
    // Windows that follow one another without a gap, such as every hour for an hour, are followed so far.
    private const int LongestChain = 200;

    /// <summary>No windows: nothing is ever frozen.</summary>
    public static FreezeWindows None { get; } = new([]);

    /// <summary>The windows, in the order they were written.</summary>
    public ImmutableArray<FreezeWindow> All { get; } = all;

    /// <summary>What freezes a scope at an instant; null where nothing does.</summary>
    /// <param name="instant">The time.</param>
    /// <param name="environment">The environment; null where there is none.</param>
    /// <param name="name">The namespace; null or empty for what is in none.</param>
    public OpenFreeze? ActiveAt(DateTimeOffset instant, string? environment, string? name)
    {
        if (All.IsEmpty) return null;
        var scope = All.Where(window => window.IsFor(environment, name)).ToArray();
        if (FrozenBy(scope, instant) is not var (window, ends)) return null;
        return new(window.Name, window.Kind, FreeFrom(scope, ends), window.Reason);
    }

    /// <summary>What decides at an instant about any scope: the names of the windows that are open.</summary>
    internal string StateAt(DateTimeOffset instant) =>
        string.Join(' ', All.Where(window => window.ClosesAt(instant) is not null).Select(static window => window.Name));

    private static (FreezeWindow Window, DateTimeOffset? Ends)? FrozenBy(FreezeWindow[] scope, DateTimeOffset instant)
    {
        var denying = Of(scope, FreezeKind.Deny).Select(window => (Window: window, Ends: window.ClosesAt(instant)))
            .Where(static open => open.Ends is not null)
            .ToArray();
        if (denying.Length > 0) return denying.MaxBy(static open => open.Ends);
        var allowing = Of(scope, FreezeKind.Allow).ToArray();
        if (allowing.Length == 0 || allowing.Any(window => window.ClosesAt(instant) is not null)) return null;
        var next = allowing.Select(window => (Window: window, Opens: window.OpensAfter(instant)))
            .Where(static coming => coming.Opens is not null)
            .ToArray();
        return next.Length == 0 ? (allowing[0], null) : next.MinBy(static coming => coming.Opens);
    }

    private static DateTimeOffset? FreeFrom(FreezeWindow[] scope, DateTimeOffset? ends)
    {
        for (var i = 0; i < LongestChain && ends is { } at; i++)
        {
            if (FrozenBy(scope, at) is not var (_, later)) return at;
            ends = later;
        }

        return null;
    }

    private static IEnumerable<FreezeWindow> Of(FreezeWindow[] scope, FreezeKind kind) =>
        scope.Where(window => window.Kind == kind);
}

/// <summary>What freezes a scope.</summary>
/// <param name="Name">The window: one that denies and is open, or one that allows and opens next.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="Until">When changes can be made again; null where that is not in sight.</param>
/// <param name="Reason">Why; null when nobody says.</param>
public sealed record OpenFreeze(string Name, FreezeKind Kind, DateTimeOffset? Until, string? Reason)
{
    /// <summary>In a few words, as findings and conditions tell it.</summary>
    public override string ToString()
    {
        var until = Until is { } at ? $" until {Policies.Reading.Times.Write(at)}" : "";
        return Kind == FreezeKind.Deny ? $"freeze window `{Name}` is open{until}" : $"outside of window `{Name}`, frozen{until}";
    }
}
