using System.Text.Json.Nodes;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Reconciler.Live;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Faults;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Live;

/// <summary>By how many questions the objects of a unit are read.</summary>
public sealed class LiveReaderTests
{
    [Fact]
    public async Task Many_are_read_by_one_list()
    {
        await using var bench = await WithMapsAsync(40);
        Assert.Equal(40, await FoundAsync(bench, 40));
        Assert.Equal(["list"], Asked(bench));
    }

    [Fact]
    public async Task A_few_are_read_one_by_one()
    {
        await using var bench = await WithMapsAsync(3);
        Assert.Equal(3, await FoundAsync(bench, 3));
        Assert.Equal(["get", "get", "get"], Asked(bench));
    }

    [Fact]
    public async Task What_the_list_does_not_hold_is_asked_for_by_name()
    {
        await using var bench = await WithMapsAsync(40);
        bench.Server.Cluster.Edit("kubectl-label", Revision.Map(7), static live => live["metadata"]!["labels"] = new JsonObject());
        bench.Server.Cluster.Delete("kubectl-delete", Revision.Map(8));
        Assert.Equal(39, await FoundAsync(bench, 40));
        Assert.Equal(["get", "get", "list"], Asked(bench));
    }

    [Fact]
    public async Task Where_nothing_can_be_listed_all_are_asked_for_by_name()
    {
        await using var bench = await WithMapsAsync(20);
        bench.Server.Faults = new(1, (FaultKind.Conflict, 1)) { Only = static request => request.Verb == "list" };
        Assert.Equal(20, await FoundAsync(bench, 20));
        Assert.Equal(20, Asked(bench).Count(static verb => verb == "get"));
    }

    [Fact]
    public async Task Those_that_bear_the_marks_of_another_unit_are_found_all_the_same()
    {
        await using var bench = await WithMapsAsync(20);
        Assert.Equal(20, await FoundAsync(bench, 20, new("default", "other")));
    }

    private static async Task<Bench> WithMapsAsync(int count)
    {
        var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, count));
        using var engine = bench.Process();
        await engine.SettleAsync();
        return bench;
    }

    private static async Task<int> FoundAsync(Bench bench, int count, UnitKey? unit = null)
    {
        using var client = bench.Server.ClientOf("reader");
        var ids = Enumerable.Range(1, count).Select(static i => Revision.Map(i))
            .Select(static key => new KubernetesId("", "v1", key.Kind, key.Namespace, key.Name));
        var found = await new LiveReader(client) { Unit = unit ?? bench.Unit.Key }.ReadAsync(ids, static _ => false, default);
        Assert.All(found.Values, static one => Assert.Null(one.Unreadable));
        return found.Count(static one => one.Value.Object is { } live && LiveReader.KeyOf(one.Value.Type!, live) == one.Key);
    }

    private static IEnumerable<string> Asked(Bench bench) => bench.Log.All
        .Where(static one => one.Actor == "reader" && one.Key.Kind == "ConfigMap")
        .Select(static one => one.Verb)
        .Order(StringComparer.Ordinal);
}
