using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Policies.Costs;

/// <summary>Something that rules are measured on: a test case, or the inputs given.</summary>
public sealed class CostInput
{
    /// <summary>What the inputs given on the command line are called.</summary>
    public const string Given = "given inputs";

    internal CostInput(string name, RuleSet rules, ChangeSet changes, string settings) =>
        (Name, Rules, Changes, Digest) = (name, rules, changes, InputDigest.Of(changes, settings)["sha256:".Length..][..16]);

    /// <summary><c>test: case</c>, or <see cref="Given"/>.</summary>
    public string Name { get; }

    /// <summary>16 hex digits over what is judged and the parameters given with it: equal digests are the same input.</summary>
    public string Digest { get; }

    internal RuleSet Rules { get; }

    internal ChangeSet Changes { get; }

    /// <summary>The inputs given, judged by every rule of a set.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="changes">What is judged.</param>
    /// <param name="environment">The environment of every change; null to go by the configured paths.</param>
    public static ImmutableArray<CostInput> Of(RuleSet rules, ChangeSet changes, string? environment) =>
        [new(Given, rules, new Evaluator(rules).Place(changes, new() { Environment = environment }), "")];
}

/// <summary>Several of them.</summary>
/// <param name="All">In the order of the files.</param>
public sealed record CostInputs(ImmutableArray<CostInput> All);
