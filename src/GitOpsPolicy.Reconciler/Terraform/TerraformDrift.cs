using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>
/// What was found to have changed behind Terraform's back, classed by the drift table and by what people decided about it.
/// </summary>
/// <param name="rules">The rules with the acknowledgements of the commit.</param>
/// <param name="input">The pass.</param>
/// <param name="now">The time.</param>
internal sealed class TerraformDrift(RuleSet rules, TerraformInput input, DateTimeOffset now)
{
    private const int MostPlaces = 5;

    private readonly DriftAdvisor advisor = new(rules);

    /// <summary>The drift that counts, resource by resource.</summary>
    /// <param name="refreshed">A plan, in which drift is told.</param>
    /// <param name="isDenied">A rule denies it.</param>
    public ImmutableDictionary<ResourceId, DriftEntry> Class(ChangeSet refreshed, Func<Change, bool> isDenied)
    {
        var entries = ImmutableDictionary.CreateBuilder<ResourceId, DriftEntry>();
        foreach (var change in refreshed.Changes.Where(static change =>
            change.Origin == ChangeOrigin.Drift && change.Operation != Operation.None))
            if (EntryOf(change, isDenied(change)) is { } entry) entries[change.Resource] = entry;
        return entries.ToImmutable();
    }

    private DriftEntry? EntryOf(Change change, bool isDenied)
    {
        var (digest, resource) = (DigestOf(change), input.Hide($"{change.Resource}"));
        var before = input.Before?.Drift.FirstOrDefault(entry => entry.Resource == resource && entry.Digest == digest);
        var since = before?.Since ?? now;
        var around = new DriftContext
        {
            Now = now,
            IsFrozen = input.Paused is not null,
            IsOverdue = now - since > input.Unit.Drift.EscalateAfter,
        };
        var advice = advisor.Of(
            change, around, rules.Config.Drift.FreezeWindows.ActiveAt(now, change.Environment, null)?.ToString());
        if (advice.Class == DriftClass.Ignore) return null;
        var choice = ChoiceOf(digest);
        var (of, why) = ClassOf(advice, isDenied, choice);
        var places = string.Join(
            ", ",
            advice.Places.Take(MostPlaces).Select(static place => $"`{place.Path}`")) + (advice.Places.Length > MostPlaces
                ? $" and {advice.Places.Length - MostPlaces} more"
                : "");
        var what = change.Operation == Operation.Delete ? "it is gone" : places.Length == 0 ? "it was changed" : places;
        return new(
            resource, Word(advice.Kind), Word(of), SafeText.OneLine(input.Hide(string.Join("; ", [what, .. why]))), since,
            digest)
        {
            IsTolerated = choice == DriftChoice.Tolerate,
        };
    }

    private (DriftClass Class, ImmutableArray<string> Why) ClassOf(
        DriftAdvice advice, bool isDenied, DriftChoice? choice) => choice switch
    {
        DriftChoice.Revert => (DriftClass.Correct, ["somebody decided to revert it"]),
        DriftChoice.Tolerate => (DriftClass.Alert, ["somebody decided to leave it"]),
        DriftChoice.Adopt => (DriftClass.Freeze, ["somebody decided to adopt it: Git is to say what lives"]),
        _ when isDenied => (DriftClass.Freeze, [.. advice.Reasons, "the rules deny it"]),
        _ when advice.Class == DriftClass.Correct && !input.Unit.Drift.Corrects =>
            (DriftClass.Alert, ["the unit corrects no drift"]),
        _ => (advice.Class, advice.Reasons),
    };

    private DriftChoice? ChoiceOf(string digest) => rules
        .ApprovalsOn(DateOnly.FromDateTime(now.UtcDateTime), input.Unit.Environment)
        .FirstOrDefault(one => one.Subject == ApprovalSubject.Drift && one.Digest == digest)?.Choice;

    // Bound to the unit too, and to what lives with all that may be shown of it.
    private string DigestOf(Change change)
    {
        var live = change.After is null ? "" : NodeWriter.ToJson(change.After, writeSensitive: false);
        return "sha256:"
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
                $"{input.Unit.Key}\n{change.Resource.Canonical}\n{change.Operation}\n{live}")));
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
