using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>What came of writing or deleting one object.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    /// <summary>It was written.</summary>
    /// <param name="Object">As it is stored now.</param>
    /// <param name="WasCreated">There was none before.</param>
    /// <param name="Warnings">What the server warns about.</param>
    public sealed record Done(MappingNode Object, bool WasCreated, ImmutableArray<string> Warnings) : WriteOutcome;

    /// <summary>It is gone, or going.</summary>
    /// <param name="IsGone">Nothing is left of it.</param>
    public sealed record Deleted(bool IsGone) : WriteOutcome;

    /// <summary>
    /// Other managers own fields that Git says otherwise, and none may be taken from them. Nothing was written.
    /// </summary>
    /// <param name="Managers">They.</param>
    /// <param name="Message">Which fields.</param>
    public sealed record Conflict(ImmutableArray<string> Managers, string Message) : WriteOutcome;

    /// <summary>The object is not any more what was read. Nothing was written; the next pass looks again.</summary>
    /// <param name="Message">In which way.</param>
    public sealed record Changed(string Message) : WriteOutcome;

    /// <summary>The server does not take it, or cannot be asked.</summary>
    /// <param name="Message">Why.</param>
    /// <param name="IsPassing">Another try may go better.</param>
    public sealed record Failed(string Message, bool IsPassing) : WriteOutcome
    {
        /// <summary>What the server said; null where it was not asked, since it serves no such kind or the object has no place.</summary>
        public ApiFailure? Answer { get; init; }

        /// <summary>The cluster serves no such kind.</summary>
        public bool IsUnserved { get; init; }

        /// <summary>It is not taken as it is, as long as neither Git nor the cluster changes.</summary>
        public bool IsRefusal => IsUnserved || !IsPassing;
    }
}
