using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// An inventory that was damaged, in 60 ways, or 2,000 where <c>GITOPS_POLICY_LONG</c> is set: nothing is deleted for it, and
/// nothing of others is touched.
/// </summary>
public sealed class DamageTests(ITestOutputHelper output)
{
    private static readonly int Ways = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 } ? 2000 : 60;

    private static readonly FakeKey State = new("", "ConfigMap", "default", "reconciliation-shop");

    [Fact]
    public async Task A_damaged_inventory_deletes_nothing()
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 4));
        using (var first = bench.Process()) await first.SettleAsync();
        // names that are one character away from the unit's own
        foreach (var i in (int[])[5, 6, 7, 8, 9, 11, 21, 31]) Foreign(bench, i);
        var whole = (string)bench.Server.Cluster.Find(State)!["data"]!["inventory"]!;
        var chance = new Random(5);
        var (refused, before) = (0, bench.Log.Count);
        for (var i = 0; i < Ways; i++)
        {
            bench.Server.Cluster.Edit("somebody", State, live => live["data"]!["inventory"] = Damaged(whole, chance));
            using var engine = bench.Process();
            if ((await engine.PassAsync()).Status.Phase == UnitPhase.Failed) refused++;
            await engine.PassAsync();
            bench.Server.Cluster.Edit("somebody", State, live => live["data"]!["inventory"] = whole);
        }

        output.WriteLine($"{refused} of {Ways} damaged inventories were refused; the others read as inventories");
        var ofEngines = bench.Log.All.Skip(before).Where(one => bench.Engines.Contains(one.Actor) && one.Changed).ToList();
        Assert.DoesNotContain(ofEngines, static one => one.Verb == "delete");
        Assert.DoesNotContain(ofEngines, static one => (string?)one.Before?["data"]?["owner"] == "somebody");
    }

    private static void Foreign(Bench bench, int i) =>
        bench.Server.Cluster.Handle(
            new("somebody", "create", bench.Server.Cluster.Types.First(static type => type.Kind == "ConfigMap"), Revision.Map(i))
            {
                Body = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["name"] = Revision.Map(i).Name },
                    ["data"] = new JsonObject { ["owner"] = "somebody" },
                },
            });

    private static string Damaged(string text, Random chance)
    {
        var at = chance.Next(text.Length);
        return chance.Next(5) switch
        {
            0 => text[..at],
            1 => text[..at] + (char)chance.Next(' ', '~') + text[(at + 1)..],
            2 => text.Remove(at, 1),
            3 => text[..at] + text[at] + text[at..],
            _ => text[..at] + (char)(text[at] ^ (1 << chance.Next(7))) + text[(at + 1)..], // as a bit that fell over
        };
    }
}
