using System.Collections.Frozen;
using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard.Markup;

/// <summary>How something is shown: a word, a picture and a tone, which say the same.</summary>
/// <param name="Word">The word.</param>
/// <param name="Icon">The picture.</param>
/// <param name="Tone">The tone: <c>bad</c>, <c>warn</c>, <c>info</c>, <c>good</c> or <c>calm</c>.</param>
internal sealed record Chip(string Word, string Icon, string Tone)
{
    private const int MaxWord = 20;

    private static readonly FrozenDictionary<UnitPhase, Chip> Phases = new Dictionary<UnitPhase, Chip>
    {
        [UnitPhase.Failed] = new("Failed", "cross", "bad"),
        [UnitPhase.Unhealthy] = new("Unhealthy", "pulse", "bad"),
        [UnitPhase.RolledBack] = new("Rolled back", "back", "bad"),
        [UnitPhase.Blocked] = new("Blocked", "ban", "bad"),
        [UnitPhase.Held] = new("Held", "hand", "warn"),
        [UnitPhase.Suspended] = new("Suspended", "pause", "warn"),
        [UnitPhase.Pending] = new("Pending", "clock", "calm"),
        [UnitPhase.Progressing] = new("Progressing", "turn", "info"),
        [UnitPhase.Synced] = new("In sync", "check", "good"),
    }.ToFrozenDictionary();

    /// <summary>All phases, those first that need somebody.</summary>
    public static ImmutableArray<UnitPhase> Order { get; } =
    [
        UnitPhase.Failed, UnitPhase.Unhealthy, UnitPhase.RolledBack, UnitPhase.Blocked, UnitPhase.Held,
        UnitPhase.Suspended, UnitPhase.Pending, UnitPhase.Progressing, UnitPhase.Synced,
    ];

    /// <summary>A unit's phase.</summary>
    public static Chip Of(UnitPhase phase) => Phases[phase];

    /// <summary>A class of drift.</summary>
    public static Chip OfDrift(string driftClass) => driftClass switch
    {
        "freeze" => new("Frozen", "hand", "bad"),
        "alert" => new("Alert", "drift", "warn"),
        "correct" => new("Correct", "turn", "info"),
        _ => new(Cut(driftClass), "drift", "calm"),
    };

    /// <summary>What holds a unit.</summary>
    public static Chip OfPause(string because) => because switch
    {
        "suspended" => new("Suspended", "pause", "warn"),
        "break-glass" => new("Break-glass", "hand", "bad"),
        "freeze-window" => new("Freeze window", "clock", "info"),
        _ => new(Cut(because), "pause", "calm"),
    };

    /// <summary>How severe a rule says something is.</summary>
    public static Chip OfSeverity(string severity) => severity switch
    {
        "critical" or "high" => new(severity, "ban", "bad"),
        "medium" => new(severity, "ban", "warn"),
        _ => new(Cut(severity), "ban", "calm"),
    };

    /// <summary>What a history entry came to.</summary>
    public static Chip OfOutcome(string outcome) =>
        UnitPhases.Parse(outcome) is { } phase ? Of(phase) : new(Cut(outcome), "clock", "calm");

    /// <summary>The picture and the word.</summary>
    public Html Show() => Html.Of($"<span class=\"chip {Tone}\">{Markup.Icon.Of(Icon)}{Word}</span>");

    // Chips do not break; a word that nobody foresaw must not be wider than a phone.
    private static string Cut(string word) => word.Length <= MaxWord ? word : word[..MaxWord] + "…";
}
