using System.Collections.Immutable;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reloading;

namespace GitOpsPolicy.Webhook.RuleSets;

/// <summary>A rule set that is tried out on some namespaces. Until it is in force, they are judged as all others are.</summary>
/// <param name="rules">The rule set.</param>
/// <param name="namespaces">Globs over the namespaces.</param>
public sealed class CanaryRules(RulesInForce rules, ImmutableArray<Glob> namespaces)
{
    /// <summary>The rule set.</summary>
    public RulesInForce Rules { get; } = rules;

    /// <summary>The rules for a namespace; the ones given where the canary has no say.</summary>
    internal ActiveRules For(string place, ActiveRules otherwise) =>
        Covers(place) && Rules.TryGet(out var active) ? active : otherwise;

    private bool Covers(string place)
    {
        foreach (var glob in namespaces)
            if (place.Length > 0 && glob.Fits(place)) return true;
        return false;
    }
}
