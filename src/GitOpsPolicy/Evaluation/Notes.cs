using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation;

/// <summary>Things worth telling that change no verdict.</summary>
internal static class Notes
{
    /// <summary>
    /// Which rules are not applied because only the user can answer what they have to know: one note each, in order of the rules.
    /// </summary>
    public static ImmutableArray<string> OfUnanswered(RuleSet rules, ChangeSet changeSet)
    {
        if (!rules.Index.Asks) return [];
        var environments = changeSet.Changes.Select(c => c.Environment)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (environments.Count == 0) environments.Add(null);
        return
        [
            .. environments.SelectMany(environment => rules.Index.InEnvironment(environment).Where(b => b.Unanswered is not null))
                .DistinctBy(b => b.Order)
                .Where(b => rules.EnforcementOf(b.Metadata, Evaluator.SurfaceOf(changeSet)) != Enforcement.Off)
                .OrderBy(b => b.Order)
                .Select(
                    b =>
                        $"{b.Metadata.Name} is not applied: set `parameters.{b.Metadata.Name}.{b.Unanswered!.Name}` ({b.Unanswered.Ask})"),
        ];
    }

    /// <summary>What rules that may not deny could not answer: one note each.</summary>
    public static ImmutableArray<string> OfUndetermined(ImmutableArray<Undetermined> undetermined) => undetermined.IsEmpty ? [] :
    [
        .. undetermined
            .Select(
                u =>
                    $"{u.Rule} has no answer about {u.Resource?.ToString() ?? "the change set"}: {string.Join(", ", u.Unknowns)} is not known yet")
            .Distinct(StringComparer.Ordinal),
    ];
}
