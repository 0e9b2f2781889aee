using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Model;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>What looks like a wish to delete and may be a mistake deletes nothing, and says what held it.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task An_empty_folder_deletes_nothing()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        bench.Push("r2");
        var result = await HeldAsync(bench);
        Assert.Equal((UnitPhase.Failed, "guard"), (result.Status.Phase, result.Status.Trouble?.Stage));
    }

    [Fact]
    public async Task A_revision_that_is_not_there_deletes_nothing()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        await File.WriteAllTextAsync(Path.Join(bench.Folder, "shop", "HEAD"), "nowhere");
        Assert.Equal(UnitPhase.Failed, (await HeldAsync(bench)).Status.Phase);
    }

    [Fact]
    public async Task One_file_that_cannot_be_read_stands_for_all()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        FolderRevisions.Push(
            Path.Join(bench.Folder, "shop"), "r2",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop-001}\n---\napiVersion: [\n");
        Assert.Equal("render", (await HeldAsync(bench)).Status.Trouble?.Stage);
    }

    [Fact]
    public async Task A_branch_of_something_else_deletes_nothing_until_somebody_agrees()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 10));
        bench.Push("r2", Revision.Maps(1, 501, 10));
        var result = await HeldAsync(bench);
        Assert.Equal((UnitPhase.Held, 10), (result.Status.Phase, result.Status.Approvals.Single().Count));
    }

    [Theory]
    [InlineData("v1", "Namespace")]
    [InlineData("v1", "PersistentVolumeClaim")]
    [InlineData("apps/v1", "StatefulSet")]
    [InlineData("storage.k8s.io/v1", "StorageClass")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRoleBinding")]
    public async Task What_takes_others_with_it_or_may_be_the_only_copy_stays_until_somebody_agrees(
        string apiVersion, string kind)
    {
        var one = Revision.Of(apiVersion, kind, "one", []);
        if (kind is "Namespace" or "StorageClass" or "ClusterRoleBinding") one["metadata"]!.AsObject().Remove("namespace");
        await using var bench = await AppliedAsync(
            [.. Revision.Maps(1, 1, 6), one], EngineParts.UnitOf("shop") with { Health = new() { Waits = false } });
        bench.Push("r2", Revision.Maps(1, 1, 6));
        var result = await HeldAsync(bench);
        Assert.Equal(UnitPhase.Held, result.Status.Phase);
        Assert.Contains(result.Status.Orphans, orphan => orphan.Resource.Contains(kind, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("approver: \"\"", "approver: team", "it is approved by its own owner")]
    [InlineData("spec:\n", "spec:\n  expires: 2020-02-02\n", "it expired on 2020-02-02")]
    public async Task An_acknowledgement_that_does_not_hold_is_told_with_why(string line, string instead, string why)
    {
        await using var bench = await AppliedAsync([.. Revision.Maps(1, 1, 6), Revision.Claim()]);
        bench.Push("r2", Revision.Maps(1, 1, 6));
        var waiting = Assert.Single((await HeldAsync(bench)).Status.Approvals);
        FolderRevisions.Push(
            Path.Join(bench.Folder, "shop"), "r3",
            string.Join("\n---\n", Revision.Maps(1, 1, 6).Select(static one => one.ToJsonString())),
            Agreement.Signed(waiting.Acknowledgement.Replace(line, instead, StringComparison.Ordinal)));
        bench.Log.Push("r3", Revision.Maps(1, 1, 6));
        var status = (await HeldAsync(bench)).Status;
        Assert.Equal(UnitPhase.Held, status.Phase);
        Assert.Contains(why, Assert.Single(status.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_unit_keeps_is_neither_written_nor_deleted()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        bench.Server.Cluster.Edit(
            "other", Revision.Map(2), static live => live["metadata"]!["labels"]!["gitops-policy.dev/unit-name"] = "other");
        bench.Push("r2", Revision.Maps(2, 1, 4));
        await HeldAsync(bench);
        bench.Push("r3", [.. Revision.Maps(2, 1, 1), .. Revision.Maps(2, 3, 2)]);
        await HeldAsync(bench);
        Assert.Equal("r1", (string?)bench.Server.Cluster.Find(Revision.Map(2))!["data"]!["revision"]);
    }

    [Fact]
    public async Task What_somebody_took_the_units_marks_off_gets_them_back_while_Git_has_it_and_is_not_deleted_once_it_left()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        TakeMarksOff(bench, 2);
        await HeldAsync(bench);
        Assert.Equal("shop", MarkOf(bench, 2));
        TakeMarksOff(bench, 2);
        bench.Push("r2", [.. Revision.Maps(1, 1, 1), .. Revision.Maps(1, 3, 2)]);
        await HeldAsync(bench);
        Assert.Null(MarkOf(bench, 2));
    }

    [Fact]
    public async Task What_only_bears_a_copy_of_the_units_marks_is_not_taken_for_its_own_when_the_inventory_is_lost()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        var copy = new FakeKey("", "Service", "default", "copy");
        var marks = new JsonObject { ["gitops-policy.dev/unit-name"] = "shop", ["gitops-policy.dev/unit-namespace"] = "default" };
        bench.Server.Cluster.Handle(
            new("endpoints-controller", "create", bench.Server.Cluster.Types.First(static type => type.Kind == "Service"), copy)
            {
                Body = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "copy", ["labels"] = marks } },
                Manager = "endpoints-controller",
            });
        bench.Server.Cluster.Delete("somebody", new("", "ConfigMap", "default", "reconciliation-shop"));
        bench.Push("r2", Revision.Maps(2, 2, 3));
        var result = await HeldAsync(bench);
        Assert.Equal(["ConfigMap default/shop-001"], result.Status.Orphans.Select(static orphan => orphan.Resource));
    }

    [Fact]
    public async Task A_process_that_remembers_an_inventory_that_is_lost_deletes_nothing_on_the_strength_of_it()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        using var next = bench.Process();
        await next.PassAsync();
        bench.Server.Cluster.Delete("somebody", new("", "ConfigMap", "default", "reconciliation-shop"));
        bench.Push("r2", Revision.Maps(1, 2, 3)); // nothing is to be written but a deletion
        await Assert.ThrowsAsync<StateChangedException>(() => next.PassAsync());
        Assert.NotNull(bench.Server.Cluster.Find(Revision.Map(1)));
    }

    private static void TakeMarksOff(Bench bench, int i) =>
        bench.Server.Cluster.Edit("kubectl-label", Revision.Map(i), static live => live["metadata"]!.AsObject().Remove("labels"));

    private static string? MarkOf(Bench bench, int i) =>
        (string?)bench.Server.Cluster.Find(Revision.Map(i))!["metadata"]!["labels"]?["gitops-policy.dev/unit-name"];

    [Fact]
    public async Task What_was_made_anew_by_hand_is_not_deleted()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        bench.Server.Cluster.Delete("somebody", Revision.Map(2));
        bench.Server.Cluster.Handle(
            new("somebody", "create", bench.Server.Cluster.Types.First(static type => type.Kind == "ConfigMap"), Revision.Map(2))
            {
                Body = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["name"] = "shop-002" },
                    ["data"] = new JsonObject { ["mine"] = "yes" },
                },
            });
        bench.Push("r2", [.. Revision.Maps(1, 1, 1), .. Revision.Maps(1, 3, 2)]);
        await HeldAsync(bench);
        Assert.Equal("yes", (string?)bench.Server.Cluster.Find(Revision.Map(2))!["data"]!["mine"]);
    }

    [Fact]
    public async Task A_unit_that_has_lost_its_inventory_deletes_nothing()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        bench.Server.Cluster.Delete("somebody", new("", "ConfigMap", "default", "reconciliation-shop"));
        bench.Push("r2", Revision.Maps(2, 3, 2));
        await HeldAsync(bench);
        Assert.NotNull(bench.Server.Cluster.Find(Revision.Map(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("[{\"kind\":\"ConfigMap\"}]")]
    [InlineData("[null]")]
    [InlineData("null")]
    public async Task An_inventory_that_cannot_be_read_stops_everything(string inventory)
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        bench.Server.Cluster.Edit(
            "somebody", new("", "ConfigMap", "default", "reconciliation-shop"), live => live["data"]!["inventory"] = inventory);
        var writes = bench.Log.All.Count(static one => one.IsWrite && one.Actor.StartsWith("engine", StringComparison.Ordinal));
        bench.Push("r2", Revision.Maps(2, 3, 2));
        using var next = bench.Process();
        var result = await next.PassAsync();
        Assert.Equal(UnitPhase.Failed, result.Status.Phase);
        Assert.Contains("reconciliation-shop", result.Status.Message, StringComparison.Ordinal);
        Assert.Equal(
            writes, bench.Log.All.Count(static one => one.IsWrite && one.Actor.StartsWith("engine", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_field_of_another_manager_is_told_and_not_fought_for_and_holds_what_would_be_deleted()
    {
        await using var bench = await AppliedAsync(Revision.Maps(1, 1, 4));
        bench.Server.Cluster.Edit("other-controller", Revision.Map(1), static live => live["data"]!["revision"] = "theirs");
        bench.Push("r2", Revision.Maps(2, 1, 3));
        using var next = bench.Process();
        var results = new List<PassResult>();
        for (var i = 0; i < 4; i++) results.Add(await next.PassAsync());
        Assert.All(results, static result => Assert.Equal(UnitPhase.Held, result.Status.Phase));
        // as often as the unit's interval says, not again and again
        Assert.All(results, static result => Assert.Null(result.Again));
        Assert.Contains(results[^1].Status.Drift, static drift => drift is { Kind: "conflict", Manager: "other-controller" });
        Assert.NotNull(bench.Server.Cluster.Find(Revision.Map(4))); // which r2 has no more
        Assert.Equal("theirs", (string?)bench.Server.Cluster.Find(Revision.Map(1))!["data"]!["revision"]);
        Assert.Equal("r2", (string?)bench.Server.Cluster.Find(Revision.Map(3))!["data"]!["revision"]);
    }

    private static async Task<Bench> AppliedAsync(List<JsonObject> objects, Unit? unit = null)
    {
        var bench = await Bench.StartAsync(unit);
        bench.Push("r1", objects);
        using var first = bench.Process();
        await first.SettleAsync();
        Assert.All(objects, one => Assert.NotNull(bench.Server.Cluster.Find(Revisions.KeyOf(one))));
        return bench;
    }

    // Three passes, and nothing was deleted without a word.
    private static async Task<PassResult> HeldAsync(Bench bench)
    {
        using var next = bench.Process();
        await next.PassAsync();
        await next.PassAsync();
        var result = await next.PassAsync();
        Assert.DoesNotContain(
            bench.Log.All,
            static one => one is { Verb: "delete", IsDone: true } && one.Actor.StartsWith("engine", StringComparison.Ordinal));
        bench.AssertGood();
        return result;
    }
}
