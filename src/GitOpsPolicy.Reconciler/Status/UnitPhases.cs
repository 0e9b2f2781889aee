using System.Text.Json;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>The words for phases, as statuses, metrics and addresses of pages have them.</summary>
public static class UnitPhases
{
    /// <summary>All phases, in the order of <see cref="UnitPhase"/>.</summary>
    public static IReadOnlyList<UnitPhase> All { get; } = Enum.GetValues<UnitPhase>();

    /// <summary>The word: <c>synced</c>, <c>rolledBack</c>, …</summary>
    public static string Word(UnitPhase phase)
    {
        var name = Enum.GetName(phase) ?? throw new ArgumentOutOfRangeException(nameof(phase), phase, "there is no such phase");
        return JsonNamingPolicy.CamelCase.ConvertName(name);
    }

    /// <summary>The phase for a word, whatever its case; null when there is none.</summary>
    public static UnitPhase? Parse(string word)
    {
        foreach (var phase in All)
            if (string.Equals(Word(phase), word, StringComparison.OrdinalIgnoreCase)) return phase;
        return null;
    }
}
