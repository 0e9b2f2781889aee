using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Status;

namespace GitOpsPolicy.Reconciler.Tests.Dashboard;

/// <summary>Boards as an on-call finds them.</summary>
internal static class Boards
{
    private static readonly DateTimeOffset Now = Statuses.Now;

    /// <summary>A dozen units, some of which need somebody.</summary>
    public static StatusBoard Night()
    {
        var board = new StatusBoard();
        foreach (var status in Units()) board.Put(status);
        return board;
    }

    /// <summary>A thousand units, as a platform team has them.</summary>
    public static StatusBoard Thousand()
    {
        var board = Night();
        for (var i = board.Count; i < 1_000; i++)
            board.Put(Statuses.Synced($"service-{i:D4}", $"team-{i % 40:D2}") with
            {
                LastSuccess = Now.AddSeconds(-i % 290),
                LastAttempt = Now.AddSeconds(-i % 290),
                Objects = 4 + i % 17,
            });
        return board;
    }

    /// <summary>A unit all of whose words are somebody's attempt to get into the page.</summary>
    public static StatusBoard Hostile()
    {
        const string nasty = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'&lt;\u202e\u0007javascript:alert(3)WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";
        var board = new StatusBoard();
        board.Put(new()
        {
            Unit = new("ns\"'<b>", "na/me?#<script>&%2F"),
            Phase = UnitPhase.Failed,
            Message = nasty,
            Source = "javascript:alert(document.domain)//" + nasty,
            Environment = nasty,
            Attempted = nasty,
            Applied = "\" onmouseover=\"alert(4)",
            LastGood = nasty,
            Refused = [nasty],
            RuleSetDigest = nasty,
            LastAttempt = Now,
            Drift = [new(nasty, nasty, nasty, nasty, Now, nasty) { Manager = nasty, Location = nasty, IsFight = true }],
            Approvals = [new(nasty, nasty, nasty, Now)
            {
                Resources = [nasty],
                Count = 1,
                BlastRadius = nasty,
                Acknowledgement = nasty,
            }],
            Blocked = [new(nasty, nasty, nasty, nasty) { Operation = nasty, Severity = nasty, Remediation = nasty, Since = Now }],
            Orphans = [new(nasty, nasty, Now)],
            Unhealthy = [new(nasty, nasty, nasty, Now, nasty)],
            Trouble = new(nasty, nasty, Now),
            Paused = new(nasty, nasty, nasty, Now),
            Notes = [nasty],
            History = [new(Now, nasty, nasty, nasty) { Corrections = [new(nasty, nasty, nasty) { Manager = nasty }] }],
        });
        return board;
    }

    private static IEnumerable<UnitStatus> Units()
    {
        yield return Statuses.Synced("checkout") with
        {
            Phase = UnitPhase.RolledBack,
            Applied = "9b1c44de0f6a5b7c8d9e0f1a2b3c4d5e6f708192",
            LastGood = "9b1c44de0f6a5b7c8d9e0f1a2b3c4d5e6f708192",
            Attempted = "e3a7f05512c9d8b7a6f5e4d3c2b1a09f8e7d6c5b",
            Refused = ["e3a7f05512c9d8b7a6f5e4d3c2b1a09f8e7d6c5b"],
            Message = "e3a7f055 did not get healthy within 10 min; 9b1c44de was applied again. Correct it with a new commit.",
            LastSuccess = Now.AddMinutes(-26),
            Unhealthy = [new(
                "apps/Deployment shop/checkout", "failed", "2 of 3 Pods crash: the readiness probe answers 500",
                Now.AddMinutes(-38), "e3a7f05512c9d8b7a6f5e4d3c2b1a09f8e7d6c5b")],
            History =
            [
                new(
                    Now.AddMinutes(-26), "e3a7f05512c9d8b7a6f5e4d3c2b1a09f8e7d6c5b", "rolledBack",
                    "2 of 3 Pods crash; 9b1c44de was applied again")
                {
                    Updated = 3,
                },
                new(Now.AddHours(-19), "9b1c44de0f6a5b7c8d9e0f1a2b3c4d5e6f708192", "synced", "everything is as Git says")
                {
                    Updated = 2,
                    Pruned = 1,
                },
                new(Now.AddDays(-3), "51d2aa908877665544332211ffeeddccbbaa9988", "synced", "everything is as Git says")
                {
                    Created = 11,
                },
            ],
        };
        yield return Statuses.Synced("orders-db", "data") with
        {
            Phase = UnitPhase.Held,
            Message = "a deletion and frozen drift wait for a word",
            Attempted = "77aa01b2c3d4e5f60718293a4b5c6d7e8f901122",
            Applied = "60ff12ab34cd56ef7890a1b2c3d4e5f607182930",
            LastSuccess = Now.AddHours(-7),
            Approvals =
            [
                new(
                    "prune", "sha256:8c1f0d3ab5e94b7f2a6d1c0e9f8b7a6d5c4e3f2a1b0c9d8e7f6a5b4c3d2e1f00",
                    "the database has left Git; commit an acknowledgement of this digest to have it deleted", Now.AddHours(-7))
                {
                    Resources = [
                        "postgresql.cnpg.io/Cluster data/orders",
                        "PersistentVolumeClaim data/orders-1",
                        "PersistentVolumeClaim data/orders-2"
                    ],
                    Count = 3,
                    BlastRadius = "1 deletion ⇒ 214 objects, 6 of them hold state",
                    Acknowledgement = "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Acknowledgement\nmetadata:\n  name: \"orders-db-8c1f0d3a\"\nspec:\n  approves:\n    - subject: prune\n      digest: \"sha256:8c1f0d3ab5e94b7f2a6d1c0e9f8b7a6d5c4e3f2a1b0c9d8e7f6a5b4c3d2e1f00\"\n  owner: \"\"\n  approver: \"\"\n  reason: \"\"\n",
                },
            ],
            Drift =
            [
                new(
                    "postgresql.cnpg.io/Cluster data/orders", "modified", "freeze",
                    "spec.storage.size is 200Gi, and 100Gi in Git", Now.AddHours(-2), "sha256:1b2c")
                {
                    Manager = "kubectl-edit",
                    Location = "data/orders.yaml:14:11",
                },
                new("NetworkPolicy data/orders", "missing", "alert", "it is gone", Now.AddDays(-1), "sha256:3d4e")
                {
                    Location = "data/orders.yaml:31:1",
                },
            ],
        };
        yield return Statuses.Synced("storefront") with
        {
            Phase = UnitPhase.Blocked,
            Message = "the rules forbid 2 changes of 5d00c1a9; nothing of it is applied",
            Attempted = "5d00c1a93f4e5d6c7b8a99887766554433221100",
            Applied = "0c9b8a7d6e5f40312233445566778899aabbccdd",
            LastSuccess = Now.AddHours(-1),
            Blocked =
            [
                new(
                    "apps/Deployment shop/storefront", "approved-images",
                    "`docker.io/acme/storefront:latest` is not from an approved registry", "shop/storefront.yaml:22:18")
                {
                    Operation = "update",
                    Severity = "high",
                    Remediation = "Build through the release pipeline and use its tag or digest.",
                    Fingerprint = "a1",
                    Since = Now.AddMinutes(-55),
                },
                new(
                    "ConfigMap shop/storefront-settings", "no-plaintext-secrets",
                    "data.PAYMENT_KEY looks like a payment provider's key: (sensitive #1f3a)", "shop/settings.yaml:9:16")
                {
                    Operation = "create",
                    Severity = "critical",
                    Remediation = "Keep it in the secret store, and turn the key: it has been in Git.",
                    Fingerprint = "b2",
                    Since = Now.AddMinutes(-55),
                },
            ],
        };
        yield return Statuses.Synced("payments") with
        {
            Phase = UnitPhase.Suspended,
            Message = "suspended by ada: the provider migrates tonight",
            Paused = new("suspended", "ada@example.com", "the provider migrates tonight, see INC-2214", Now.AddHours(3)),
            LastSuccess = Now.AddHours(-4),
        };
        yield return Statuses.Synced("ingress", "platform") with
        {
            Phase = UnitPhase.Suspended,
            Message = "the glass is broken",
            Paused = new("break-glass", "kim@example.com", "INC-2215: certificates replaced by hand", Now.AddMinutes(40)),
            Drift = [new(
                "Secret platform/wildcard-tls", "modified", "alert", "data.tls.crt differs", Now.AddMinutes(-20), "sha256:5f6a")
            {
                Manager = "kubectl-create",
            }],
        };
        yield return Statuses.Synced("monitoring", "platform") with
        {
            Phase = UnitPhase.Failed,
            Message = "Git does not answer: connection timed out after 60 s",
            Trouble = new(
                "fetch", "https://git.example.com/platform.git does not answer: connection timed out after 60 s",
                Now.AddMinutes(-12)),
            LastSuccess = Now.AddMinutes(-13),
        };
        yield return Statuses.Synced("search") with
        {
            Message = "everything is as Git says, but for one object that somebody else keeps changing",
            Drift = [new(
                "autoscaling/HorizontalPodAutoscaler shop/search", "modified", "correct",
                "spec.maxReplicas was put back 6 times within the hour", Now.AddMinutes(-50), "sha256:7a8b")
            {
                Manager = "capacity-bot",
                IsFight = true,
                Location = "shop/search.yaml:40:16",
            }],
        };
        yield return Statuses.Synced("archive", "data") with
        {
            Orphans = [new(
                "PersistentVolumeClaim data/archive-2024", "holds state; acknowledge its deletion or take it back into Git",
                Now.AddDays(-12))],
        };
        yield return Statuses.Synced("network", "infrastructure") with
        {
            Phase = UnitPhase.Held,
            Message = "a plan waits for a word",
            Approvals = [new(
                "plan", "sha256:44de", "2 to change, 1 to replace; approve this digest to have this very plan applied",
                Now.AddMinutes(-35))
            {
                Resources = ["aws_nat_gateway.main", "aws_route.private[0]", "aws_route.private[1]"],
                Count = 3,
                BlastRadius = "1 replaced, 2 changed",
            }],
            Attempted = "0f1e2d3c4b5a69788796a5b4c3d2e1f000112233",
        };
        yield return Statuses.Synced("catalog") with
        {
            Phase = UnitPhase.Progressing,
            Message = "wave 2 of 3: 4 of 6 objects are ready",
            Attempted = "aa11bb22cc33dd44ee55ff6677889900aabbccdd",
        };
        yield return Statuses.Synced("dns", "platform") with
        {
            Notes = ["acknowledgements/dns.yaml:9:10: `approver` is the one who asks, so it counts for nothing"],
            History = [new(Now.AddMinutes(-14), Statuses.New, "synced", "22222222 is applied")
            {
                Corrected = 1,
                Corrections = [new("ConfigMap platform/corefile", "modified", "`/data/Corefile`, by `kubectl-edit`")
                {
                    Manager = "kubectl-edit",
                }],
            }],
        };
        yield return Statuses.Synced("identity", "platform") with
        {
            LastAttempt = Now.AddHours(-3),
            LastSuccess = Now.AddHours(-3),
        };
    }
}
