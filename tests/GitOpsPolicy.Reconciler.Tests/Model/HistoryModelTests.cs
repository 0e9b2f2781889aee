using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Model;

/// <summary>
/// The model of histories finds the mistakes of an engine that makes one on purpose, and nothing in one that makes none.
/// </summary>
public sealed class HistoryModelTests
{
    private const string One = "one";
    private const string Two = "two";

    private static readonly FakeKey Database = new("", "PersistentVolumeClaim", "default", "data");
    private static readonly FakeKey Kept = new("", "Secret", "default", "kept");

    private static readonly ModelUnit Shop = new("default", "shop")
    {
        Engines = new HashSet<string>(StringComparer.Ordinal) { One, Two },
        Lease = "default/lead",
        IsProtected = static key => key == Kept,
        NeedsConfirmation = static key => key == Database,
        MaxCorrections = 3,
    };

    [Fact]
    public void A_good_history_is_found_good() => Assert.Empty(HistoryModel.Check(Live(SeededBug.None), Shop));

    [Theory]
    [InlineData(nameof(SeededBug.PruneFirst), nameof(Wrong.PrunedBeforeApply))]
    [InlineData(nameof(SeededBug.NoWriteAhead), nameof(Wrong.Untracked))]
    [InlineData(nameof(SeededBug.ForgetsOrphans), nameof(Wrong.Untracked))]
    [InlineData(nameof(SeededBug.PrunesAllOnEmptyRender), nameof(Wrong.PrunedUnconfirmed))]
    [InlineData(nameof(SeededBug.SkipsConfirmation), nameof(Wrong.PrunedUnconfirmed))]
    [InlineData(nameof(SeededBug.IgnoresProtection), nameof(Wrong.PrunedProtected))]
    [InlineData(nameof(SeededBug.IgnoresOwner), nameof(Wrong.TouchedForeign))]
    [InlineData(nameof(SeededBug.IgnoresUid), nameof(Wrong.PrunedOtherUid))]
    [InlineData(nameof(SeededBug.IgnoresLease), nameof(Wrong.StaleLeader))]
    [InlineData(nameof(SeededBug.FetchesTwice), nameof(Wrong.MixedRevisions))]
    [InlineData(nameof(SeededBug.AlwaysWrites), nameof(Wrong.WroteOnQuiet))]
    [InlineData(nameof(SeededBug.Fights), nameof(Wrong.Fight))]
    [InlineData(nameof(SeededBug.SkipsLast), nameof(Wrong.NotConverged))]
    [InlineData(nameof(SeededBug.MakesAgain), nameof(Wrong.CreatedTwice))]
    [InlineData(nameof(SeededBug.WritesForeign), nameof(Wrong.TouchedForeign))]
    public void A_mistake_is_found(string bug, string wrong)
    {
        var found = HistoryModel.Check(Live(Enum.Parse<SeededBug>(bug)), Shop);
        Assert.Contains(found, one => one.Kind == Enum.Parse<Wrong>(wrong));
    }

    [Fact]
    public void An_object_that_every_revision_wants_is_lost_when_it_is_deleted()
    {
        var cluster = Begin();
        var engine = new ReferenceEngine(cluster, Shop, One, SeededBug.None);
        engine.Pass(Git(cluster, "r1", Objects(1)));
        cluster.Handle(new(
            One, "delete", cluster.Types.First(static type => type.Kind == "ConfigMap"), new("", "ConfigMap", "default", "a1")));
        Assert.Equal([Wrong.Lost], HistoryModel.Check(cluster.Log.All, Shop).Select(static one => one.Kind));
    }

    // A life in which each mistake has its occasion.
    private static IReadOnlyList<Operation> Live(SeededBug bug)
    {
        var cluster = Begin();
        var (one, two) = (new ReferenceEngine(cluster, Shop, One, bug), new ReferenceEngine(cluster, Shop, Two, bug));
        var first = Objects(1).Append(Of(Database))
            .Append(Of(Kept))
            .Append(Of(new("", "ConfigMap", "default", "theirs")))
            .ToList();
        one.Pass(Git(cluster, "r1", first));
        var second = Objects(2).Skip(3).ToList(); // a1 to a3, the database and the kept secret leave Git
        var push = Git(cluster, "r2", second);
        Recreate(cluster, new("", "ConfigMap", "default", "a2"));
        Steal(cluster, new("", "ConfigMap", "default", "a1"));
        var third = Objects(3).Skip(3).ToList();
        var isSecond = false;
        one.Pass(() =>
            bug != SeededBug.FetchesTwice ? push() : isSecond ? Git(cluster, "r3", third)() : Flip(ref isSecond, push));
        one.Pass(Git(cluster, "r4", third));
        cluster.Log.Quiet();
        one.Pass(() => third);
        cluster.Log.Loud();
        for (var i = 0; i < Shop.MaxCorrections + 2; i++) Fight(cluster, one, third);
        one.Pass(static () => []);
        cluster.Log.Confirm(Database);
        one.Confirmed.Add(Database);
        one.Pass(() => third);
        Lead(cluster, Two);
        one.Pass(Git(cluster, "r5", Objects(5).Skip(3).ToList()));
        two.Pass(() => Objects(5).Skip(3).ToList());
        cluster.Log.Settled();
        return cluster.Log.All;
    }

    private static IReadOnlyList<JsonObject> Flip(ref bool flag, Func<IReadOnlyList<JsonObject>> first)
    {
        flag = true;
        return first();
    }

    private static void Fight(FakeCluster cluster, ReferenceEngine engine, List<JsonObject> wanted)
    {
        cluster.Edit("other-controller", new("", "ConfigMap", "default", "a5"), static live => live["data"]!["n"] = "theirs");
        engine.Pass(() => wanted);
    }

    private static FakeCluster Begin()
    {
        var cluster = new FakeCluster();
        Lead(cluster, One);
        cluster.Handle(
            new(
                "somebody", "create", cluster.Types.First(static type => type.Kind == "ConfigMap"),
                new("", "ConfigMap", "default", "theirs"))
            {
                Body = new JsonObject
                {
                    ["metadata"] = new JsonObject
                    {
                        ["name"] = "theirs",
                        ["labels"] = new JsonObject
                        {
                            ["gitops-policy.dev/unit-name"] = "other",
                            ["gitops-policy.dev/unit-namespace"] = "default",
                        },
                    },
                },
            });
        return cluster;
    }

    private static void Lead(FakeCluster cluster, string actor)
    {
        var key = new FakeKey("coordination.k8s.io", "Lease", "default", "lead");
        var body = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "lead" },
            ["spec"] = new JsonObject { ["holderIdentity"] = actor },
        };
        cluster.Handle(
            new(
                "somebody", cluster.Find(key) is null ? "create" : "update",
                cluster.Types.First(static type => type.Kind == "Lease"), key)
            {
                Body = body,
            });
    }

    private static Func<IReadOnlyList<JsonObject>> Git(FakeCluster cluster, string commit, List<JsonObject> objects)
    {
        cluster.Log.Push(commit, objects);
        return () => objects;
    }

    private static List<JsonObject> Objects(int revision) =>
        [.. Enumerable.Range(1, 10).Select(i => Of(new("", "ConfigMap", "default", $"a{i}"), revision))];

    private static JsonObject Of(FakeKey key, int revision = 1) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = key.Kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
        ["data"] = new JsonObject { ["n"] = $"{revision}" },
    };

    private static void Recreate(FakeCluster cluster, FakeKey key)
    {
        var labels = cluster.Find(key)!["metadata"]!["labels"]!.DeepClone();
        cluster.Delete("somebody", key);
        cluster.Handle(new("somebody", "create", cluster.Types.First(static type => type.Kind == "ConfigMap"), key)
        {
            Body = new JsonObject { ["metadata"] = new JsonObject { ["name"] = key.Name, ["labels"] = labels } },
        });
    }

    private static void Steal(FakeCluster cluster, FakeKey key) =>
        cluster.Edit("somebody", key, static live => live["metadata"]!["labels"]!["gitops-policy.dev/unit-name"] = "other");
}
