using System.Text.Json;

namespace GitOpsPolicy.Reconciler.Health;

/// <summary>
/// How far an object is on the way to what its <c>spec</c> says. The worse, the later in the list, but for the last one.
/// </summary>
public enum HealthState
{
    /// <summary>It is as its spec says.</summary>
    Current,

    /// <summary>Nothing happens to it until somebody wants it to: it is paused.</summary>
    Suspended,

    /// <summary>It is on the way, and may yet get there by itself.</summary>
    InProgress,

    /// <summary>It is being deleted, and waits for finalizers or for its time.</summary>
    Terminating,

    /// <summary>Its controller has given up, or waits for somebody to mend it.</summary>
    Failed,

    /// <summary>It does not tell. Whoever waits takes it for good after <see cref="ObjectHealth.Grace"/>.</summary>
    Unknown,
}

/// <summary>How an object is, judged by itself alone.</summary>
/// <param name="State">The state.</param>
/// <param name="Message">Why, on one line and fit to be shown; empty where there is nothing to say.</param>
public sealed record ObjectHealth(HealthState State, string Message)
{
    /// <summary>
    /// How long an object that does not tell is waited for, from when it was written. A controller that is there has said
    /// something by then; one that never says anything does not hold the next wave for longer.
    /// </summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The state as a word: <c>inProgress</c>, <c>failed</c>, …</summary>
    public string Word => WordOf(State);

    /// <summary>A state as a word.</summary>
    public static string WordOf(HealthState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    /// <summary>What comes after it need not wait any longer.</summary>
    /// <param name="written">For how long it has been as it was last written, by a clock that only goes on.</param>
    public bool IsSettled(TimeSpan written) => State switch
    {
        HealthState.Current or HealthState.Suspended => true, // what somebody paused is not waited for
        HealthState.Unknown => written >= Grace,
        _ => false,
    };
}
