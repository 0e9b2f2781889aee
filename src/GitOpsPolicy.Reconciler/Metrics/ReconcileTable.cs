using System.Collections.Immutable;
using GitOpsPolicy.Metrics;
using static GitOpsPolicy.Metrics.MetricDefinition;

namespace GitOpsPolicy.Reconciler.Metrics;

/// <summary>
/// Every metric of the reconcile engine: the code, the page <c>docs/operations/metrics.md</c> and the alerts go by it. The only
/// names of objects in labels are those of units, and there are as many of these as the engine has been given.
/// </summary>
internal static class ReconcileTable
{
    // From a pass that finds nothing to do to one that waits for a wave of slow objects.
    private static readonly ImmutableArray<double> Bounds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];

    public static readonly MetricDefinition Units = Gauge("reconcile_units", ["phase"], "Units, by how they are doing.");
    public static readonly MetricDefinition UnitInfo = Gauge(
        "reconcile_unit_info", ["unit", "environment", "phase"], "1 for each unit.");
    public static readonly MetricDefinition LastSuccess = Gauge(
        "reconcile_last_success_timestamp_seconds", ["unit"], "When a pass last left everything as Git says; 0 for never.");
    public static readonly MetricDefinition Behind = Gauge(
        "reconcile_behind_seconds", ["unit"],
        "How long ago the last success is of a unit whose applied revision is not the one that Git has.");
    public static readonly MetricDefinition Drift = Gauge(
        "reconcile_drift", ["unit", "class"], "Objects that have drifted and were not put back.");
    public static readonly MetricDefinition DriftOldest = Gauge(
        "reconcile_drift_oldest_seconds", ["class"], "Age of the oldest drift that nobody has decided about.");
    public static readonly MetricDefinition Fighting = Gauge(
        "reconcile_fighting_objects", ["unit"], "Objects that somebody else changes as often as they are put back.");
    public static readonly MetricDefinition Approvals = Gauge(
        "reconcile_pending_approvals", ["unit", "subject"], "What waits for somebody's word.");
    public static readonly MetricDefinition ApprovalOldest = Gauge(
        "reconcile_pending_approval_oldest_seconds", [], "How long the oldest of them has waited.");
    public static readonly MetricDefinition Orphans = Gauge(
        "reconcile_protected_orphans", ["unit"], "Objects that left Git and stay, because they must not be deleted.");
    public static readonly MetricDefinition OrphanOldest = Gauge(
        "reconcile_protected_orphan_oldest_seconds", [], "How long ago the oldest of them left Git.");
    public static readonly MetricDefinition Blocked = Gauge(
        "reconcile_blocked_changes", ["unit"], "Changes that the rules forbid or the cluster refuses.");
    public static readonly MetricDefinition Unhealthy = Gauge(
        "reconcile_unhealthy_objects", ["unit"], "Objects that are not healthy.");
    public static readonly MetricDefinition Paused = Gauge(
        "reconcile_paused_units", ["because"], "Units to which nothing is written at the moment.");
    public static readonly MetricDefinition SourceFailures = Gauge(
        "reconcile_source_failures", ["stage"], "Units whose repository or files cannot be used.");
    public static readonly MetricDefinition Passes = Counter(
        "reconcile_passes", ["outcome"], "Passes, by how they left the unit.");
    public static readonly MetricDefinition PassDuration = Histogram(
        "reconcile_pass_duration_seconds", Bounds, "How long passes took.");
    public static readonly MetricDefinition Writes = Counter(
        "reconcile_writes", ["operation", "outcome"],
        "Writes to clusters and applications of plans, by what came of them; corrections of drift are among them.");
    public static readonly MetricDefinition Fights = Counter(
        "reconcile_fights", [], "Objects that were found to be changed by somebody else as often as they are put back.");
    public static readonly MetricDefinition Throttled = Counter(
        "reconcile_api_throttled", [], "Requests that an API server told to come again later.");
    public static readonly MetricDefinition QueueDepth = Gauge("reconcile_queue_depth", [], "Units that wait for a pass.");
    public static readonly MetricDefinition Leads = Gauge(
        "reconcile_leader", [], "1 in the replica that writes, 0 in the others.");
    public static readonly MetricDefinition Notices = Counter(
        "reconcile_notices", ["result"], "Notices to people, by what came of them.");
    public static readonly MetricDefinition RuleSet = Gauge("ruleset_info", ["digest", "set"], "1 for each rule set in force.");
    public static readonly MetricDefinition Reloads = Counter("ruleset_reload", ["result"], "Attempts to load changed rules.");

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<MetricDefinition> All =
    [
        Units, UnitInfo, LastSuccess, Behind, Drift, DriftOldest, Fighting, Approvals, ApprovalOldest, Orphans, OrphanOldest,
        Blocked, Unhealthy, Paused, SourceFailures,
        Passes, PassDuration, Writes, Fights, Throttled, QueueDepth, Leads, Notices, RuleSet, Reloads,
        SeriesDropped, ProcessFigures.ProcessorTime, ProcessFigures.Memory, ProcessFigures.Started,
    ];
}
