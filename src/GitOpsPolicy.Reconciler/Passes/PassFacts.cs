using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Planning;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>What a pass has found out so far.</summary>
/// <param name="unit">The unit.</param>
/// <param name="memory">What this process remembers of it.</param>
/// <param name="began">When the pass began.</param>
internal sealed class PassFacts(Unit unit, UnitMemory memory, DateTimeOffset began)
{
    public Unit Unit { get; } = unit;

    public UnitMemory Memory { get; } = memory;

    public DateTimeOffset Began { get; } = began;

    /// <summary>The day it began, by which acknowledgements hold.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Began.UtcDateTime);

    /// <summary>The rules of the host.</summary>
    public RuleSet Rules { get; set; } = null!;

    public PassTarget Target { get; set; } = new(null, null);

    public RenderedRevision? Rendered { get; set; }

    /// <summary>What is not tried again.</summary>
    public Refusals Refusals { get; set; } = Refusals.None;

    /// <summary>The last good revision; null where nothing has failed, and where it is not to be had any more.</summary>
    public RenderedRevision? Good { get; set; }

    /// <summary>Why what was rendered is not believed.</summary>
    public DesiredTrouble? Guard { get; set; }

    public IReadOnlyList<PassObject> Objects { get; set; } = [];

    /// <summary>The first object that could not be read; null where all were.</summary>
    public PassObject? Unread => Objects.FirstOrDefault(static one => one.Unreadable is not null);

    /// <summary>The first object that Git says and that is being deleted; null for none.</summary>
    public PassObject? Going => Objects.FirstOrDefault(static one => one is { Desired: not null, IsGoing: true });

    public PassChanges? Changes { get; set; }

    public Plan? Plan { get; set; }

    public Pause? Paused { get; set; }

    public Execution? Execution { get; set; }

    /// <summary>What makes the commit a bad one, in a few words; null for nothing.</summary>
    public string? Failure { get; set; }

    public Rehearsal? Rehearsal { get; set; }

    /// <summary>Writes and deletions that did not come about, and those that the cluster said beforehand it would not take.</summary>
    public IReadOnlyList<FailedWrite> Failures => [.. Rehearsal?.Refusals ?? [], .. Execution?.Failures ?? []];

    /// <summary>What else somebody should know.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Why what Git says cannot be used; null where it can.</summary>
    public DesiredTrouble? Trouble => Target.Trouble ?? (Target.Approval is null ? Rendered?.Trouble : null) ?? Guard;

    /// <summary>What a server says of what it was sent, without what is secret in that.</summary>
    public string Masked(string message)
    {
        foreach (var secret in Rendered?.SensitiveTexts ?? [])
            if (secret.Length > 3) message = message.Replace(secret, "(sensitive)", StringComparison.Ordinal);
        return message;
    }

    /// <summary>Why nothing may be deleted, whoever agreed to it; null where something may.</summary>
    public string? NoPrunes(UnitState state) => Target switch
    {
        { Approval: not null } or { Trouble: not null } => "what Git says is not known for sure",
        _ when Unread is not null => "not all of what lives could be read",
        _ when state.IsNew || state.Status?.Applied is null => "the unit has not been applied whole yet",
        { Waits: not null } => "the unit waits for another one",
        { IsRollback: true } => "an earlier revision is applied until a newer one is good",
        _ => null,
    };
}
