using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Model;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// A fake server, a folder of revisions, and the real pass between them; each process of the engine bears another name.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    private int processes;

    private Bench(FakeApiServer server)
    {
        Server = server;
        server.Cluster.Controller = static (type, live) =>
        {
            if (type.Kind == "PersistentVolumeClaim")
                live["status"] = new System.Text.Json.Nodes.JsonObject { ["phase"] = "Bound" };
        };
    }

    /// <summary>The server.</summary>
    public FakeApiServer Server { get; }

    /// <summary>What happened.</summary>
    public OperationLog Log => Server.Log;

    /// <summary>The folder of revisions.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("gitops-policy-revisions-").FullName;

    /// <summary>The names of all processes so far.</summary>
    public HashSet<string> Engines { get; } = new(StringComparer.Ordinal);

    /// <summary>The unit that most tests are about.</summary>
    public required Unit Unit { get; init; }

    /// <summary>Starts one.</summary>
    public static async Task<Bench> StartAsync(Unit? unit = null) =>
        new(await FakeApiServer.StartAsync()) { Unit = unit ?? EngineParts.UnitOf("shop") };

    /// <summary>The name of a new process.</summary>
    public string NewProcess()
    {
        var name = $"engine-{++processes}";
        Engines.Add(name);
        return name;
    }

    /// <summary>A new process, in this one.</summary>
    public InProcess Process(
        IPassWatch? watch = null, IDesiredState? desired = null, TimeProvider? time = null, Unit? unit = null)
    {
        var client = Server.ClientOf(
            NewProcess(),
            new()
            {
                FirstDelay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromSeconds(2),
                Timeout = TimeSpan.FromSeconds(10),
            });
        var services = EngineParts.Services(
            client, desired ?? new FolderRevisions(Folder), watch ?? NoWatch.Instance,
            Fence.None) with { Time = time ?? TimeProvider.System };
        return new(client, new(services), unit ?? Unit, services.Time);
    }

    /// <summary>Pushes a revision.</summary>
    public void Push(string commit, params IEnumerable<System.Text.Json.Nodes.JsonObject> objects) =>
        Revision.Push(Folder, Log, commit, [.. objects]);

    /// <summary>What the model has to know.</summary>
    public ModelUnit Model => new("default", Unit.Key.Name)
    {
        Engines = Engines,
        NeedsConfirmation = static key => key.Kind is "PersistentVolumeClaim" or "Secret",
    };

    /// <summary>Nothing is wrong with what happened.</summary>
    public void AssertGood(ModelUnit? model = null)
    {
        var found = HistoryModel.Check(Log.All, model ?? Model);
        Assert.True(
            found.Count == 0,
            $"{string.Join('\n', found.Take(10))}\n--- the last of {Log.Count}:\n{string.Join('\n', Log.All.Where(static one => one.IsWrite || one.Mark.Length > 0).TakeLast(60))}");
    }

    /// <summary>Lets each write take a while, so that what happens at any instant happens among writes.</summary>
    public void SlowDown(TimeSpan write) =>
        Server.Faults = new(0, (FaultKind.Stall, 1))
        {
            Delay = write,
            Only = static request => request.Verb is "apply" or "delete",
        };

    /// <summary>
    /// How many processes ended in the middle of their writes: a test of crashes in which none did has shown nothing.
    /// </summary>
    public int CutOffAmongWrites => Engines.Count(name => Log.All.LastOrDefault(one =>
        one.Actor == name && one.IsWrite && !one.IsLease) is { } last
        && last.Key.Name != $"reconciliation-{Unit.Key.Name}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A process of the engine that lives in the test's own.</summary>
internal sealed class InProcess(KubernetesClient client, UnitPass pass, Unit unit, TimeProvider time) : IDisposable
{
    private readonly UnitMemory memory = new(time);

    /// <summary>One pass.</summary>
    public Task<PassResult> PassAsync(CancellationToken cancellation = default) => pass.RunAsync(unit, memory, cancellation);

    /// <summary>Passes until the unit is as Git says or waits for somebody; fails after too many.</summary>
    public async Task<PassResult> SettleAsync(int most = 12)
    {
        for (var i = 1; ; i++)
        {
            var result = await PassAsync();
            if (result.Again is null && !result.IsPassingFailure) return result;
            Assert.True(i < most, $"after {i} passes: {result.Status.Phase}: {result.Status.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
