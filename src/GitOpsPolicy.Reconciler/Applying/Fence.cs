using GitOpsPolicy.Kubernetes.Leases;

namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>This process may not write any more: another one leads.</summary>
public sealed class FencedOffException() : Exception("another process leads now: this pass ends before its next write");

/// <summary>What stands between a process that has lost the lead and the cluster. It is asked before each write.</summary>
public abstract class Fence
{
    /// <summary>One process alone, which nobody takes turns with.</summary>
    public static Fence None { get; } = new Open();

    /// <summary>That of a leader.</summary>
    /// <param name="term">Its term.</param>
    /// <param name="lease">The Lease that says so.</param>
    public static Fence Of(LeaderTerm term, LeaseRecord lease) => new Held(term, lease);

    /// <summary>Goes through where this process leads for certain.</summary>
    /// <exception cref="FencedOffException">It does not.</exception>
    public abstract void Pass();

    /// <summary>The same before what cannot be undone: the Lease itself is read again.</summary>
    /// <exception cref="FencedOffException">It does not.</exception>
    public abstract Task PassAgainAsync(CancellationToken cancellation);

    private sealed class Open : Fence
    {
        public override void Pass()
        {
        }

        public override Task PassAgainAsync(CancellationToken cancellation) => Task.CompletedTask;
    }

    private sealed class Held(LeaderTerm term, LeaseRecord lease) : Fence
    {
        public override void Pass()
        {
            if (!term.IsCertain) throw new FencedOffException();
        }

        public override async Task PassAgainAsync(CancellationToken cancellation)
        {
            Pass();
            if (!await lease.IsStillHeldAsync(term.Number, cancellation)) throw new FencedOffException();
            Pass();
        }
    }
}
