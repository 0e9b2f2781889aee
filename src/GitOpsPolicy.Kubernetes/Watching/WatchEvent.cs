using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Watching;

/// <summary>What a watch tells.</summary>
public abstract record WatchEvent
{
    private WatchEvent()
    {
    }

    /// <summary>An object is there that was not, or that did not match the selection.</summary>
    public sealed record Added(MappingNode Object) : WatchEvent;

    /// <summary>An object changed.</summary>
    public sealed record Modified(MappingNode Object) : WatchEvent;

    /// <summary>An object is gone, or no longer matches the selection; this was its last state.</summary>
    public sealed record Deleted(MappingNode Object) : WatchEvent;

    /// <summary>Nothing changed; the watch can be taken up from this state.</summary>
    public sealed record Bookmark(string ResourceVersion) : WatchEvent;

    /// <summary>A list begins. What it does not name until <see cref="Synced"/> is gone, whatever was told before.</summary>
    public sealed record Listing : WatchEvent;

    /// <summary>An object of the list.</summary>
    public sealed record Listed(MappingNode Object) : WatchEvent;

    /// <summary>The list is complete; changes follow.</summary>
    public sealed record Synced(string ResourceVersion) : WatchEvent;

    /// <summary>An object cannot be read. It is there all the same.</summary>
    public sealed record Unreadable(Problem Problem) : WatchEvent;

    /// <summary>The server cannot be followed just now; what was told may be out of date until the next event.</summary>
    public sealed record Interrupted(ApiFailure Failure, TimeSpan RetryIn) : WatchEvent;
}
