using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Freezes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Planning;

/// <summary>Everything that a plan hangs on.</summary>
public sealed record PlanInput
{
    /// <summary>The unit.</summary>
    public required Unit Unit { get; init; }

    /// <summary>The time it is; for ages of days, and for what is told.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What the pass would do and has found.</summary>
    public required PassChanges Changes { get; init; }

    /// <summary>The rules.</summary>
    public required RuleSet Rules { get; init; }

    /// <summary>What the rules say to all of it.</summary>
    public required Decision Decision { get; init; }

    /// <summary>
    /// What they say when nothing is deleted; null where nothing would be, or nothing stands against the pass as a whole.
    /// </summary>
    public Decision? WithoutPrunes { get; init; }

    /// <summary>What drift calls for.</summary>
    public required DriftAdvisor Advisor { get; init; }

    /// <summary>Decisions that people made about what waited for them, and that hold.</summary>
    public ImmutableArray<Approval> Approvals { get; init; } = [];

    /// <summary>The objects that were written before.</summary>
    public required Inventory Inventory { get; init; }

    /// <summary>What the last pass told; null before the first.</summary>
    public UnitStatus? Before { get; init; }

    /// <summary>How well what Git says is known.</summary>
    public SourceState Source { get; init; }

    /// <summary>Why nothing may be deleted; null where something may.</summary>
    public string? NoPrunes { get; init; }

    /// <summary>Why nothing is written at the moment; null when it is.</summary>
    public Pause? Paused { get; init; }

    /// <summary>Somebody has broken the glass over an object: what was done to it by hand is meant.</summary>
    public Func<KubernetesId, bool> IsGlassBroken { get; init; } = static _ => false;

    /// <summary>When changes are frozen.</summary>
    public FreezeWindows Windows { get; init; } = FreezeWindows.None;

    /// <summary>
    /// Whether putting an object back that has drifted in a certain way would change nothing; null where nobody knows. The object
    /// is given by <see cref="PassObject.KeyOf"/>, the way by <see cref="DriftQuestion.Digest"/>.
    /// </summary>
    public Func<string, string, bool?> ChangesNothing { get; init; } = static (_, _) => null;

    /// <summary>How often an object was corrected within the last hour, by <see cref="PassObject.KeyOf"/>.</summary>
    public Func<string, int> Corrections { get; init; } = static _ => 0;
}
