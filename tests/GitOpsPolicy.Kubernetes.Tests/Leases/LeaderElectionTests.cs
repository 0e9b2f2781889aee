using System.Collections.Concurrent;
using GitOpsPolicy.Kubernetes.Credentials;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Leases;

/// <summary>Elections by a Lease of a real API server, with times shorter than in life.</summary>
[Collection(ClusterTests.Name)]
public sealed class LeaderElectionTests(ClusterFixture cluster) : IDisposable
{
    private static readonly ResourceType LeaseType = new("coordination.k8s.io", "v1", "leases", "Lease", IsNamespaced: true);
    private static readonly LeaseTiming Short = new()
    {
        Duration = TimeSpan.FromSeconds(3),
        RenewDeadline = TimeSpan.FromSeconds(2),
        RetryPeriod = TimeSpan.FromMilliseconds(100),
    };
    private static readonly LeaseTiming Long = new()
    {
        Duration = TimeSpan.FromMinutes(5),
        RenewDeadline = TimeSpan.FromMinutes(4),
        RetryPeriod = TimeSpan.FromMilliseconds(100),
    };

    private readonly CancellationTokenSource patience = new(TimeSpan.FromSeconds(60), TimeProvider.System);

    public void Dispose() => patience.Dispose();

    [ClusterFact]
    public async Task Of_three_candidates_one_leads_and_when_it_stops_another_takes_over_without_waiting_for_the_Lease_to_run_out()
    {
        var ns = await cluster.NewNamespaceAsync();
        var terms = new ConcurrentQueue<(string Who, int Number)>();
        var (leading, most) = (0, 0);
        var elections = new[] { "a", "b", "c" }.Select(name => Candidate(ns, name, Long).RunAsync(async (term, lost) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref leading));
            terms.Enqueue((name, term.Number));
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, lost);
            Interlocked.Decrement(ref leading);
        }, patience.Token)).ToArray();

        await Task.WhenAll(elections).WaitAsync(patience.Token);
        Assert.Equal(3, terms.Select(static term => term.Who).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([0, 1, 2], terms.Select(static term => term.Number));
        Assert.Equal(1, most);
        Assert.Equal("", await HolderAsync(ns));
    }

    [ClusterFact]
    public async Task A_leader_that_is_told_to_stop_gives_the_Lease_up()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var stop = new CancellationTokenSource();
        var holder = "";
        await Candidate(ns, "a", Long).RunAsync(async (_, lost) =>
        {
            holder = await HolderAsync(ns);
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lost);
        }, stop.Token).WaitAsync(patience.Token);

        Assert.Equal(("a", ""), (holder, await HolderAsync(ns)));
    }

    [ClusterFact]
    public async Task A_Lease_that_somebody_silent_holds_is_taken_when_it_has_run_out()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.Client.CreateAsync(LeaseType, ns, Sample.Object("""
            {metadata: {name: leader, labels: {kept: "yes"} }, spec: {holderIdentity: dead, leaseDurationSeconds: 1, leaseTransitions: 4, renewTime: "2099-01-01T00:00:00.000000Z"} }
            """), null, default);

        var number = -1;
        await Candidate(ns, "a", Short).RunAsync((term, _) =>
        {
            number = term.Number;
            return Task.CompletedTask;
        }, patience.Token);

        Assert.Equal(5, number); // by our own clock, whatever time the dead one wrote
        Assert.Equal(
            "yes", await cluster.KubectlAsync("get", "lease", "leader", "-n", ns, "-o", "jsonpath={.metadata.labels.kept}"));
    }

    [ClusterFact]
    public async Task A_leader_whose_Lease_somebody_took_is_told_to_stop_and_runs_again()
    {
        var ns = await cluster.NewNamespaceAsync();
        var terms = new List<int>();
        await Candidate(ns, "a", Short).RunAsync(async (term, lost) =>
        {
            terms.Add(term.Number);
            if (terms.Count == 2) return;
            await cluster.KubectlAsync(
                "patch", "lease", "leader", "-n", ns, "--type=merge", "-p",
                """{"spec":{"holderIdentity":"thief","leaseDurationSeconds":1,"leaseTransitions":7}}""");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lost);
        }, patience.Token);

        Assert.Equal([0, 8], terms);
    }

    [ClusterFact]
    public async Task A_leader_that_cannot_renew_stops_before_others_may_start()
    {
        var ns = await cluster.NewNamespaceAsync();
        var token = Path.GetTempFileName();
        await File.WriteAllTextAsync(token, (await cluster.Connection.Credential.GetAsync(default)).Token);
        using var client = new KubernetesClient(cluster.Connection with { Credential = new GivenCredential
        {
            TokenFile = token,
        } });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var (told, certain) = (false, true);
        await new LeaderElection(new LeaseRecord(client, ns, "leader", "a"), Short, client.Options).RunAsync(async (term, lost) =>
        {
            await File.WriteAllTextAsync(token, "wrong", lost); // from here on every request is refused
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lost).ContinueWith(
                static _ => { }, TaskScheduler.Default);
            (told, certain) = (!patience.IsCancellationRequested, term.IsCertain);
            await stop.CancelAsync();
        }, stop.Token);

        File.Delete(token);
        Assert.Equal((true, false), (told, certain));
        Assert.Equal("a", await HolderAsync(ns)); // still: others wait until it has run out
    }

    [ClusterFact]
    public async Task Work_that_fails_gives_the_office_up_and_lets_the_caller_know()
    {
        var ns = await cluster.NewNamespaceAsync();
        await Assert.ThrowsAsync<InvalidDataException>(() => Candidate(ns, "a", Short).RunAsync(
            static (_, _) => throw new InvalidDataException(), patience.Token));
        Assert.Equal("", await HolderAsync(ns));
    }

    [Theory]
    [InlineData(10, 10, 2)]
    [InlineData(15, 2, 2)]
    public void Times_that_allow_two_leaders_or_no_second_try_are_refused(int duration, int deadline, int retry)
    {
        var timing = new LeaseTiming
        {
            Duration = TimeSpan.FromSeconds(duration),
            RenewDeadline = TimeSpan.FromSeconds(deadline),
            RetryPeriod = TimeSpan.FromSeconds(retry),
        };
        using var client = new KubernetesClient(new() { Server = new("https://127.0.0.1:1") });
        Assert.Throws<ArgumentException>(() => new LeaderElection(
            new LeaseRecord(client, "x", "y", "z"), timing, client.Options));
    }

    private LeaderElection Candidate(string ns, string name, LeaseTiming timing) =>
        new(new LeaseRecord(cluster.Client, ns, "leader", name), timing, cluster.Client.Options);

    private Task<string> HolderAsync(string ns) =>
        cluster.KubectlAsync("get", "lease", "leader", "-n", ns, "-o", "jsonpath={.spec.holderIdentity}");
}
