using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Testing.Coverage;

namespace GitOpsPolicy.Policies.Testing.Mutation;

/// <summary>Which small changes to rules their tests notice.</summary>
/// <param name="Mutants">Every change tried, by rule, then in the order of the rule.</param>
/// <param name="LeftOut">Changes not tried, because a rule has more of them than are tried.</param>
public sealed record MutationReport(ImmutableArray<Mutant> Mutants, int LeftOut)
{
    /// <summary>The changes that no test noticed.</summary>
    public IEnumerable<Mutant> Survivors => Mutants.Where(m => !m.IsNoticed);

    /// <summary>Changes noticed, of those tried.</summary>
    public Share Noticed => new(Mutants.Count(m => m.IsNoticed), Mutants.Length);
}

/// <summary>A rule with one small change.</summary>
/// <param name="Rule">The rule that was tested with it.</param>
/// <param name="Location">Where the change is.</param>
/// <param name="Change">What was changed: <c>`===` to `!==`</c>.</param>
/// <param name="IsNoticed">A test failed, or the rule no longer loaded.</param>
public sealed record Mutant(string Rule, SourceLocation Location, string Change, bool IsNoticed);
