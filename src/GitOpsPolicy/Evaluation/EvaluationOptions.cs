using System.Security.Cryptography;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation;

/// <summary>What the engine cannot know by itself.</summary>
public sealed record EvaluationOptions
{
    private static readonly SensitiveKey OfProcess = new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The day it is; waivers expire by it. Null: no waiver or acknowledgement with an expiry date holds.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>The environment of every change, whatever its file; null to go by the configured paths.</summary>
    public string? Environment { get; init; }

    /// <summary>What is going on around drift, as far as the host knows.</summary>
    public DriftContext Drift { get; init; } = DriftContext.None;

    /// <summary>
    /// What fingerprints of secrets are made with. Random per process, so that they tell nothing to anyone else.
    /// </summary>
    public SensitiveKey SensitiveKey { get; init; } = OfProcess;

    /// <summary>What one rule may use on one change of ordinary size; large ones get more in proportion.</summary>
    public ScriptBudget Budget { get; init; } = new();

    /// <summary>Whether <see cref="Decision.Costs"/> is asked for. Counting costs a little, the decision is the same.</summary>
    public bool CountsCosts { get; init; }

    /// <summary>The most that any finding may do, whatever rules and configuration say.</summary>
    public Enforcement Limit { get; init; } = Enforcement.Deny;

    /// <summary>Workers to judge with; 0 for one per processor. The decision is the same with any number.</summary>
    public int Workers { get; init; }

    /// <summary>Watches every rule judge; null for none. The rules have to be loaded with it to tell more than that.</summary>
    internal RuleObserver? Observer { get; init; }
}
