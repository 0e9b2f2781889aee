using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Planning;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>
/// Asks the cluster whether it takes all that a commit brings, before anything of it is written: a commit that is taken in part
/// would stay half-applied. What hangs on objects of the same commit is asked about when those are there. One write alone is its
/// own question, and the way back from a bad commit asks nobody.
/// </summary>
/// <param name="facts">What the pass knows.</param>
/// <param name="applier">Asks.</param>
internal sealed class Rehearsal(PassFacts facts, Applier applier)
{
    private const int AtOnce = 8;

    /// <summary>What the cluster does not take, or does not answer to.</summary>
    public ImmutableArray<FailedWrite> Refusals { get; private set; } = [];

    /// <summary>An object of a kind that the unit has defined and that is not served yet; null for none.</summary>
    public KubernetesId? Awaited { get; private set; }

    /// <summary>Asks about what is still to be written; what was asked before is not asked again.</summary>
    /// <param name="left">All of it, in order.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Nothing is known that stands against writing it.</returns>
    public async Task<bool> AskAsync(IReadOnlyList<PlanStep> left, CancellationToken cancellation)
    {
        var open = left.Where(static step => step.IsGits).ToList();
        if (open.Count < 2 || facts.Target.IsRollback) return true;
        var answers = facts.Memory.AnswersTo(facts.Target.Commit!);
        var prerequisites = new Prerequisites(left, facts.Objects);
        var asked = open.Where(step => !answers.IsTaken(step.Object) && !prerequisites.Precede(step)).ToList();
        var outcomes = new WriteOutcome[asked.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, asked.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, stop) =>
                outcomes[i] = await applier.AskAsync(asked[i], facts.Unit, stop));
        var refusals = ImmutableArray.CreateBuilder<FailedWrite>();
        foreach (var (step, outcome) in asked.Zip(outcomes))
        {
            if (outcome is not WriteOutcome.Failed failed || CannotBeAsked(failed))
                Take(step, outcome, answers);
            else if (failed.IsUnserved && prerequisites.HaveDefined(step))
                Awaited ??= step.Object.Id;
            else if (!prerequisites.MayExplain(step, failed))
                refusals.Add(FailedWrite.Of(step, failed));
        }

        Refusals = refusals.ToImmutable();
        return Refusals.IsEmpty && Awaited is null;
    }

    // What others own, or what has changed meanwhile, the write itself finds out.
    private static void Take(PlanStep step, WriteOutcome outcome, CommitAnswers answers)
    {
        if (outcome is WriteOutcome.Failed unasked)
            answers.Notes.Add($"{step.Object.Id} is written without asking before: {unasked.Answer!.Message}");
        if (outcome is not WriteOutcome.Changed) answers.Take(step.Object);
    }

    // A webhook that does more than to answer is not asked for show. Up to 1.18 that was told as an error of the server:
    // https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#side-effects
    private static bool CannotBeAsked(WriteOutcome.Failed failed) =>
        failed.Answer is { Code: 400 or 500 } answer
            && answer.Message.Contains("does not support dry run", StringComparison.Ordinal);
}
