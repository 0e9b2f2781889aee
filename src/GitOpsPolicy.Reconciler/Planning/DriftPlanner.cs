using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Planning;

/// <summary>What becomes of the drift of one object.</summary>
/// <param name="Entry">What is told; null where the drift does not count.</param>
/// <param name="Corrects">It is brought back.</param>
/// <param name="Freezes">Nothing may be written to it, nor anything of the unit be deleted.</param>
/// <param name="TakesBack">Somebody decided that what anybody else wrote there is taken back.</param>
internal sealed record DriftAnswer(DriftEntry? Entry, bool Corrects, bool Freezes, bool TakesBack)
{
    /// <summary>
    /// What others added, as JSON pointers into what lives: applying what Git says takes nothing away that it never said.
    /// </summary>
    public ImmutableArray<string> Added { get; init; } = [];

    /// <summary>What only the cluster can tell of it; null where nobody has to ask.</summary>
    public DriftQuestion? Question { get; init; }

    /// <summary>What somebody should know, though it is no drift; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>It does not count.</summary>
    public static DriftAnswer Nothing { get; } = new(null, false, false, false);
}

/// <summary>
/// Decides about drift, object by object: the table, what goes on around it, what people decided, and what was tried before.
/// </summary>
internal sealed class DriftPlanner(PlanInput input, Judged judged)
{
    private const int MostPlaces = 5;

    private const string DecidedByCluster =
        "the cluster writes that as soon as what Git says is applied, by a default or a webhook of its own: let Git say the same, or have it ignored";

    /// <summary>Decides about one object that has drifted.</summary>
    public DriftAnswer Decide(PassObjectChanges changes)
    {
        // nobody knows whether it has: the unit says what it may not read
        if (changes.Object.Unreadable is not null) return DriftAnswer.Nothing;
        var (one, place) = (changes.Object, changes.Drift!.Value);
        var change = judged.ChangeAt(place);
        var seen = input.Advisor.Look(change);
        var digest = DriftDigest.Of(one, seen);
        var since = SinceOf(one, digest);
        var around = ContextOf(one, since);
        var frozenBy = input.Windows.ActiveAt(input.Now, change.Environment, one.Id.Namespace)?.ToString();
        var advice = seen.In(around, frozenBy);
        if (advice.Class == DriftClass.Ignore) return DriftAnswer.Nothing;

        var added = advice.Places.Where(static found => found.Desired is null).Select(static found => found.Path).ToImmutableArray();
        var question = QuestionOf(one, advice, added, digest);
        var isUnkept = question is not null && input.ChangesNothing(PassObject.KeyOf(one.Id), question.Digest) == true;
        if (isUnkept && advice.Places.All(SaysNothing)) return DriftAnswer.Nothing with { Note = Unkept(one, advice) };

        var choice = ChoiceOf(digest);
        var (of, why) = ClassOf(changes, advice, isUnkept && choice == DriftChoice.Revert ? null : choice);
        if (isUnkept) (of, why) = (of == DriftClass.Correct ? DriftClass.Alert : of, [.. why, DecidedByCluster]);
        var isFight = of == DriftClass.Correct
            && input.Corrections(PassObject.KeyOf(one.Id)) >= input.Unit.Drift.MaxCorrectionsPerHour;
        if (isFight)
            (of, why) = (DriftClass.Alert,
                [
                    .. why,
                    $"it was brought back {input.Unit.Drift.MaxCorrectionsPerHour} times within an hour, and came back: two are fighting over it"
                ]);
        var entry = new DriftEntry(one.Id.ToString(), Word(advice.Kind), Word(of), MessageOf(change, advice, why), since, digest)
        {
            Manager = ManagersOf(advice).FirstOrDefault(),
            Location = advice.Places.Select(static found => found.Where)
                .FirstOrDefault(static where => where is { Line: > 0 })?.ToString()
                ?? (change.Location.Line > 0 ? change.Location.ToString() : null),
            IsFight = isFight,
            // the engine did not put it back, so that whoever did it counts on it
            IsByHand = WasByHand(one, digest) || (frozenBy is not null && of == DriftClass.Alert && !isFight),
            IsTolerated = choice == DriftChoice.Tolerate,
        };
        return new(entry, of == DriftClass.Correct, of == DriftClass.Freeze, choice == DriftChoice.Revert)
        {
            Added = added,
            Question = question,
        };
    }

    // Where nobody else has written it, or it came back once, the cluster may have made it of what Git says.
    private DriftQuestion? QuestionOf(PassObject one, DriftAdvice advice, ImmutableArray<string> added, string digest)
    {
        if (one is not { Desired: { } desired, Live: not null } || advice.Places.IsEmpty) return null;
        var isNobodys = advice.Places.All(static place => place.Manager is null or Applier.FieldManager);
        return isNobodys || input.Corrections(PassObject.KeyOf(one.Id)) > 0
            ? new(
                new(StepKind.Correct, one, WaveOrder.Of(desired)) { TakesBack = true, Added = added },
                $"{DesiredDigest.Of(desired)} {digest}")
            : null;
    }

    // What is empty in Git, and the cluster fills in or leaves out, nobody has meant.
    private static bool SaysNothing(DriftPlace place) => place.Desired switch
    {
        MappingNode { Count: 0 } or SequenceNode { Count: 0 } or ScalarNode { Kind: NodeKind.Null } => true,
        ScalarNode { Kind: NodeKind.String } text => text.Text.Length == 0,
        ScalarNode { Kind: NodeKind.Number, Number: 0 } => true,
        ScalarNode { Kind: NodeKind.Boolean, IsTrue: false } => place.Live is null,
        _ => false,
    };

    private static string Unkept(PassObject one, DriftAdvice advice)
    {
        var (first, more) = (advice.Places[0], advice.Places.Length - 1);
        var at = first.Where is { Line: > 0 } where ? $" ({where})" : "";
        return $"{one.Id}: what Git says at `{first.Path}`{at}{(more > 0 ? $" and {Reports.Counted.Of(more, "other place")}" : "")} is empty, and the cluster puts its own there: leave it out of Git";
    }

    private (DriftClass Class, ImmutableArray<string> Why) ClassOf(
        PassObjectChanges changes, DriftAdvice advice, DriftChoice? choice)
    {
        var digest = changes.Drift!.Value;
        switch (choice)
        {
            case DriftChoice.Revert when (input.Paused is not { Because: Pause.Suspended })
                && changes.Write is { } write
                && !judged.IsDenied(write):
                return (DriftClass.Correct, ["somebody decided to revert it"]);
            case DriftChoice.Tolerate:
                return (DriftClass.Alert, ["somebody decided to leave it"]);
            case DriftChoice.Adopt:
                return (DriftClass.Freeze, ["somebody decided to adopt it: Git is to say what lives"]);
            default:
                break;
        }

        if (judged.IsDenied(digest))
            return (DriftClass.Freeze,
                [
                    .. advice.Reasons,
                    .. judged.WhyDenied(digest)
                        .Select(static one => one.Message.StartsWith(one.Resource + " ", StringComparison.Ordinal)
                            ? one.Message[(one.Resource.Length + 1)..]
                            : one.Message)
                        .Take(1)
                ]);
        if (advice.Class != DriftClass.Correct) return (advice.Class, advice.Reasons);
        if (changes.Write is { } correction && judged.IsDenied(correction))
            return (DriftClass.Freeze, ["the rules forbid what would be written"]);
        if (WasByHand(changes.Object, null))
            return (DriftClass.Alert, ["it was made by hand while nothing was put back: adopt it in Git, or decide to revert it"]);
        if (!input.Unit.Drift.Corrects) return (DriftClass.Alert, ["the unit corrects no drift"]);
        return changes.Write is null ? (DriftClass.Alert, advice.Reasons) : (DriftClass.Correct, advice.Reasons);
    }

    private DriftContext ContextOf(PassObject one, DateTimeOffset since) => new()
    {
        Source = input.Source,
        Now = input.Now,
        IsFrozen = input.Paused is { Because: Pause.Suspended },
        IsBreakGlass = input.IsGlassBroken(one.Id),
        IsOverdue = input.Now - since > input.Unit.Drift.EscalateAfter,
    };

    private DriftEntry? EntryBefore(PassObject one) =>
        input.Before?.Drift.FirstOrDefault(entry => entry.Resource == one.Id.ToString());

    private DateTimeOffset SinceOf(PassObject one, string digest) =>
        EntryBefore(one) is { } before && before.Digest == digest ? before.Since : input.Now;

    private bool WasByHand(PassObject one, string? digest) =>
        input.IsGlassBroken(one.Id)
            || (EntryBefore(one) is { IsByHand: true } before && (digest is null || before.Digest == digest));

    private DriftChoice? ChoiceOf(string digest) =>
        input.Approvals.FirstOrDefault(one => one.Subject == ApprovalSubject.Drift && one.Digest == digest)?.Choice;

    // A field stays the engine's where a server does not note who changes it: by `scale`, kubernetes/kubernetes#82046.
    private static IEnumerable<string> ManagersOf(DriftAdvice advice) => advice.Places.Select(static place => place.Manager)
        .OfType<string>()
        .Where(static name => name != Applier.FieldManager)
        .Distinct(StringComparer.Ordinal);

    private static string MessageOf(Change change, DriftAdvice advice, ImmutableArray<string> why)
    {
        var what = advice.Kind switch
        {
            DriftKind.Missing => "it is gone",
            DriftKind.Identity => "another object has taken its name",
            DriftKind.Conflict => "it is claimed by others",
            DriftKind.Unknown => "what lives is not known",
            _ =>
                string.Join(
                    ", ",
                    advice.Places.Take(MostPlaces).Select(static place => $"`{place.Path}`")) + (advice.Places.Length > MostPlaces
                        ? $" and {advice.Places.Length - MostPlaces} more"
                        : ""),
        };
        var because = change.Drift?.Because is { } told ? $" ({told})" : "";
        var by = string.Join(" and ", ManagersOf(advice).Select(static name => $"`{name}`"));
        return Reports.SafeText.OneLine(string.Join(
            "; ", [$"{what}{because}{(by.Length > 0 ? $", by {by}" : "")}", .. why.Distinct(StringComparer.Ordinal)]));
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
