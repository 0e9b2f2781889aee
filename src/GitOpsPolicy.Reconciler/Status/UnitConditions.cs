using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>
/// The standard conditions of a unit: <c>Ready</c>, <c>Reconciling</c> (it gets there by itself) and <c>Stalled</c> (it does not
/// without somebody).
/// </summary>
internal static class UnitConditions
{
    private const string True = "True";
    private const string False = "False";
    private const string Unknown = "Unknown";

    /// <summary>The three of them.</summary>
    /// <param name="status">What is known.</param>
    /// <param name="isTriedAgain">What failed may pass by itself.</param>
    /// <param name="before">The status that stands there, whose times hold where nothing changed; null for none.</param>
    /// <param name="now">The time it is.</param>
    public static IEnumerable<Node> Of(UnitStatus status, bool isTriedAgain, MappingNode? before, DateTimeOffset now)
    {
        var (ready, reconciling, stalled) = Of(status.Phase, isTriedAgain);
        var word = UnitPhases.Word(status.Phase);
        var reason = char.ToUpperInvariant(word[0]) + word[1..];
        foreach (var (type, value) in new[] { ("Ready", ready), ("Reconciling", reconciling), ("Stalled", stalled) })
        {
            yield return NewObject.Of(
                ("type", type),
                ("status", value),
                ("observedGeneration", status.ObservedGeneration),
                ("lastTransitionTime", SinceOf(type, value, before) ?? Times.Write(now)),
                ("reason", reason),
                // servers before 1.21 take no empty one
                ("message", status.Message.Length > 0 ? StatusObject.Cut(status.Message) : word));
        }
    }

    /// <summary>Ready, Reconciling and Stalled of a phase.</summary>
    internal static (string Ready, string Reconciling, string Stalled) Of(UnitPhase phase, bool isTriedAgain) => (phase,
        isTriedAgain) switch
    {
        (UnitPhase.Synced, _) => (True, False, False),
        (UnitPhase.Pending or UnitPhase.Progressing, _) => (Unknown, True, False),
        (UnitPhase.Suspended, _) => (False, False, False),
        (UnitPhase.Failed, true) => (False, True, False),
        (UnitPhase.Failed or UnitPhase.Held or UnitPhase.Blocked or UnitPhase.Unhealthy or UnitPhase.RolledBack, _) =>
            (False, False, True),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "there is no such phase"),
    };

    private static string? SinceOf(string type, string value, MappingNode? before)
    {
        if (before?["conditions"] is not SequenceNode conditions) return null;
        var same = conditions.Items.ToArray()
            .OfType<MappingNode>()
            .FirstOrDefault(one => one.Text("type") == type && one.Text("status") == value);
        return same?.Text("lastTransitionTime") is { Length: > 0 } since ? since : null;
    }
}
