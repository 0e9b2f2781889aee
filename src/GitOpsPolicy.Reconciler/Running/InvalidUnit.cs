using GitOpsPolicy.Documents;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>What is told of a unit that cannot be understood.</summary>
internal static class InvalidUnit
{
    private const int MostProblems = 5;

    /// <summary>The status: what was known stays, and the message says what is wrong.</summary>
    /// <param name="key">The unit.</param>
    /// <param name="generation">Its generation.</param>
    /// <param name="read">What came of reading it.</param>
    /// <param name="before">What was known of it; null for nothing.</param>
    public static UnitStatus StatusOf(UnitKey key, long generation, Loaded<Unit> read, UnitStatus? before) =>
        (before ?? new UnitStatus { Unit = key }) with
        {
            Phase = UnitPhase.Failed,
            ObservedGeneration = generation,
            Message = SafeText.OneLine($"the unit cannot be understood, and nothing is written or deleted for it: {Told(read)}"),
        };

    private static string Told(Loaded<Unit> read)
    {
        var told = string.Join(
            "; ",
            read.Problems.Take(MostProblems)
                .Select(static problem => problem.Hint is { } hint ? $"{problem.Message} ({hint})" : problem.Message));
        return read.Problems.Length > MostProblems ? $"{told}; and {read.Problems.Length - MostProblems} more" : told;
    }
}
