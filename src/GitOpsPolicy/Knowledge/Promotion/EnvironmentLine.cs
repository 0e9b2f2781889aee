using System.Runtime.CompilerServices;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Diff;

namespace GitOpsPolicy.Knowledge.Promotion;

/// <summary>The environments of a change set, and which resource of one is which of another.</summary>
/// <threadsafety>Safe from any thread; made once a change set.</threadsafety>
internal sealed class EnvironmentLine
{
    private static readonly ConditionalWeakTable<ChangeSet, EnvironmentLine> Made = [];

    private readonly Dictionary<string, EnvironmentStep> steps = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Environment, StoredIdentity Identity), int> resources = [];
    private readonly HashSet<string> populated = new(StringComparer.Ordinal);

    private EnvironmentLine(ChangeSet set)
    {
        foreach (var step in set.Environments) steps.TryAdd(step.Name, step);
        for (var i = 0; i < set.Changes.Length && steps.Count > 0; i++)
        {
            var change = set.Changes[i];
            if (change.Environment is not { } name || !steps.TryGetValue(name, out var step)) continue;
            if (change is not { After: not null, Resource: KubernetesId id, Operation: not Operation.Delete }) continue;
            populated.Add(name);
            resources.TryAdd((name, IdentityOf(id, step)), i);
        }
    }

    /// <summary>The line of a change set.</summary>
    public static EnvironmentLine Of(ChangeSet set) => Made.GetValue(set, static of => new EnvironmentLine(of));

    /// <summary>The environment of a change; null for one without a place in the line.</summary>
    public EnvironmentStep? StepOf(Change change) => change.Environment is { } name ? steps.GetValueOrDefault(name) : null;

    /// <summary>The environment before that of a change; null where there is none.</summary>
    public EnvironmentStep? PreviousOf(Change change) =>
        StepOf(change)?.After is { } after ? steps.GetValueOrDefault(after) : null;

    /// <summary>There is something of the environment in the set.</summary>
    public bool Has(EnvironmentStep step) => populated.Contains(step.Name);

    /// <summary>Where the same resource of the environment before stands in the set; null where there is none.</summary>
    public int? CounterpartOf(Change change)
    {
        if (PreviousOf(change) is not { } previous || change.Resource is not KubernetesId id) return null;
        return resources.TryGetValue((previous.Name, IdentityOf(id, StepOf(change)!)), out var at) ? at : null;
    }

    private static StoredIdentity IdentityOf(KubernetesId id, EnvironmentStep step)
    {
        var words = new EnvironmentWords(step.Words);
        var stored = StoredIdentity.Of(id);
        return stored with { Namespace = words.Strip(stored.Namespace), Name = words.Strip(stored.Name) };
    }
}
