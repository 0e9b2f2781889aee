using System.Runtime.ExceptionServices;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Leases;

/// <summary>
/// Lets one of several processes lead, by a Lease object as client-go uses it. Nobody compares clocks: each counts from when it
/// itself saw the Lease change.
/// </summary>
public sealed class LeaderElection
{
    private const double MostJitter = 1.2;

    private readonly LeaseRecord lease;
    private readonly LeaseTiming timing;
    private readonly ClientOptions options;

    /// <summary>Makes an election.</summary>
    /// <param name="lease">The Lease and who we are.</param>
    /// <param name="timing">The times.</param>
    /// <param name="options">Clock and chance.</param>
    /// <exception cref="ArgumentException">The times allow two leaders at once, or a leader no second try.</exception>
    public LeaderElection(LeaseRecord lease, LeaseTiming timing, ClientOptions options)
    {
        if (timing.Duration <= timing.RenewDeadline)
            throw new ArgumentException("A Lease must outlast the deadline for its renewal.", nameof(timing));
        if (timing.RenewDeadline <= timing.RetryPeriod * MostJitter)
            throw new ArgumentException("The deadline for a renewal must leave time for a second try.", nameof(timing));
        (this.lease, this.timing, this.options) = (lease, timing, options);
    }

    /// <summary>
    /// Runs for office until <paramref name="cancellation"/>, and does the work while leading. When the lead is lost, the work's
    /// token is cancelled and, once the work has ended, the process runs again.
    /// </summary>
    /// <param name="work">What a leader does. When it ends by itself, the office is given up and the election ends.</param>
    /// <param name="cancellation">Ends the work, and gives up the office so that others need not wait.</param>
    public async Task RunAsync(Func<LeaderTerm, CancellationToken, Task> work, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var term = await AcquireAsync(cancellation);
            if (term is null) return;
            if (await LeadAsync(term, work, cancellation)) return;
        }
    }

    /// <summary>Tries until it leads; null when it was cancelled before.</summary>
    private async Task<LeaderTerm?> AcquireAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                if (await TryAsync(timing.RenewDeadline, cancellation) is { } term) return term;
                await Task.Delay(Jitter(timing.RetryPeriod), options.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Works and renews; false when the lead was lost before the work ended.</summary>
    private async Task<bool> LeadAsync(
        LeaderTerm term, Func<LeaderTerm, CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var working = Task.Run(() => work(term, lost.Token), CancellationToken.None);
        var kept = await RenewAsync(term, working, cancellation);
        await lost.CancelAsync();
        ExceptionDispatchInfo? failure = null;
        try
        {
            await working;
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
        }
        catch (Exception e) when (kept)
        {
            failure = ExceptionDispatchInfo.Capture(e); // the office is given up first, then the caller hears of it
        }

        if (kept) await ReleaseAsync();
        failure?.Throw();
        return kept;
    }

    /// <summary>Renews until the work ends or it is cancelled; false when the deadline passed without a renewal.</summary>
    private async Task<bool> RenewAsync(LeaderTerm term, Task working, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.WhenAny(working, Task.Delay(timing.RetryPeriod, options.Time, cancellation));
            if (working.IsCompleted || cancellation.IsCancellationRequested) return true;
            if (!term.IsCertain) return false;
            try
            {
                if (await TryAsync(term.Left, cancellation) is { } renewed)
                {
                    if (renewed.Number != term.Number) return false; // somebody else led in between
                    term.Renew(renewed);
                }
                else if (lease.IsHeldByAnother)
                {
                    return false;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return true;
            }
        }
    }

    /// <summary>One try to take or renew the Lease; null when another leads or the server cannot be asked.</summary>
    private async Task<LeaderTerm?> TryAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var clock = new CancellationTokenSource(patience, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
        try
        {
            var asked = options.Time.GetTimestamp();
            return await lease.TryTakeAsync(timing, either.Token) is { } number
                ? new(options.Time, timing.RenewDeadline, number, asked)
                : null;
        }
        catch (KubernetesException)
        {
            return null; // away, or somebody else was faster
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task ReleaseAsync()
    {
        using var clock = new CancellationTokenSource(timing.RenewDeadline, options.Time);
        try
        {
            await lease.ReleaseAsync(clock.Token);
        }
        catch (Exception e) when (e is KubernetesException or OperationCanceledException)
        {
            // Others find out when the Lease runs out.
        }
    }

    // As client-go: up to 1.2 times longer, so that candidates do not march in step.
    private TimeSpan Jitter(TimeSpan period) => period * (1 + (MostJitter * options.Chance()));
}
