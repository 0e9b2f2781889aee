using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>How a unit is doing, the worst that is true of it.</summary>
public enum UnitPhase
{
    /// <summary>No pass has ended yet.</summary>
    Pending,

    /// <summary>What Git says lives, and is healthy.</summary>
    Synced,

    /// <summary>A pass is under way, or waits for objects to get ready.</summary>
    Progressing,

    /// <summary>Something waits for a decision of somebody: drift, a deletion, a plan.</summary>
    Held,

    /// <summary>Somebody has stopped it, or broken the glass over it, or a freeze window is open.</summary>
    Suspended,

    /// <summary>The rules forbid what Git says, or the cluster does not take it; the last good revision stays.</summary>
    Blocked,

    /// <summary>Objects are not healthy.</summary>
    Unhealthy,

    /// <summary>A revision did not get healthy, and the one before was applied again.</summary>
    RolledBack,

    /// <summary>Git, the renderer or the cluster does not answer as it should.</summary>
    Failed,
}

/// <summary>
/// What is known of a unit after its last pass. It is kept in the cluster, and everything that is shown comes from it; nothing
/// secret is in it.
/// </summary>
public sealed record UnitStatus
{
    /// <summary>Which unit.</summary>
    public required UnitKey Unit { get; init; }

    /// <summary>How it is doing.</summary>
    public UnitPhase Phase { get; init; }

    /// <summary>The same in one sentence, with what to do about it.</summary>
    public string Message { get; init; } = "";

    /// <summary>The generation of the unit that the last pass saw; 0 for a file.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Where Git is asked, without credentials.</summary>
    public string Source { get; init; } = "";

    /// <summary>What is followed of it: <c>refs/heads/main</c>.</summary>
    public string Ref { get; init; } = "";

    /// <summary>The commit that was last tried; null before the first.</summary>
    public string? Attempted { get; init; }

    /// <summary>The commit that was last applied whole; null before the first.</summary>
    public string? Applied { get; init; }

    /// <summary>The commit that was last applied and got healthy; null before the first.</summary>
    public string? LastGood { get; init; }

    /// <summary>Commits that did not get healthy, and are not tried again; newest first.</summary>
    public ImmutableArray<string> Refused { get; init; } = [];

    /// <summary>
    /// Digests of what the first of <see cref="Refused"/> say, which is not tried again in other commits either; without secrets.
    /// </summary>
    public ImmutableArray<string> RefusedContents { get; init; } = [];

    /// <summary>What the unit said when it last asked for another try; null where it never did.</summary>
    public string? Retried { get; init; }

    /// <summary><c>sha256:…</c> of the rule set that judged the last pass.</summary>
    public string RuleSetDigest { get; init; } = "";

    /// <summary>The environment it belongs to; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>When the last pass began.</summary>
    public DateTimeOffset? LastAttempt { get; init; }

    /// <summary>When a pass last left everything as Git says.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>How many objects the inventory holds.</summary>
    public int Objects { get; init; }

    /// <summary>Drift that was not, or must not be, corrected.</summary>
    public ImmutableArray<DriftEntry> Drift { get; init; } = [];

    /// <summary>What waits for somebody's word.</summary>
    public ImmutableArray<PendingApproval> Approvals { get; init; } = [];

    /// <summary>What the rules forbade.</summary>
    public ImmutableArray<BlockedChange> Blocked { get; init; } = [];

    /// <summary>Objects that left Git and stay, because they must not be deleted.</summary>
    public ImmutableArray<Orphan> Orphans { get; init; } = [];

    /// <summary>Objects that are not healthy.</summary>
    public ImmutableArray<UnhealthyObject> Unhealthy { get; init; } = [];

    /// <summary>The digest of the Terraform plan whose application began and is not known to have ended; null for none.</summary>
    public string? Applying { get; init; }

    /// <summary>What else somebody should know, in whole sentences, such as acknowledgements that do not load.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Why Git or its files cannot be used; null when they can.</summary>
    public SourceTrouble? Trouble { get; init; }

    /// <summary>Why nothing is written at the moment; null when it is.</summary>
    public Pause? Paused { get; init; }

    /// <summary>What passes that wrote or failed came to, newest first, at most 20.</summary>
    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    /// <summary>The later of two times; null where neither is known.</summary>
    public static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    /// <summary>Entries that the lists would have, had they not been too long to be kept; null when they are whole.</summary>
    public OmittedEntries? Omitted { get; init; }
}

/// <summary>How many entries are missing at the ends of a status' lists.</summary>
/// <param name="Drift">Of <see cref="UnitStatus.Drift"/>.</param>
/// <param name="Approvals">Of <see cref="UnitStatus.Approvals"/>.</param>
/// <param name="Blocked">Of <see cref="UnitStatus.Blocked"/>.</param>
/// <param name="Orphans">Of <see cref="UnitStatus.Orphans"/>.</param>
/// <param name="Unhealthy">Of <see cref="UnitStatus.Unhealthy"/>.</param>
public sealed record OmittedEntries(int Drift, int Approvals, int Blocked, int Orphans, int Unhealthy)
{
    /// <summary>None are.</summary>
    public static OmittedEntries None { get; } = new(0, 0, 0, 0, 0);
}

/// <summary>One object that is not as Git says.</summary>
/// <param name="Resource">The object as findings show it.</param>
/// <param name="Kind">How it departs: <c>modified</c>, <c>missing</c>, …</param>
/// <param name="Class">What the drift table has done about it: <c>correct</c>, <c>alert</c> or <c>freeze</c>.</param>
/// <param name="Message">Which fields, who wrote them, and why it has that class.</param>
/// <param name="Since">When it was first seen.</param>
/// <param name="Digest">What an acknowledgement of it names.</param>
public sealed record DriftEntry(string Resource, string Kind, string Class, string Message, DateTimeOffset Since, string Digest)
{
    /// <summary>The field manager that wrote it; null where the object does not say.</summary>
    public string? Manager { get; init; }

    /// <summary>Where Git says otherwise: <c>file:line:column</c>.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// It was made while the glass was broken over the unit, or a freeze window open: it is nobody's to correct until Git has it or somebody decided to
    /// revert it.
    /// </summary>
    public bool IsByHand { get; init; }

    /// <summary>Somebody decided to leave it: it is told, and holds nothing.</summary>
    public bool IsTolerated { get; init; }

    /// <summary>It was put back, and came back, more often than it may.</summary>
    public bool IsFight { get; init; }
}

/// <summary>Something that is done only once somebody agrees to it.</summary>
/// <param name="Subject">What: <c>prune</c>, <c>plan</c>, <c>drift</c> or <c>rewrite</c>.</param>
/// <param name="Digest">What the agreement names; another set of things has another digest.</param>
/// <param name="Message">What would be done, and how to agree to it.</param>
/// <param name="Since">When it was first asked for.</param>
public sealed record PendingApproval(string Subject, string Digest, string Message, DateTimeOffset Since)
{
    /// <summary>The resources, as findings show them; at most 50.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>How many there are.</summary>
    public int Count { get; init; }

    /// <summary>The file that agrees to it, but for who and why, ready to be committed; empty where none does.</summary>
    public string Acknowledgement { get; init; } = "";

    /// <summary>How much goes with it, in words: <c>1 deletion ⇒ 214 objects, 6 stateful</c>; empty where nothing does.</summary>
    public string BlastRadius { get; init; } = "";
}

/// <summary>A change that the rules forbade, or the cluster refused.</summary>
/// <param name="Resource">The object as findings show it; empty for the whole set.</param>
/// <param name="Rule">The rule, or <see cref="ByCluster"/>.</param>
/// <param name="Message">The finding, or what the cluster says.</param>
/// <param name="Location">Where: <c>file:line:column</c>.</param>
public sealed record BlockedChange(string Resource, string Rule, string Message, string Location)
{
    /// <summary>What stands for a rule where not a rule forbids a change, but the cluster refuses it.</summary>
    public const string ByCluster = "kube-apiserver";

    /// <summary>What the change would have done: <c>create</c>, <c>update</c>, <c>delete</c>, …</summary>
    public string Operation { get; init; } = "";

    /// <summary>How severe the rule says it is.</summary>
    public string Severity { get; init; } = "";

    /// <summary>What to do instead.</summary>
    public string Remediation { get; init; } = "";

    /// <summary>What a waiver names.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>When it was first forbidden.</summary>
    public DateTimeOffset Since { get; init; }
}

/// <summary>An object that left Git and stays.</summary>
/// <param name="Resource">The object as findings show it.</param>
/// <param name="Message">Why it stays, and what to do.</param>
/// <param name="Since">When it left Git.</param>
public sealed record Orphan(string Resource, string Message, DateTimeOffset Since);

/// <summary>An object that is not healthy.</summary>
/// <param name="Resource">The object as findings show it.</param>
/// <param name="State">How it is: <c>inProgress</c>, <c>failed</c>, <c>terminating</c>, <c>suspended</c> or
/// <c>unknown</c>.</param>
/// <param name="Message">Why.</param>
/// <param name="Since">When it was first seen so.</param>
/// <param name="Revision">The commit that was being applied then.</param>
public sealed record UnhealthyObject(string Resource, string State, string Message, DateTimeOffset Since, string Revision);

/// <summary>Git or its files cannot be used.</summary>
/// <param name="Stage">Where it went wrong: <c>fetch</c>, <c>verify</c>, <c>history</c>, <c>render</c> or <c>guard</c>.</param>
/// <param name="Message">Why, and what to do.</param>
/// <param name="Since">When it was first seen.</param>
public sealed record SourceTrouble(string Stage, string Message, DateTimeOffset Since);

/// <summary>Nothing is written at the moment.</summary>
/// <param name="Because">What holds it: <c>suspended</c>, <c>break-glass</c> or <c>freeze-window</c>.</param>
/// <param name="By">Who; empty for a window.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">Until when; null for until somebody says so.</param>
public sealed record Pause(string Because, string By, string Reason, DateTimeOffset? Until)
{
    /// <summary>That of a unit which somebody has stopped; null where nobody has.</summary>
    public static Pause? Of(Unit unit, DateTimeOffset now) =>
        unit.Suspend is { } suspension && suspension.HoldsAt(now)
            ? new(Suspended, suspension.By, suspension.Reason, suspension.Until)
            : null;

    /// <summary>That of leave to break the rules.</summary>
    public static Pause Of(BreakGlassGrant grant) => new(BreakGlass, grant.Who, grant.Reason, grant.NotAfter);

    /// <summary>The same in words: <c>suspended by ada: the database moves, until 2026-03-31T12:00:00Z</c>.</summary>
    public string InWords() =>
        $"{Because}{(By.Length > 0 ? $" by {By}" : "")}: {Reason}{(Until is { } until ? $", until {Policies.Reading.Times.Write(until)}" : "")}";

    /// <summary>Somebody has stopped the unit.</summary>
    public const string Suspended = "suspended";

    /// <summary>Somebody has broken the glass over it.</summary>
    public const string BreakGlass = "break-glass";

    /// <summary>Nothing is changed at the time that can wait.</summary>
    public const string FreezeWindow = "freeze-window";
}

/// <summary>What one pass came to.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Revision">The commit.</param>
/// <param name="Outcome">How it ended, a word of <see cref="UnitPhase"/> in lower case.</param>
/// <param name="Message">The same in one sentence.</param>
public sealed record HistoryEntry(DateTimeOffset At, string Revision, string Outcome, string Message)
{
    /// <summary>Objects made.</summary>
    public int Created { get; init; }

    /// <summary>Objects changed because Git did.</summary>
    public int Updated { get; init; }

    /// <summary>Objects put back.</summary>
    public int Corrected { get; init; }

    /// <summary>Objects deleted.</summary>
    public int Pruned { get; init; }

    /// <summary>The objects put back, with what was put back: the first ten of them.</summary>
    public ImmutableArray<Correction> Corrections { get; init; } = [];
}

/// <summary>Drift that was put back.</summary>
/// <param name="Resource">The object as findings show it.</param>
/// <param name="Kind">How it departed: <c>modified</c>, <c>missing</c>, …</param>
/// <param name="Message">Which fields, who had written them, and why it has its class.</param>
public sealed record Correction(string Resource, string Kind, string Message)
{
    /// <summary>The field manager that had written it; null where the object does not say.</summary>
    public string? Manager { get; init; }
}
