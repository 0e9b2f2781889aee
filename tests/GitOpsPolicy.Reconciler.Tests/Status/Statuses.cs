using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Tests.Status;

/// <summary>Statuses as passes leave them.</summary>
internal static class Statuses
{
    /// <summary>When everything here happens.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);

    public const string Old = "1111111111111111111111111111111111111111";
    public const string New = "2222222222222222222222222222222222222222";

    /// <summary>A unit that is as Git says.</summary>
    public static UnitStatus Synced(string name, string place = "shop") => new()
    {
        Unit = new(place, name),
        Phase = UnitPhase.Synced,
        Message = "everything is as Git says",
        Source = "https://git.example.com/shop.git",
        Ref = "refs/heads/main",
        Attempted = New,
        Applied = New,
        LastGood = New,
        RuleSetDigest = "sha256:0123456789abcdef",
        Environment = "production",
        LastAttempt = Now.AddMinutes(-1),
        LastSuccess = Now.AddMinutes(-1),
        Objects = 12,
    };

    /// <summary>A unit of which everything is true at once.</summary>
    public static UnitStatus Full(string name = "everything") => Synced(name) with
    {
        Phase = UnitPhase.RolledBack,
        Applied = Old,
        LastGood = Old,
        ObservedGeneration = 7,
        Refused = [New],
        LastSuccess = Now.AddHours(-5),
        Drift =
        [
            new("apps/Deployment shop/web", "modified", "alert", "spec.replicas is 5 and not 3", Now.AddHours(-3), "sha256:aa")
            {
                Manager = "kubectl-edit",
                Location = "web.yaml:4:3",
            },
            new(
                "ConfigMap shop/settings", "modified", "correct", "data.mode was put back 6 times within the hour",
                Now.AddHours(-1), "sha256:bb")
            {
                Manager = "helm",
                IsFight = true,
            },
        ],
        Approvals =
        [
            new("prune", "sha256:cc", "the database has left Git; agree with an acknowledgement", Now.AddHours(-2))
            {
                Resources = ["example.com/Database shop/main"],
                Count = 1,
                BlastRadius = "1 deletion ⇒ 214 objects, 6 stateful",
            },
        ],
        Blocked =
        [
            new("apps/Deployment shop/web", "approved-images", "docker.io/web is not from an approved registry", "web.yaml:20:18")
            {
                Operation = "update",
                Severity = "high",
                Remediation = "Build through the release pipeline.",
                Fingerprint = "f1",
                Since = Now.AddHours(-2),
            },
        ],
        Orphans = [new(
            "PersistentVolumeClaim shop/data", "holds state; acknowledge its deletion or take it back into Git",
            Now.AddDays(-9))],
        Unhealthy = [new("apps/Deployment shop/web", "failed", "the deadline for progress is over", Now.AddMinutes(-20), New)],
        Trouble = new("fetch", "the server does not answer", Now.AddMinutes(-10)),
        Paused = new("suspended", "ada", "the migration is under way", Now.AddHours(2)),
        History = [new(Now.AddMinutes(-10), New, "rolledBack", "web did not get healthy")
        {
            Created = 1,
            Updated = 2,
            Corrected = 3,
            Pruned = 4,
            Corrections = [new("ConfigMap shop/colours", "modified", "`/data/sky`") { Manager = "kubectl-patch" }],
        }],
        Notes = ["acknowledgements/old.yaml:7:3: it has expired"],
    };
}
