using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Terraform;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Notifications;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Passes;

/// <summary>What is told of a unit of Terraform whose pass ends before anything is planned; no program is run.</summary>
public sealed class TerraformUnitsTests : IDisposable
{
    private const string First = "1111111111111111111111111111111111111111";
    private const string Second = "2222222222222222222222222222222222222222";

    private readonly HandClock clock = new();
    private readonly TemporaryFolder folder = new();
    private readonly Git git = new();
    private readonly Unit unit = new()
    {
        Key = new("default", "infra"),
        Source = new() { Url = "https://git.test/infra.git" },
        Terraform = new(),
    };

    private string? missing = "there is no Secret `default/infra`";
    private int asked;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_pass_that_finds_no_Secret_or_no_commit_tells_when_it_was_and_what_of()
    {
        await using var server = await FakeApiServer.StartAsync();
        var (units, memory) = await OpenAsync(server);

        var status = (await units.RunAsync(unit, memory, CancellationToken.None)).Status;
        Assert.Equal((UnitPhase.Failed, missing), (status.Phase, status.Message));
        Assert.Equal((First, clock.GetUtcNow()), (status.Attempted, status.LastAttempt));

        clock.Pass(TimeSpan.FromMinutes(5));
        (git.Revision, missing) = (new(Second, null), null);
        status = (await units.RunAsync(unit, memory, CancellationToken.None)).Status;
        Assert.Equal(
            (UnitPhase.Failed, "commit 222222222222 is not to be had any more", Second, clock.GetUtcNow()),
            (status.Phase, status.Message, status.Attempted, status.LastAttempt));
    }

    [Fact]
    public async Task Trouble_with_Git_is_as_old_as_it_is_and_gone_when_it_is()
    {
        await using var server = await FakeApiServer.StartAsync();
        var (units, memory) = await OpenAsync(server);
        git.Revision = new(null, new("fetch", "nobody answers"));
        var since = clock.GetUtcNow();
        await units.RunAsync(unit, memory, CancellationToken.None);
        clock.Pass(TimeSpan.FromMinutes(5));
        var status = (await units.RunAsync(unit, memory, CancellationToken.None)).Status;
        Assert.Equal(("fetch: nobody answers", since), (status.Message, status.Trouble!.Since));

        git.Revision = new(null, new("verify", "nobody signed it"));
        status = (await units.RunAsync(unit, memory, CancellationToken.None)).Status;
        Assert.Equal(clock.GetUtcNow(), status.Trouble!.Since);

        git.Revision = new(First, null);
        Assert.Null((await units.RunAsync(unit, memory, CancellationToken.None)).Status.Trouble);
    }

    [Fact]
    public async Task A_suspension_that_is_over_is_told_no_more_whatever_else_is_wrong()
    {
        await using var server = await FakeApiServer.StartAsync();
        var (units, memory) = await OpenAsync(server);
        git.Revision = new(null, new("fetch", "nobody answers"));
        var suspended = unit with { Suspend = new("ada", "the database moves", null) };
        Assert.Equal("ada", (await units.RunAsync(suspended, memory, CancellationToken.None)).Status.Paused!.By);
        Assert.Null((await units.RunAsync(unit, memory, CancellationToken.None)).Status.Paused);
    }

    [Fact]
    public async Task One_pass_goes_by_one_set_of_rules()
    {
        await using var server = await FakeApiServer.StartAsync();
        var (units, memory) = await OpenAsync(server);
        await units.RunAsync(unit, memory, CancellationToken.None);
        Assert.Equal(1, asked);
    }

    private async Task<(TerraformUnits Units, UnitMemory Memory)> OpenAsync(FakeApiServer server)
    {
        var store = new StateStore(server.ClientOf("engine"));
        Assert.True(RuleSetLoader.Load(new() { Tree = new WorkTree(folder.Path) }).TryGet(out var rules));
        var host = new TerraformHost
        {
            CacheFolder = folder.At("cache"),
            Rules = () =>
            {
                asked++;
                return rules;
            },
            Time = clock,
            SaveAsync = static (_, _) => Task.CompletedTask,
        };
        var units = new TerraformUnits(
            git, store, Fence.None,
            (_, _) => Task.FromResult<Loaded<IReadOnlyDictionary<string, string>>>(
                missing is null ? new(new Dictionary<string, string>()) : new([new(default, missing)])), host);
        return (units, new(clock) { State = await store.ReadAsync(unit.Key, CancellationToken.None) });
    }

    /// <summary>A repository of which nothing but the name of a commit is known.</summary>
    private sealed class Git : IDesiredState
    {
        public FetchedRevision Revision { get; set; } = new(First, null);

        public Task<FetchedRevision> FetchAsync(Unit unit, string? applied, CancellationToken cancellation) =>
            Task.FromResult(Revision);

        public Task<RenderedRevision> RenderAsync(Unit unit, string commit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Loaded<GitRevision> Open(Unit unit, string commit) => new([new(default, "it is not here")]);
    }
}
