using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Live;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>What passes of all units need of their host.</summary>
public sealed record PassServices
{
    /// <summary>Where units are told what shall live.</summary>
    public required IDesiredState Desired { get; init; }

    /// <summary>The cluster that a unit's objects go to, in the name that the unit says.</summary>
    public required Func<Unit, CancellationToken, Task<KubernetesClient>> ClusterOf { get; init; }

    /// <summary>What watches have told of a cluster; null where nothing is watched.</summary>
    public Func<KubernetesClient, LiveCache?> CacheOf { get; init; } = static _ => null;

    /// <summary>Where states are kept.</summary>
    public required StateStore Store { get; init; }

    /// <summary>The rules in force.</summary>
    public required Func<RuleSet> Rules { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Runs units of Terraform; null where there are none.</summary>
    public TerraformUnits? Terraform { get; init; }

    /// <summary>What is asked before each write.</summary>
    public Fence Fence { get; init; } = Fence.None;

    /// <summary>What is known of other units; null for nothing.</summary>
    public Func<UnitKey, UnitStatus?> StatusOf { get; init; } = static _ => null;

    /// <summary>Told of each request that was to change something, and what came of it; null for nobody.</summary>
    public Action<string, WriteOutcome>? Wrote { get; init; }

    /// <summary>Follows passes.</summary>
    public IPassWatch Watch { get; init; } = NoWatch.Instance;

    /// <summary>Leave to break the rules that holds at a time: what is done by hand where it holds is meant.</summary>
    public Func<DateTimeOffset, ImmutableArray<BreakGlassGrant>> BrokenGlass { get; init; } = static _ => [];
}

/// <summary>What came of a pass.</summary>
/// <param name="Status">What is known of the unit now.</param>
/// <param name="Writes">How often the cluster was written to, the state left out.</param>
/// <param name="Again">When the unit wants its next pass; null for whenever it is its turn.</param>
public sealed record PassResult(UnitStatus Status, int Writes, TimeSpan? Again)
{
    /// <summary>The kinds of the unit's objects, each with its group and a namespace that such objects are in.</summary>
    public ImmutableArray<(string Group, string Kind, string Namespace)> Kinds { get; init; } = [];

    /// <summary>It did not come to its end through no fault of the unit, and is tried again later and later.</summary>
    public bool IsPassingFailure { get; init; }

    /// <summary>The unit waits for others first.</summary>
    public bool IsWaitingForOthers { get; init; }
}
