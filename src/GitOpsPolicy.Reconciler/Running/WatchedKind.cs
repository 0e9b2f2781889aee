using GitOpsPolicy.Kubernetes;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// A kind of objects that is watched in one name: in all namespaces at once or, where that name may not, in each namespace that
/// units have such objects in.
/// </summary>
/// <param name="client">The cluster, in that name.</param>
/// <param name="group">The kind's group.</param>
/// <param name="kind">The kind.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
internal sealed class WatchedKind(KubernetesClient client, string group, string kind)
{
    /// <summary>All namespaces.</summary>
    public const string Everywhere = "";

    private readonly Lock gate = new();
    private readonly HashSet<string> places = new(StringComparer.Ordinal);
    private readonly HashSet<string> watched = new(StringComparer.Ordinal);
    private bool isNarrow;

    /// <summary>The cluster.</summary>
    public KubernetesClient Client { get; } = client;

    /// <summary>The kind's group.</summary>
    public string Group { get; } = group;

    /// <summary>The kind.</summary>
    public string Kind { get; } = kind;

    /// <summary>Units have such objects in a namespace.</summary>
    /// <returns>Where a watch has to begin.</returns>
    public IReadOnlyList<string> Begin(string place)
    {
        lock (gate)
        {
            places.Add(place);
            return Missing();
        }
    }

    /// <summary>They may not be watched in all namespaces.</summary>
    /// <returns>Where a watch has to begin instead.</returns>
    public IReadOnlyList<string> Narrow()
    {
        lock (gate)
        {
            isNarrow = true;
            return Missing();
        }
    }

    /// <summary>A watch has ended, and may begin anew.</summary>
    public void Ended(string place)
    {
        lock (gate) watched.Remove(place);
    }

    private List<string> Missing() => [.. (isNarrow ? places : (IEnumerable<string>)[Everywhere]).Where(watched.Add)];
}
