using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// Of a commit that the cluster takes in part nothing is written; what cannot be known beforehand is told with how far it came.
/// </summary>
public sealed class RehearsalTests
{
    private const string Denied = "admission webhook \"names.example.com\" denied the request: no";

    [Fact]
    public async Task Of_a_commit_that_the_cluster_takes_in_part_nothing_is_written()
    {
        await using var bench = await AppliedAsync();
        Refuse(bench, 3, 422, "data.revision: Invalid value");
        var writes = Writes(bench);
        bench.Push("r2", Waves(2));
        using var engine = bench.Process();
        var result = await engine.PassAsync();
        Assert.Equal(
            (UnitPhase.Blocked, "r1", 0, null), (result.Status.Phase, result.Status.Applied, result.Writes, result.Again));
        Assert.Equal(
            "r2 is not applied, since the cluster does not take it: ConfigMap default/shop-003 of objects/all.yaml:5:1: PATCH /api/v1/namespaces/default/configmaps/shop-003: Invalid (422): data.revision: Invalid value",
            result.Status.Message);
        Assert.Equal(
            ("ConfigMap default/shop-003", "kube-apiserver", "update"),
            result.Status.Blocked.Select(static one => (one.Resource, one.Rule, one.Operation)).Single());
        Assert.Equal(writes + 1, Writes(bench)); // the status
        bench.AssertGood();
    }

    [Fact]
    public async Task What_is_refused_is_asked_about_again_alone_and_goes_on_once_it_is_taken()
    {
        await using var bench = await AppliedAsync();
        Refuse(bench, 3, 403, Denied);
        bench.Push("r2", Waves(2));
        using var engine = bench.Process();
        await engine.PassAsync();
        var asked = Questions(bench);
        var again = await engine.PassAsync();
        Assert.Equal((asked + 1, UnitPhase.Blocked), (Questions(bench), again.Status.Phase));
        bench.Server.Cluster.Admission = null;
        var after = await engine.SettleAsync();
        Assert.Equal((UnitPhase.Synced, "r2", 0), (after.Status.Phase, after.Status.Applied, after.Status.Blocked.Length));
        Assert.Equal(asked + 2, Questions(bench));
        bench.AssertGood();
    }

    [Fact]
    public async Task Drift_is_put_back_while_a_commit_is_refused()
    {
        await using var bench = await AppliedAsync();
        Refuse(bench, 3, 403, Denied);
        bench.Push("r2", [Waves(1)[0], .. Waves(2)[1..]]);
        bench.Server.Cluster.Edit("kubectl-edit", Revision.Map(1), static live => live["data"]!["revision"] = "by hand");
        using var engine = bench.Process();
        var result = await engine.PassAsync();
        Assert.Equal((UnitPhase.Blocked, 1), (result.Status.Phase, result.Status.History[0].Corrected));
        Assert.Equal("r1", (string?)bench.Server.Cluster.Find(Revision.Map(1))!["data"]!["revision"]);
        Assert.Equal("r1", (string?)bench.Server.Cluster.Find(Revision.Map(2))!["data"]!["revision"]);
    }

    [Fact]
    public async Task In_whatever_order_a_server_tells_what_is_wrong_it_is_told_in_one()
    {
        await using var bench = await AppliedAsync();
        (string Field, string Message)[] causes = [("spec.a", "Invalid value: 1"), ("spec.b", "Required value"), ("", "no")];
        bench.Server.Cluster.Admission = request =>
        {
            causes = [.. causes.Skip(1), causes[0]];
            return request.Key == Revision.Map(3) && request.Verb == "apply" ? Several(causes) : null;
        };
        bench.Push("r2", Waves(2));
        using var engine = bench.Process();
        var messages = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 3; i++) messages.Add((await engine.PassAsync()).Status.Message);
        Assert.EndsWith(
            "Invalid (422): ConfigMap is invalid: no, spec.a: Invalid value: 1, spec.b: Required value", Assert.Single(messages),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_refused_is_named_with_what_can_be_done_about_it()
    {
        await using var bench = await AppliedAsync();
        bench.Server.Cluster.Admission = static request => request is { Verb: "apply", Key: { Kind: "ConfigMap", Name: not "shop-001" } }
            ? Refusals.Of(422, "Invalid", "data: Forbidden: field is immutable when `immutable` is set")
            : null;
        bench.Push("r2", Waves(2));
        using var engine = bench.Process();
        var status = (await engine.PassAsync()).Status;
        Assert.EndsWith(
            "and it is made anew); nor ConfigMap default/shop-003, ConfigMap default/shop-004", status.Message,
            StringComparison.Ordinal);
        Assert.Equal(3, status.Blocked.Length);
        Assert.All(
            status.Blocked, static one => Assert.StartsWith("it cannot be changed in place", one.Remediation, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_deleted_for_a_commit_that_is_refused()
    {
        await using var bench = await AppliedAsync();
        Refuse(bench, 3, 403, Denied);
        bench.Push("r2", Waves(2, without: 4));
        using var engine = bench.Process();
        await engine.PassAsync();
        Assert.NotNull(bench.Server.Cluster.Find(Revision.Map(4)));
    }

    [Fact]
    public async Task What_hangs_on_a_namespace_of_the_same_commit_is_asked_about_when_that_is_there_and_told_when_it_is_refused()
    {
        await using var bench = await Bench.StartAsync();
        var space = Revision.Of("v1", "Namespace", "shop", []);
        space["metadata"]!.AsObject().Remove("namespace");
        var maps = Revision.Maps(1, 1, 2);
        foreach (var map in maps) map["metadata"]!["namespace"] = "shop";
        bench.Server.Cluster.Admission = static request => request is { Key.Name: "shop-002", Verb: "apply" }
            ? Refusals.Of(403, "Forbidden", Denied)
            : null;
        bench.Push("r1", [space, .. maps]);
        using var engine = bench.Process();
        var result = await engine.PassAsync();
        Assert.Equal((UnitPhase.Failed, 1), (result.Status.Phase, result.Writes));
        Assert.StartsWith("r1 is applied in part: ConfigMap shop/shop-002 of ", result.Status.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "denied the request: no; written: Namespace shop; not written: ConfigMap shop/shop-001, ConfigMap shop/shop-002",
            result.Status.Message, StringComparison.Ordinal);
        Assert.Null(bench.Server.Cluster.Find(new("", "ConfigMap", "shop", "shop-001")));
        bench.Server.Cluster.Admission = null;
        Assert.Equal(UnitPhase.Synced, (await engine.SettleAsync()).Status.Phase);
    }

    [Fact]
    public async Task What_is_refused_at_the_write_alone_is_told_with_how_far_it_came()
    {
        await using var bench = await AppliedAsync();
        bench.Server.Cluster.Admission = static request => request is { Key.Name: "shop-003", Verb: "apply", IsDryRun: false }
            ? Refusals.Of(403, "Forbidden", "exceeded quota")
            : null;
        bench.Push("r2", Waves(2));
        using var engine = bench.Process();
        var result = await engine.PassAsync();
        Assert.Equal((UnitPhase.Failed, "r1"), (result.Status.Phase, result.Status.Applied));
        Assert.EndsWith(
            "exceeded quota (raise the quota, or ask for less); written: ConfigMap default/shop-001, ConfigMap default/shop-002, ConfigMap default/shop-004; not written: ConfigMap default/shop-003",
            result.Status.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "BadRequest")]
    [InlineData(500, "InternalError")]
    public async Task A_webhook_that_cannot_be_asked_holds_nothing_up_and_is_told(int code, string reason)
    {
        await using var bench = await AppliedAsync();
        bench.Server.Cluster.Admission = request => request is { Key.Name: "shop-003", IsDryRun: true }
            ? Refusals.Of(code, reason, "admission webhook \"ledger.example.com\" does not support dry run")
            : null;
        bench.Push("r2", Waves(2));
        using var engine = bench.Process();
        var result = await engine.SettleAsync();
        Assert.Equal((UnitPhase.Synced, "r2"), (result.Status.Phase, result.Status.Applied));
        Assert.Equal(
            "ConfigMap default/shop-003 is written without asking before: admission webhook \"ledger.example.com\" does not support dry run",
            Assert.Single(result.Status.Notes));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_lets_nothing_begin_and_is_asked_again()
    {
        await using var bench = await AppliedAsync();
        bench.Server.Cluster.Admission = static request => request is { Key.Name: "shop-003", IsDryRun: true }
            ? Refusals.Of(500, "InternalError", "failed calling webhook \"names.example.com\": Post \"https://names.other.svc:443/\"")
            : null;
        bench.Push("r2", Waves(2));
        using var engine = bench.Process();
        var result = await engine.PassAsync();
        Assert.Equal((UnitPhase.Failed, true, 0), (result.Status.Phase, result.IsPassingFailure, result.Writes));
        bench.Server.Cluster.Admission = null;
        Assert.Equal(UnitPhase.Synced, (await engine.SettleAsync()).Status.Phase);
    }

    [Theory]
    [InlineData("roles.rbac.authorization.k8s.io \"shop-001\" not found")]
    [InlineData("failed calling webhook \"x\": failed to call webhook: Post \"https://hook.default.svc:443/\": connection refused")]
    public async Task What_is_refused_for_want_of_what_the_same_commit_writes_first_is_not_held(string message)
    {
        await using var bench = await AppliedAsync();
        bench.Server.Cluster.Admission = request => request is { Key.Name: "shop-003", Verb: "apply" }
            && (string?)bench.Server.Cluster.Find(Revision.Map(1))!["data"]!["revision"] != "r2"
                ? Refusals.Of(message.StartsWith('r') ? 404 : 500, "NotFound", message)
                : null;
        bench.Push("r2", Waves(2));
        using var engine = bench.Process();
        Assert.Equal(UnitPhase.Synced, (await engine.SettleAsync()).Status.Phase);
    }

    [Fact]
    public async Task One_write_is_its_own_question_and_drift_asks_nothing()
    {
        await using var bench = await AppliedAsync();
        bench.Push("r2", [Waves(2)[0], .. Waves(1)[1..]]);
        var before = Questions(bench);
        using var engine = bench.Process();
        await engine.SettleAsync();
        bench.Server.Cluster.Edit("kubectl-edit", Revision.Map(1), static live => live["data"]!["revision"] = "by hand");
        bench.Server.Cluster.Edit("kubectl-edit", Revision.Map(2), static live => live["data"]!["revision"] = "by hand");
        await engine.SettleAsync();
        Refuse(bench, 1, 422, "data: Invalid value");
        bench.Push("r3", [Waves(3)[0], .. Waves(1)[1..]]);
        var result = await engine.PassAsync();
        Assert.Equal((before, UnitPhase.Blocked), (Questions(bench), result.Status.Phase));
    }

    [Fact]
    public async Task What_is_not_well_already_is_not_blamed_on_a_commit_that_is_refused()
    {
        await using var bench = await AppliedAsync();
        Refuse(bench, 3, 403, Denied);
        bench.Push("r2", [.. Waves(2), Lives.LifeObjects.Of("w0", 2, isBad: true)]);
        var clock = new Lives.LifeClock();
        using var engine = bench.Process(time: clock);
        await engine.PassAsync();
        clock.Pass(TimeSpan.FromMinutes(20));
        var result = await engine.PassAsync();
        Assert.Equal((UnitPhase.Blocked, 0), (result.Status.Phase, result.Status.Refused.Length));
    }

    [Fact]
    public async Task What_is_refused_to_be_deleted_does_not_go_with_its_namespace()
    {
        await using var bench = await Bench.StartAsync();
        var space = Revision.Of("v1", "Namespace", "shop", []);
        space["metadata"]!.AsObject().Remove("namespace");
        var inside = Revision.Claim();
        inside["metadata"]!["namespace"] = "shop";
        bench.Push("r1", [space, inside, .. Revision.Maps(1, 1, 6)]);
        using var engine = bench.Process();
        await engine.SettleAsync();
        await Agreement.PushAsync(
            bench, Revision.Maps(1, 1, 6),
            [new("", "Namespace", "", "shop"), new("", "PersistentVolumeClaim", "shop", "data")]);
        bench.Server.Cluster.Admission = static request => request is { Verb: "delete", Key.Name: "data" }
            ? Refusals.Of(403, "Forbidden", Denied)
            : null;
        using var next = bench.Process();
        var result = await next.PassAsync();
        Assert.Equal((UnitPhase.Failed, 0), (result.Status.Phase, result.Status.History[0].Pruned));
        Assert.NotNull(bench.Server.Cluster.Find(new("", "Namespace", "", "shop")));
        bench.Server.Cluster.Admission = null;
        Assert.Equal(UnitPhase.Synced, (await next.SettleAsync()).Status.Phase);
        Assert.Null(bench.Server.Cluster.Find(new("", "Namespace", "", "shop")));
    }

    // The first half of them in a wave before the others.
    private static List<JsonObject> Waves(int number, int without = 0)
    {
        var maps = Revision.Maps(number, 1, 4);
        foreach (var map in maps.Skip(2))
            map["metadata"]!["annotations"] = new JsonObject { ["gitops-policy.dev/wave"] = "1" };
        return [.. maps.Where(map => (string)map["metadata"]!["name"]! != $"shop-{without:000}")];
    }

    private static void Refuse(Bench bench, int map, int code, string message) =>
        bench.Server.Cluster.Admission = request => request.Key == Revision.Map(map) && request.Verb == "apply"
            ? Refusals.Of(code, code == 403 ? "Forbidden" : "Invalid", message)
            : null;

    private static FakeAnswer Several((string Field, string Message)[] causes)
    {
        var told = causes.Select(static one => one.Field.Length == 0 ? one.Message : $"{one.Field}: {one.Message}");
        return Refusals.Of(422, "Invalid", $"ConfigMap is invalid: [{string.Join(", ", told)}]", new()
        {
            ["causes"] = new JsonArray([.. causes.Select(static one =>
                new JsonObject { ["field"] = one.Field, ["message"] = one.Message })]),
        });
    }

    private static int Questions(Bench bench) => bench.Log.All.Count(static one => one.IsDryRun);

    private static int Writes(Bench bench) => bench.Log.All.Count(static one => one.IsWrite);

    private static async Task<Bench> AppliedAsync()
    {
        var bench = await Bench.StartAsync();
        bench.Push("r1", Waves(1));
        using var first = bench.Process();
        await first.SettleAsync();
        return bench;
    }
}
