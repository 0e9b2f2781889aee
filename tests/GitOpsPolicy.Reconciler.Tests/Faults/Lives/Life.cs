using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Model;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults.Lives;

/// <summary>
/// What may happen to a unit, drawn by chance from a seed: pushes, changes by hand, processes that die, clocks that are set,
/// people who agree to what waits or stop the unit, a server that is ill. Then there is peace, in which everything is as Git says
/// in the end; and the model reads what happened.
/// </summary>
internal sealed class Life : IAsyncDisposable, IPassWatch
{
    private static readonly FakeKey State = new("", "ConfigMap", "default", "reconciliation-shop");

    private readonly Random chance;
    private readonly Bench bench;
    private readonly LifeClock clock = new();
    private readonly Dictionary<string, JsonObject> git = new(StringComparer.Ordinal);
    private readonly List<string> acknowledgements = [];
    private readonly HashSet<string> signed = new(StringComparer.Ordinal);
    private readonly List<string> story = [];
    private KubernetesClient client = null!;
    private UnitPass pass = null!;
    private UnitMemory memory = null!;
    private Unit unit;
    private UnitStatus? status;
    private int revisions;
    private string head = "";
    private int steps;
    private bool isGlassBroken;
    private bool isCutOff;
    private int touched;

    private Life(Bench bench, int seed)
    {
        (this.bench, chance, unit) = (bench, new(seed), bench.Unit);
        bench.Server.Cluster.Controller = LifeObjects.Control;
        Begin();
    }

    /// <summary>How often passes of all lives ended in a phase, so that it can be seen that lives are eventful.</summary>
    public static ConcurrentDictionary<UnitPhase, int> Phases { get; } = new();

    /// <summary>What happened, a line each.</summary>
    public string Story => string.Join('\n', story);

    /// <summary>Lives one.</summary>
    /// <param name="seed">What chance draws from.</param>
    /// <param name="events">How many things happen.</param>
    public static async Task LiveAsync(int seed, int events)
    {
        await using var life = new Life(
            await Bench.StartAsync(EngineParts.UnitOf("shop") with { Health = new() { Timeout = TimeSpan.FromMinutes(5) } }),
            seed);
        try
        {
            life.Push();
            for (var i = 0; i < events; i++) await life.NextAsync();
            await life.PeaceAsync();
            life.bench.AssertGood(life.bench.Model with { RollsBack = true, MaxCorrections = 1000, FreePrunes = 5 });
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(
                $"seed {seed}: {e.GetType().Name}: {e.Message}\n--- what happened:\n{life.Story}\n{e.StackTrace}", e);
        }
    }

    /// <inheritdoc/>
    public void At(UnitKey key, PassPoint point, string? subject = null)
    {
        if (--steps != 0) return;
        switch (chance.Next(6))
        {
            case 0 or 1:
                Tell($"  it dies at {point} {subject}");
                isCutOff = true;
                throw new CutOffException();
            case 2:
                Tell($"  at {point}:");
                Push();
                break;
            default:
                Tell($"  at {point} {subject}:");
                ByHand();
                break;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await bench.DisposeAsync();
    }

    private async Task NextAsync()
    {
        switch (chance.Next(26))
        {
            case 0 or 1 or 2: Push(); break;
            case 3 or 4 or 5 or 6: ByHand(); break;
            case 7: Begin(); break;
            case 8 or 16: Wait(); break;
            case 9: clock.Set(TimeSpan.FromHours(chance.Next(-50, 50))); break;
            case 10: Suspend(); break;
            case 11:
                isGlassBroken = !isGlassBroken && chance.Next(3) == 0;
                Tell($"the glass is {(isGlassBroken ? "broken" : "whole")}");
                break;
            case 12 or 13: Sign(chance.Next(4) == 0 ? "tolerate" : "revert"); break;
            case 14: LoseState(); break;
            case 15: Ill(); break;
            default: await PassAsync(chance.Next(3) == 0 ? chance.Next(1, 60) : 0); break;
        }
    }

    private void Begin()
    {
        Tell("a new process");
        client?.Dispose();
        client = bench.Server.ClientOf(
            bench.NewProcess(),
            new()
            {
                FirstDelay = TimeSpan.FromMilliseconds(1),
                MaxDelay = TimeSpan.FromMilliseconds(5),
                Timeout = TimeSpan.FromSeconds(20),
            });
        pass = new(EngineParts.Services(client, new FolderRevisions(bench.Folder), this, Fence.None) with
        {
            Time = clock,
            BrokenGlass = _ => isGlassBroken ? [LifeGlass.Grant] : [],
        });
        memory = new(clock);
    }

    private void Wait()
    {
        var time = TimeSpan.FromSeconds(Math.Pow(10, chance.NextDouble() * 6)); // from a second to eleven days
        Tell($"{time} passes");
        clock.Pass(time);
    }

    private void Push()
    {
        var count = chance.Next(1, 7);
        for (var i = 0; i < count; i++)
        {
            var name = LifeObjects.Names[chance.Next(LifeObjects.Names.Length)];
            if (git.Count > 3 && chance.Next(3) == 0) git.Remove(name);
            else git[name] = LifeObjects.Of(name, ++touched, chance.Next(3) == 0);
        }

        Commit();
    }

    private void Commit()
    {
        head = $"r{++revisions}";
        Tell($"push {head}: {string.Join(' ', git.Keys.Order(StringComparer.Ordinal))}");
        bench.Log.Push(head, git.Values);
        FolderRevisions.Push(
            Path.Join(bench.Folder, "shop"), head, string.Join("\n---\n", git.Values.Select(static one => one.ToJsonString())),
            [.. acknowledgements]);
    }

    private void Suspend()
    {
        unit = unit with { Suspend = unit.Suspend is null && chance.Next(2) == 0
            ? new("somebody", "to look at it", chance.Next(2) == 0 ? null : clock.GetUtcNow() + TimeSpan.FromHours(1))
            : null };
        Tell(unit.Suspend is null ? "it goes on" : $"it is suspended {unit.Suspend.Until}");
    }

    private void Ill()
    {
        bench.Server.Faults = chance.Next(3) == 0 ? FaultPlan.None
            : new(
                chance.Next(), (FaultKind.ServerError, 0.05), (FaultKind.ErrorAfterwards, 0.05), (FaultKind.Conflict, 0.05),
                (FaultKind.ResetBefore, 0.03), (FaultKind.ResetAfterwards, 0.05));
        Tell(bench.Server.Faults == FaultPlan.None ? "the server is well" : "the server is ill");
    }

    private void LoseState()
    {
        if (chance.Next(3) > 0 || bench.Server.Cluster.Find(State) is null) return;
        Tell("what was kept is lost");
        bench.Server.Cluster.Delete("somebody", State);
    }

    private void ByHand()
    {
        var key = LifeObjects.KeyOf(LifeObjects.Names[chance.Next(LifeObjects.Names.Length)]);
        var cluster = bench.Server.Cluster;
        var live = cluster.Find(key);
        var what = chance.Next(12);
        if (live is null)
        {
            if (what > 2) return;
            Tell($"somebody makes {key}");
            var made = LifeObjects.Of(key.Name, ++touched);
            cluster.Handle(
                new(
                    "kubectl-create", "create", cluster.Types.First(type => (type.Group, type.Kind) == (key.Group, key.Kind)),
                    key)
                {
                    Body = made,
                    Manager = "kubectl-create",
                });
            return;
        }

        switch (what)
        {
            case < 4:
                Tell($"somebody edits {key}");
                cluster.Edit("kubectl-edit", key, one => LifeObjects.Edit(one, ++touched));
                break;
            case < 6:
                Tell($"somebody deletes {key}");
                cluster.Delete("kubectl", key);
                break;
            case 6:
                Tell($"a controller edits {key}");
                cluster.Edit("other-controller", key, one => LifeObjects.Edit(one, ++touched));
                break;
            case 7:
                Tell($"{key} gets a finalizer");
                cluster.Edit(
                    "finalizing-controller", key,
                    static one => one["metadata"]!["finalizers"] = new JsonArray("example.com/wait"));
                break;
            case 8:
                if (live["metadata"]!["finalizers"] is null) return;
                Tell($"{key} loses its finalizer");
                cluster.Edit("finalizing-controller", key, static one => one["metadata"]!.AsObject().Remove("finalizers"));
                break;
            case 9:
                Tell($"{key} is given to another unit");
                cluster.Edit(
                    "other-unit", key,
                    static one =>
                        one["metadata"]!["labels"] = new JsonObject
                        {
                            ["gitops-policy.dev/unit-name"] = "other",
                            ["gitops-policy.dev/unit-namespace"] = "default",
                        });
                break;
            case 10:
                Tell($"somebody adds a label to {key}");
                cluster.Edit(
                    "kubectl-label", key,
                    one => one["metadata"]!["labels"] = With(one["metadata"]!["labels"], "team", $"{++touched}"));
                break;
            default:
                Tell($"somebody takes the labels off {key}");
                cluster.Edit("kubectl-label", key, static one => one["metadata"]!.AsObject().Remove("labels"));
                break;
        }
    }

    private static JsonObject With(JsonNode? labels, string name, string value)
    {
        var with = labels?.DeepClone().AsObject() ?? [];
        with[name] = value;
        return with;
    }

    private void Sign(string choice)
    {
        var before = acknowledgements.Count;
        foreach (var waiting in status?.Approvals ?? [])
        {
            if (!signed.Add($"{waiting.Digest} {choice}")) continue;
            acknowledgements.Add(Agreement.Signed(waiting.Acknowledgement, choice));
            Tell($"somebody agrees ({choice}) to {waiting.Subject} of {string.Join(", ", waiting.Resources)}");
            if (waiting.Subject == "prune") bench.Log.Confirm(waiting.Resources.Select(KeyOf));
        }

        if (acknowledgements.Count > before) Commit();
    }

    private static FakeKey KeyOf(string resource) => LifeObjects.KeyOf(resource[(resource.LastIndexOf('/') + 1)..]);

    private async Task<PassResult?> PassAsync(int interruption)
    {
        steps = interruption;
        var revision = head;
        Tell($"a pass{(interruption > 0 ? $", interrupted at step {interruption}" : "")}");
        try
        {
            var result = await pass.RunAsync(unit, memory, default);
            status = result.Status;
            Phases.AddOrUpdate(status.Phase, 1, static (_, count) => count + 1);
            Tell($"  {status.Phase}: {status.Message} ({result.Writes} writes)");
            if (interruption == 0) AssertTrue(result, revision);
            return result;
        }
        catch (CutOffException) when (isCutOff)
        {
            isCutOff = false;
            Begin();
            return null;
        }
        catch (Exception e) when (e is StateChangedException)
        {
            Tell($"  {e.Message}");
            return null;
        }
        finally
        {
            steps = 0;
        }
    }

    // What a status says has to be so.
    private void AssertTrue(PassResult result, string revision)
    {
        if (result.Status.Phase != UnitPhase.Synced) return;
        Assert.Equal(revision, result.Status.Applied);
        foreach (var (name, wanted) in git)
        {
            var live = bench.Server.Cluster.Find(LifeObjects.KeyOf(name));
            Assert.True(
                live is not null && Revisions.Holds(live, wanted),
                $"it says that it is synced, and {name} is {live?.ToJsonString() ?? "not there"}");
        }
    }

    // Everybody stops meddling, and agrees to what Git says.
    private async Task PeaceAsync()
    {
        Tell("peace");
        bench.Server.Faults = FaultPlan.None;
        isGlassBroken = false;
        unit = unit with
        {
            Suspend = null,
            Drift = unit.Drift with
            {
                OverridableManagers = ["other-controller", "kubectl-create"],
                MaxCorrectionsPerHour = 1000,
            },
        };
        foreach (var (key, live) in bench.Server.Cluster.Snapshot())
        {
            if (live["metadata"]!["finalizers"] is not null)
                bench.Server.Cluster.Edit(
                    "finalizing-controller", key, static one => one["metadata"]!.AsObject().Remove("finalizers"));
            if ((string?)live["metadata"]!["labels"]?["gitops-policy.dev/unit-name"] == "other"
                && bench.Server.Cluster.Find(key) is not null)
                bench.Server.Cluster.Delete("other-unit", key);
        }

        foreach (var name in git.Keys.Where(static name => name[0] is 'w' or 'k').ToList())
            git[name] = LifeObjects.Of(name, ++touched);
        acknowledgements.Clear();
        signed.Clear();
        Commit();
        for (var i = 0; ; i++)
        {
            var result = await PassAsync(0);
            if (result is { Again: null, IsPassingFailure: false }
                && status is { Phase: UnitPhase.Synced, Orphans.IsEmpty: true, Drift.IsEmpty: true })
                break;
            Assert.True(
                i < 40,
                $"there is no end to it: {status?.Phase}: {status?.Message} {string.Join("; ", status?.Drift ?? [])} {string.Join("; ", status?.Orphans ?? [])}");
            clock.Pass(TimeSpan.FromSeconds(10));
            Sign("revert");
            SignDrift();
        }

        await PassAsync(0);
        bench.Log.Settled();
        bench.Log.Quiet();
        await PassAsync(0);
        clock.Pass(TimeSpan.FromMinutes(10));
        await PassAsync(0);
    }

    // Drift that is only told waits for nobody, and can be decided about all the same.
    private void SignDrift()
    {
        var before = acknowledgements.Count;
        foreach (var drift in status?.Drift ?? [])
        {
            if (drift.Digest.Length == 0 || !signed.Add($"{drift.Digest} revert")) continue;
            acknowledgements.Add(Agreement.Signed(
                ApprovalText.Write(ApprovalText.NameOf("shop", drift.Digest), ApprovalSubject.Drift, drift.Digest), "revert"));
            Tell($"somebody reverts {drift.Resource}");
        }

        if (acknowledgements.Count > before) Commit();
    }

    private void Tell(string line) => story.Add(string.Create(CultureInfo.InvariantCulture, $"[{bench.Log.Count}] {line}"));


}
